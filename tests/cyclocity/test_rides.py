"""Rides of shared bicycles, in two generations of names."""

from __future__ import annotations

from pathlib import Path

from tests.importing import check_golden, run

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "cyclocity" / "rides"


def test_the_invented_rides_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURE, FIXTURE.with_name("rides.golden.jsonl"), regenerate=regenerate)


def test_both_generations_of_names_give_times_stations_and_places() -> None:
    found = run(FIXTURE)
    first, second, third = found.items
    assert (first.title, first.lat, first.lon) == ("1001 - Gare inventée → 1002 - Parc", 45.1, 4.2)
    assert second.when is not None
    assert (second.title, second.lat, second.when.offset) == ("A → B", 45.1, 120)
    assert first.when is not None
    assert first.end == first.when.us + 600_000_000
    assert third.when is None
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "record 3")]


def test_no_distance_is_invented() -> None:
    assert all("distance" not in line for line in run(FIXTURE).lines())
