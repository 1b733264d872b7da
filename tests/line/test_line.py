"""Chats of LINE: days, tabs, words over several lines, dates in the order of the phone."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Kind
from tests.importing import Run, check_golden, run

CHATS = Path(__file__).resolve().parents[1] / "fixtures" / "line" / "chats"


def days(found: Run) -> list[str]:
    return [datetime.fromtimestamp(item.when.us / 1e6, UTC).date().isoformat() for item in found.items if item.when]


def test_the_invented_chat_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(CHATS, CHATS.with_name("chats.golden.jsonl"), regenerate=regenerate)


def test_words_over_several_lines_may_hold_a_date_and_only_two_tabs_are_structure() -> None:
    found = run(CHATS)
    assert [item.text for item in found.items][1] == "Two lines\n2024/03/30 is no new day\nhere"
    assert "A\ttab within" in {item.text for item in found.items}
    assert days(found) == ["2024-03-24"] * 3 + ["2024-03-25"] * 4


def test_two_columns_are_a_notice_of_the_app() -> None:
    assert [item.text for item in run(CHATS).items if item.kind is Kind.OTHER] == ["Yuki joined the group"]


def test_a_renamed_chat_has_the_same_keys_and_twins_are_two(tmp_path: Path) -> None:
    shutil.copy(next(CHATS.iterdir()), tmp_path / "notes.txt")
    assert [item.key for item in run(tmp_path).items] == [item.key for item in run(CHATS).items]
    assert len({item.key for item in run(CHATS).items}) == 7


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *(
            ("2024/01/15(Mon)", "2024-01-15"),
            ("2024.02.01 Thursday", "2024-02-01"),
            ("2025.12.30 火曜日", "2025-12-30"),
        ),
        *(("Sun, 12/01/2025", "2025-01-12"), ("Mon, 12/01/2025", "2025-12-01")),
    ],
)
def test_a_day_in_each_language_is_read(line: str, expected: str, tmp_path: Path) -> None:
    text = f"[LINE] Kaoriとのトーク履歴\n保存日時：2025/12/31 10:00\n\n{line}\n10:00 AM\tKaori\tx\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    found = run(tmp_path)
    assert days(found) == [expected]
    assert found.items[0].title == "Kaori"
    assert [notice.reason for _, notice in found.notices] == ["line-local-time"]


def test_a_cut_chat_gives_what_is_before_the_cut(tmp_path: Path) -> None:
    data = next(CHATS.iterdir()).read_bytes()
    (tmp_path / "a.txt").write_bytes(data[:180])
    keys = [item.key for item in run(CHATS).items]
    assert [item.key for item in run(tmp_path).items][:2] == keys[:2]
