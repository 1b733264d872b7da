"""The three summaries of the diary. Numbers may have a comma for thousands, dates stand year first or month first.

Facts: public readers of the files. A row is a meal of a day; a row of totals repeats others.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.row_facts import Cells, facts, lines
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Record

_READERS = (DateReader(Layout.YEAR_FIRST), DateReader(Layout.MONTH_FIRST))


@importer(Rule(header=frozenset({"Date", "Meal", "Calories"})), source="myfitnesspal", product="health", reads="meals")
def meals(member: Member) -> Iterator[Record]:
    """A `consumption` for each meal of a day. A row of totals is `other`: it counts nothing twice."""
    yield from facts(lines(member, ("Date", "Meal", "Calories")), _meal, "Date", _day)


def _meal(cells: Cells, when: Moment | None) -> Item:
    meal = cells.get("Meal", "").strip()
    total = "total" in meal.casefold() or "total" in cells.get("Date", "").casefold()
    return Item(
        kind=Kind.OTHER if total else Kind.CONSUMPTION,
        key=("meal", *cells.values()),
        when=when,
        title=meal,
        text=cells.get("Note", ""),
        details=rest(cells, {"Note"}),
    )


@importer(
    Rule(members=("**/Measurement-Summary-*.csv",)), source="myfitnesspal", product="health", reads="body measures"
)
def measures(member: Member) -> Iterator[Record]:
    """A `measurement` for each row; its unit is not named, so it is no series."""
    yield from facts(lines(member), lambda cells, when: _row("measure", Kind.MEASUREMENT, cells, when), "Date", _day)


@importer(Rule(members=("**/Exercise-Summary-*.csv",)), source="myfitnesspal", product="activity", reads="exercise")
def exercise(member: Member) -> Iterator[Record]:
    """A `workout` for each row, on its day."""
    yield from facts(lines(member), lambda cells, when: _row("exercise", Kind.WORKOUT, cells, when), "Date", _day)


def _row(what: str, kind: Kind, cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=kind,
        key=(what, *cells.values()),
        when=when,
        title=cells.get("Exercise", ""),
        details=rest(cells, {"Exercise"}),
    )


def _day(text: str) -> Moment | None:
    return next((found for found in (reader.moment(text) for reader in _READERS) if found is not None), None)
