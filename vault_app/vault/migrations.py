"""From the schema of an older version to today's: numbered steps, each one transaction, the database backed up first.

A step never changes once it was released. It leads to the version that it names, and the ledger says that it was done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vault_app.vault import acting, durable, ledger
from vault_app.vault.driver import Connection, Database, close_cleanly, durably
from vault_app.vault.keys import Key
from vault_app.vault.ledger import Op


@dataclass(frozen=True)
class Step:
    """One change of the schema. ``to``: the version that it leads to; ``change`` runs inside a transaction."""

    to: int
    change: Callable[[Connection], None]


_SECOND = (
    """
    CREATE TABLE IF NOT EXISTS recipe (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, kept INTEGER NOT NULL, text TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE acting (
        key TEXT NOT NULL, actor INTEGER NOT NULL, source INTEGER NOT NULL, n INTEGER NOT NULL, met INTEGER NOT NULL,
        PRIMARY KEY (key, actor, source)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX acting_actor ON acting(actor)",
    "CREATE TABLE card_key (party INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (party, key)) WITHOUT ROWID",
    "CREATE INDEX card_key_key ON card_key(key)",
    """
    CREATE TABLE same_party (
        id INTEGER PRIMARY KEY, one TEXT NOT NULL, other TEXT NOT NULL, same INTEGER NOT NULL, UNIQUE (one, other)
    )
    """,
    "CREATE INDEX same_party_other ON same_party(other)",
)


def _parties_across_sources(connection: Connection) -> None:
    """Version 2: recipes of the person's own, keys of parties, and what the person says of two of them."""
    for statement in _SECOND:
        connection.execute(statement)
    acting.make_anew(connection)


STEPS: tuple[Step, ...] = (Step(2, _parties_across_sources),)
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
