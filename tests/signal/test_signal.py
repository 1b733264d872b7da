"""Signal's own export, the chats of signal-export, and the backup that nobody can open."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "signal"
EXPORT, MARKDOWN = FIXTURES / "export", FIXTURES / "markdown"


def said(found: Run, text: str) -> Item:
    return next(item for item in found.items if item.text == text)


@pytest.mark.parametrize("name", ["export", "markdown"])
def test_the_invented_exports_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_the_markdown_of_the_samples_has_two_messages_one_over_two_lines() -> None:
    found = run(sample("signal/chat-miner/test_export.txt"))
    assert found.readers == {"test_export.txt": "signal.exported_chat"}
    assert [(item.parties[0].name, item.text) for item in found.items] == [
        ("Jane Doe", "Hello John!"),
        ("John Doe", "Hello\nJane!"),
    ]
    when = found.items[0].when
    assert when is not None
    assert (when.us, when.precision) == (
        int(datetime(2019, 12, 24, 11, 23, tzinfo=UTC).timestamp()) * 1_000_000,
        Precision.MINUTE,
    )


def test_no_secret_of_the_export_reaches_a_record() -> None:
    text = (EXPORT / "main.jsonl").read_text(encoding="utf-8")
    secret = text.partition('"mediaRootBackupKey": "')[2].partition('"')[0]
    assert text.count(secret) == 4
    assert secret not in "\n".join(run(EXPORT).lines())


def test_an_empty_outgoing_is_a_message_that_was_sent() -> None:
    found = run(EXPORT)
    sent, received = said(found, "Bonjour Omar"), said(found, "La photo")
    assert [(role.role, role.name) for role in sent.parties] == [("to", "Omar B")]
    assert [(role.role, role.name) for role in received.parties] == [("from", "Omar B")]
    assert sent.when is not None
    assert sent.when.us == 1741340000123000


def test_a_picture_is_found_by_the_digest_of_its_content_and_key() -> None:
    found = run(EXPORT)
    assert [file.name for file in said(found, "La photo").files] == ["port.jpg"]
    assert [item.title[-4:] for item in found.items if item.key[0] == "document"] == [".bin"]


def test_one_moment_in_two_chats_is_two_messages() -> None:
    keys = {item.key for item in run(EXPORT).items if item.when and item.when.us == 1741340060000000}
    assert len(keys) == 2


def test_numbers_of_chats_and_people_are_no_identity(tmp_path: Path) -> None:
    text = (EXPORT / "main.jsonl").read_text(encoding="utf-8")
    text = text.replace('"chatId": "20"', '"chatId": "55"').replace('"id": "20"', '"id": "55"')
    (tmp_path / "autre.jsonl").write_text(text, encoding="utf-8")
    first, second = (
        [item.key for item in found.items if item.key[0] == "message"] for found in (run(EXPORT), run(tmp_path))
    )
    assert first == second


def test_a_damaged_line_is_said_and_the_next_one_is_read() -> None:
    found = run(EXPORT)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("signal-line", "line 15"),
        ("signal-no-time", "line 16"),
    ]
    assert said(found, "Sans date").when is None


def test_what_the_app_notes_and_a_deleted_message_are_kept() -> None:
    found = run(EXPORT)
    (noted,) = [item for item in found.items if item.kind is Kind.OTHER]
    assert "groupChange" in noted.details["updateMessage"]  # type: ignore[index]
    assert [item for item in found.items if "remoteDeletedMessage" in item.details and item.kind is Kind.MESSAGE]  # type: ignore[operator]


def test_the_markdown_has_reactions_in_its_words_and_its_picture() -> None:
    found = run(MARKDOWN)
    assert [item.text for item in found.items][1] == "Salut !\n\n> une citation\n(- Omar: 👍 -)"
    assert [file.name for item in found.items for file in item.files] == ["port.jpg"]
    assert {item.title for item in found.items} == {"Omar"}
    assert len({item.key for item in found.items}) == 5


def test_a_renamed_chat_has_the_same_keys(tmp_path: Path) -> None:
    shutil.copy(MARKDOWN / "Omar" / "chat.md", tmp_path / "notes.txt")
    assert [item.key for item in run(tmp_path).items] == [item.key for item in run(MARKDOWN).items]


def test_the_encrypted_backup_is_kept_whole_and_explained(tmp_path: Path) -> None:
    (tmp_path / "signal-2025-03-10-12-00-00.backup").write_bytes(bytes(range(256)))
    found = run(tmp_path)
    assert [notice.reason for _, notice in found.notices] == ["signal-encrypted"]
    assert [len(data) for data in found.files.values()] == [256]
