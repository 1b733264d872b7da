"""Databases as records: what is common to all of them. One that cannot be opened is kept whole and said."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeAlias

import msgspec

from importers.contract import Member
from importers.formats.sqlite_tables import Damage, Database, DatabaseError, Row, Value, open_database
from importers.records import Item, Kind, Notice, Record
from importers.whole import document

TOGETHER = 200
"""Rows of a table that nobody described that stand in one item."""

Cells: TypeAlias = dict[str, Value]


def records(member: Member, read: Callable[[Database], Iterator[Record]], needs: Collection[str]) -> Iterator[Record]:
    """What ``read`` makes of the database in a member. ``needs``: tables without which it is another one.

    A database that is too large, damaged or another one is kept whole as a document, for what could not be read.
    """
    try:
        database = open_database(member)
    except DatabaseError as error:
        yield Notice(error.reason)
        yield document(member)
        return
    try:
        if database.cut_off:
            yield Notice("database-cut-off")
        if set(needs) <= set(database.names):
            yield from read(database)
        else:
            yield Notice("database-other")
            yield document(member)
        if database.damaged:
            yield document(member)
        if database.failed is not None:
            raise database.failed
    finally:
        database.close()


def rows(database: Database, table: str) -> Iterator[Row | Notice]:
    """The rows of a table; what is damaged as a notice."""
    for found in database.rows(table):
        yield Notice("database-damage", found.position, found.table) if isinstance(found, Damage) else found


def other_tables(database: Database, taken: Collection[str]) -> Iterator[Record]:
    """The tables that no importer describes, whole: an item of kind ``other`` for some hundred rows."""
    for table in database.names:
        if table in taken:
            continue
        held: list[dict[str, Any]] = []
        for found in rows(database, table):
            if isinstance(found, Notice):
                yield found
                continue
            held.append(details(found.cells))
            if len(held) == TOGETHER:
                yield _rows_of(table, held)
                held = []
        if held:
            yield _rows_of(table, held)


def details(cells: Cells, taken: Collection[str] = ()) -> dict[str, Any]:
    """The fields that no column of a record has taken, empty ones left out; bytes as hexadecimal digits."""
    return {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in cells.items()
        if value not in (None, "", b"") and name not in taken
    }


def text(cells: Cells, name: str) -> str:
    """A field as text; '' when it is empty or bytes."""
    value = cells.get(name)
    return "" if value is None or isinstance(value, bytes) else str(value)


def number(cells: Cells, name: str) -> int | None:
    """A field as a whole number; None when it is none."""
    value = cells.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _rows_of(table: str, held: list[dict[str, Any]]) -> Item:
    digest = hashlib.blake2b(msgspec.json.encode(held), digest_size=16).hexdigest()
    return Item(kind=Kind.OTHER, key=("table", table, digest), title=table, details={"table": table, "rows": held})
