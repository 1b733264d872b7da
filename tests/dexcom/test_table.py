"""Readings among rows about the person, and words where the sensor was beyond its range."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "dexcom"
ARCHIVE = FIXTURES / "clarity.csv"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "golden.jsonl", regenerate=regenerate)


def test_readings_are_samples_in_the_unit_of_their_title_in_french_time() -> None:
    found = run(ARCHIVE)
    (glucose,) = found.samples
    assert (glucose.series, glucose.unit, glucose.subject) == ("glucose", "mg/dL", "Tel")
    assert glucose.start.tolist() == [us(2024, 3, 1, 7), us(2024, 3, 1, 7, 5)]
    assert "dexcom-local-time" in {notice.reason for _, notice in found.notices}


def test_low_is_no_number_and_is_kept() -> None:
    (glucose,) = run(ARCHIVE).samples
    assert glucose.value is not None
    assert list(glucose.value.texts()) == ["105", None]
    assert list(glucose.columns["written"].texts()) == [None, "Low"]


def test_rows_without_a_time_are_about_the_person_and_no_notice() -> None:
    found = run(ARCHIVE)
    assert [(item.kind, item.title) for item in found.items] == [
        (Kind.SETTING, "FirstName"),
        (Kind.SETTING, "Device"),
        (Kind.MEASUREMENT, "Insulin"),
        (Kind.MEASUREMENT, "EGV"),
    ]
    assert [notice.position for _, notice in found.notices if notice.reason == "table-date"] == ["line 7"]
