"""EDF's other tables: energy of days and of months, the counters of the registers, the highest power of a day.

Facts: reports and programs that read them; no real file was seen. A few lines of titles, then rows that begin with
``JJ/MM/AAAA`` or ``MM/AAAA``. The same names are used for gas in m3: the titles say which it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

from importers.contract import Member, Rule, importer
from importers.edf.half_hours import contract_of
from importers.formats import paris_clock, tables
from importers.formats.meter_slots import Slots, thousandfold, unread, value
from importers.formats.sniff import plain
from importers.records import Item, Kind, Notice, Record

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_MONTH = re.compile(r"(\d{1,2})/(\d{4})\Z")
_UNIT = re.compile(r"(?<![a-z])(kwh|wh|kva|va|kw|w|m3)(?![a-z0-9])")
_UNITS = {"kwh": "kWh", "wh": "Wh", "kva": "kVA", "va": "VA", "kw": "kW", "w": "W", "m3": "m3"}
_ABOVE = 30
"""Lines above the rows that are kept."""


class _Period(NamedTuple):
    """[start, end) in us. ``ending``: of the names of series whose periods are that long."""

    start: int
    end: int
    ending: str


def _begun(title: str) -> tuple[str, ...]:
    """How a table with this title begins: the title may stand in quotes."""
    return title, f'"{title}'


@importer(
    Rule(members=("**/ma-conso-quotidienne*.csv",)),
    Rule(members=("**/ma-conso-mensuelle*.csv",)),
    *(
        Rule(starts=_begun(f"Ma consommation {length}"), contains=(f"{head};Consommation (", "Nature de la donn"))
        for length, head in (("quotidienne", "Date"), ("mensuelle", "Mois"))
    ),
    source="edf",
    reads="energy of days and months (CSV)",
    languages=("fr",),
    status="beta",
)
def energy(member: Member) -> Iterator[Record]:
    """Electricity in Wh over civil days or months; gas in the unit that the file states, kWh or m3."""
    yield from _read(member, _energy)


@importer(
    Rule(members=("**/mes-index-elec*.csv",)),
    Rule(starts=_begun("Mes index"), contains=("Date;", "HC (kWh)", "HP (kWh)")),
    source="edf",
    reads="counters of the meter (CSV)",
    languages=("fr",),
    status="beta",
)
def counters(member: Member) -> Iterator[Record]:
    """The counter of each register on a day, in the unit that the file states; one series a register."""
    yield from _read(member, _counter)


@importer(
    Rule(members=("**/ma-puissance-max*.csv",)),
    Rule(starts=_begun("Ma puissance maximale"), contains=("Date;Puissance (kVA)",)),
    source="edf",
    reads="highest power of days (CSV)",
    languages=("fr",),
    status="beta",
)
def peaks(member: Member) -> Iterator[Record]:
    """The highest power of a civil day, in the unit that the file states."""
    yield from _read(member, _peak)


@dataclass
class _Sheet:
    """What is known of a table. ``titles``: the line above the first row; ``unit``: '' when nothing states it."""

    contract: str
    titles: list[str] = field(default_factory=list)
    unit: str = ""
    gas: bool = False
    slots: dict[tuple[str, str], Slots] = field(default_factory=dict)

    def of(self, series: str, unit: str, register: str = "") -> Slots:
        subject = " ".join(part for part in (self.contract, register) if part)
        return self.slots.setdefault((series, subject), Slots(series, unit, subject))

    def named(self, cells: list[str], first: int) -> dict[str, str]:
        """Cells from a column on, under their titles."""
        names = [*self.titles, *("",) * len(cells)]
        return {names[at] or f"column {at + 1}": cell for at, cell in enumerate(cells) if at >= first and cell}


Take: TypeAlias = Callable[[_Sheet, list[str], _Period], Iterator[Record]]


def _read(member: Member, take: Take) -> Iterator[Record]:
    sheet = _Sheet(contract_of(member.path))
    above: list[list[str]] = []
    begun = False
    with member.open() as stream:
        for row in tables.cells(stream, ";"):
            if isinstance(row, tables.Trouble):
                yield Notice("energy-row", row.position)
                continue
            cells = [cell.strip() for cell in row.cells]
            if not any(cells):
                continue
            if not begun and not _starts_with_digit(cells[0]) and len(above) < _ABOVE:
                above.append(cells)
                continue
            if not begun:
                begun = True
                _learn(sheet, above)
            if not row.ended and len(row.cells) < len(sheet.titles):
                yield from unread(f"line {row.line}", cells)  # its last number may lack digits
                continue
            try:
                yield from take(sheet, cells, _period(cells[0]))
            except (ValueError, IndexError, OverflowError):
                yield from unread(f"line {row.line}", cells)
    for slots in sheet.slots.values():
        yield from slots.samples()
    if above:
        yield _titles(sheet, above)


def _titles(sheet: _Sheet, above: list[list[str]]) -> Item:
    lines = [[cell for cell in line if cell] for line in above]
    told = " ".join(lines[0])
    return Item(kind=Kind.SETTING, key=("table", sheet.contract, told), title=told, details={"above": lines})


def _starts_with_digit(text: str) -> bool:
    return text[:1].isdigit()


def _learn(sheet: _Sheet, above: list[list[str]]) -> None:
    sheet.titles = above[-1] if above else []
    told = plain(" ".join(cell for line in above for cell in line))
    found = _UNIT.search(told)
    sheet.unit = _UNITS[found[1]] if found else ""
    sheet.gas = re.search(r"\bgaz\b", told) is not None or sheet.unit == "m3"


def _period(text: str) -> _Period:
    """A civil day or month. Raises ValueError."""
    found = _DAY.match(text)
    if found is not None:
        return _Period(*paris_clock.day(date(int(found[3]), int(found[2]), int(found[1]))), "")
    found = _MONTH.match(text)
    if found is None:
        raise ValueError("no period")
    month, year = int(found[1]), int(found[2])
    first, beyond = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return _Period(paris_clock.day(first)[0], paris_clock.day(beyond)[0], "-monthly")


def _energy(sheet: _Sheet, cells: list[str], period: _Period) -> Iterator[Record]:
    measured = value(cells[1])
    if not sheet.gas:
        slots = sheet.of(f"electricity-energy{period.ending}", "Wh")
        measured = measured if sheet.unit == "Wh" else thousandfold(measured)
    elif sheet.unit == "m3":
        slots = sheet.of(f"gas-volume{period.ending}", "m3")
    else:
        slots = sheet.of(f"gas-energy{period.ending}", "kWh")
    slots.add(period.start, period.end, measured, paris_clock.offset(period.start), None, sheet.named(cells, 2))
    yield from slots.full()


def _counter(sheet: _Sheet, cells: list[str], period: _Period) -> Iterator[Record]:
    for register, cell in sheet.named(cells, 1).items():
        slots = sheet.of("electricity-counter", sheet.unit, register)
        slots.add(period.start, None, value(cell), paris_clock.offset(period.start))
        yield from slots.full()


def _peak(sheet: _Sheet, cells: list[str], period: _Period) -> Iterator[Record]:
    slots = sheet.of("electricity-peak-power", sheet.unit)
    slots.add(period.start, period.end, value(cells[1]), paris_clock.offset(period.start), None, sheet.named(cells, 2))
    yield from slots.full()
