"""Provisional: titles that public readers name, with two forms of times."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "zepp"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "archive", FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_headers_that_were_transcribed_are_recognised() -> None:
    assert set(run(sample("zepp/2020-transcribed")).readers.values()) == {"zepp.nights"}
    assert set(run(sample("zepp/2023-transcribed")).readers.values()) == {"zepp.days"}


def test_nights_begin_at_an_epoch_or_at_a_stamp_and_an_empty_one_is_no_sleep() -> None:
    nights = [item for item in run(FIXTURES / "archive" / "SLEEP").items if item.key[0] == "night"]
    assert [(item.kind, item.when.us) for item in nights if item.when] == [
        (Kind.SLEEP, us(2024, 4, 30, 21, 30)),
        (Kind.SLEEP, us(2024, 5, 1, 22)),
        (Kind.OTHER, us(2024, 5, 2, 20)),
    ]
    assert nights[0].end == us(2024, 5, 1, 5)


def test_the_clock_of_the_place_is_french_time_and_that_is_said() -> None:
    found = run(FIXTURES / "archive" / "HEARTRATE_AUTO")
    assert found.samples[0].start.tolist() == [us(2024, 5, 1, 6), us(2024, 5, 1, 6, 1)]
    assert [notice.reason for _, notice in found.notices] == ["zepp-local-time"]


def test_a_day_without_a_date_is_kept_and_said() -> None:
    found = run(FIXTURES / "archive" / "ACTIVITY")
    assert found.series() == {"steps-of-day": 1, "distance": 1, "energy-burned": 1}
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-date", "line 3")]


def test_a_workout_lasts_its_seconds() -> None:
    (item,) = run(FIXTURES / "archive" / "SPORT").items
    assert item.end == us(2024, 5, 1, 16, 30)
