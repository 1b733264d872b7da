"""An archive of Snapchat: two schemas under one name, "microseconds" that are milliseconds, links that expire."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "snapchat"
ARCHIVE, OLDER = FIXTURES / "archive", FIXTURES / "older"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


@pytest.mark.parametrize("name", ["archive", "older"])
def test_the_invented_archives_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_microseconds_are_milliseconds_and_escapes_are_undone() -> None:
    first = of(run(ARCHIVE), "chat")[0]
    assert first.when is not None
    assert (first.when.us, first.when.precision) == (1_682_928_000_123_000, Precision.MILLISECOND)
    assert first.text == 'C\'est "vrai"'


def test_a_message_carries_its_pictures_and_an_overlay_stands_alone() -> None:
    found = run(ARCHIVE)
    assert [[file.name for file in item.files] for item in of(found, "chat")] == [[], ["2023-05-01_b~AAA.jpg"], []]
    assert [item.title[:18] for item in of(found, "document")] == ["2023-05-01_overlay"]


def test_a_system_entry_is_no_message_and_a_date_that_is_none_is_said() -> None:
    found = run(ARCHIVE)
    assert of(found, "chat")[2].kind is Kind.OTHER
    assert ("social-no-time", "record 3") in {(notice.reason, notice.position) for _, notice in found.notices}


def test_memories_are_links_which_is_said_at_once_and_zeros_are_no_place() -> None:
    found = run(ARCHIVE)
    assert [(str(item.kind), item.lat, item.lon) for item in of(found, "memory")] == [
        ("photo", 45.75, 4.85),
        ("video", None, None),
    ]
    assert [notice.what for _, notice in found.notices if notice.reason == "snapchat-links"] == ["2"]


def test_older_chats_say_who_received_them() -> None:
    received, sent = of(run(OLDER), "chat")
    assert [(role.role, role.name) for role in received.parties] == [("from", "noe.exemple")]
    assert [(role.role, role.name) for role in sent.parties] == [("to", "noe.exemple")]


def test_the_other_layout_gives_the_same_facts(tmp_path: Path) -> None:
    shutil.copytree(ARCHIVE / "json", tmp_path / "messages" / "json")
    shutil.copytree(ARCHIVE / "chat_media", tmp_path / "messages" / "chat_media")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(ARCHIVE).items}


def test_a_cut_file_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    data = (ARCHIVE / "json" / "chat_history.json").read_bytes()
    (tmp_path / "chat_history.json").write_bytes(data[: data.index(b"STATUS")])
    found = run(tmp_path)
    assert len(found.items) == 2
    assert [notice.reason for _, notice in found.notices] == ["json-cut-off"]


def test_nothing_of_the_originals_is_dropped() -> None:
    found = "\n".join(run(ARCHIVE).lines())
    for path in (ARCHIVE / "json").iterdir():
        for text in _texts(json.loads(path.read_text(encoding="utf-8"))):
            assert text.endswith(" UTC") or "&" in text or json.dumps(text, ensure_ascii=False)[1:-1] in found, text


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
