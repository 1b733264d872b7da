"""Rows of a table of one service as items: times are read or said to be missing, rows that look alike told apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple, TypeAlias

import msgspec

from importers.contract import Member
from importers.formats import tables
from importers.formats.json_records import Alike
from importers.records import Item, Moment, Notice, Record

Cells: TypeAlias = dict[str, str]
Reads: TypeAlias = Callable[[str], Moment | None]
Make: TypeAlias = Callable[[Cells, Moment | None], Item]


class Line(NamedTuple):
    """``position``: where, for a notice. ``cells``: column to text; cells without a value may be absent or ''."""

    position: str
    cells: Cells


def lines(member: Member, header: Collection[str] = ()) -> Iterator[Line | Notice]:
    """The rows of a CSV member under the row that has all names of ``header``; what is damaged as a notice."""
    with member.open() as stream:
        for row in tables.rows(stream, header):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
            else:
                yield Line(f"line {row.line}", row.cells)


def facts(found: Iterable[Line | Notice], make: Make, time: str = "", reads: Reads | None = None) -> Iterator[Record]:
    """One item a row. ``time``: the column of its time, '' for tables without one; ``reads``: how it is written.

    A row whose time is written and cannot be read is kept without one and said; an empty time says nothing. Items
    that are alike get a running number at the end of their key, from the second on.
    """
    alike = Alike()
    for line in found:
        if isinstance(line, Notice):
            yield line
            continue
        written = line.cells.get(time, "").strip() if time else ""
        when = reads(written) if written and reads is not None else None
        if written and when is None and reads is not None:
            yield Notice("table-date", line.position, time)
        yield numbered(make(line.cells, when), alike)


def numbered(item: Item, alike: Alike) -> Item:
    """The item, with a running number in its key when others before it are alike."""
    key = alike.key(*item.key)
    return item if key == item.key else msgspec.structs.replace(item, key=key)


def named(cells: Cells, *names: str) -> tuple[str, ...]:
    """The cells of an identity, in this order; '' where the row has none."""
    return tuple(cells.get(name, "").strip() for name in names)


def without(found: Iterable[Line | Notice], absent: Collection[str]) -> Iterator[Line | Notice]:
    """The same rows, with cells that only say that there is no value (``Not Applicable``) left out."""
    for line in found:
        if isinstance(line, Notice):
            yield line
        else:
            yield Line(line.position, {name: cell for name, cell in line.cells.items() if cell not in absent})
