"""From the schema of an older version to today's: numbered steps, each one transaction, the database backed up first.

A step never changes once it was released. It leads to the version that it names, and the ledger says that it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault_app.vault import durable, ledger
from vault_app.vault.driver import Connection, Database, close_cleanly, durably
from vault_app.vault.keys import Key
from vault_app.vault.ledger import Op


@dataclass(frozen=True)
class Step:
    """One change of the schema. ``to``: the version that it leads to; ``change`` runs inside a transaction."""

    to: int
    change: Callable[[Connection], None]


STEPS: tuple[Step, ...] = ()
"""All steps, in order. No schema before 1 was ever released."""


def version(connection: Connection) -> int:
    """The version of a database's schema."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def backup_of(database: Path) -> Path:
    """Where the database lies as it was before a migration, until the next clean close."""
    return database.with_name(database.name + ".before")


def migrate(database: Database, connection: Connection, ledger_key: Key, steps: Sequence[Step]) -> bool:
    """Take the steps that this database has not taken; False when there are none. Raises OSError, DatabaseError.

    Killed at any moment, the database has whole steps only, and the next opening takes the others.
    """
    pending = [step for step in steps if step.to > version(connection)]
    if not pending:
        return False
    _back_up(database, connection)
    for step in pending:
        before = version(connection)
        with durably(connection):
            step.change(connection)
            connection.execute(f"PRAGMA user_version={int(step.to)}")
            ledger.append(connection, ledger_key, Op.MIGRATION, {"from": before, "to": step.to})
    return True


def _back_up(database: Database, connection: Connection) -> None:
    """Copy the database under the same key. One that stands already is of an attempt before, and nearer the origin."""
    final = backup_of(database.path)
    if final.exists():
        return
    growing = final.with_name(final.name + ".tmp")
    growing.unlink(missing_ok=True)
    copy = Database(growing, database.key, database.salt).create()
    try:
        connection.backup(copy)
    finally:
        close_cleanly(copy)
    with growing.open("rb+") as file:
        durable.sync_file(file.fileno())
    durable.rename(growing, final)
