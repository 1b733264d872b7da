"""Messages: the database, and the fields that pack a text, its edits or a preview."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from importers.apple.message_text import edits_of, text_of, words_of
from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "apple"
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


def test_real_packed_texts_are_read() -> None:
    folder = sample("apple/imessage/streamtyped")
    assert text_of((folder / "AttributedBodyTextOnly").read_bytes()) == "Noter test"
    assert text_of((folder / "Blank").read_bytes()) == ""
    assert text_of((folder / "MultiPart").read_bytes()) == "\ufffctest 1\ufffctest 2 \ufffctest 3"


def test_long_texts_have_longer_lengths_and_other_bytes_are_none() -> None:
    head = b"\x04\x0bstreamtyped\x81\xe8\x03\x84\x01+"
    assert text_of(head + b"\x81\x2c\x01" + b"x" * 300 + b"\x86\x84") == "x" * 300
    assert text_of(head + b"\x82\x00\x00\x01\x00" + b"y" * 65536 + b"\x86") == "y" * 65536
    assert text_of(head[:-1]) is None
    assert text_of(b"bplist00") is None


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


def test_times_are_seconds_in_old_databases_and_nanoseconds_in_new_ones() -> None:
    found = run(MESSAGES)
    old, new = one(found, "G-1").when, one(found, "G-2").when
    assert old is not None
    assert new is not None
    assert datetime.fromtimestamp(old.us / 1e6, UTC).isoformat() == "2013-09-04T15:06:40+00:00"
    assert (new.us, new.precision) == (1_711_307_200_123_456, Precision.MICROSECOND)


def test_a_text_that_stands_in_the_attributed_body_alone_is_read_and_an_unknown_form_is_said() -> None:
    found = run(MESSAGES)
    assert one(found, "G-2").text == "À ce soir"
    assert [(n.reason, n.position) for _, n in found.notices] == [
        ("table-date", "record 7"),
        ("apple-message-text", "record 7"),
    ]


def test_reactions_and_changes_of_a_group_are_no_messages() -> None:
    found = run(MESSAGES)
    assert [(one(found, f"G-{n}").kind, one(found, f"G-{n}").title) for n in (3, 4, 7)] == [
        (Kind.REACTION, "love"),
        (Kind.OTHER, "Les voisins"),
        (Kind.REACTION, "- like"),
    ]


def test_a_message_of_ones_own_goes_to_all_of_the_group_and_an_answer_comes_from_one() -> None:
    found = run(MESSAGES)
    assert [(role.role, role.name) for role in one(found, "G-2").parties] == [
        ("channel", "Les voisins"),
        ("to", "+33100000001"),
        ("to", "noe@exemple.fr"),
    ]
    assert next((role.role, role.name) for role in one(found, "G-1").parties) == ("from", "+33100000001")


def test_an_attachment_hangs_on_its_message_and_one_that_is_missing_is_described() -> None:
    found = run(MESSAGES)
    assert [file.name for file in one(found, "G-5").files] == ["Plage.jpg"]
    assert found.files["Plage.jpg"].endswith(b"plage")
    (lost,) = (item for item in found.items if item.key[0] == "attachment")
    assert (lost.title, lost.files) == ("Perdue.jpg", ())


def test_a_message_that_was_deleted_lately_is_marked() -> None:
    assert one(run(MESSAGES), "G-6").details["recently deleted"]["delete_date"] == 733000009000000000  # type: ignore[index]


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
