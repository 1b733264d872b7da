"""Veolia's table of litres: a column that is called exactly ``consommation(litre)``.

Facts: a program that reads it. It names that column only; the day is taken from the first other cell that is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats import paris_clock, tables
from importers.formats.french_stamps import day
from importers.formats.json_records import Alike
from importers.formats.meter_slots import Slots, unread, value
from importers.records import Item, Kind, Notice, Record

_LITRES = "consommation(litre)"


@importer(
    Rule(header=frozenset({_LITRES})),
    source="veolia",
    reads="water consumption (CSV)",
    languages=("fr",),
    status="beta",
)
def litres(member: Member) -> Iterator[Record]:
    """Litres over the civil day of a row; a row without a day is a `consumption` without a time."""
    slots = Slots("water-volume", "L", "")
    alike = Alike()
    with member.open() as stream:
        for row in tables.rows(stream, (_LITRES,)):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            yield from _row(row, slots, alike)
            yield from slots.full()
    yield from slots.samples()


def _row(row: tables.Row, slots: Slots, alike: Alike) -> Iterator[Record]:
    title = next((name for name in row.cells if name.strip().casefold() == _LITRES), None)
    if title is None:
        yield from unread(f"line {row.line}", row.cells)
        return
    others = {name: cell.strip() for name, cell in row.cells.items() if name != title and cell.strip()}
    dated = next((name for name, cell in others.items() if day(cell) is not None), "")
    of = day(others[dated]) if dated else None
    try:
        measured = value(row.cells[title])
    except ValueError:
        yield from unread(f"line {row.line}", row.cells)
        return
    if of is None:
        key = alike.key("row", measured or "", *others.values())
        yield Item(kind=Kind.CONSUMPTION, key=key, title=f"{measured or '-'} L", details=dict(row.cells))
        return
    start, end = paris_clock.day(of)
    slots.add(start, end, measured, paris_clock.offset(start), None, others)
