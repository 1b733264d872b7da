"""Reading what still reads of a database with bad pages.

A table is walked in the order of its key. Where a page does not read, the next key that does is searched: farther and
farther first, then by halves, so that exactly the rows of the bad page are passed over. After each error the connection
is of no use any more (SQLCipher keeps failing on good pages too) and another is opened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from vault_app.vault.driver import Connection, Database, DatabaseError

_LEAST: Final = -(1 << 63)
_WIDTH: Final = 64

Row = tuple[object, ...]


@dataclass(frozen=True)
class Table:
    """A table as it is walked. ``key``: the one or two whole-number columns that order it; ``columns``: all to read."""

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass
class Walker:
    """Walks the tables of one database. ``holes`` counts the places at which something did not read."""

    database: Database
    holes: int = 0
    _connection: Connection | None = field(default=None, repr=False)

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows that read, in the order of their keys: first the key's columns, then all others as asked for."""
        at: int | None = 0
        while at is not None:
            for row in self._until_an_error(table, at):
                yield row
                at = _place(row[: len(table.key)]) + 1
            if not self._failed:
                return
            self.holes += 1
            at = self._next(table, at)

    def one(self, question: str) -> Row | None:
        """The first row of an answer; None without one, or when it does not read."""
        try:
            found = self._open().execute(question).fetchone()
        except DatabaseError:
            self.close()
            return None
        return None if found is None else tuple(found)

    def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            with suppress(DatabaseError):
                self._connection.close()
        self._connection = None

    _failed: bool = field(default=False, repr=False)

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self.database.reader()
        return self._connection

    def _until_an_error(self, table: Table, at: int) -> Iterator[Row]:
        self._failed = False
        wanted = ", ".join(f'"{name}"' for name in (*table.key, *table.columns))
        try:
            yield from self._open().execute(f"SELECT {wanted} {_from(table)}", _values(table, at))
        except DatabaseError:
            self._failed = True
            self.close()

    def _next(self, table: Table, at: int) -> int | None:
        """Where to go on after an error at a place; None: nothing more reads."""
        end, step, bad = 1 << _WIDTH * len(table.key), 1, at
        found = self._probe(table, at)
        if found is not None:
            # The row stands on a page that reads, and goes on on one that does not: only this one is lost.
            return None if found == end else found + 1
        while self._probe(table, min(at + step, end - 1)) is None:
            bad = at + step
            if bad >= end:
                return None
            step *= 2
        good = min(at + step, end - 1)
        while good - bad > 1:
            middle = (good + bad) // 2
            if self._probe(table, middle) is None:
                bad = middle
            else:
                good = middle
        return good

    def _probe(self, table: Table, at: int) -> int | None:
        """The place of the first row from a place on, that of the end without one; None when it does not read."""
        keys = ", ".join(f'"{name}"' for name in table.key)
        question = f"SELECT {keys} {_from(table)} LIMIT 1"
        try:
            row = self._open().execute(question, _values(table, at)).fetchone()
        except DatabaseError:
            self.close()
            return None
        return 1 << _WIDTH * len(table.key) if row is None else _place(row)


def _from(table: Table) -> str:
    keys = ", ".join(f'"{name}"' for name in table.key)
    marks = ", ".join("?" * len(table.key))
    return f'FROM "{table.name}" WHERE ({keys}) >= ({marks}) ORDER BY {keys}'


def _place(key: Sequence[object]) -> int:
    """A key as one whole number from 0, in the same order."""
    place = 0
    for part in key:
        place = place << _WIDTH | (int(str(part)) - _LEAST)
    return place


def _values(table: Table, place: int) -> tuple[int, ...]:
    """The key of a place."""
    mask = (1 << _WIDTH) - 1
    return tuple((place >> _WIDTH * left & mask) + _LEAST for left in reversed(range(len(table.key))))
