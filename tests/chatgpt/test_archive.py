"""The archive of ChatGPT: branches stay apart, nothing is lost, and what the person does not see is no message."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample
from tests.kept_values import lost_values

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "chatgpt"
ARCHIVE = FIXTURES / "archive"


def message(found: Run, name: str) -> Item:
    (item,) = [item for item in found.items if item.key[0] == "message" and item.key[-1] == name]
    return item


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_no_value_of_the_files_is_lost() -> None:
    files = [ARCHIVE / f"{name}.json" for name in ("conversations", "user", "message_feedback", "shared_conversations")]
    assert lost_values(run(ARCHIVE), *files) <= {"mapping", "chat_messages", "parts", "message", "title", "0"}


def test_the_branch_that_is_shown_is_told_from_the_others() -> None:
    found = run(ARCHIVE)
    branches = {item.key[-1]: item.details["branch"] for item in found.items if item.key[0] == "message"}  # type: ignore[index]
    assert branches["n9"] == "other"
    assert {branches[name] for name in ("n1", "n2", "n3", "n5", "n8")} == {"shown"}


def test_parents_that_are_missing_or_go_in_circles_end_a_branch() -> None:
    found = run(ARCHIVE)
    (conversation,) = [item for item in found.items if item.key == ("conversation", "c-0002")]
    assert message(found, "a").when == conversation.when
    assert message(found, "b").when is not None


def test_a_message_without_a_time_or_with_zero_has_the_time_of_what_it_answers() -> None:
    assert message(run(ARCHIVE), "n8").when == message(run(ARCHIVE), "n7").when


def test_only_what_the_person_sees_is_a_message() -> None:
    found = run(ARCHIVE)
    kinds = {item.key[-1]: item.kind for item in found.items if item.key[0] == "message"}
    assert {name for name, kind in kinds.items() if kind is Kind.MESSAGE} == {"n3", "n5", "n8", "n9", "a"}
    assert (kinds["n2"], kinds["n6"]) == (Kind.SETTING, Kind.INFERENCE)
    assert {kinds[name] for name in ("n1", "n4", "n7", "b")} == {Kind.OTHER}


def test_marks_of_sources_are_no_part_of_the_words_and_stay_in_the_details() -> None:
    answer = message(run(ARCHIVE), "n5")
    assert answer.text == "Un potimarron, sans doute. "
    assert "1†jardin" in answer.details["content"]["parts"][0]  # type: ignore[index]


def test_a_picture_goes_with_its_message_and_another_one_by_itself() -> None:
    found = run(ARCHIVE)
    assert [file.name for file in message(found, "n3").files] == ["file-AbCdEf123456-courge.png"]
    (alone,) = [item for item in found.items if item.kind is Kind.PHOTO]
    assert alone.title == "file-ZzYyXx987654-autre.png"


def test_the_page_is_left_out_beside_the_file_and_read_where_it_is_alone(tmp_path: Path) -> None:
    found = run(ARCHIVE)
    assert found.ended["chat.html"].why == "chatgpt-page"
    shutil.copy(ARCHIVE / "chat.html", tmp_path / "page.html")
    alone = run(tmp_path)
    assert {item.key for item in alone.items} == {
        item.key for item in found.items if item.key[0] in ("message", "conversation")
    }
    assert not alone.notices


def test_numbered_files_and_a_wrapped_list_are_the_same_conversations(tmp_path: Path) -> None:
    both = json.loads((ARCHIVE / "conversations.json").read_text("utf-8"))
    (tmp_path / "conversations-000.json").write_text(json.dumps(both[:1]), encoding="utf-8")
    (tmp_path / "0002.dat").write_text(json.dumps({"conversations": both[1:]}), encoding="utf-8")
    keys = {item.key for item in run(ARCHIVE).items if item.key[0] in ("message", "conversation")}
    assert {item.key for item in run(tmp_path).items} == keys


def test_a_file_that_is_cut_off_says_so_and_keeps_whole_conversations(tmp_path: Path) -> None:
    data = (ARCHIVE / "conversations.json").read_bytes()
    (tmp_path / "conversations.json").write_bytes(data[:-200])
    found = run(tmp_path)
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}
    assert message(found, "n5")


def test_a_conversation_alone_is_read_from_the_synthetic_sample() -> None:
    found = run(sample("ai/chatgpt/synthetic-single-conversation.json"))
    assert list(found.readers.values()) == ["chatgpt.conversations"]
    assert found.kinds == {"message": 2, "other": 2}  # the answer is addressed to a tool
    assert not found.notices
    said = [item for item in found.items if item.kind is Kind.MESSAGE]
    assert [item.when.precision for item in said if item.when] == [Precision.MICROSECOND] * 2
    lost = lost_values(found, sample("ai/chatgpt/synthetic-single-conversation.json"))
    assert lost <= {
        "mapping",
        "message",
        "parts",
        "blocked_urls",
        "safe_urls",
        "disabled_tool_ids",
    }  # names of no value
