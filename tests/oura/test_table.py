"""A row a day, with bedtimes that have their offset."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "oura"
ARCHIVE = FIXTURES / "trends.csv"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "golden.jsonl", regenerate=regenerate)


def test_a_row_with_bedtimes_is_a_night_and_one_without_is_a_day() -> None:
    night, day, odd = run(ARCHIVE).items
    assert night.when is not None
    assert (night.kind, night.when.us, night.when.offset) == (Kind.SLEEP, us(2024, 3, 1, 21, 50), 60)
    assert night.end == us(2024, 3, 2, 5, 55)
    assert (day.kind, odd.when) == (Kind.MEASUREMENT, None)


def test_steps_are_of_the_day_and_a_later_file_corrects_them() -> None:
    steps = next(batch for batch in run(ARCHIVE).samples if batch.series == "steps-of-day")
    assert (steps.start.tolist(), steps.exclusive) == ([us(2024, 3, 2), us(2024, 3, 3)], True)


def test_a_row_without_a_date_is_kept_and_said() -> None:
    found = run(ARCHIVE)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-date", "line 4")]
    assert len(found.items) == 3
