"""The rows of a SQLite database that comes from outside, read in memory and never opened as a file.

The reading process may open nothing, so the bytes are handed to SQLite's own in-memory form (``deserialize``). A
reader of our own would have to follow SQLite's storage rules again; instead SQLite gets nothing to run: only plain
tables are read (no view, no trigger, no virtual table, by an authorizer that knows two kinds of statement), the schema
is not trusted, lengths are bounded, and a count of steps ends what would take for ever.

A database in WAL mode cannot be deserialized: its header is changed to say that it has no log, after the log beside
it has been taken in. One that is cut off is filled up with zeros, so that the pages before the cut are read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple, TypeAlias

from importers.contract import Archive, Member
from importers.formats import sqlite_wal
from importers.formats.beginnings import TABLES, Beginning, leave

LARGEST = 64 << 20
"""Bytes of the largest database; it stands in memory twice for a moment."""

_FIELD = 8 << 20
_STEPS = 10_000
_CALLS = 40_000
"""Steps of SQLite's machine between two looks, and looks: 400 million steps, some 20 s, are enough for 64 MiB."""

_JUMPS = 200
_LONGEST_JUMP = 1 << 40
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_CUT = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_TOOBIG})

_FAILED = (sqlite3.Error, UnicodeError, MemoryError)
"""What a damaged database raises; names and messages in it may be no text."""

Value: TypeAlias = str | int | float | bytes | None


class DatabaseError(Exception):
    """The database cannot be opened. ``reason``: id of a notice (``database-too-large``, ``database-broken``)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Row(NamedTuple):
    """``number``: place among the rows of its table that were read, from 1. ``cells``: column to value."""

    number: int
    cells: dict[str, Value]


class Damage(NamedTuple):
    """Rows behind row ``number`` of ``table`` cannot be read; reading goes on behind them where there are more."""

    number: int
    table: str

    @property
    def position(self) -> str:
        """Where, for a notice."""
        return f"record {self.number}"


class Database:
    """A database in memory. Raises ``DatabaseError`` when it is too large or none at all.

    ``failed``: what ended the reading of its bytes, if anything did; to be raised when all rows have been taken.
    """

    failed: Exception | None = None
    cut_off = False
    """Whether the file is shorter than its header says."""
    damaged = False
    """Whether rows that were asked for could not be read."""

    def __init__(self, data: bytearray) -> None:
        if len(data) > LARGEST:
            raise DatabaseError("database-too-large")
        _without_log(data)
        self.cut_off = _filled(data)
        self._left = _CALLS
        self._db = sqlite3.connect(":memory:", isolation_level=None)
        try:
            self._db.deserialize(bytes(data))
            self._harden()
            found = self._db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%'"
                " ESCAPE '\\'"
            )
            self.names: tuple[str, ...] = tuple(dict.fromkeys(str(name) for (name,) in found))
        except _FAILED as error:
            self._db.close()
            raise DatabaseError("database-broken") from error
        self._db.set_authorizer(_may)

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()

    def columns(self, table: str) -> dict[str, str]:
        """The columns of a table by name, each with the type that it is declared to have (``INTEGER``), or ''."""
        if table not in self.names:
            return {}
        try:
            found = self._db.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
        except _FAILED:
            return {}
        return {str(entry[1]): str(entry[2] or "") for entry in found}

    def rows(self, table: str) -> Iterator[Row | Damage]:
        """All rows in the order of their row id; nothing when there is no such table."""
        if table not in self.names:
            return
        yield from self._walk(table, _quoted(table))

    def _walk(self, table: str, quoted: str) -> Iterator[Row | Damage]:
        number, last = 0, -(1 << 63)
        jump, jumps, told = 0, 0, False
        by_id = self._has_row_ids(quoted)
        sql = f"SELECT rowid, * FROM {quoted} WHERE rowid > ?" if by_id else f"SELECT 0, * FROM {quoted} WHERE ? < 0"  # noqa: S608 - the name is one of the schema, quoted
        while True:
            try:
                cursor = self._db.execute(sql, (min(last + jump, (1 << 63) - 1),))
                columns = [str(entry[0]) for entry in cursor.description][1:]
                for found in cursor:
                    number, last, jump = number + 1, int(found[0]) if by_id else last, 0
                    told = False
                    yield Row(number, dict(zip(columns, found[1:], strict=True)))
            except _FAILED as error:
                self.damaged = True
                if not told:
                    yield Damage(number, table)
                    told = True
                jump, last = (jump * 2 if jump else 1), max(last, 0)
                jumps += 1
                if not by_id or jumps > _JUMPS or jump > _LONGEST_JUMP or self._left <= 0 or not _goes_on(error):
                    return
                continue
            return

    def _has_row_ids(self, quoted: str) -> bool:
        try:
            self._db.execute(f"SELECT rowid FROM {quoted} WHERE rowid IS NULL AND 0")  # noqa: S608 - as above
        except sqlite3.OperationalError:
            return False
        except _FAILED:
            return True
        return True

    def _harden(self) -> None:
        for pragma in ("trusted_schema = OFF", "temp_store = MEMORY", "query_only = ON", "cell_size_check = ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _FIELD)
        self._db.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, 500)
        self._db.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50)
        self._db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        self._db.text_factory = _text
        self._db.set_progress_handler(self._step, _STEPS)

    def _step(self) -> bool:
        self._left -= 1
        return self._left <= 0


def open_database(member: Member) -> Database:
    """The database in a member, with what the log beside it (``name-wal``) adds.

    Raises ``DatabaseError``. Where the archive ends too early the database goes as far; ``failed`` says why.
    """
    if member.size > LARGEST:
        raise DatabaseError("database-too-large")
    data = bytearray()
    failed: Exception | None = None
    try:
        for piece in member.pieces():
            data += piece
            if len(data) > LARGEST:
                raise DatabaseError("database-too-large")  # noqa: TRY301 - what the archive raises is another matter
    except DatabaseError:
        raise
    except Exception as error:  # what was read before goes first; then it is raised
        if not data:
            raise
        failed = error
    log = _by_path(member.archive).get(member.path + "-wal")
    if log is not None and 0 < log.size <= LARGEST:
        sqlite_wal.apply(data, log.read(LARGEST), LARGEST)
    database = Database(data)
    database.failed = failed
    columns = ((name, database.columns(name)) for name in database.names[:TABLES])
    leave(member, [Beginning(name, (tuple(found),), tuple(found.values())) for name, found in columns])
    return database


def _by_path(archive: Archive) -> dict[str, Member]:
    """The logs of an archive by path; looked up once."""

    def look() -> dict[str, Member]:
        return {member.path: member for member in archive.members if member.path.endswith("-wal")}

    found: Any = archive.memo("sqlite.logs", look)
    return dict(found)


def _without_log(data: bytearray) -> None:
    if len(data) >= 20 and data[18:20] == b"\x02\x02":
        data[18:20] = b"\x01\x01"


def _filled(data: bytearray) -> bool:
    """As long as the header says: SQLite opens nothing that is shorter. Returns whether something was missing."""
    if len(data) < 100:
        return False
    size = int.from_bytes(data[16:18], "big")
    wanted = int.from_bytes(data[28:32], "big") * (65536 if size == 1 else size)
    if not len(data) < wanted <= LARGEST:
        return False
    data.extend(bytes(wanted - len(data)))
    return True


def _may(action: int, what: object, *_: object) -> int:
    if action == sqlite3.SQLITE_PRAGMA:
        return sqlite3.SQLITE_OK if what == "table_info" else sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _goes_on(error: Exception) -> bool:
    return (error.sqlite_errorcode & 0xFF) in _CUT if hasattr(error, "sqlite_errorcode") else False


def _text(data: bytes) -> str:
    with suppress(UnicodeDecodeError):
        return data.decode()
    return data.decode("utf-8", "replace")
