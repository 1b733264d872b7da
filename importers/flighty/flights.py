"""``FlightyExport-2025-05-07.csv``: a log of flights.

Facts: a file of 2025 from the tests of a public project. Times have no zone: those of departure are local to one
airport, those of arrival to the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.airports import zone
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.row_facts import Cells, lines, named, numbered
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Notice, Record, Role

_HEADER = frozenset({"Date", "Airline", "Flight", "From", "To", "Gate Departure (Scheduled)", "Flight Flighty ID"})
_DEPARTURE = ("Gate Departure", "Take off")
_ARRIVAL = ("Gate Arrival", "Landing")
_DAYS = DateReader(Layout.YEAR_FIRST)


@importer(
    Rule(members=("**/FlightyExport-*.csv",), header=_HEADER),
    source="flighty",
    reads="flights",
    status="documents",
)
def flights(member: Member) -> Iterator[Record]:
    """A `trip` from gate to gate for each flight, at the actual times or else those of the plan.

    A cancelled flight is `other`. Where the zone of an airport is unknown the flight stands on its day, which is said.
    """
    alike = Alike()
    for line in lines(member, _HEADER):
        if isinstance(line, Notice):
            yield line
            continue
        cells = line.cells
        day = _DAYS.moment(cells.get("Date", ""))
        if day is None:
            yield Notice("table-date", line.position, "Date")
        landed = cells.get("Diverted To") or cells.get("To", "")
        for name, code in (("From", cells.get("From", "")), ("To", landed)):
            if zone(code) is None:
                yield Notice("flighty-airport", line.position, name)
        yield numbered(
            _flight(cells, day, _time(cells, _DEPARTURE, cells.get("From", "")), _time(cells, _ARRIVAL, landed)), alike
        )


def _time(cells: Cells, events: tuple[str, ...], airport: str) -> Moment | None:
    """The first known time of these events: what happened goes before what was planned."""
    placed = zone(airport)
    if placed is None:
        return None
    reader = DateReader(Layout.YEAR_FIRST, placed)
    written = (cells.get(f"{event} ({sort})", "") for sort in ("Actual", "Scheduled") for event in events)
    return next(filter(None, map(reader.moment, written)), None)


def _flight(cells: Cells, day: Moment | None, start: Moment | None, end: Moment | None) -> Item:
    cancelled = cells.get("Canceled", "").casefold() == "true"
    own = cells.get("Flight Flighty ID", "")
    airline = cells.get("Airline", "")
    when = start or day
    return Item(
        kind=Kind.OTHER if cancelled else Kind.TRIP,
        key=("flight", own) if own else ("flight", "", *named(cells, "Date", "Airline", "Flight", "From", "To")),
        stable=bool(own),
        when=when,
        end=end.us if start and end and end.us > start.us and not cancelled else None,
        title=f"{airline} {cells.get('Flight', '')} {cells.get('From', '')} → {cells.get('To', '')}".strip(),
        text=cells.get("Notes", ""),
        parties=(Role("organizer", airline),) if airline else (),
        details=rest(cells, {"Notes"}),
    )
