"""FIT: what watches and scales write, chained, damaged and cut off."""

from __future__ import annotations

import csv
from pathlib import Path

from importers.records import Item, Kind
from tests.fit.written import file, message
from tests.importing import Run, check_golden, run, sample

GOLDEN = Path(__file__).resolve().parents[1] / "fixtures" / "fit" / "ride.golden.jsonl"
START = 1_083_657_600
"""2024-05-03T08:00:00Z in seconds of the format."""

START_US = 1_714_723_200_000_000
_TIME = (253, "u32", START)


def at(seconds: int) -> tuple[int, str, int]:
    return (253, "u32", START + seconds)


def ride(serial: int = 77) -> list[bytes]:
    """An invented ride: two points on the road, one without a place, a session, and the clock of the device."""
    return [
        message(0, (0, "enum", 4), (1, "u16", 1), (3, "u32z", serial), (4, "u32", START)),
        message(20, at(0), (0, "i32", 563_714_502), (1, "i32", 29_826_162), (3, "u8", 118), (2, "u16", 3007)),
        message(20, at(1), (0, "i32", 563_714_600), (1, "i32", 29_826_200), (3, "u8", 119), (2, "u16", 65535)),
        message(20, at(2), (0, "i32", 0x7FFFFFFF), (1, "i32", 0x7FFFFFFF), (3, "u8", 120)),
        message(20, (253, "u32", 1000), (3, "u8", 121)),
        message(18, at(3), (2, "u32", START), (7, "u32", 3500), (5, "enum", 2)),
        message(34, at(3), (5, "u32", START + 3 + 7200), (1, "u16", 1)),
    ]


def written(tmp_path: Path, data: bytes, name: str = "ride.fit") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def workout(found: Run) -> Item:
    (item,) = [item for item in found.items if item.kind is Kind.WORKOUT]
    return item


def test_an_invented_ride_reads_as_its_golden_records(tmp_path: Path, *, regenerate: bool) -> None:
    check_golden(written(tmp_path, file(ride())), GOLDEN, regenerate=regenerate)


def test_points_are_positions_and_those_without_a_place_heart_rates(tmp_path: Path) -> None:
    found = run(written(tmp_path, file(ride()), "0001.dat"))
    assert found.readers == {"0001.dat": "fit.files"}
    assert found.series() == {"position": 2, "heart-rate": 1}
    position = found.samples[0]
    assert list(position.columns["ele"].texts()) == ["101.4", None]  # the second is marked as invalid
    assert list(position.start) == [START_US, START_US + 1_000_000]


def test_the_clock_of_the_device_gives_the_offset(tmp_path: Path) -> None:
    ridden = workout(run(written(tmp_path, file(ride()))))
    assert ridden.when is not None
    assert (ridden.when.us, ridden.when.offset, ridden.end) == (START_US, 120, START_US + 3_500_000)


def test_seconds_since_power_on_are_no_date_and_the_message_is_kept(tmp_path: Path) -> None:
    found = run(written(tmp_path, file(ride())))
    (kept,) = [item for item in found.items if item.key[0] == "file"]
    assert kept.details["messages"]["record"] == [{"heart_rate": 121, "timestamp": 1000}]  # type: ignore[index]


def test_chained_files_are_read_one_after_the_other(tmp_path: Path) -> None:
    found = run(written(tmp_path, file(ride(1)) + file(ride(2))))
    assert found.kinds == {"workout": 2, "other": 2}
    assert found.series() == {"position": 4, "heart-rate": 2}


def test_a_wrong_checksum_is_told_and_everything_is_read(tmp_path: Path) -> None:
    data = file(ride())
    found = run(written(tmp_path, data[:-2] + b"\0\0"))
    assert [notice.reason for _, notice in found.notices] == ["fit-checksum"]
    assert found.series() == {"position": 2, "heart-rate": 1}


def test_a_file_that_is_cut_off_gives_what_comes_before(tmp_path: Path) -> None:
    found = run(written(tmp_path, file(ride())[:150]))
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("fit-damaged", "record 5")]
    assert found.series() == {"position": 2, "heart-rate": 1}


def test_the_real_run_gives_the_records_of_the_table_beside_it() -> None:
    found = run(sample("standards/fit/garmin-fenix-5-run.fit"))
    assert (found.kinds, found.series(), found.notices) == ({"workout": 1, "other": 1}, {"position": 21}, [])
    with sample("standards/fit/garmin-fenix-5-run-records.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    columns = found.samples[0].columns
    for name, column in (("hr", "heart_rate"), ("cad", "cadence"), ("speed", "speed"), ("distance", "distance")):
        assert [float(text or 0) for text in columns[name].texts()] == [float(row[column]) for row in rows]
    assert [round(float(text or 0) / 180 * 2**31) for text in columns["lat"].texts()] == [
        int(row["position_lat"]) for row in rows
    ]
    ran = workout(found)
    assert ran.when is not None
    assert (ran.when.us, ran.when.offset) == (1_497_191_649_000_000, -420)


def test_the_other_samples_give_points_monitoring_weights_and_settings() -> None:
    expected = {
        "Activity": ({"workout": 1, "other": 1}, {"position": 14}),
        "MonitoringFile": ({"other": 1}, {"monitoring": 337}),
        "Settings": ({"setting": 1}, {}),
        "WeightScaleSingleUser": ({"other": 1}, {"weight": 2}),
    }
    for name, (kinds, series) in expected.items():
        found = run(sample(f"standards/fit/{name}.fit"))
        assert (found.kinds, found.series(), found.notices) == (kinds, series, []), name


def test_short_times_of_monitoring_count_from_the_message_before() -> None:
    (samples,) = run(sample("standards/fit/MonitoringFile.fit")).samples
    starts = samples.start.tolist()
    assert starts == sorted(starts)
    assert 1_419_638_400_000_000 <= starts[0] < starts[-1] < 1_419_984_000_000_000  # 27 to 30 December 2014


def test_weights_are_in_kilograms() -> None:
    (samples,) = run(sample("standards/fit/WeightScaleSingleUser.fit")).samples
    assert samples.value is not None
    assert (samples.unit, list(samples.value.texts())) == ("kg", ["75.8", "76.09"])
