"""The archive of Claude: blocks before flat words, branches, pasted text, projects."""

from __future__ import annotations

import shutil
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample
from tests.kept_values import lost_values

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "claude"
ARCHIVE = FIXTURES / "archive"


def message(found: Run, name: str) -> Item:
    (item,) = [item for item in found.items if item.key == ("message", name)]
    return item


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_no_value_of_the_files_is_lost() -> None:
    lost = lost_values(run(ARCHIVE), *ARCHIVE.glob("*.json"))
    assert lost <= {"chat_messages", "docs", "filename", "description"}  # names of fields that are columns


def test_words_come_from_blocks_and_the_placeholder_is_only_kept() -> None:
    answer = message(run(ARCHIVE), "m-3")
    assert answer.text == "Avec du poireau.\nVoilà."
    assert str(answer.details["text"]).startswith("This block is not supported")  # type: ignore[index]


def test_older_files_without_blocks_have_their_flat_words() -> None:
    assert message(run(ARCHIVE), "m-5").text == "Ancienne question"


def test_branches_are_told_and_what_has_no_words_is_no_message() -> None:
    found = run(ARCHIVE)
    branches = {name: message(found, name).details["branch"] for name in ("m-1", "m-2", "m-3", "m-4", "m-5")}  # type: ignore[index]
    assert branches == {"m-1": "shown", "m-2": "other", "m-3": "shown", "m-4": "shown", "m-5": "shown"}
    assert message(found, "m-4").kind is Kind.OTHER


def test_an_empty_conversation_is_kept_as_itself() -> None:
    assert ("conversation", "k-3") in {item.key for item in run(ARCHIVE).items}


def test_a_renamed_file_and_its_folder_make_no_difference(tmp_path: Path) -> None:
    for name in ("conversations", "users", "projects"):
        shutil.copy(ARCHIVE / f"{name}.json", tmp_path / f"x-{name}.dat")
    found, told = run(tmp_path), run(ARCHIVE)
    assert {item.key for item in found.items} == {item.key for item in told.items if item.kind is not Kind.INFERENCE}
    assert {party.key for party in found.parties} == {party.key for party in told.parties}


def test_a_conversation_alone_is_read_from_the_synthetic_sample() -> None:
    path = sample("ai/claude/synthetic-single-conversation.json")
    found = run(path)
    assert list(found.readers.values()) == ["claude.conversations"]
    assert found.kinds == {"message": 3, "other": 1}
    assert [notice.reason for _, notice in found.notices] == ["table-date"] * 3  # their times end in a bare plus
    assert lost_values(found, path) <= {"chat_messages"}


def test_another_service_with_files_of_these_names_does_not_take_them() -> None:
    assert {name: reader.partition(".")[0] for name, reader in run(ARCHIVE).readers.items()} == {
        "conversations.json": "claude",
        "memories.json": "claude",
        "projects.json": "claude",
        "users.json": "claude",
    }
