"""The tables of the archive. No real file was seen: titles are those that public readers name.

Times without a zone are placed in French time, and that is said once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from importers.contract import Archive, Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.formats.paris_clock import PARIS
from importers.formats.row_facts import Line, lines
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Notice, Record

_NIGHT = ("date", "lastSyncTime", "deepSleepTime", "shallowSleepTime", "wakeTime", "start", "stop")
_DAY = ("date", "lastSyncTime", "steps", "distance", "runDistance", "calories")
_BEAT = ("date", "time", "heartRate")
_SPORT = ("type", "startTime", "sportTime(s)")
_STAMPS = DateReader(Layout.YEAR_FIRST, PARIS)
_SECONDS = DateReader(Layout.UNIX_SECONDS)
_DAY_US = 86_400_000_000
_SERIES = {"steps": ("steps-of-day", "count"), "distance": ("distance", "m"), "calories": ("energy-burned", "kcal")}


@importer(
    Rule(header=frozenset(_NIGHT)), source="zepp", product="sleep", reads="nights", status="beta", facts_as_of="2023-11"
)
def nights(member: Member) -> Iterator[Record]:
    """A `sleep` for each night, times in UTC; a row that ends when it begins is no night and is kept as `other`."""
    alike = Alike()
    for line in lines(member, _NIGHT):
        if isinstance(line, Notice):
            yield line
            continue
        start, stop = (_moment(line.cells.get(name, "")) for name in ("start", "stop"))
        when = start or _STAMPS.moment(line.cells.get("date", ""))
        if when is None:
            yield Notice("table-date", line.position, "start")
        empty = line.cells.get("start") == line.cells.get("stop")
        yield Item(
            kind=Kind.OTHER if empty else Kind.SLEEP,
            key=alike.key("night", *(line.cells.get(name, "") for name in ("date", "start", "stop"))),
            when=when,
            end=stop.us if start and stop and stop.us > start.us else None,
            details=rest(line.cells, ()),
        )


@importer(
    Rule(header=frozenset(_DAY)), source="zepp", product="health", reads="days", status="beta", facts_as_of="2023-11"
)
def days(member: Member) -> Iterator[Record]:
    """Steps, metres and kilocalories of each day; a later archive corrects a day that was not over."""
    measures = Measures(exclusive=True, incidental=frozenset({"lastSyncTime"}))
    for line in lines(member, _DAY):
        if isinstance(line, Notice):
            yield line
            continue
        of = _STAMPS.moment(line.cells.get("date", ""))
        if of is None:
            yield from _undated("day", line, "date")
            continue
        more = rest(line.cells, {"date", *_SERIES})
        for name, (series, unit) in _SERIES.items():
            if line.cells.get(name):
                left, more = more, {}
                yield from measures.add(series, unit, of.us, line.cells[name], end=of.us + _DAY_US, more=left)
    yield from measures.samples()


@importer(
    Rule(members=("**/HEARTRATE*.csv",), header=frozenset(_BEAT)),
    source="zepp",
    product="health",
    reads="heart rate",
    status="beta",
    facts_as_of="2023-11",
)
def beats(member: Member) -> Iterator[Record]:
    """A sample for each minute, at the clock of the place."""
    measures = Measures()
    yield from _told(member.archive)
    for line in lines(member, _BEAT):
        if isinstance(line, Notice):
            yield line
            continue
        when = _STAMPS.moment(f"{line.cells.get('date', '')} {line.cells.get('time', '')}")
        if when is None:
            yield from _undated("heart-rate", line, "time")
            continue
        more = rest(line.cells, _BEAT)
        yield from measures.add("heart-rate", "count/min", when.us, line.cells.get("heartRate") or None, more=more)
    yield from measures.samples()


@importer(
    Rule(header=frozenset(_SPORT)),
    source="zepp",
    product="activity",
    reads="workouts",
    status="beta",
    facts_as_of="2023-11",
)
def sport(member: Member) -> Iterator[Record]:
    """A `workout` from its start for its seconds; its type is a number of the service."""
    alike = Alike()
    for line in lines(member, _SPORT):
        if isinstance(line, Notice):
            yield line
            continue
        when, length = _moment(line.cells.get("startTime", "")), line.cells.get("sportTime(s)", "")
        if when is None:
            yield Notice("table-date", line.position, "startTime")
        yield Item(
            kind=Kind.WORKOUT,
            key=alike.key("workout", *(line.cells.get(name, "") for name in _SPORT)),
            when=when,
            end=when.us + int(length) * 1_000_000 if when and length.isdigit() and len(length) < 8 else None,
            details=rest(line.cells, ()),
        )


def _moment(written: str) -> Moment | None:
    return _SECONDS.moment(written) if written.strip().isdigit() else _STAMPS.moment(written)


def _undated(what: str, line: Line, column: str) -> Iterator[Record]:
    yield Notice("table-date", line.position, column)
    yield Item(kind=Kind.MEASUREMENT, key=(what, *line.cells.values()), details=rest(line.cells, ()))


def _told(archive: Archive) -> Iterator[Notice]:
    said = cast("list[bool]", archive.memo("zepp.local", list))
    if not said:
        said.append(True)
        yield Notice("zepp-local-time")
