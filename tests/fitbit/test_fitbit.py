"""Fitbit: nights that stand in two files, times of three kinds, the same steps in two exports."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from importers.records import Kind, Moment, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "fitbit" / "takeout"
GOLDEN = FIXTURE.with_name("takeout.golden.jsonl")
MEMBERS = sorted(path for path in FIXTURE.rglob("*") if path.is_file())
HEART = "Physical Activity_GoogleData/heart_rate_2024-10-01.csv"


def of(found: Run, series: str, subject: str) -> list[tuple[int, str | None]]:
    (samples,) = (one for one in found.samples if (one.series, one.subject) == (series, subject))
    assert samples.value is not None
    return list(zip(samples.start.tolist(), samples.value.texts(), strict=True))


def write(path: Path, text: str) -> Run:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return run(path.parent)


def test_the_records_are_those_that_stand_beside_it(*, regenerate: bool) -> None:
    check_golden(FIXTURE, GOLDEN, regenerate=regenerate)


def test_every_member_is_read() -> None:
    assert set(run(FIXTURE).outcomes) == {"read"}


def test_a_night_at_the_border_of_two_files_is_one_night() -> None:
    nights = [item for item in run(FIXTURE).items if item.kind is Kind.SLEEP]
    assert (len(nights), len({item.key for item in nights})) == (3, 2)


def test_a_night_is_in_the_time_of_the_place_and_that_is_said_once() -> None:
    found = run(FIXTURE)
    night = next(item for item in found.items if item.key == ("sleep", "70000000001"))
    assert night.when == Moment(1_688_245_830_000_000, None, Precision.MILLISECOND)  # 23:10:30 in Paris
    assert night.end == 1_688_272_830_000_000
    assert [notice.reason for _, notice in found.notices] == ["fitbit-local-time"]


def test_the_z_of_a_sleep_score_is_no_utc() -> None:
    found = run(FIXTURE)
    score = next(item for item in found.items if item.key == ("sleep-score", "70000000001"))
    night = next(item for item in found.items if item.key == ("sleep", "70000000001"))
    assert score.when is not None
    assert score.when.us == night.end


def test_minutes_of_the_older_export_are_utc_and_stay_apart_from_the_newer_one() -> None:
    found = run(FIXTURE)
    assert of(found, "steps", "Global Export Data") == [(1_688_198_400_000_000, "12"), (1_688_198_460_000_000, "0")]
    assert of(found, "steps", "Montre") == [(1_727_769_600_000_000, "14")]


def test_rows_that_come_from_another_application_are_a_series_of_their_own() -> None:
    assert of(run(FIXTURE), "steps", "Health Connect") == [(1_727_769_600_000_000, "13")]


def test_a_resting_heart_rate_without_a_date_is_no_measure() -> None:
    found = run(FIXTURE)
    assert [value for _, value in of(found, "resting-heart-rate", "Global Export Data")] == ["55.25", None]


def test_positions_keep_everything_that_stands_beside_them() -> None:
    (samples,) = (one for one in run(FIXTURE).samples if one.series == "position")
    assert {name: next(column.texts()) for name, column in samples.columns.items()} == {
        "lat": "45.1000",
        "lon": "1.2000",
        "altitude": "210.5",
    }


def test_the_day_of_a_summary_is_moved_by_no_zone() -> None:
    assert of(run(FIXTURE), "heart-rate-variability", "") == [(1_721_606_400_000_000, "29.5")]


def test_weight_is_in_grams() -> None:
    (samples,) = (one for one in run(FIXTURE).samples if one.series == "body-weight")
    assert (samples.unit, samples.subject) == ("g", "Balance")


def test_a_workout_lasts_as_long_as_it_says() -> None:
    (item,) = (item for item in run(FIXTURE).items if item.kind is Kind.WORKOUT)
    assert (item.title, item.stable) == ("Marche", True)
    assert item.when is not None
    assert item.end == item.when.us + 1_800_000_000


def test_files_with_meaningless_names_are_known_by_what_they_hold(tmp_path: Path) -> None:
    for number, name in enumerate(("Global Export Data/sleep-2023-07-01.json", "Sleep Score/sleep_score.csv", HEART)):
        data = (FIXTURE / "Takeout" / "Fitbit" / name).read_bytes()
        (tmp_path / f"{number}.bin").write_bytes(data)
    found = run(tmp_path)
    assert found.kinds == {"sleep": 2, "measurement": 1}
    assert found.series() == {"heart-rate": 2}


def test_a_file_that_says_no_data_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "Takeout" / "Google Health" / "Glucose" / "glucose-2026-07.csv", "no data")
    found = run(tmp_path)
    assert [ended.why for ended in found.ended.values()] == ["fitbit-no-data"]


def test_a_time_that_is_none_is_told_and_its_row_is_kept(tmp_path: Path) -> None:
    found = write(tmp_path / "x.csv", "timestamp,beats per minute\nhier,60\n2024-10-01T08:00:04Z,61\n")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-date", "line 2")]
    assert (found.kinds, found.series()) == ({"measurement": 1}, {"heart-rate": 1})


@pytest.mark.parametrize("original", MEMBERS, ids=lambda path: path.name)
def test_no_damage_breaks_a_reader(original: Path, tmp_path: Path) -> None:
    chance = random.Random(original.name)
    data = original.read_bytes()
    for number in range(6):
        damaged = bytearray(data[: chance.randrange(1, len(data))] if number % 2 else data)
        for _ in range(chance.randrange(5)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        goal = tmp_path / "Fitbit" / str(number) / original.name
        goal.parent.mkdir(parents=True)
        goal.write_bytes(bytes(damaged))
    found = run(tmp_path)
    assert sum(found.outcomes.values()) == 6
    assert not [notice for _, notice in found.notices if notice.reason == "importer-failed"]


def test_no_field_of_a_night_is_lost() -> None:
    path = FIXTURE / "Takeout" / "Fitbit" / "Global Export Data" / "sleep-2023-06-01.json"
    (item,) = run(path).items
    assert isinstance(item.details, bytes)
    assert [json.loads(item.details)] == json.loads(path.read_bytes())


def test_real_nights_of_2021_of_which_two_stand_twice() -> None:
    found = run(sample("fitbit/legacy-2021-excerpt"))
    assert found.kinds == {"sleep": 5, "measurement": 10}
    assert len([item for item in found.items if item.kind is Kind.SLEEP]) == 7
    first = next(item for item in found.items if item.key == ("sleep", "30784881761"))
    score = next(item for item in found.items if item.key == ("sleep-score", "30784881761"))
    assert first.when == Moment(1_612_393_980_000_000, None, Precision.MILLISECOND)
    assert score.when == Moment(1_612_419_690_000_000, None, Precision.SECOND)
    assert first.end == 1_612_419_690_000_000


def test_takeouts_of_2024_and_2026() -> None:
    found = run(sample("fitbit/takeout-2024-transcribed"))
    assert found.series() == {"heart-rate": 5, "heart-rate-variability": 1, "resting-heart-rate": 2}
    assert of(found, "heart-rate", "")[0] == (1_729_987_204_000_000, "65.0")
    newer = run(sample("fitbit/takeout-2026-transcribed"))
    assert newer.outcomes == {"read": 1, "skipped": 1}
    assert of(newer, "resting-heart-rate", "") == [(1_789_862_400_000_000, "65.451")]
