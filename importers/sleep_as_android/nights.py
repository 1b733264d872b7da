"""The table of nights, in which each night has a line of titles of its own and a line of values.

Facts: three nights of a real file of 2020. After fifteen fixed columns come movements, under the clock of the place
(``6:27``), then events with their epoch in milliseconds. A third line without the fixed cells holds the noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.measures import Measures
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_FIXED = 15
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)\Z")
_STAMP = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}) (\d{1,2}):(\d\d)\Z")
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,3})?\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = 60_000_000
_DAY = 1440


@importer(
    Rule(header=frozenset({"Id", "Tz", "From", "To", "Sched", "Hours", "Rating", "Comment", "Framerate"})),
    source="sleep-as-android",
    product="sleep",
    reads="nights",
    status="proven",
    facts_as_of="2020-05",
)
def nights(member: Member) -> Iterator[Record]:
    """A `sleep` for each night, from its identity (epoch of its start) to its end, with events; movements and noise are
    series. Times without a known zone are placed by the identity alone.
    """
    measures = Measures()
    titles: list[str] = []
    night: _Night | None = None
    with member.open() as stream:
        for row in tables.cells(stream, ","):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            if not any(row.cells):
                continue
            if row.cells[0].strip("\ufeff ") == "Id":
                titles, night = row.cells, None
            elif not row.cells[0] and night is not None:
                yield from night.movements("sleep-noise", row.cells, measures)
            else:
                night = _Night(titles, row.cells)
                yield from night.records(f"line {row.line}", measures)
                if len(row.cells) < len(titles):
                    yield Notice("table-cut", f"line {row.line}")
    yield from measures.samples()


class _Night:
    """A line of titles and its line of values."""

    def __init__(self, titles: Sequence[str], cells: Sequence[str]) -> None:
        self._titles, self._cells = titles, cells
        self._fixed = dict(zip(titles[:_FIXED], cells, strict=False))
        own = self._fixed.get("Id", "")
        self._start = int(own) * 1000 if own.isdigit() and len(own) < 15 else None
        self._zone = _zone(self._fixed.get("Tz", ""))

    def records(self, position: str, measures: Measures) -> Iterator[Record]:
        if self._start is None:
            yield Notice("table-date", position, "Id")
        elif self._fixed.get("To") and self._zone is not None and self._end() is None:
            yield Notice("table-date", position, "To")
        events = [
            cell for title, cell in zip(self._titles[_FIXED:], self._cells[_FIXED:], strict=False) if title == "Event"
        ]
        beyond = [cell for cell in self._cells[len(self._titles) :] if cell]
        details: dict[str, Any] = {name: cell for name, cell in self._fixed.items() if cell and name != "Comment"}
        details |= {"Event": events} if events else {}
        details |= {"beyond": beyond} if beyond else {}
        if self._start is None or self._zone is None:
            details |= {"movements": self._clocked(self._cells)}
        own = self._fixed.get("Id", "")
        yield Item(
            kind=Kind.SLEEP,
            key=("night", own) if self._start is not None else ("night", *self._cells[:_FIXED]),
            stable=self._start is not None,
            when=self._moment(),
            end=self._end(),
            text=self._fixed.get("Comment", ""),
            details=details,
        )
        yield from self.movements("sleep-movement", self._cells, measures)

    def movements(self, series: str, cells: Sequence[str], measures: Measures) -> Iterator[Record]:
        """The values under the clock, each at its minute; the clock may go past midnight."""
        if self._start is None or self._zone is None:
            return
        shift = self._shift(self._start)
        before = self._start // _MINUTE
        last = (before + shift) % _DAY
        day = before + shift - last
        for title, cell in self._clocked(cells):
            clock = _minutes(title)
            if clock < last - _DAY // 2:
                day += _DAY
            last = clock
            shift = self._shift((day + clock - shift) * _MINUTE)
            if day + clock - shift < before - 1:
                shift -= 60  # the clock was set back, and its hour comes a second time
            before = day + clock - shift
            sound = bool(_NUMBER.match(cell))
            yield from measures.add(
                series,
                "",
                before * _MINUTE,
                cell if sound else None,
                offset=shift,
                more={} if sound else {"written": cell},
            )

    def _clocked(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        pairs = zip(self._titles[_FIXED:], cells[_FIXED:], strict=False)
        return [(title, cell) for title, cell in pairs if _CLOCK.match(title) and cell]

    def _moment(self) -> Moment | None:
        if self._start is None:
            return None
        return Moment(self._start, self._shift(self._start) if self._zone else None, Precision.MILLISECOND)

    def _end(self) -> int | None:
        found = _STAMP.match(self._fixed.get("To", "").strip())
        if found is None or self._zone is None or self._start is None:
            return None
        day, month, year, hour, minute = map(int, found.groups())
        try:
            end = (datetime(year, month, day, hour, minute, tzinfo=self._zone) - _EPOCH) // timedelta(microseconds=1)
        except ValueError:
            return None
        return end if end >= self._start else None

    def _shift(self, us: int) -> int:
        there = (_EPOCH + timedelta(microseconds=us)).astimezone(self._zone)
        return (there.utcoffset() or timedelta()) // timedelta(minutes=1)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) % 24 * 60 + int(minute)


def _zone(name: str) -> tzinfo | None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+/-]{1,40}", name):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None
