"""The database of Messages, built here in its real shape: text in blobs, tapbacks, groups, files beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from importers.imessage import body
from importers.records import Item, Kind, Precision
from tests.importing import Run, run, sample

_TABLES = """
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, guid TEXT, text TEXT, attributedBody BLOB, handle_id INTEGER, service TEXT,
  date INTEGER, is_from_me INTEGER, item_type INTEGER, associated_message_guid TEXT, associated_message_type INTEGER);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT, service TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT, chat_identifier TEXT, display_name TEXT);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, guid TEXT, filename TEXT, transfer_name TEXT, mime_type TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
"""
_NOW = 763_032_800


def stream(text: str) -> bytes:
    data = text.encode()
    size = bytes((len(data),)) if len(data) < 128 else b"\x81" + len(data).to_bytes(2, "little")
    return (
        b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01@\x84\x84\x84\x08NSString\x01\x94\x84\x01\x2b"
        + size
        + data
        + b"\x86\x84"
    )


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "Messages"
    (folder / "Attachments" / "ab" / "10" / "G-1").mkdir(parents=True)
    (folder / "Attachments" / "ab" / "10" / "G-1" / "port.jpg").write_bytes(b"\xff\xd8\xff\xe0invented")
    database = sqlite3.connect(folder / "chat.db")
    database.executescript(_TABLES)
    many = database.executemany
    many("INSERT INTO handle VALUES (?, ?, ?)", [(1, "+33600000003", "iMessage"), (2, "zoe@example.org", "iMessage")])
    many("INSERT INTO chat VALUES (?, ?, ?, ?)", [(1, "C-1", "+33600000003", ""), (2, "C-2", "chat77", "Chorale")])
    many("INSERT INTO chat_handle_join VALUES (?, ?)", [(1, 1), (2, 1), (2, 2)])
    nano = _NOW * 10**9
    rows = [
        (1, "M-1", "Bonjour", None, 1, "iMessage", nano + 123_456_000, 0, 0, None, 0),
        (2, "M-2", None, stream("Réponse " + "longue " * 40), 1, "iMessage", nano + 10**9, 1, 0, None, 0),
        (3, "M-3", None, stream("\ufffc"), 2, "iMessage", nano + 2 * 10**9, 0, 0, None, 0),
        (4, "M-4", "Loved “Bonjour”", None, 1, "iMessage", nano + 3 * 10**9, 1, 0, "p:0/M-1", 2000),
        (5, "M-5", None, None, 2, "iMessage", _NOW, 0, 1, None, 0),
        (6, "M-6", "Sans date", None, 1, "SMS", 0, 0, 0, None, 0),
    ]
    many(f"INSERT INTO message VALUES ({', '.join('?' * 11)})", rows)
    many("INSERT INTO chat_message_join VALUES (?, ?)", [(1, 1), (1, 2), (2, 3), (1, 4), (2, 5), (1, 6)])
    database.execute(
        "INSERT INTO attachment VALUES (9, 'A-9', '~/Library/Messages/Attachments/ab/10/G-1/port.jpg', 'port.jpg', 'image/jpeg')"
    )
    database.execute("INSERT INTO message_attachment_join VALUES (3, 9)")
    database.commit()
    database.close()
    return folder


def message(found: Run, guid: str) -> Item:
    return next(item for item in found.items if item.key == ("message", guid))


def test_real_blobs_give_their_words() -> None:
    folder = sample("apple/imessage/streamtyped")
    assert body.text((folder / "AttributedBodyTextOnly").read_bytes()) == "Noter test"
    assert body.text((folder / "Blank").read_bytes()) == ""
    assert len(body.text((folder / "MultiPart").read_bytes())) > 1
    assert body.text(b"\x04\x0bstreamtyped\x01\x2b\x81") == ""


def test_words_in_blobs_are_read_whatever_their_length(library: Path) -> None:
    found = run(library)
    assert message(found, "M-1").text == "Bonjour"
    assert message(found, "M-2").text == "Réponse " + "longue " * 40


def test_times_count_from_2001_in_nanoseconds_or_seconds(library: Path) -> None:
    found = run(library)
    first, old = message(found, "M-1").when, message(found, "M-5").when
    assert first is not None
    assert old is not None
    assert (first.us, first.precision) == ((_NOW + 978_307_200) * 1_000_000 + 123_456, Precision.MICROSECOND)
    assert (old.us, old.precision) == ((_NOW + 978_307_200) * 1_000_000, Precision.SECOND)
    assert message(found, "M-6").when is None
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("imessage-no-time", "record 6")]


def test_who_wrote_to_whom_and_in_which_chat(library: Path) -> None:
    found = run(library)
    roles = {guid: [(role.role, role.name) for role in message(found, guid).parties] for guid in ("M-1", "M-2", "M-3")}
    assert roles == {
        "M-1": [("from", "+33600000003")],
        "M-2": [("to", "+33600000003")],
        "M-3": [("from", "zoe@example.org"), ("to", "+33600000003")],
    }
    assert message(found, "M-3").title == "Chorale"
    assert [party.name for party in found.parties] == ["+33600000003", "zoe@example.org", "+33600000003", "Chorale"]


def test_a_tapback_is_a_reaction_and_a_change_of_a_group_is_no_message(library: Path) -> None:
    found = run(library)
    assert message(found, "M-4").kind is Kind.REACTION
    assert message(found, "M-4").details["associated_message_guid"] == "p:0/M-1"  # type: ignore[index]
    assert message(found, "M-5").kind is Kind.OTHER


def test_a_file_beside_the_database_comes_with_its_message(library: Path) -> None:
    found = run(library)
    assert [file.name for file in message(found, "M-3").files] == ["port.jpg"]
    assert found.files["port.jpg"].startswith(b"\xff\xd8\xff\xe0invented")


def test_another_database_of_that_name_is_kept_whole(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "chat.db")
    database.execute("CREATE TABLE something (a)")
    database.commit()
    database.close()
    found = run(tmp_path)
    assert [notice.reason for _, notice in found.notices] == ["database-other"]
    assert len(found.files) == 1


def test_a_cut_database_does_no_harm(library: Path) -> None:
    path = library / "chat.db"
    path.write_bytes(path.read_bytes()[:9000])
    found = run(library)
    assert found.notices
    assert "importer-failed" not in {notice.reason for _, notice in found.notices}
