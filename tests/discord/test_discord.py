"""Packages of Discord of two eras and in another language, and whole chats of DiscordChatExporter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "discord"
PACKAGE, EXPORTER = FIXTURES / "package", FIXTURES / "exporter"


def message(found: Run, number: str) -> Item:
    return next(item for item in found.items if item.key == ("message", number))


@pytest.mark.parametrize("name", ["package", "exporter"])
def test_the_invented_archives_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome() -> None:
    found = run(PACKAGE)
    assert found.outcomes == {"read": 9, "skipped": 1, "kept": 2}
    assert {ended.why for ended in found.ended.values() if ended.why} == {"discord-empty"}


def test_an_identifier_above_two_to_the_53_stays_exact() -> None:
    found = run(PACKAGE)
    assert message(found, "1200000000000000129").text == "Bonsoir\nOmar"
    assert message(found, "1200000000000000129").details["attachments"] == [  # type: ignore[index]
        *("https://cdn.example.org/a.png", "https://cdn.example.org/b.png"),
    ]


def test_a_direct_message_goes_to_the_other_person_and_a_channel_has_its_name() -> None:
    found = run(PACKAGE)
    direct, channel = message(found, "1200000000000000129"), message(found, "1000000000000000777")
    assert [(role.role, role.name, role.handle.value) for role in direct.parties if role.handle] == [
        ("from", "Lise", "300000000000000001"),
        ("to", "", "300000000000000002"),
    ]
    assert channel.title == "général dans Chorale"


def test_a_message_without_a_sound_time_has_the_one_of_its_identifier() -> None:
    found = run(PACKAGE)
    when = message(found, "1000000000000000775").when
    assert when is not None
    assert (when.us // 1000, when.precision) == ((1000000000000000775 >> 22) + 1420070400000, Precision.MILLISECOND)
    assert message(found, "1000000000000000775").details["channel_id"] == "1100000000000000002"  # type: ignore[index]
    assert message(found, "1000000000000000775").details["Timestamp"] == "jamais"  # type: ignore[index]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("discord-no-time", "line 6")]


def test_a_channel_that_was_left_is_known_by_the_index_only() -> None:
    parties = {party.key: party.name for party in run(PACKAGE).parties}
    assert parties["channel", "1100000000000000003"] == ""
    assert parties["server", "900000000000000002"] == "Parti depuis"
    assert parties["relationship", "300000000000000002"] == "Omar"


def test_translated_folders_and_a_wrapper_change_no_key(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "package")
    (tmp_path / "package" / "Messages").rename(tmp_path / "package" / "Nachrichten")
    first, second = run(PACKAGE), run(tmp_path)
    assert {item.key for item in first.items} == {item.key for item in second.items}
    assert [item.title for item in first.items] == [item.title for item in second.items]


def test_a_message_of_the_tool_is_the_same_as_that_of_the_package() -> None:
    ours, theirs = message(run(PACKAGE), "1000000000000000777"), message(run(EXPORTER), "1000000000000000777")
    assert ours.key == theirs.key
    assert ours.stable
    assert ours.when is not None
    assert theirs.when is not None
    assert (ours.when.us, theirs.when.us, theirs.when.offset) == (1659401999753000, 1659401999753000, 120)


def test_a_call_of_the_tool_has_its_end() -> None:
    call = message(run(EXPORTER), "1000000000000000900")
    assert call.when is not None
    assert (call.kind, call.end) == (Kind.CALL, call.when.us + 120_000_000)


def test_a_cut_list_gives_what_is_before_the_cut(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "package")
    path = tmp_path / "package" / "Messages" / "c1100000000000000001" / "messages.json"
    path.write_bytes(path.read_bytes()[:-40])
    found = run(tmp_path)
    assert message(found, "1200000000000000129").text == "Bonsoir\nOmar"
    assert any(notice.reason.startswith("json-") for _, notice in found.notices)
