"""Conversations: classic, encrypted and as pages."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
ENCRYPTED = FIXTURES / "messenger" / "encrypted"
CLASSIC = FIXTURES / "facebook" / "archive-2022" / "messages"

PAGE = """<html><head><title>Anaïs Tilleul</title></head><body><div class="x">Participants : Zoé, Anaïs Tilleul</div>
{messages}</body></html>"""
BLOCK = (
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{who}</h2>'
    '<div class="_3-95 _a6-p"><div>{what}</div><ul class="_a6-q"><li><span>😍Zoé</span></li></ul></div>'
    '<div class="_3-94 _a6-o">{when}</div></div>'
)


def messages(found: Run) -> list[Item]:
    return [item for item in found.items if item.key[0] == "message"]


def thread(tmp_path: Path, *given: dict[str, Any]) -> Run:
    path = tmp_path / "message_1.json"
    path.write_text(json.dumps({"participants": [{"name": "A"}], "messages": given, "title": "A"}), encoding="utf-8")
    return run(path)


def test_the_invented_encrypted_export_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ENCRYPTED, ENCRYPTED.with_suffix(".golden.jsonl"), regenerate=regenerate)


def test_a_message_before_the_switch_to_encryption_is_one_in_both_exports(tmp_path: Path) -> None:
    shutil.copytree(CLASSIC, tmp_path / "messages")
    both = {item.key for item in messages(run(tmp_path))} & {item.key for item in messages(run(ENCRYPTED))}
    assert len(both) == 1


def test_a_flat_file_is_recognised_by_what_it_holds_whatever_its_script(tmp_path: Path) -> None:
    shutil.copy(next(ENCRYPTED.rglob("*.json")), tmp_path / "家族_3.json")
    assert set(run(tmp_path).readers.values()) == {"messenger.encrypted_messages"}


def test_media_that_could_not_be_written_are_messages_all_the_same() -> None:
    failed = messages(run(ENCRYPTED))[2]
    assert failed.details["media"] == [{"uri": "Failed to download media"}]  # type: ignore[index]
    assert not failed.files


def test_a_call_lasts_and_a_message_is_of_a_millisecond(tmp_path: Path) -> None:
    shutil.copytree(CLASSIC, tmp_path / "messages")
    found = {item.kind: item for item in messages(run(tmp_path))}
    call = found[Kind.CALL]
    assert call.when is not None
    assert call.when.precision is Precision.MILLISECOND
    assert call.end == call.when.us + 192_000_000


def test_messages_that_are_equal_in_every_way_are_several(tmp_path: Path) -> None:
    one = {"sender_name": "A", "timestamp_ms": 1600000000000, "content": "ok"}
    assert len({item.key for item in thread(tmp_path, one, one).items}) == 2


def test_a_text_with_a_mangled_part_and_an_emoji_is_left_alone(tmp_path: Path) -> None:
    texts = ["Ã©tÃ©", "Ã© 🦊", "été", "plain"]
    given = [{"sender_name": "A", "timestamp_ms": 1600000000000 + at, "content": text} for at, text in enumerate(texts)]
    assert [item.text for item in thread(tmp_path, *given).items] == ["été", "Ã© 🦊", "été", "plain"]


def test_a_message_without_a_sound_time_is_kept_and_said(tmp_path: Path) -> None:
    found = thread(tmp_path, {"sender_name": "A", "timestamp_ms": 0, "content": "when?"})
    assert [(n.reason, n.position) for _, n in found.notices] == [("meta-no-time", "record 1")]
    assert found.items[0].details["timestamp_ms"] == 0  # type: ignore[index]


def test_a_thread_whose_title_comes_after_ten_thousand_messages_has_it_from_the_first_on(tmp_path: Path) -> None:
    given = [{"sender_name": "B", "timestamp_ms": 1600000000000 + at, "content": "x" * 500} for at in range(10_000)]
    found = thread(tmp_path, *given)
    assert len(found.items) == 10_000
    assert {item.title for item in found.items} == {"A"}


def test_a_truncated_thread_gives_its_messages_and_says_where_it_ends(tmp_path: Path) -> None:
    data = next(ENCRYPTED.rglob("*.json")).read_bytes()
    path = tmp_path / "a_1.json"
    path.write_bytes(data[: data.index(b"Failed")])
    found = run(path)
    assert len(messages(found)) == 2
    assert "importer-failed" not in {notice.reason for _, notice in found.notices}
    assert found.notices


def test_people_without_number_are_told_and_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "message_1.json"
    people = [{"name": str(number)} for number in range(20_001)]
    one = {"sender_name": "A", "timestamp_ms": 1600000000000, "content": "x"}
    path.write_text(json.dumps({"messages": [one], "participants": people}), encoding="utf-8")
    found = run(path)
    assert [(n.reason, n.position, n.what) for _, n in found.notices] == [
        ("json-too-large", "record 20001", "participants")
    ]
    assert len(found.parties[0].details["participants"]) == 20_000  # type: ignore[index]


@pytest.mark.parametrize(
    ("when", "us", "precision"),
    [
        ("Jan 2, 2023, 3:04 PM", 1_672_671_840_000_000, Precision.MINUTE),
        ("Jan 2, 2023 at 3:04 PM", 1_672_671_840_000_000, Precision.MINUTE),
        ("Jan 2, 2023 3:04:05 pm", 1_672_671_845_000_000, Precision.SECOND),
        ("2 Jan 2023, 15:04", 1_672_671_840_000_000, Precision.MINUTE),
        ("2 janv. 2023 à 15:04", 1_672_671_840_000_000, Precision.MINUTE),
        ("janv. 02, 2023 15:04:05", 1_672_671_845_000_000, Precision.SECOND),
    ],
)
def test_a_page_writes_times_in_several_ways(tmp_path: Path, when: str, us: int, precision: Precision) -> None:
    path = tmp_path / "your_instagram_activity" / "messages" / "inbox" / "anais_1" / "message_1.html"
    path.parent.mkdir(parents=True)
    blocks = BLOCK.format(who="Zoé", what="Ça va &amp; toi ?<br>Oui", when=when)
    path.write_text(PAGE.format(messages=blocks), encoding="utf-8")
    found = run(tmp_path)
    (item,) = found.items
    assert item.when is not None
    assert (item.when.us, item.when.precision) == (us, precision)
    assert (item.text, item.title, item.parties[0].name) == ("Ça va & toi ?\nOui", "Anaïs Tilleul", "Zoé")
    assert item.details["reactions"] == ["😍Zoé"]  # type: ignore[index]
    assert found.parties[0].details["page"] == ["Participants : Zoé, Anaïs Tilleul"]  # type: ignore[index]
    assert set(found.readers.values()) == {"instagram.direct_message_pages"}
