"""Meals of days, in two layouts of dates, and totals that count nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "myfitnesspal"
ARCHIVE = FIXTURES / "archive"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "golden.jsonl", regenerate=regenerate)


def test_meals_are_consumption_on_their_days_and_totals_are_not() -> None:
    meals = [item for item in run(ARCHIVE).items if item.key[0] == "meal"]
    assert [(item.kind, item.when.us if item.when else None) for item in meals] == [
        (Kind.CONSUMPTION, us(2024, 3, 1)),
        (Kind.CONSUMPTION, us(2024, 3, 2)),
        (Kind.OTHER, us(2024, 3, 2)),
        (Kind.CONSUMPTION, None),
    ]


def test_a_number_with_a_comma_for_thousands_stays_as_written() -> None:
    first = run(ARCHIVE).items
    assert any("1,050" in item.details.values() for item in first)  # type: ignore[union-attr]


def test_a_row_without_a_date_is_kept_and_said() -> None:
    assert [(notice.reason, notice.position) for _, notice in run(ARCHIVE).notices] == [("table-date", "line 5")]


def test_exercise_and_measures_are_read_by_the_names_of_their_files() -> None:
    assert {(item.kind, item.title) for item in run(ARCHIVE).items if item.key[0] != "meal"} == {
        (Kind.WORKOUT, "Marche"),
        (Kind.MEASUREMENT, ""),
    }
