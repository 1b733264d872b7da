"""Packed fields of messages, and a whole invented database with golden records, recognised by its tables."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

from importers.imessage.packed import edits_of, words_of
from importers.records import Item
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "imessage"
MESSAGES = FIXTURES / "messages"


def one(found: Run, guid: str) -> Item:
    (item,) = (item for item in found.items if item.key == ("message", guid))
    return item


def test_the_invented_database_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(MESSAGES, FIXTURES / "messages.golden.jsonl", regenerate=regenerate)


def test_the_invented_database_is_what_its_text_says() -> None:
    made, kept = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    made.executescript((FIXTURES / "chat.sql").read_text(encoding="utf-8"))
    kept.deserialize((MESSAGES / "chat.db").read_bytes())
    assert list(kept.iterdump()) == list(made.iterdump())
    made.close()
    kept.close()


def test_real_edits_and_previews_are_read() -> None:
    edits = edits_of((sample("apple/imessage") / "edited_message" / "Edited.plist").read_bytes())
    assert edits[0] == {"part": "0", "text": "First message  ", "us": 1668820674272551}
    assert edits[1]["text"] == "Edit 1"
    link = words_of((sample("apple/imessage") / "url_message" / "URL.plist").read_bytes())
    assert {"https://chrissardegna.com", "Christopher Sardegna"} <= set(link)
    place = words_of((sample("apple/imessage") / "shared_placemark" / "SharedPlacemark.plist").read_bytes())
    assert any("33.450858" in word for word in place)
    assert words_of(b"bplist00broken") == []
    assert edits_of(b"") == []


def test_an_attachment_hangs_on_its_message_and_one_that_is_missing_is_described() -> None:
    found = run(MESSAGES)
    assert [file.name for file in one(found, "G-5").files] == ["Plage.jpg"]
    assert found.files["Plage.jpg"].endswith(b"plage")
    (lost,) = (item for item in found.items if item.key[0] == "attachment")
    assert (lost.title, lost.files) == ("Perdue.jpg", ())


def test_a_message_that_was_deleted_lately_is_marked() -> None:
    assert one(run(MESSAGES), "G-6").details["recently_deleted"]["delete_date"] == 733000009000000000  # type: ignore[index]


def test_a_database_under_the_name_of_a_backup_gives_the_same_messages(tmp_path: Path) -> None:
    shutil.copy(MESSAGES / "chat.db", tmp_path / "0000")
    alone = {item.key for item in run(tmp_path / "0000").items}
    assert alone <= {item.key for item in run(MESSAGES).items}
    assert len([key for key in alone if key[0] == "message"]) == 7


def test_no_text_of_the_database_is_dropped() -> None:
    said = "\n".join(run(MESSAGES).lines())
    database = sqlite3.connect(":memory:")
    database.deserialize((MESSAGES / "chat.db").read_bytes())
    for table in ("message", "chat", "handle", "attachment", "deleted_messages"):
        for row in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 - our own fixture
            for value in row:
                assert not isinstance(value, str) or json.dumps(value, ensure_ascii=False)[1:-1] in said
    database.close()
