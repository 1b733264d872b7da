"""The folder of the telephone: titles with and without the type, a comma too many, and devices that count the same steps."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind, Precision
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "samsung"
FOLDER = FIXTURES / "samsunghealth_lea_202403051200"
REAL = "samsung-health/2022-excerpt"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_folder_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FOLDER, FIXTURES / "folder.golden.jsonl", regenerate=regenerate)


def test_the_real_tables_give_every_row_and_say_that_devices_count_the_same_steps() -> None:
    found = run(sample(REAL))
    assert found.outcomes == {"read": 3}
    assert found.series() == {"floors-climbed": 16, "heart-rate": 16, "steps-of-day": 13}
    assert [notice.reason for _, notice in found.notices] == ["samsung-devices"]


def test_each_device_is_a_series_of_its_own() -> None:
    steps = [batch for batch in run(sample(REAL)).samples if batch.series == "steps-of-day"]
    assert {batch.subject: len(batch.start) for batch in steps} == {"ekw9bqx6s/": 4, "VfS0qUERdZ": 7, "Py+zEgcSM/": 2}


def test_a_comma_too_many_shifts_no_column() -> None:
    beats = next(batch for batch in run(sample(REAL)).samples if batch.series == "heart-rate")
    assert beats.value is not None
    assert next(iter(beats.value.texts())) == "67.0"
    assert (
        next(iter(beats.columns["com.samsung.health.heart_rate.datauuid"].texts()))
        == "94848cf6-adc8-414c-a080-000d4699b974"
    )


def test_times_are_utc_and_the_offset_stands_beside_them() -> None:
    beats = next(batch for batch in run(sample(REAL)).samples if batch.series == "heart-rate")
    assert beats.start.tolist()[0] == us(2018, 5, 5, 15, 42, 31) + 287_000
    assert beats.offset is not None
    assert next(iter(beats.offset.texts())) == "120"


def test_a_day_is_a_label_written_as_a_number_or_as_a_date() -> None:
    steps = next(batch for batch in run(FOLDER).samples if batch.subject == "TELEPHONE")
    assert steps.start.tolist() == [us(2024, 3, 1), us(2024, 3, 2)]
    assert steps.end is not None
    assert steps.end.tolist()[0] == us(2024, 3, 2)
    assert steps.exclusive


def test_workouts_and_nights_are_items_with_the_services_own_identity() -> None:
    items = {item.kind: item for item in run(FOLDER).items}
    assert items[Kind.WORKOUT].key == ("exercise", "ex-1")
    night = items[Kind.SLEEP]
    assert night.when is not None
    assert (night.when.us, night.when.offset, night.end) == (us(2024, 2, 29, 22, 10), 60, us(2024, 3, 1, 6))
    assert night.when.precision is Precision.MILLISECOND


def test_a_row_without_a_time_is_kept_and_said() -> None:
    found = run(FOLDER)
    assert ("table-date", "line 4") in {(notice.reason, notice.position) for _, notice in found.notices}
    assert next(item for item in found.items if item.key == ("heart_rate", "hr-2")).when is None


def test_no_cell_of_the_real_heart_rates_is_lost() -> None:
    folder = sample(REAL)
    (path,) = folder.rglob("*heart_rate*.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[2:]
    held = {
        text
        for batch in run(path).samples
        for column in (batch.value, *batch.columns.values())
        if column is not None
        for text in column.texts()
    }
    held |= {batch.subject for batch in run(path).samples}
    times = {3, 10, 14}
    assert all(cell in held for row in rows for at, cell in enumerate(row) if cell and at not in times)


def test_a_renamed_file_gives_the_same_records(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "com.samsung.shealth.exercise.202403051200.csv", tmp_path / "0001.dat")
    (item,) = run(tmp_path).items
    assert item in run(FOLDER).items


def test_a_cut_file_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    data = (FOLDER / "com.samsung.shealth.tracker.heart_rate.202403051200.csv").read_bytes()
    (tmp_path / "x.csv").write_bytes(data[: data.index(b"MONTRE1")])
    found = run(tmp_path)
    assert [notice.reason for _, notice in found.notices] == ["table-cut"]
    assert len(found.items) == 1


def test_binned_values_beside_the_tables_are_kept_whole() -> None:
    assert run(FOLDER).ended["jsons/com.samsung.shealth.exercise/a/ex-1.live_data.json"].outcome == "kept"
