"""Octopus Energy's table of days: energy and its price, whole and by register.

Facts: a program that reads it. The name of the file bears the meter's number, which makes it look like the
distributor's: the titles decide. A period may be a month instead of a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from importers.contract import Member, Rule, importer
from importers.formats import paris_clock, tables
from importers.formats.french_stamps import day
from importers.formats.meter_slots import Slots, thousandfold, unread, value
from importers.records import Notice, Record

_PERIOD, _ENERGY, _NATURE = "Période de consommation", "Consommation (kWh)", "Nature de la donnée (Réelle/estimée)"
_METER = re.compile(r"(?<!\d)(\d{14})(?!\d)")
_MONTH = re.compile(r"(\d{1,2})/(\d{4})\Z")


@importer(
    Rule(header=frozenset({_PERIOD, _ENERGY, "Consommation (euros)"})),
    source="octopus",
    reads="electricity by day (CSV)",
    languages=("fr",),
)
def daily(member: Member) -> Iterator[Record]:
    """Energy in Wh over civil days, or months in a series of their own; prices and registers as the table has them."""
    named = _METER.search(member.path.rsplit("/", 1)[-1])
    meter = named[1] if named else ""
    series = {name: Slots(name, "Wh", meter) for name in ("electricity-energy", "electricity-energy-monthly")}
    with member.open() as stream:
        for row in tables.rows(stream, (_PERIOD, _ENERGY)):
            if isinstance(row, tables.Trouble):
                yield Notice("energy-row", row.position)
                continue
            try:
                name, start, end = _period(row.cells[_PERIOD].strip())
                energy = thousandfold(value(row.cells.get(_ENERGY, "")))
            except (ValueError, KeyError, OverflowError):
                yield from unread(f"line {row.line}", row.cells)
                continue
            quality = row.cells.get(_NATURE, "").strip() or None
            others = {title: cell for title, cell in row.cells.items() if title not in {_PERIOD, _ENERGY, _NATURE}}
            series[name].add(start, end, energy, paris_clock.offset(start), quality, others)
            yield from series[name].full()
    for slots in series.values():
        yield from slots.samples()


def _period(text: str) -> tuple[str, int, int]:
    of = day(text)
    if of is not None:
        return "electricity-energy", *paris_clock.day(of)
    found = _MONTH.match(text)
    if found is None:
        raise ValueError("no period")
    month, year = int(found[1]), int(found[2])
    beyond = date(year + month // 12, month % 12 + 1, 1)
    return "electricity-energy-monthly", paris_clock.day(date(year, month, 1))[0], paris_clock.day(beyond)[0]
