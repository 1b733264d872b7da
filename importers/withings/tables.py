"""The other tables: the scale, and rows of days, nights, activities, blood pressure whose titles follow the language.

Facts: the titles of the scale's table from public readers, in English; of the others the names of the files and a few
French titles. So the scale's measures are series, and every other row is kept whole at the first time that it gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.formats.row_facts import Cells, Line, lines
from importers.records import Item, Kind, Moment, Notice, Record
from importers.withings.times import BESIDE, is_local, moment, told

_SCALE = ("body-weight", "fat-mass", "bone-mass", "muscle-mass", "hydration")
"""What the columns behind the date are, in every language in this order."""

_UNIT = re.compile(r"\(([^()]{1,8})\)\s*\Z")
_NUMBER = re.compile(r"\d{1,6}(?:\.\d+)?\Z")
_TABLES = {
    "sleep": Kind.SLEEP,
    "activities": Kind.WORKOUT,
    "note": Kind.NOTE,
    **dict.fromkeys(("bp", "height", "manual_spo2", "other_measures", "signal"), Kind.MEASUREMENT),
}
_TYPES = ("Activity type", "Type d'activité", "Type d' activité", "type")


@importer(
    Rule(header=frozenset({"Date", "Weight (kg)", "Fat mass (kg)"})),
    Rule(header=frozenset({"Date", "Weight (lb)", "Fat mass (lb)"})),
    Rule(members=("**/weight.csv",), named=True, beside=BESIDE),
    source="withings",
    product="health",
    reads="scale",
)
def scale(member: Member) -> Iterator[Record]:
    """Weight and what it is made of, a series each, in the unit that the title gives. A comment stands beside."""
    measures = Measures()
    alike = Alike()
    for line in lines(member):
        if isinstance(line, Notice):
            yield line
            continue
        titles = list(line.cells)
        when = moment(line.cells[titles[0]])
        if when is None:
            yield from _undated("weight", line, alike)
            continue
        if is_local(line.cells[titles[0]]):
            yield from told(member.archive)
        named = dict(zip(titles[1:], _SCALE, strict=False))
        sound = [title for title in named if _NUMBER.match(line.cells.get(title, ""))]
        rest = {title: cell for title, cell in line.cells.items() if cell and title not in {titles[0], *sound}}
        for title in sound:
            unit = _UNIT.search(title)
            more, rest = rest, {}
            yield from measures.add(
                named[title], unit.group(1) if unit else "", when.us, line.cells[title], offset=when.offset, more=more
            )
        if rest:
            key = alike.key("weight", *line.cells.values())
            yield Item(kind=Kind.MEASUREMENT, key=key, when=when, details=line.cells)
    yield from measures.samples()


@importer(
    Rule(
        members=("**/aggregates_*.csv", *(f"**/{stem}.csv" for stem in _TABLES)),
        named=True,
        beside=BESIDE,
    ),
    source="withings",
    product="health",
    reads="other tables",
    status="beta",
)
def other_tables(member: Member) -> Iterator[Record]:
    """An item a row, from the first time in it; nights and activities to the second one."""
    stem = member.path.rpartition("/")[2].rpartition(".")[0].casefold()
    kind = _TABLES.get(stem, Kind.MEASUREMENT)
    alike = Alike()
    for line in lines(member):
        if isinstance(line, Notice):
            yield line
            continue
        written = [cell for cell in line.cells.values() if moment(cell) is not None]
        if not written:
            yield from _undated(stem, line, alike, kind)
            continue
        if is_local(written[0]):
            yield from told(member.archive)
        found = [when for when in map(moment, written) if when is not None]
        yield Item(
            kind=kind,
            key=alike.key(stem, *line.cells.values()),
            when=found[0],
            end=_end(kind, found),
            title=_title(line.cells),
            details={"table": stem} | {title: cell for title, cell in line.cells.items() if cell},
        )


def _end(kind: Kind, found: list[Moment]) -> int | None:
    if kind in {Kind.SLEEP, Kind.WORKOUT} and len(found) > 1 and found[1].us >= found[0].us:
        return found[1].us
    return None


def _title(cells: Cells) -> str:
    return next((cells[name] for name in _TYPES if cells.get(name)), "")


def _undated(table: str, line: Line, alike: Alike, kind: Kind = Kind.MEASUREMENT) -> Iterator[Record]:
    yield Notice("table-date", line.position)
    yield Item(kind=kind, key=alike.key(table, *line.cells.values()), details=dict(line.cells))
