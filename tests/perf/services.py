"""Invented archives of other services, of any size: what goals 3 to 6 are measured with. Seeded; nobody exists."""

from __future__ import annotations

import html
import json
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.perf.words import Vocabulary

_END = datetime(2026, 1, 1, tzinfo=UTC)
_SPAN = timedelta(days=11 * 365)
_PEOPLE = tuple(f"{first} {last}" for first in ("Anaïs", "Bruno", "Chloé", "Denis") for last in ("Tilleul", "Rivière"))
_LISTED = 10_000


def write_pages(path: Path, count: int, seed: int = 21) -> None:
    """Google activities as one page of HTML, in English (the peer reads no other language)."""
    random_ = random.Random(seed)
    words = Vocabulary(random_)
    cell = "content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Takeout/My Activity/Search/MyActivity.html", "w", force_zip64=True) as file,
    ):
        file.write(b'<html><head><meta charset="UTF-8"><title>My Activity History</title></head><body>')
        file.write(b'<div class="mdl-grid">')
        for when in _moments(random_, count):
            said = html.escape(words.phrase(random_.randrange(2, 8)))
            at = f"{when:%b} {when.day}, {when:%Y}, {when.hour % 12 or 12}:{when:%M:%S %p} UTC"
            file.write(
                '<div class="outer-cell mdl-cell mdl-cell--12-col mdl-shadow--2dp"><div class="mdl-grid">'
                '<div class="header-cell mdl-cell mdl-cell--12-col"><p class="mdl-typography--title">Search<br></p></div>'
                f'<div class="{cell}">Searched for\xa0<a href="https://www.google.com/search?q={said[:9]}">{said}</a><br>'
                f'{at}</div><div class="{cell} mdl-typography--text-right"></div>'
                '<div class="content-cell mdl-cell mdl-cell--12-col mdl-typography--caption"><b>Products:</b><br>'
                "\u2003Search<br></div></div></div>".encode()
            )
        file.write(b"</div></body></html>")


def write_messages(path: Path, rows: Path, count: int, seed: int = 22) -> None:
    """Facebook conversations of very uneven size; and the same messages as ready rows, one JSON object a line."""
    random_ = random.Random(seed)
    words = Vocabulary(random_)
    left, number = count, 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, rows.open("w", encoding="utf-8") as lines:
        while left:
            size = min(left, int(20 * random_.paretovariate(0.7)), _LISTED)
            left, number = left - size, number + 1
            other = random_.choice(_PEOPLE[1:])
            messages = []
            for when in _moments(random_, size):
                message: dict[str, object] = {
                    "sender_name": _mangled(random_.choice((_PEOPLE[0], other))),
                    "timestamp_ms": int(when.timestamp() * 1000),
                    "content": _mangled(words.phrase(random_.randrange(2, 20))),
                    "is_geoblocked_for_viewer": False,
                }
                if random_.random() < 0.1:
                    message["reactions"] = [{"reaction": _mangled("👍"), "actor": _mangled(other)}]
                messages.append(message)
                plain = message | {"reactions": json.dumps(message.get("reactions")), "thread": number}
                lines.write(json.dumps(plain) + "\n")
            thread = {
                "participants": [{"name": _mangled(name)} for name in (other, _PEOPLE[0])],
                "messages": messages,
                "title": _mangled(other),
                "is_still_participant": True,
                "thread_path": f"inbox/thread{number}_{number}",
                "magic_words": [],
            }
            name = f"your_facebook_activity/messages/inbox/thread{number}_{number}/message_1.json"
            archive.writestr(name, json.dumps(thread, indent=2))


def write_mails(path: Path, count: int, seed: int = 23) -> None:
    """An mbox; one mail in seven has an attachment."""
    random_ = random.Random(seed)
    words = Vocabulary(random_)
    with path.open("wb") as file:
        for number, when in enumerate(_moments(random_, count)):
            body = "\r\n".join(words.phrase(12) for _ in range(random_.randrange(3, 40)))
            stamp = f"{when:%a, %d %b %Y %H:%M:%S} +0000"
            head = (
                f"From {number}@xxx {when:%a %b %d %H:%M:%S} +0000 {when:%Y}\r\n"
                f"From: Anne <a{number % 300}@example.org>\r\nTo: Moi <moi@example.org>\r\n"
                f"Subject: Notes {number}\r\nDate: {stamp}\r\nMessage-ID: <{number}@example.org>\r\nMIME-Version: 1.0\r\n"
            )
            if random_.random() < 0.15:
                data = random_.randbytes(15_000).hex()
                folded = "\r\n".join(data[at : at + 76] for at in range(0, len(data), 76))
                head += 'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\n'
                body = (
                    f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n--b1\r\nContent-Type: image/png\r\n"
                    f'Content-Disposition: attachment; filename="p{number}.png"\r\nContent-Transfer-Encoding: base64\r\n'
                    f"\r\n{folded}\r\n--b1--"
                )
            else:
                head += "Content-Type: text/plain; charset=utf-8\r\n\r\n"
            file.write(f"{head}{body}\r\n\r\n".encode())


def write_chat(path: Path, count: int, seed: int = 24) -> None:
    """A WhatsApp conversation in the French form of Android."""
    random_ = random.Random(seed)
    words = Vocabulary(random_)
    with path.open("w", encoding="utf-8") as file:
        for when in reversed(list(_moments(random_, count))):
            said = words.phrase(random_.randrange(1, 16))
            file.write(f"{when:%d/%m/%Y %H:%M} - {random_.choice(_PEOPLE)}: {said}\n")


def write_listening(path: Path, count: int, seed: int = 25) -> None:
    """Spotify's extended history, in files of some 16,000 plays."""
    random_ = random.Random(seed)
    words = Vocabulary(random_)
    moments = list(reversed(list(_moments(random_, count))))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, at in enumerate(range(0, count, 16_000)):
            plays = [_play(random_, words, when) for when in moments[at : at + 16_000]]
            name = f"Spotify Extended Streaming History/Streaming_History_Audio_2015-2025_{number}.json"
            archive.writestr(name, json.dumps(plays, indent=2))


def write_energy(path: Path, count: int, seed: int = 26) -> None:
    """A load curve of Enedis, half-hour by half-hour."""
    random_ = random.Random(seed)
    start = _END - count * timedelta(minutes=30)
    about = f"{start:%d/%m/%Y};{_END:%d/%m/%Y};Energie active;Consommation;Comptage Brut;W;30"
    with path.open("w", encoding="utf-8-sig") as file:
        file.write("Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;")
        file.write(f"Etape metier;Unite;Pas en minutes\n00000000000017;Courbe de charge;{about}\nHorodate;Valeur\n")
        for number in range(1, count + 1):
            when = start + number * timedelta(minutes=30)
            file.write(f"{when:%Y-%m-%dT%H:%M:%S}+00:00;{int(random_.lognormvariate(6, 0.7))}\n")


def write_bank(path: Path, count: int, seed: int = 27) -> None:
    """The operations of an account at BoursoBank, as CSV."""
    random_ = random.Random(seed)
    words = Vocabulary(random_)
    with path.open("w", encoding="utf-8-sig") as file:
        file.write("dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;")
        file.write("accountbalance\n")
        for when in _moments(random_, count):
            shop = words.phrase(2)
            amount = f"{random_.randrange(-90_000, 20_000) / 100:.2f}".replace(".", ",")
            file.write(f'{when:%Y-%m-%d};{when:%Y-%m-%d};"CARTE {when:%d/%m/%y} {shop.upper()}";"Alimentation";')
            file.write(f'"Vie quotidienne";{shop};{amount};;00010001;"BOURSOBANK";1512.08\n')


def write_watching(path: Path, count: int, seed: int = 28) -> None:
    """Netflix' viewing page as CSV."""
    random_ = random.Random(seed)
    words = Vocabulary(random_)
    with path.open("w", encoding="utf-8") as file:
        file.write("Title,Date\n")
        for when in _moments(random_, count):
            title = f"{words.phrase(2).title()}: Saison {random_.randrange(1, 9)}: {words.phrase(3)}"
            file.write(f'"{title}","{when:%d/%m/%Y}"\n')


def _moments(random_: random.Random, count: int) -> Iterator[datetime]:
    """So many moments over eleven years, newest first."""
    step = _SPAN / max(1, count)
    return (_END - at * step - random_.random() * step for at in range(count))


def _mangled(text: str) -> str:
    """UTF-8 read as Latin-1: how Facebook writes it."""
    return text.encode().decode("latin-1")


def _play(random_: random.Random, words: Vocabulary, when: datetime) -> dict[str, object]:
    track = int(random_.paretovariate(0.8)) % 9000
    return {
        "ts": f"{when:%Y-%m-%dT%H:%M:%SZ}", "platform": "android", "ms_played": random_.randrange(0, 400_000),
        "conn_country": "FR", "ip_addr": "192.0.2.10", "master_metadata_track_name": words.word(track),
        "master_metadata_album_artist_name": words.word(track // 9), "master_metadata_album_album_name": "A",
        "spotify_track_uri": f"spotify:track:{track:022}", "episode_name": None, "episode_show_name": None,
        "spotify_episode_uri": None, "reason_start": "trackdone", "reason_end": "fwdbtn", "shuffle": False,
        "skipped": False, "offline": False, "offline_timestamp": int(when.timestamp()), "incognito_mode": False,
    }  # fmt: skip
