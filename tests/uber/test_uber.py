"""Uber: three generations of the rider's table, meals among the rides, and the tables of drivers."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample
from tests.kept_cells import lost_cells

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "uber"
OLD, NEW, DRIVER = FIXTURES / "old", FIXTURES / "new", FIXTURES / "driver"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def titled(found: Run, title: str) -> Item:
    return next(item for item in found.items if item.title == title)


@pytest.mark.parametrize("name", ["old", "new", "driver"])
def test_the_invented_archives_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_the_real_french_table_of_2018_gives_12_rides_and_3_that_were_not_carried_out() -> None:
    found = run(sample("uber/rider-fr-2018-excerpt"))
    assert found.kinds == {"trip": 12, "other": 3}
    ride = found.items[0]
    assert ride.when is not None
    assert (ride.when.us, ride.end) == (us(2018, 4, 5, 6, 6, 5), us(2018, 4, 5, 6, 38, 41))
    assert (ride.lat, ride.lon, ride.amount, ride.currency) == (48.8130001, 2.2630001, "32.82", "EUR")
    assert not found.notices


def test_the_real_compact_table_of_2022_has_a_ride_a_meal_a_parcel_and_a_fee() -> None:
    found = run(sample("uber/rider-2022-compact-transcribed"))
    assert found.kinds == {"trip": 1, "purchase": 2, "other": 3}
    assert sum(Decimal(item.amount) for item in found.items if item.amount) == Decimal("116.06")
    assert not found.notices


@pytest.mark.parametrize("path", ["rider-fr-2018-excerpt", "rider-2022-compact-transcribed"])
def test_no_cell_of_the_real_tables_is_lost(path: str) -> None:
    folder = sample(f"uber/{path}")
    assert not lost_cells(run(folder), folder)


def test_no_cell_of_the_invented_tables_is_lost() -> None:
    assert not lost_cells(run(OLD), OLD) | lost_cells(run(NEW), NEW)


def test_a_meal_is_a_purchase_and_no_ride() -> None:
    meal = titled(run(OLD), "UberEATS Marketplace")
    assert (meal.kind, meal.amount, meal.end) == (Kind.PURCHASE, "23.9", None)


def test_the_epoch_is_no_time_and_a_fee_for_a_cancelled_ride_is_an_amount() -> None:
    cancelled = next(item for item in run(OLD).items if item.amount == "4.5")
    assert cancelled.when is not None
    assert (cancelled.kind, cancelled.when.us, cancelled.end) == (Kind.OTHER, us(2020, 12, 30, 10, 42, 1), None)
    unfulfilled = next(item for item in run(OLD).items if not item.title)
    assert (unfulfilled.kind, unfulfilled.amount) == (Kind.OTHER, "")


def test_one_ride_in_the_old_and_in_the_new_table_is_the_same() -> None:
    assert run(NEW).items[0].key == run(OLD).items[0].key


def test_a_driver_s_trip_is_placed_by_its_utc_column() -> None:
    trip = next(item for item in run(DRIVER).items if item.kind is Kind.TRIP)
    assert trip.when is not None
    assert (trip.when.us, trip.end) == (us(2021, 2, 28, 23, 16, 48), us(2021, 2, 28, 23, 40))


def test_payments_of_a_driver_are_signed_and_their_local_time_is_that_of_paris() -> None:
    paid = [item for item in run(DRIVER).items if item.kind is Kind.TRANSACTION]
    assert [item.amount for item in paid] == ["12.5", "-3.1", "-3.1"]
    assert {item.when.us for item in paid if item.when} == {us(2021, 6, 30, 22, 17, 18)}


def test_an_empty_table_is_known_and_skipped() -> None:
    assert run(DRIVER).outcomes == {"read": 2, "skipped": 1}


def test_files_of_drivers_whose_number_changes_have_the_same_keys(tmp_path: Path) -> None:
    shutil.copy(DRIVER / "19a - Driver Payments.csv", tmp_path / "23a - Driver Payments.csv")
    assert {item.key for item in run(tmp_path).items} <= {item.key for item in run(DRIVER).items}


def test_a_renamed_table_is_recognised_and_a_cut_row_is_said(tmp_path: Path) -> None:
    table = next(OLD.rglob("*.csv"))
    (tmp_path / "courses.csv").write_bytes(table.read_bytes()[:-20])
    found = run(tmp_path)
    assert found.readers == {"courses.csv": "uber.rides"}
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 6"), ("table-cut", "line 6")]
    assert len(found.items) == 5
