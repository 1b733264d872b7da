"""Exports of Telegram Desktop: the whole account, one chat, and the pages."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "telegram"
ACCOUNT, PAGES = FIXTURES / "account", FIXTURES / "pages"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def message(found: Run, number: int) -> Item:
    return next(item for item in found.items if item.key[0] == "message" and item.key[2] == str(number))


@pytest.mark.parametrize("name", ["account", "pages"])
def test_the_invented_exports_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_the_whole_account_of_the_samples_has_two_chats_and_eight_items_one_of_the_service() -> None:
    found = run(sample("telegram/context-use"))
    assert found.kinds == {"message": 7, "other": 1}
    assert [party.name for party in found.parties] == ["Alice Smith", "Bob Johnson", "Carol Davis"]
    assert message(found, 1004).text == "Look at this link: https://example.com/cool-article pretty interesting!"
    when = message(found, 1002).when
    assert when is not None
    assert (when.us, when.offset) == (us(2025, 1, 15, 10, 5), 0)
    assert [(notice.reason, notice.what) for _, notice in found.notices] == [("telegram-media-missing", "1")]


def test_one_chat_at_the_root_is_read_without_any_identifier() -> None:
    found = run(sample("telegram/chat-miner-single"))
    assert [(item.text, item.parties[0].name) for item in found.items] == [
        ("Minimal Message", "Author 1"),
        ("Link:https://telegram.org/", "Author 2"),
    ]


def test_nothing_of_the_account_is_dropped() -> None:
    kept = {value for line in run(ACCOUNT).lines() for value in _values(json.loads(line))}
    kept |= {str(value // 1_000_000) for value in kept if isinstance(value, int)}
    text = (ACCOUNT / "result.json").read_text(encoding="utf-8").replace("\\x0b", "\\u000b")
    explained = {"x", "Here is the data you requested.", "Contacts.", "This page lists all chats.", "plain"}
    assert [value for value in _values(json.loads(text)) if value not in kept | explained] == []


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [found for entry in value.values() for found in _values(entry)]
    if isinstance(value, list):
        return [found for entry in value for found in _values(entry)]
    return [value] if value and not isinstance(value, bool) else []


def test_a_call_lasts_as_long_as_it_says_and_an_unknown_action_is_kept() -> None:
    found = run(ACCOUNT)
    call = message(found, 11)
    assert call.when is not None
    assert (call.kind, call.end) == (Kind.CALL, call.when.us + 65_000_000)
    assert [item.text for item in found.items if item.key == ("message", "800", "1")] == ["an_action_of_tomorrow"]


def test_the_zone_of_the_computer_is_told_by_its_local_time() -> None:
    when = message(run(ACCOUNT), 12).when
    assert when is not None
    assert (when.us, when.offset) == (us(2025, 1, 15, 9, 5), 60)


def test_an_old_message_has_local_time_only_and_that_is_said() -> None:
    found = run(ACCOUNT)
    when = message(found, 16).when
    assert when is not None
    assert (when.us, when.offset) == (us(2021, 7, 1, 10), None)
    assert [notice.reason for _, notice in found.notices] == ["telegram-local-time"]
    handle = message(found, 16).parties[0].handle
    assert handle is not None
    assert handle.value == "user700"


def test_a_control_character_that_is_no_json_does_no_harm() -> None:
    assert message(run(ACCOUNT), 17).text == "un\x0btab"


def test_a_sentence_in_the_place_of_a_file_is_no_missing_file() -> None:
    found = run(ACCOUNT)
    assert not message(found, 14).files
    assert [file.name for file in message(found, 13).files] == ["photo_1@15-01-2025_10-08-00.jpg"]
    assert [item.title for item in found.items if item.key[0] == "document"] == ["audio_9@15-01-2025_11-00-00.ogg"]


def test_a_telephone_number_in_its_long_form_is_normalised() -> None:
    handles = {handle.value for party in run(ACCOUNT).parties for handle in party.handles if handle.type == "phone"}
    assert handles == {"+33600000001", "+33600000002"}


def test_a_renamed_export_and_a_smaller_one_have_the_same_keys(tmp_path: Path) -> None:
    first = {item.key for item in run(ACCOUNT).items if item.key[0] == "message"}
    shutil.copy(ACCOUNT / "result.json", tmp_path / "mes données.json")
    assert {item.key for item in run(tmp_path).items if item.key[0] == "message"} == first
    whole = json.loads((ACCOUNT / "result.json").read_text(encoding="utf-8").replace("\\x0b", " "))
    one = tmp_path / "one"
    one.mkdir()
    (one / "result.json").write_text(json.dumps(whole["chats"]["list"][0]), encoding="utf-8")
    assert {item.key for item in run(one).items} < first


def test_chats_as_a_plain_list_are_read_too(tmp_path: Path) -> None:
    chat = {"name": "Zoé", "type": "personal_chat", "id": 9, "messages": [{"id": 1, "from_id": 9, "text": "x"}]}
    (tmp_path / "result.json").write_text(json.dumps({"about": "", "chats": [chat]}), encoding="utf-8")
    found = run(tmp_path)
    assert [(item.key, item.title) for item in found.items] == [(("message", "9", "1"), "Zoé")]
    assert [notice.reason for _, notice in found.notices] == ["telegram-no-time"]


def test_a_cut_export_gives_what_is_before_the_cut(tmp_path: Path) -> None:
    data = (ACCOUNT / "result.json").read_bytes()
    (tmp_path / "result.json").write_bytes(data[: data.index(b'"id": 14')])
    found = run(tmp_path)
    assert message(found, 12).text == "Voir https://example.org/a vite"
    assert [notice.reason for _, notice in found.notices if notice.reason.startswith("json-")] == ["json-cut-off"]


def test_a_joined_block_has_the_sender_before_it_across_pages_too() -> None:
    said = {item.text: item for item in run(PAGES).items}
    assert said["Encore moi"].parties[0].name == "Omar"
    assert said["Suite de Zoé"].parties[0].name == "Zoé"
    assert said["Transféré"].parties[0].name == "Omar"
    assert said["Zoé pinned a message"].kind is Kind.OTHER


def test_a_page_says_its_zone_or_is_read_as_french_time() -> None:
    found = run(PAGES)
    times = {item.text: item.when for item in found.items if item.when}
    assert (times["Encore moi"].us, times["Encore moi"].offset) == (us(2025, 10, 3, 10, 34, 40), 120)
    assert (times["Suite de Zoé"].us, times["Suite de Zoé"].offset) == (us(2025, 10, 3, 10, 40), None)
    assert [(member, notice.reason) for member, notice in found.notices] == [("messages2.html", "telegram-local-time")]


def test_a_page_whose_export_has_the_json_is_read_from_there(tmp_path: Path) -> None:
    shutil.copytree(PAGES, tmp_path / "export" / "chats" / "chat_1")
    shutil.copy(ACCOUNT / "result.json", tmp_path / "export")
    found = run(tmp_path)
    assert not [item for item in found.items if item.key[0] == "message-page"]
    assert "telegram-json-twin" in {notice.reason for _, notice in found.notices}
