"""Chat, Hangouts and Voice: who said what, when, and with which file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from importers.google.chat import chat_time
from importers.records import Handle, Item, Kind, Moment, Precision, Role
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run

TAKEOUT = FIXTURES / "talks" / "Takeout"


@pytest.fixture(scope="module")
def found() -> Run:
    return run(TAKEOUT)


def saying(found: Run, text: str) -> Item:
    (item,) = (item for item in found.items if item.text.startswith(text))
    return item


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("Tuesday, 7 February 2021 at 17:13:43 UTC", 1_612_718_023_000_000),
        ("Wednesday, January 4, 2023 at 10:59:50\u202fAM UTC", 1_672_829_990_000_000),
        ("mardi 7 février 2021 à 17:13:43 UTC", 1_612_718_023_000_000),
        ("January 4, 2023 at 10:59:50 AM UTC", 1_672_829_990_000_000),
    ],
)
def test_a_date_in_words_is_read_whatever_its_weekday_looks_like(text: str, us: int) -> None:
    assert chat_time(text) == Moment(us, None, Precision.SECOND)


def test_a_chat_message_has_its_writer_its_conversation_and_its_file(found: Run) -> None:
    item = saying(found, "Les voici")
    mine = Handle("email", "moi@example.org")
    assert item.parties == (Role("from", "Moi Inventé", mine), Role("with", "Le jardin"))
    assert (item.key, item.stable) == (("chat", "A1/t1/m2"), True)
    assert [file.name for file in item.files] == ["File-tomates.png"]
    assert saying(found, "Fini").when == Moment(1_676_362_150_000_000, None, Precision.SECOND)


def test_a_hangout_is_a_message_a_call_or_something_else(found: Run) -> None:
    item = saying(found, "Bonjour")
    assert item.text == "Bonjour \nhttps://example.org/"
    assert item.when == Moment(1_420_070_400_123_456, None, Precision.MICROSECOND)
    assert item.parties[0] == Role("from", "Voisine Inventée", Handle("id", "1002"))
    kinds = {item.key: item.kind for item in found.items if item.key[0] == "hangouts"}
    assert (kinds["hangouts", "ev-2"], kinds["hangouts", "ev-3"]) == (Kind.CALL, Kind.OTHER)


def test_a_text_message_has_its_number_its_lines_and_its_picture(found: Run) -> None:
    item = saying(found, "Tu dors")
    assert item.text == "Tu dors & tu rêves ?\nBonne nuit"
    assert item.when == Moment(1_323_997_688_250_000, 60, Precision.MILLISECOND)
    assert item.parties == (Role("from", "Voisine Inventée", Handle("phone", "+33000000001")),)
    answer = saying(found, "Plus maintenant")
    assert answer.parties[0].name == "Me"
    assert [file.name for file in answer.files] == ["Voisine Inventée - Text - 2011-12-16T01_08_08Z-2-1.jpg"]


def test_every_file_comes_once(found: Run) -> None:
    assert not [item for item in found.items if item.key[0] == "document"]


def test_a_call_is_kept_whole_at_the_time_that_its_name_gives(tmp_path: Path) -> None:
    folder = tmp_path / "Takeout" / "Voice" / "Calls"
    folder.mkdir(parents=True)
    (folder / " - Missed - 2011-12-16T01_08_08Z.html").write_text("<html><body>appel</body></html>")
    (item,) = run(tmp_path).items
    assert (item.kind, item.when) == (Kind.CALL, Moment(1_323_997_688_000_000))


def test_meaningless_names_give_the_same_messages(found: Run, tmp_path: Path) -> None:
    for number, path in enumerate(sorted(TAKEOUT.rglob("*.*"))):
        if path.suffix in {".json", ".html"}:
            shutil.copy(path, tmp_path / f"{number}{path.suffix}")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in found.items}


def test_a_file_that_is_cut_off_gives_its_messages_and_says_so(tmp_path: Path) -> None:
    data = (TAKEOUT / "Google Chat" / "Groups" / "Space A1" / "messages.json").read_bytes()
    (tmp_path / "x.json").write_bytes(data[: data.index(b"Fini")])
    found = run(tmp_path)
    assert len(found.items) == 2
    assert "json-cut-off" in {notice.reason for _, notice in found.notices}


def test_a_conversation_that_is_too_large_is_told_and_kept_whole(tmp_path: Path) -> None:
    event = {"event_id": "e", "timestamp": "1420070400123456", "note": "x" * 1_000_000}
    conversation = {"conversation_id": {"id": "c"}, "conversation": {"participant_data": []}}
    talks = [{"conversation": conversation, "events": [event | {"event_id": f"e{at}"}] * at} for at in (1, 17, 2)]
    (tmp_path / "Hangouts.json").write_text(json.dumps({"conversations": talks}))
    found = run(tmp_path)
    assert "json-too-large" in {notice.reason for _, notice in found.notices}
    assert {item.key for item in found.items} >= {("hangouts", "e1"), ("hangouts", "e2")}
    assert [item.title for item in found.items if item.key[0] == "document"] == ["Hangouts.json"]
