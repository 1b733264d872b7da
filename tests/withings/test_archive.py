"""The archive of the account: lists of values keep their own times, and what is no place makes no position."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind, Samples
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "withings"
ARCHIVE = FIXTURES / "archive"
REAL = "withings/2022-transcribed"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def series(found: Run, name: str) -> Samples:
    return next(batch for batch in found.samples if batch.series == name)


def values(batch: Samples) -> list[str | None]:
    return list(batch.value.texts()) if batch.value is not None else []


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_sample_of_2022_gives_four_beats_and_six_latitudes() -> None:
    found = run(sample(REAL))
    assert found.series() == {"heart-rate": 4, "latitude": 6}
    beats = series(found, "heart-rate")
    assert values(beats) == ["86", "122", "104", "103"]
    assert beats.start.tolist()[0] == us(2022, 4, 10, 22, 0, 40)
    assert beats.offset is not None
    assert set(beats.offset.texts()) == {"120"}
    assert not found.notices


def test_a_second_value_begins_where_the_first_one_ends() -> None:
    beats = series(run(ARCHIVE), "heart-rate")
    assert beats.end is not None
    assert beats.start.tolist()[1:] == [us(2024, 3, 1, 7, 10), us(2024, 3, 1, 7, 10, 30)]
    assert beats.end.tolist()[2] == us(2024, 3, 1, 7, 11, 10)


def test_a_latitude_that_can_be_none_is_kept_as_text_and_makes_no_position() -> None:
    latitude = series(run(sample(REAL)), "latitude")
    assert values(latitude) == ["44.100", "44.101", "44.102", None, "44.103", None]
    assert list(latitude.columns["written"].texts())[3] == "657.123"
    assert run(ARCHIVE).series()["position"] == 2


def test_a_position_joins_latitude_and_longitude_of_one_moment() -> None:
    position = series(run(ARCHIVE), "position")
    assert [list(position.columns[name].texts()) for name in ("lat", "lon")] == [["45.901", "45.902"], ["6.11", "6.12"]]


def test_a_watch_and_another_device_stay_series_of_their_own(tmp_path: Path) -> None:
    shutil.copy(ARCHIVE / "raw_hr_hr.csv", tmp_path / "raw_hr_hr.csv")
    shutil.copy(ARCHIVE / "raw_hr_hr.csv", tmp_path / "raw_tracker_hr.csv")
    with (tmp_path / "raw_tracker_hr.csv").open("a") as stream:
        stream.write("2024-03-05T08:00:10+01:00,[22],[70]\n")
    found = run(tmp_path)
    assert {batch.subject for batch in found.samples} == {"raw_hr_hr", "raw_tracker_hr"}
    told = [notice.what for _, notice in found.notices if notice.reason == "withings-devices"]
    assert told == ["heart-rate"]


def test_weight_is_in_the_unit_of_its_title_and_its_local_time_is_said() -> None:
    found = run(ARCHIVE)
    weight = series(found, "body-weight")
    assert (weight.unit, values(weight)) == ("kg", ["61.5", "61.3"])
    assert weight.start.tolist()[0] == us(2024, 3, 1, 6, 5)
    assert list(weight.columns["Comments"].texts()) == ["avant le petit déjeuner", None]
    assert "withings-local-time" in {notice.reason for _, notice in found.notices}


def test_a_night_with_french_titles_has_its_end() -> None:
    night = next(item for item in run(ARCHIVE).items if item.kind is Kind.SLEEP)
    assert night.when is not None
    assert (night.when.us, night.when.offset, night.end) == (us(2024, 2, 29, 21, 50), 60, us(2024, 3, 1, 5, 40))


def test_rows_without_a_time_are_kept_and_said_with_their_line() -> None:
    found = run(ARCHIVE)
    said = {(notice.reason, notice.position) for _, notice in found.notices}
    assert {("withings-row", "line 4"), ("table-date", "line 4")} <= said
    assert sum(item.when is None for item in found.items) == 2


def test_a_file_with_titles_only_is_read_and_empty() -> None:
    assert run(ARCHIVE).ended["raw_tracker_lap-pool.csv"].records == 0


def test_a_renamed_raw_file_is_still_read(tmp_path: Path) -> None:
    shutil.copy(ARCHIVE / "raw_hr_hr.csv", tmp_path / "0001.dat")
    found = run(tmp_path)
    assert found.readers["0001.dat"] == "withings.raw"
    assert found.series() == {"measure": 3}
