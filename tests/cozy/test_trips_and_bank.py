"""Trips of CoachCO2 and bank documents of Cozy."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "cozy" / "more"
TABLE = "2024 05 06 - Déplacements test.csv"


def at(item: Item) -> datetime | None:
    return datetime.fromtimestamp(item.when.us / 1e6, UTC) if item.when else None


def table(tmp_path: Path) -> Run:
    path = tmp_path / "sans nom.csv"
    path.write_bytes((FIXTURE / TABLE).read_bytes())
    return run(path)


def test_the_invented_documents_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURE, FIXTURE.with_name("more.golden.jsonl"), regenerate=regenerate)


def test_a_row_is_a_section_with_its_fixes_and_a_space_is_nothing(tmp_path: Path) -> None:
    found = table(tmp_path)
    bike, train, walk = found.items
    assert set(found.readers.values()) == {"cozy.sections"}
    assert (at(bike), bike.title, bike.text) == (
        datetime(2024, 5, 6, 5, tzinfo=UTC),
        "BICYCLING",
        "Rue inventée → Gare, inventée",
    )
    assert (bike.lat, bike.lon) == (45.1, 4.2)
    assert "Section_Distance" not in train.details
    assert [(item.kind, item.when) for item in (walk,)] == [(Kind.TRIP, None)]
    (track,) = found.samples
    assert list(track.columns) == ["lat", "lon", "speed", "distance", "trip"]
    assert track.start.tolist() == [1_714_971_600_000_000, 1_714_972_200_000_000]
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 4")]


def test_arrays_that_do_not_fit_stay_in_the_details(tmp_path: Path) -> None:
    train = table(tmp_path).items[1]
    assert not isinstance(train.details, bytes)
    assert train.details["Section_Coordinates"] == "4.2,45.1,4.21"


def test_the_persons_mode_wins_and_both_distances_stay() -> None:
    (trip,) = run(FIXTURE / "trajets.json").items
    assert (trip.title, trip.text, trip.lat) == ("BIKE", "Rue inventée → Gare", 45.1)
    assert at(trip) == datetime(2024, 5, 6, 5, tzinfo=UTC)
    assert isinstance(trip.details, bytes)
    said = json.dumps(json.loads(trip.details))
    assert all(text in said for text in ("3245", "4948", "totalCO2"))


def test_operations_take_the_day_and_not_its_wrong_offset() -> None:
    found = run(FIXTURE / "operations.json")
    assert {at(item) for item in found.items} == {datetime(2017, 9, 22, tzinfo=UTC)}
    assert {item.currency for item in found.items} == {"EUR"}
    assert len({item.key for item in found.items}) == 2
