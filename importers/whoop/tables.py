"""The four tables of the export. Times are local, and each row says its offset (``UTC-04:00``).

Facts: a real export of 2024. A cycle goes from one night to the next, it is no calendar day; the newest one is open and
has no end. ``cal`` means kilocalories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from importers.contract import Member, Rule, importer
from importers.formats import zone_marks
from importers.formats.json_records import Alike
from importers.formats.row_facts import Cells, lines, named, numbered
from importers.records import Item, Kind, Moment, Notice, Record

_CYCLE = ("Cycle start time", "Cycle end time", "Cycle timezone")
_ZONE = _CYCLE[2]


@importer(
    Rule(header=frozenset({*_CYCLE, "Recovery score %", "Day Strain"})),
    source="whoop",
    product="health",
    reads="cycles",
    status="proven",
)
def cycles(member: Member) -> Iterator[Record]:
    """A `measurement` for each cycle: recovery, strain, heart rate, and what it says of its night.

    An open cycle has few of its numbers: once it is closed it is another fact, so that a later export is not lost.
    """
    yield from _items(
        member,
        _CYCLE[0],
        _CYCLE[1],
        lambda cells: _item(Kind.MEASUREMENT, ("cycle", cells.get(_CYCLE[1], "")), cells),
    )


@importer(
    Rule(header=frozenset({*_CYCLE, "Sleep onset", "Wake onset", "Nap"})),
    source="whoop",
    product="sleep",
    reads="nights and naps",
    status="proven",
)
def sleeps(member: Member) -> Iterator[Record]:
    """A `sleep` for each night or nap."""
    yield from _items(member, "Sleep onset", "Wake onset", lambda cells: _item(Kind.SLEEP, ("sleep",), cells))


@importer(
    Rule(header=frozenset({*_CYCLE, "Workout start time", "Activity name"})),
    source="whoop",
    product="activity",
    reads="workouts",
    status="proven",
)
def workouts(member: Member) -> Iterator[Record]:
    """A `workout` with its name; heart rate and zones stay in its details."""
    yield from _items(
        member,
        "Workout start time",
        "Workout end time",
        lambda cells: _item(Kind.WORKOUT, ("workout", cells.get("Activity name", "")), cells, "Activity name"),
    )


@importer(
    Rule(header=frozenset({*_CYCLE, "Question text", "Answered yes"})),
    source="whoop",
    product="health",
    reads="journal",
    status="proven",
)
def journal(member: Member) -> Iterator[Record]:
    """A `note` for each question of the journal, at the start of its cycle. Questions may end with a space."""
    yield from _items(
        member,
        _CYCLE[0],
        _CYCLE[1],
        lambda cells: _item(
            Kind.NOTE, ("journal", cells.get("Question text", "").strip()), cells, "Question text", "Notes"
        ),
    )


def _item(kind: Kind, key: tuple[str, ...], cells: Cells, title: str = "", text: str = "") -> Item:
    return Item(
        kind=kind,
        key=key,
        title=cells.get(title, "").strip(),
        text=cells.get(text, ""),
        details={name: cell for name, cell in cells.items() if cell and name != text},
    )


def _items(member: Member, starts: str, ends: str, make: Callable[[Cells], Item]) -> Iterator[Record]:
    """One item a row, with the start and the end of its own columns and the start of its cycle in its key."""
    alike = Alike()
    for line in lines(member, (_ZONE, starts)):
        if isinstance(line, Notice):
            yield line
            continue
        cells = line.cells
        when, end = _local(cells, starts), _local(cells, ends)
        if when is None:
            yield Notice("table-date", line.position, starts)
        made = make(cells)
        item = Item(
            kind=made.kind,
            key=(*made.key, *named(cells, _CYCLE[0], starts)),
            when=when,
            end=end.us if when and end and end.us >= when.us else None,
            title=made.title,
            text=made.text,
            details=made.details,
        )
        yield numbered(item, alike)


def _local(cells: Cells, name: str) -> Moment | None:
    shift = zone_marks.minutes(cells.get(_ZONE, ""))
    return zone_marks.local(cells.get(name, ""), shift) if shift is not None else None
