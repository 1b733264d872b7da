"""Rows of a table of the account archive as items. The order of columns has changed over the years: names decide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeAlias

from importers.contract import Member
from importers.formats import tables
from importers.formats.json_records import Alike
from importers.formats.row_facts import numbered
from importers.netflix.stamps import moment
from importers.records import Item, Moment, Notice, Record

Cells: TypeAlias = dict[str, str]
Make: TypeAlias = Callable[[Cells, Moment | None], Item]

SENTENCE = "We found no information for this table."
"""What stands in a ``.txt`` in the place of a table without rows."""


def items(member: Member, header: Collection[str], time: str, make: Make) -> Iterator[Record]:
    """One item a row. ``time``: the column of its time, '' for tables without one.

    A row whose time cannot be read is kept without one and said. Items that are alike get a running number.
    """
    alike = Alike()
    for row in rows(member, header):
        if isinstance(row, Notice):
            yield row
            continue
        line, cells = row
        when = moment(cells.get(time, ""))
        if when is None and (cells.get(time, "") or (time and time not in cells)):
            yield Notice("table-date", f"line {line}", time)
        item = make(cells, when)
        yield numbered(item, alike)


def rows(member: Member, header: Collection[str]) -> Iterator[tuple[int, Cells] | Notice]:
    """Line number and cells of each row; what is damaged as a notice."""
    with member.open() as stream:
        for row in tables.rows(stream, header):
            yield Notice(row.reason, row.position) if isinstance(row, tables.Trouble) else (row.line, row.cells)


def named(cells: Cells, *names: str) -> tuple[str, ...]:
    """The cells of an identity, in this order; '' where the row has none."""
    return tuple(cells.get(name, "") for name in names)
