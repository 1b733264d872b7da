"""The customer area's workbooks: the load curve of a week (kW) and the energy of days (kWh), each in sheets of its own.

Facts: real files of 2024. All cells are text with decimal commas; saved again by a spreadsheet they are numbers, and
dates are real dates or serial numbers. The daily sheet of 2024 is headed ``Valeur (en kW)`` although it holds kWh: the
name of the sheet decides. Meter and header stand somewhere in the first rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

from importers.contract import Member, Rule, importer
from importers.formats import paris_clock, workbooks
from importers.formats.meter_slots import Slots, meter, thousandfold, value
from importers.formats.paris_clock import ParisClock, ends_after
from importers.formats.sniff import plain
from importers.records import Notice, Record

Cell: TypeAlias = object
Line: TypeAlias = Sequence[Cell]

_HEAD = 40
"""Rows among which the header stands."""

_SERIAL = datetime(1899, 12, 30)  # noqa: DTZ001 - day 0 of a spreadsheet, a civil date
_TEXT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z")


@importer(
    Rule(sheets=frozenset({"Consommation Horaire", "Production Horaire", "Consommation Consolidée"})),
    Rule(sheets=frozenset({"Export Consommation Quotidienne", "Export Production Quotidienne"})),
    source="enedis",
    reads="load curve and daily energy (workbooks)",
    languages=("fr",),
    status="proven",
)
def workbook(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end); energy in Wh over civil days. The cell's own text is kept beside."""
    try:
        for name, rows in workbooks.sheets(member):
            read = _reader(plain(name))
            if read is not None and rows is None:
                yield Notice("energy-workbook", f"sheet {plain(name)}")
            elif read is not None and rows is not None:
                yield from _sheet(rows, plain(name), read)
    except workbooks.WorkbookError:
        yield Notice("energy-workbook")


Read: TypeAlias = Callable[[Slots, Iterator[tuple[int, Line]], int, str], Iterator[Record]]


def _reader(sheet: str) -> Read | None:
    if "quotidienne" in sheet:
        return _days
    return _curve if "horaire" in sheet or "consolidee" in sheet else None


def _sheet(lines: Sequence[Line], sheet: str, read: Read) -> Iterator[Record]:
    head = lines[:_HEAD]
    at = next((at for at, line in enumerate(head) if any(plain(str(cell)).startswith("valeur") for cell in line)), None)
    if at is None:
        yield Notice("energy-workbook", f"sheet {sheet}")
        return
    column = next(column for column, cell in enumerate(lines[at]) if plain(str(cell)).startswith("valeur"))
    prm, told = _meter(head[:at])
    yield from told
    way = "electricity-production" if "production" in sheet else "electricity"
    slots = (
        Slots(f"{way}-energy", "Wh", prm, _about(head[:at]))
        if read is _days
        else Slots(f"{way}-power", "W", prm, _about(head[:at]))
    )
    below = enumerate(lines[at + 1 :], at + 2)
    rows = ((number, line) for number, line in below if any(not _blank(cell) for cell in line))
    yield from read(slots, rows, column, str(lines[at][column]))
    yield from slots.samples()


def _days(slots: Slots, rows: Iterator[tuple[int, Line]], column: int, title: str) -> Iterator[Record]:
    for number, line in rows:
        try:
            of = _stamp(line[column - 1]).date()
            text = _number(line[column])
            start, end = paris_clock.day(of)
            slots.add(start, end, thousandfold(value(text)), paris_clock.offset(start), None, {title: text})
        except (ValueError, OverflowError):
            yield Notice("energy-row", f"line {number}")
            continue
        yield from slots.full()


def _curve(slots: Slots, rows: Iterator[tuple[int, Line]], column: int, title: str) -> Iterator[Record]:
    clock = ParisClock()
    for number, line in rows:
        try:
            first, last = _stamp(line[column - 2]), _stamp(line[column - 1])
            text = _number(line[column])
            watts = thousandfold(value(text))
            start = clock.at(first)
            end = ends_after(start, first, last)
        except (ValueError, OverflowError):
            yield Notice("energy-row", f"line {number}")
            continue
        if clock.unclear():
            yield Notice("energy-hour-unclear", f"line {number}")
        others = {title: text} | {f"column {at + 1}": str(cell) for at, cell in _after(line, column)}
        slots.add(start, end, watts, paris_clock.offset(start), None, others)
        yield from slots.full()


def _after(line: Line, column: int) -> Iterator[tuple[int, Cell]]:
    return ((at, cell) for at, cell in enumerate(line) if at > column and not _blank(cell))


def _meter(head: Sequence[Line]) -> tuple[str, list[Notice]]:
    """The meter's number in the cell after its title."""
    for number, line in enumerate(head, 1):
        for title, cell in pairwise(line):
            if "prm" in plain(str(title)) and not _blank(cell):
                prm = meter(cell)
                return prm or "", [] if prm else [Notice("energy-meter", f"line {number}")]
    return "", []


def _about(head: Sequence[Line]) -> dict[str, str]:
    """What the sheet says above its rows: titles that end with a colon and the cell after each."""
    found: dict[str, str] = {}
    for line in head:
        for title, cell in pairwise(line):
            name = str(title).strip()
            if name.endswith(":") and "prm" not in plain(name) and not _blank(cell):
                found[_PERIOD.get(plain(name), name.rstrip(": "))] = str(cell).strip()
    return found


_PERIOD = {"date de debut :": "Date de début", "date de fin :": "Date de fin"}


def _stamp(cell: Cell) -> datetime:
    """A naive local stamp: text, a real date, or a serial number of days. Raises ValueError, OverflowError."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - French civil time, placed later
    if isinstance(cell, int | float):
        return _SERIAL + timedelta(minutes=round(cell * 1440))
    found = _TEXT.match(str(cell).strip())
    if found is None:
        return datetime.fromisoformat(str(cell).strip()).replace(tzinfo=None)
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - French civil time, placed later


def _number(cell: Cell) -> str:
    return repr(cell) if isinstance(cell, int | float) else str(cell).strip()


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
