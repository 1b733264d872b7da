"""The distributor's workbook: days, weeks or months of one meter.

Facts: real files of 2021 and 2024. The sheet is called ``Historique par mois`` for every length of periods; which one
it is shows in the first cell of a row: ``24/11/2020``, ``Du 24/11/2020 au 29/11/2020`` or ``Novembre 2020 ``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import TypeAlias

from importers.contract import Member, Rule, importer
from importers.formats import workbooks
from importers.formats.date_words import Named, date_parts
from importers.formats.sniff import plain
from importers.grdf.gas import DAYS, MONTHS, WEEKS, Gas, after, meter, number, start_of
from importers.records import Item, Kind, Notice, Record

_HEAD = 40
"""Rows among which the header stands."""

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_WEEK = re.compile(r"du (\S+) au (\S+)\Z")

Line: TypeAlias = Sequence[object]


@importer(
    Rule(sheets=frozenset({"Historique par mois"})),
    Rule(members=("**/Donnees_informatives_*.xlsx",), shape="xlsx", named=True),
    source="grdf",
    reads="gas consumption (workbook)",
    languages=("fr",),
    status="proven",
)
def workbook(member: Member) -> Iterator[Record]:
    """Energy in kWh and volume in m3 over [start, end), a gas day from 06:00 to 06:00.

    A day without data is written as zero in the workbook; it is a sample without a value.
    """
    try:
        sheets = [sheet.rows for sheet in workbooks.sheets(member)]
    except workbooks.WorkbookError:
        sheets = []
    whole = [rows for rows in sheets if rows is not None]
    if not whole or len(whole) < len(sheets):
        yield Notice("energy-workbook")
        return
    for lines in whole:
        yield from _sheet(lines)


def _sheet(lines: Sequence[Line]) -> Iterator[Record]:
    at, column = next(
        ((at, column) for at, line in enumerate(lines[:_HEAD]) for column, cell in enumerate(line) if _is_first(cell)),
        (-1, -1),
    )
    if at < 0:
        yield Notice("energy-workbook")
        return
    pce = meter(_beside(lines[:at], "pce"))
    if pce is None:
        yield Notice("energy-meter", what="PCE")
    gas = Gas(pce or "")
    titles = [str(cell).strip() for cell in lines[at][column:]]
    for line_number, line in enumerate(lines[at + 1 :], at + 2):
        cells = line[column:]
        if not any(str(cell).strip() for cell in cells if cell is not None):
            continue
        try:
            yield from _row(gas, titles, cells)
        except (ValueError, OverflowError):
            yield Notice("energy-row", f"line {line_number}")
    yield from gas.rest()
    above = [[_text(cell) for cell in line if _text(cell)] for line in lines[:at]]
    yield Item(
        kind=Kind.SETTING,
        key=("meter", pce or "", _text(_beside(lines[:at], "adresse"))),
        title=pce or "",
        details={"above": [line for line in above if line]},
    )


def _is_first(cell: object) -> bool:
    return plain(str(cell)).startswith("date de releve")


def _beside(head: Sequence[Line], word: str) -> object:
    """The cell after the title that has this word; '' when there is none."""
    for line in head:
        for title, cell in pairwise(line):
            if word in plain(str(title)):
                return cell
    return ""


def _row(gas: Gas, titles: Sequence[str], cells: Line) -> Iterator[Record]:
    length, first, last = _period(cells[0])
    energy = volume = None
    quality = ""
    of_energy: dict[str, str] = {}
    of_volume: dict[str, str] = {}
    for title, cell in zip(titles[1:], cells[1:], strict=False):
        name = plain(title)
        if name.startswith("energie"):
            energy = number(cell)
        elif name.startswith("volume"):
            volume = number(cell)
        elif name.startswith("qualification"):
            quality = str(cell).strip()
        elif _text(cell):
            (of_volume if "index" in name else of_energy)[title or "note"] = _text(cell)
    bounds = start_of(first), start_of(after(last))
    if bounds[1] <= bounds[0]:
        raise ValueError("a period ends before it begins")
    yield from gas.add(length, bounds, energy, volume, quality, (of_energy, of_volume))


def _period(cell: object) -> tuple[str, date, date]:
    """The length of a row's period, its first and its last day. Raises ValueError."""
    if isinstance(cell, datetime):
        return DAYS, cell.date(), cell.date()
    if isinstance(cell, date):
        return DAYS, cell, cell
    text = plain(str(cell))
    week = _WEEK.match(text)
    if week is not None:
        return WEEKS, _day(week[1]), _day(week[2])
    if _DAY.match(text):
        return DAYS, _day(text), _day(text)
    month = date_parts(text)
    if not isinstance(month, Named) or month.date.day:
        raise ValueError("no period")
    year, number_of = month.date.year, month.date.month
    beyond = date(year + number_of // 12, number_of % 12 + 1, 1)
    return MONTHS, date(year, number_of, 1), date.fromordinal(beyond.toordinal() - 1)


def _day(text: str) -> date:
    found = _DAY.match(text)
    if found is None:
        raise ValueError("no day")
    return date(int(found[3]), int(found[2]), int(found[1]))


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell if cell is not None else "").strip()
