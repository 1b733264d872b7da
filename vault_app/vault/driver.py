"""The one door to SQLCipher. Nothing else in the application opens a database.

Forgetting the key would silently make a plaintext database, so ``connect`` refuses plaintext files, gives the raw key
and salt before anything else (as a ``bytearray`` that is zeroed, never in SQL text, where copies would stay in
memory) and then checks that encryption holds. ``PRAGMA rekey`` and ``VACUUM`` are never used, see
``docs/vault-format.md``. Extensions are never enabled.

Several connections of one process read while one writes. On Linux and macOS ``vfs=unix-excl`` shuts other processes
out and needs no shared-memory file; on Windows the vault's ``lock`` does (``lock.py``).

After a decryption error the connection is of no use any more: close it and connect again before going on.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlcipher3 import dbapi2 as sqlcipher

from vault_app.vault.errors import DamagedVault, PlainDatabase, VaultBusy, VaultError
from vault_app.vault.keys import KEY_BYTES, SALT_BYTES, Key

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor, DatabaseError, IntegrityError, OperationalError
else:
    from sqlcipher3.dbapi2 import Connection, Cursor, DatabaseError, IntegrityError, OperationalError

__all__ = [
    "Connection",
    "Cursor",
    "Database",
    "DatabaseError",
    "IntegrityError",
    "Mode",
    "OperationalError",
    "durably",
    "transaction",
]

PAGE: Final = 8192
READ_CACHE_KIB: Final = 16 << 10
IMPORT_CACHE_KIB: Final = 64 << 10
_PLAIN: Final = b"SQLite format 3\0"


class Mode(Enum):
    """What a connection is for. ``FROZEN``: a medium that takes no writes; only without a left-over WAL file."""

    CREATE = auto()
    WRITE = auto()
    READ = auto()
    FROZEN = auto()


@dataclass(frozen=True)
class Database:
    """One encrypted database file: where it is, and what opens it (the subkey ``db`` and the header's salt)."""

    path: Path
    key: Key
    salt: bytes

    def create(self) -> Connection:
        """A new, empty database. Raises VaultError when a file of that name is there."""
        return connect(self.path, self.key, self.salt, Mode.CREATE)

    def writer(self) -> Connection:
        """A connection that writes. One at a time: SQLite has one writer."""
        return connect(self.path, self.key, self.salt, Mode.WRITE)

    def reader(self) -> Connection:
        """A connection that cannot write (``query_only``). Any number, for any thread, one thread at a time each.

        ``connection.interrupt()`` from another thread ends a running query with ``OperationalError``.
        """
        return connect(self.path, self.key, self.salt, Mode.READ)


def connect(path: Path, key: Key, salt: bytes, mode: Mode) -> Connection:
    """Open an encrypted database; see ``Database`` for the usual ways.

    Transactions are explicit (``isolation_level=None``): use ``transaction``. Raises PlainDatabase, VaultBusy (another
    process holds it), DamagedVault (missing, not a database under this key, or the first page is unreadable),
    VaultError (this build does not encrypt).
    """
    _refuse_plain(path, mode)
    connection: Connection = sqlcipher.connect(
        _uri(path, mode), uri=True, isolation_level=None, check_same_thread=False, cached_statements=256, timeout=2.0
    )
    try:
        _give_key(connection, key, salt)
        _settle(connection, mode)
    except BaseException as error:
        connection.close()
        if mode is Mode.CREATE:
            path.unlink(missing_ok=True)
        if isinstance(error, OperationalError) and "locked" in str(error):
            raise VaultBusy("database") from error
        if isinstance(error, DatabaseError):
            raise DamagedVault("database") from error
        raise
    return connection


@contextmanager
def transaction(connection: Connection) -> Iterator[Connection]:
    """All of it or nothing. Takes the write lock at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        with suppress(DatabaseError):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        raise


@contextmanager
def durably(connection: Connection) -> Iterator[Connection]:
    """A transaction that is on the drive when this returns (``synchronous=FULL``): for what is reported as done."""
    connection.execute("PRAGMA synchronous=FULL")
    try:
        with transaction(connection):
            yield connection
    finally:
        connection.execute("PRAGMA synchronous=NORMAL")


def cache(connection: Connection, kib: int) -> None:
    """How much of the database a connection keeps at hand: ``READ_CACHE_KIB`` or ``IMPORT_CACHE_KIB``."""
    connection.execute(f"PRAGMA cache_size={-int(kib)}")


def bound_size(connection: Connection, size: int) -> None:
    """Let the database grow to so many bytes only; beyond, a write fails as if the disk were full, and is undone."""
    connection.execute(f"PRAGMA max_page_count={int(size) // PAGE}")


def close_cleanly(connection: Connection) -> None:
    """Bring the WAL into the database, empty it, and close. The last connection to close; its WAL file goes."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def is_full(error: BaseException) -> bool:
    """Whether something failed because there is no room: on the disk, or up to ``bound_size``."""
    return "full" in str(error) if isinstance(error, OperationalError) else getattr(error, "errno", 0) == errno.ENOSPC


def is_damage(error: BaseException) -> bool:
    """Whether something failed because bytes are not those that were written, not because of the drive or its room."""
    return isinstance(error, DatabaseError) and not isinstance(error, OperationalError)


def soundness(connection: Connection) -> list[str]:
    """What is wrong with the pages: ``cipher_integrity_check`` and ``integrity_check``; empty when nothing is.

    Reads all of the database. An old page put back in its place passes both; the digests of the imports find it.
    Pages are checked in the file itself, so what the WAL has anew comes into it first: a page that a power cut tore
    while it was brought over is healed by that, and is no damage.
    """
    with suppress(OperationalError):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    try:
        found += [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    except DatabaseError as error:
        found.append(str(error))
    return found


def _uri(path: Path, mode: Mode) -> str:
    options = {Mode.CREATE: "mode=rwc", Mode.WRITE: "mode=rw", Mode.READ: "mode=rw", Mode.FROZEN: "mode=ro&immutable=1"}
    alone = "" if os.name == "nt" or mode is Mode.FROZEN else "&vfs=unix-excl"
    return f"{path.absolute().as_uri()}?{options[mode]}{alone}"


def _refuse_plain(path: Path, mode: Mode) -> None:
    if mode is Mode.CREATE:
        if path.exists():
            raise VaultError("the database exists already")
        return
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN))
    except FileNotFoundError as error:
        raise DamagedVault("database") from error
    if start == _PLAIN:
        raise PlainDatabase("database")
    if not start:
        raise DamagedVault("database")
    wal = path.with_name(path.name + "-wal")
    if mode is Mode.FROZEN and wal.exists() and wal.stat().st_size:
        raise VaultBusy("unfinished work stands beside the database on a medium that takes no writes")


def _give_key(connection: Connection, key: Key, salt: bytes) -> None:
    """``x'<64 hex digits of the key><32 of the salt>'``, built and zeroed in one bytearray."""
    if len(key.bytes) != KEY_BYTES or len(salt) != SALT_BYTES:
        raise ValueError("a database key has 32 bytes, its salt 16")
    digits = b"0123456789abcdef"
    spelled = bytearray(b"x'")
    for byte in (*key.bytes, *salt):
        spelled.append(digits[byte >> 4])
        spelled.append(digits[byte & 15])
    spelled += b"'"
    try:
        connection.set_key(spelled)  # type: ignore[attr-defined]
    finally:
        for index in range(len(spelled)):
            spelled[index] = 0


def _settle(connection: Connection, mode: Mode) -> None:
    def ask(pragma: str) -> str:
        row = connection.execute(f"PRAGMA {pragma}").fetchone()
        return str(row[0]) if row else ""

    ask("cipher_log_level=NONE")
    ask("cipher_memory_security=OFF")
    ask(f"cipher_page_size={PAGE}")
    if not ask("cipher_version"):
        raise VaultError("this build of the database does not encrypt")
    _check_temporary(connection)
    if mode is Mode.CREATE:
        ask("auto_vacuum=INCREMENTAL")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if ask("cipher_status") != "1":
        raise VaultError("this connection does not encrypt")
    if mode is not Mode.FROZEN and ask("journal_mode=WAL") != "wal":
        raise VaultError("the database has no write-ahead log")
    ask("secure_delete=ON")
    ask("mmap_size=0")
    ask("trusted_schema=OFF")
    ask("foreign_keys=ON")
    ask("synchronous=NORMAL")
    ask("fullfsync=ON")
    ask("checkpoint_fullfsync=ON")
    ask("journal_size_limit=16777216")
    cache(connection, READ_CACHE_KIB)
    if ask("page_size") != str(PAGE):
        raise DamagedVault("database")
    if mode in {Mode.READ, Mode.FROZEN}:
        ask("query_only=ON")


def _check_temporary(connection: Connection) -> None:
    """Sorting and temporary tables stay in memory: never a temporary file in plaintext."""
    connection.execute("PRAGMA temp_store=MEMORY")
    built = {row[0] for row in connection.execute("PRAGMA compile_options")}
    if not built & {"TEMP_STORE=2", "TEMP_STORE=3"}:
        raise VaultError("this build of the database writes temporary files")
