"""One person whom five services know, brought in from files in their real shapes, found by any name that she has."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.cli.selfdata import Selfdata

CARD = """BEGIN:VCARD\r
VERSION:3.0\r
N:Martin;Marie;;;\r
FN:Tante Marie\r
EMAIL;TYPE=INTERNET:marie.martin@example.org\r
TEL;TYPE=CELL:06 00 00 00 01\r
END:VCARD\r
"""
MAIL = """From 1@xxx Tue Aug 08 12:36:29 +0000 2023
Message-ID: <1@example.org>
Date: Tue, 08 Aug 2023 14:36:29 +0200
From: =?UTF-8?Q?Marie_Martin?= <marie.martin@EXAMPLE.org>
To: moi@example.net
Subject: Les prunes

Elles sont =?mures.

"""
TEXTS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2">
  <sms address="+33 6 00 00 00 01" date="1691500000000" type="1" body="Elles sont cueillies" contact_name="(Unknown)" />
  <sms address="0600000002" date="1691500001000" type="2" body="A demain" contact_name="Marie" />
</smses>
"""
CHAT = """08/08/2023 08:59 - +33 6 00 00 00 01: Qui veut des prunes ?
08/08/2023 09:02 - Paul: Moi
08/08/2023 09:03 - Marie: Moi aussi
"""
TALK = {
    "participants": [{"name": "Marie Martin"}, {"name": "Camille"}],
    "messages": [{"sender_name": "Marie Martin", "timestamp_ms": 1691500002000, "content": "Il en reste", "type": "Generic"}],
    "title": "Marie Martin", "thread_path": "inbox/mariemartin_1",
}  # fmt: skip


def test_a_name_of_the_address_book_finds_what_one_wrote_under_an_address_and_a_number(tmp_path: Path) -> None:
    files = {
        "cartes.vcf": CARD, "courrier.mbox": MAIL, "sms-20230808120000.xml": TEXTS,
        "Discussion WhatsApp avec Voisins.txt": CHAT,
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    with zipfile.ZipFile(tmp_path / "facebook-camille.zip", "w") as archive:
        archive.writestr("messages/inbox/mariemartin_1/message_1.json", json.dumps(TALK))
    selfdata = Selfdata(tmp_path / "home").make()
    answer = selfdata("import", *(tmp_path / name for name in (*files, "facebook-camille.zip")), "--yes", "--json")
    assert answer.code == 0, answer.err
    card = next(account["import"] for account in answer.json() if account["parties"])

    def sources(*words: str) -> list[str]:
        return sorted(line["source"] for line in selfdata(*words, "--json").lines())

    assert sources("items", "--party", "tante marie") == ["mail", "sms-backup", "whatsapp"]
    assert sources("search", "prunes", "--party", "marie.martin@example.org") == ["mail", "whatsapp"]
    # a part of a name means everybody who has it: her in Messenger, and another Marie on the telephone
    everybody = ["mail", "messenger", "sms-backup", "sms-backup", "whatsapp", "whatsapp"]
    assert sources("items", "--party", "Marie") == everybody
    assert selfdata("undo", str(card)).code == 0
    assert sources("items", "--party", "marie.martin@example.org") == ["mail"]
