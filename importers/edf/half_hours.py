"""EDF's half hours: what the meter drew on average, newest day and newest slot first.

Facts: the structure of a real file of 727 days, Windows-1252. ``Puissance atteinte`` is no peak: it is the mean of the
half hour that ends at the stamp, and the ``00:00:00`` that opens a day is the end of that day. Rows beside the half
hours (``21:56:04``) are extra to the 48 slots of a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from importers.contract import Member, Rule, importer
from importers.formats import paris_clock, tables
from importers.formats.meter_slots import Slots, unread, value
from importers.formats.paris_clock import ParisClock
from importers.records import Notice, Record

_HALF_HOUR = 30 * 60_000_000
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?\Z")
_CONTRACT = re.compile(r"-(\d{6,})-\d{5}(?!\d)")
_REMEMBERED = 200
"""Ends of slots that are remembered: four days."""


@importer(
    Rule(contains=("mes puissances atteintes", "Puissance atteinte (W)")),
    Rule(header=frozenset({"Puissance atteinte (W)", "Nature de la donnée"})),
    source="edf",
    reads="half hours of electricity (CSV)",
    languages=("fr",),
    status="proven",
)
def half_hours(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end). Rows beside the half hours, and the second of two rows for one slot, are
    instants of a series of their own: added to the slots they would count twice.
    """
    contract = contract_of(member.path)
    with member.open() as stream:
        sheet = _Sheet(contract)
        width = 0
        for row in tables.cells(stream, ";"):
            if isinstance(row, tables.Trouble):
                yield Notice("energy-row", row.position)
                continue
            if not row.ended and len(row.cells) < width:
                yield from unread(f"line {row.line}", row.cells)  # its last number may lack digits
                continue
            width = max(width, len(row.cells))
            yield from sheet.row([cell.strip() for cell in row.cells], row.line)
        yield from sheet.rest()


def contract_of(path: str) -> str:
    """The number of the contract in the name of the file, the one place where it stands; '' after renaming."""
    found = _CONTRACT.search(path.rsplit("/", 1)[-1])
    return found[1] if found else ""


class _Sheet:
    """Rows one by one; a row with a day opens that day."""

    def __init__(self, contract: str) -> None:
        self._slots = Slots("electricity-power", "W", contract)
        self._beside = Slots("electricity-power-beside", "W", contract)
        self._clock = ParisClock()
        self._day: date | None = None
        self._ends: dict[int, None] = {}

    def row(self, cells: list[str], line: int) -> Iterator[Record]:
        """Take a line: a title, a day or a slot."""
        first = cells[0] if cells else ""
        if self._opens(first):
            return
        clock = _CLOCK.match(first)
        if clock is None:
            if first and (self._day is not None or _DAY.match(first)):
                yield from unread(f"line {line}", cells)
            return
        try:
            yield from self._slot(clock, cells, line)
        except (ValueError, OverflowError):
            yield from unread(f"line {line}", cells)

    def rest(self) -> Iterator[Record]:
        """What is left at the end."""
        yield from self._slots.samples()
        yield from self._beside.samples()

    def _opens(self, text: str) -> bool:
        found = _DAY.match(text)
        if found is None:
            return False
        try:
            self._day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            self._day = None
            return False
        return True

    def _slot(self, clock: re.Match[str], cells: list[str], line: int) -> Iterator[Record]:
        if self._day is None:
            raise ValueError("a slot without a day")
        hour, minute, second = (int(part or 0) for part in clock.groups())
        at = datetime.combine(self._day, time(hour, minute, second))
        watts = value(cells[1] if len(cells) > 1 else "")
        quality = cells[2] if len(cells) > 2 else None
        others = {f"column {place}": cell for place, cell in enumerate(cells[3:], 4) if cell}
        if minute % 30 or second:
            self._add_beside(paris_clock.us(at.replace(tzinfo=paris_clock.PARIS)), watts, quality, others)
            return
        end = self._clock.at(at + timedelta(days=1) if not hour and not minute else at)
        if self._clock.unclear():
            yield Notice("energy-hour-unclear", f"line {line}")
        if end in self._ends:
            yield Notice("edf-slot-twice", f"line {line}")
            self._add_beside(end, watts, quality, others)
            return
        self._remember(end)
        start = end - _HALF_HOUR
        self._slots.add(start, end, watts, paris_clock.offset(start), quality or None, others)
        yield from self._slots.full()

    def _add_beside(self, at: int, watts: str | None, quality: str | None, others: dict[str, str]) -> None:
        self._beside.add(at, None, watts, paris_clock.offset(at), quality or None, others)

    def _remember(self, end: int) -> None:
        self._ends[end] = None
        if len(self._ends) > _REMEMBERED:
            del self._ends[next(iter(self._ends))]
