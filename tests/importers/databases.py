"""The single values in a SQLite database, and the database again with one of them changed. In memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One value: in which table and column, and the whole row as ``(column, value)``."""

    table: str
    column: str
    value: object
    row: tuple[tuple[str, object], ...]


def cells(data: bytes) -> list[Cell]:
    """All values of a database that are neither null nor empty, but SQLite's own."""
    with closing(_opened(data)) as base:
        names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [cell for table in names if not table.startswith("sqlite_") for cell in _cells(base, table)]


def with_cell(data: bytes, cell: Cell, other: object) -> bytes:
    """The database with another value in one place. Raises ``sqlite3.Error`` where the table forbids it."""
    with closing(_opened(data)) as base:
        there = " AND ".join(f'"{name}" IS ?' for name, _ in cell.row)
        values = [other, *(value for _, value in cell.row)]
        base.execute(f'UPDATE "{cell.table}" SET "{cell.column}" = ? WHERE {there}', values)
        base.commit()
        return base.serialize()


def _cells(base: sqlite3.Connection, table: str) -> Iterator[Cell]:
    columns = [row[1] for row in base.execute(f'PRAGMA table_info("{table}")')]
    for values in base.execute(f'SELECT * FROM "{table}"').fetchall():
        row = tuple(zip(columns, values, strict=True))
        yield from (
            Cell(table, column, value, row) for column, value in row if value is not None and value not in ("", b"")
        )


def _opened(data: bytes) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    return base
