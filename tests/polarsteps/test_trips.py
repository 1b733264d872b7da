"""Polarsteps: times as seconds or as stamps, stops, and a description that is kept whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "polarsteps"
ARCHIVE = FIXTURES / "archive"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_samples_give_3_fixes_and_2_segments() -> None:
    found = run(sample("polarsteps"))
    assert (found.series(), found.kinds) == ({"position": 3}, {"stay": 1, "other": 1})
    assert [int(start) for start in found.samples[0].start] == [us(2024, 6, 1, 10, minute) for minute in (0, 15, 30)]
    stay = found.items[0]
    assert stay.when is not None
    assert (stay.when.us, stay.when.offset, stay.end) == (us(2024, 5, 31, 15), 540, us(2024, 5, 31, 17))
    assert not found.notices


def test_times_are_seconds_with_a_fraction_or_stamps() -> None:
    (samples,) = run(ARCHIVE).samples
    assert [int(start) for start in samples.start] == [1_714_554_189_250_000, us(2024, 5, 1, 10)]
    assert list(samples.columns["lon"].texts()) == ["5.720", "5.73"]
    assert list(samples.columns["altitude"].texts()) == [None, "3"]


def test_what_has_no_sound_time_is_kept_and_said_with_its_number() -> None:
    found = run(ARCHIVE)
    assert [(path.rsplit("/", 1)[-1], n.reason, n.position) for path, n in found.notices] == [
        ("locations.json", "table-date", "record 3"),
        ("segments.json", "table-date", "record 2"),
    ]
    assert [item.kind for item in found.items].count(Kind.OTHER) == 2


def test_the_description_of_a_trip_is_kept_whole() -> None:
    assert run(ARCHIVE).outcomes == {"read": 2, "kept": 1}
