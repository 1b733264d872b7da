"""Flighty: each end of a flight is in the local time of its airport."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.archive.parts import FilePart
from importers.archive.view import open_archive
from importers.formats.airports import zone
from importers.reading import read
from importers.records import Kind, Notice, Precision
from tests.importing import check_golden, rulebook, run, sample
from tests.kept_cells import lost_cells

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "flighty"
LOG = FIXTURES / "FlightyExport-2024-05-07.csv"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_log_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(LOG, FIXTURES / "log.golden.jsonl", regenerate=regenerate)


def test_the_sample_log_gives_two_flights_in_the_times_of_their_airports() -> None:
    found = run(sample("flighty"))
    assert found.kinds == {"trip": 2}
    first = found.items[0]
    assert first.when is not None
    assert (first.when.us, first.end) == (us(2011, 7, 9, 13, 48), us(2011, 7, 9, 23, 33))
    assert not found.notices
    assert not lost_cells(found, sample("flighty"))


def test_a_flight_to_the_west_lasts_longer_than_its_clock_times_say() -> None:
    flight = run(LOG).items[0]
    assert flight.when is not None
    assert (flight.when.us, flight.end) == (us(2024, 1, 10, 12, 42), us(2024, 1, 10, 20, 58))


def test_a_cancelled_flight_is_no_trip() -> None:
    cancelled = run(LOG).items[1]
    assert (cancelled.kind, cancelled.end) == (Kind.OTHER, None)


def test_an_unknown_airport_is_said_and_its_times_stay_in_the_details() -> None:
    found = run(LOG)
    assert [(n.reason, n.position, n.what) for _, n in found.notices] == [("flighty-airport", "line 4", "To")]
    flight = found.items[2]
    assert flight.when is not None
    assert (flight.when.us, flight.when.precision, flight.end) == (us(2024, 3, 12, 8), Precision.MINUTE, None)
    assert flight.details["Gate Arrival (Scheduled)"] == "2024-03-12T11:00"  # type: ignore[index]


def test_airports_of_france_and_beyond_have_a_zone() -> None:
    assert [str(zone(code)) for code in ("cdg", "RUN", "JFK", "QQZ")] == [
        "Europe/Paris",
        "Indian/Reunion",
        "America/New_York",
        "None",
    ]


def test_a_renamed_and_cut_log_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "vols.csv").write_bytes(LOG.read_bytes()[:-30])
    found = run(tmp_path)
    assert found.readers == {"vols.csv": "flighty.flights"}
    assert [notice.reason for _, notice in found.notices][-1] == "table-cut"
    shutil.copy(LOG, tmp_path / "vols.csv")
    assert [item.key for item in run(tmp_path).items] == [item.key for item in run(LOG).items]


def test_no_file_is_opened_while_a_log_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = rulebook()
    with LOG.open("rb") as stream:
        archive = open_archive([FilePart(LOG.name, stream, LOG.stat().st_size)])
        monkeypatch.setattr(Path, "open", None)
        monkeypatch.setattr(Path, "read_text", None)
        events = list(read(archive, readers))
    assert not [event for event in events if isinstance(event, Notice) and event.reason == "importer-failed"]
