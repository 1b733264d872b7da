"""The moment when an import becomes visible, and its undoing: density, full text, identities."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from vault_app.vault import identity, items
from vault_app.vault.driver import Connection
from vault_app.vault.folding import fold

_TEXTS = """
SELECT item.id, title, text, (
    SELECT coalesce(group_concat(actor.name || ' ' || actor.value, ' '), '')
    FROM item_actor JOIN actor ON actor.id = item_actor.actor WHERE item_actor.item = item.id
), item.parties FROM fresh JOIN item USING (id) ORDER BY item.id
"""


def show(connection: Connection, import_id: int) -> None:
    """Fill density and full text with what an import brought, inside the caller's transaction."""
    _fresh(connection, _ids(connection, "brought", import_id))
    connection.execute(
        "INSERT INTO density (day, kind, source, n)"
        " SELECT item.id >> 20, kind, source, count(*) FROM fresh JOIN item USING (id) WHERE true GROUP BY 1, 2, 3"
        " ON CONFLICT DO UPDATE SET n = n + excluded.n"
    )
    connection.executemany(
        "INSERT INTO item_text (rowid, title, text, parties) VALUES (?, ?, ?, ?)", _texts(connection)
    )


def take_back(connection: Connection, import_id: int, *, visible: bool) -> None:
    """Delete the items that an import alone brought; those that another has too pass to it.

    ``visible``: whether density and full text hold them. Inside the caller's transaction.
    """
    ids = _ids(connection, "brought", import_id)
    ids = _passed_on(connection, import_id, ids)
    _fresh(connection, ids)
    if visible:
        gone = list(_texts(connection))
        connection.executemany(
            "INSERT INTO item_text (item_text, rowid, title, text, parties) VALUES ('delete', ?, ?, ?, ?)", gone
        )
        connection.execute(
            "INSERT INTO density (day, kind, source, n)"
            " SELECT item.id >> 20, kind, source, -count(*) FROM fresh JOIN item USING (id) WHERE true GROUP BY 1, 2, 3"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n"
        )
        connection.execute("DELETE FROM density WHERE n = 0")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS left_alone (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM left_alone")
    connection.execute(
        "INSERT OR IGNORE INTO left_alone SELECT actor FROM item_actor WHERE item IN (SELECT id FROM fresh)"
    )
    connection.execute("DELETE FROM item_actor WHERE item IN (SELECT id FROM fresh)")
    connection.execute("DELETE FROM item WHERE id IN (SELECT id FROM fresh)")
    connection.execute(
        "DELETE FROM actor WHERE id IN (SELECT id FROM left_alone)"
        " AND NOT EXISTS (SELECT 1 FROM item_actor WHERE actor = actor.id)"
    )
    connection.execute("DELETE FROM left_alone")
    if len(ids):
        identity.forget(connection, ids)


def packed_members(members: npt.NDArray[np.uint32]) -> bytearray:
    """Member numbers as a small blob."""
    return bytearray(zlib.compress(members.tobytes(), 1))


def _passed_on(connection: Connection, import_id: int, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give items to the first other import that has them; returns the ids that nobody else has."""
    others = connection.execute(
        "SELECT import, seq, ids, members FROM seen WHERE import <> ? ORDER BY import, seq", (import_id,)
    ).fetchall()
    for other, _seq, data, members in others:
        theirs = items.unpacked(data)
        files = np.frombuffer(zlib.decompress(members), np.uint32)
        shared = np.isin(theirs, ids)
        if not shared.any():
            continue
        passed = theirs[shared]
        connection.executemany(
            "UPDATE item SET import = ?, member = ? WHERE id = ?",
            ((other, member, number) for member, number in zip(files[shared].tolist(), passed.tolist(), strict=True)),
        )
        connection.execute(
            "INSERT INTO brought (import, seq, ids)"
            " SELECT ?, coalesce(max(seq), 0) + 1, ? FROM brought WHERE import = ?",
            (other, items.packed(np.unique(passed)), other),
        )
        ids = ids[~np.isin(ids, passed)]
    return ids


def _ids(connection: Connection, table: str, import_id: int) -> npt.NDArray[np.int64]:
    rows = connection.execute(f"SELECT ids FROM {table} WHERE import = ?", (import_id,))  # noqa: S608 - our own table
    parts = [items.unpacked(data) for (data,) in rows]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)


def _fresh(connection: Connection, ids: npt.NDArray[np.int64]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS fresh (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM fresh")
    connection.executemany("INSERT INTO fresh (id) VALUES (?)", ((number,) for number in ids.tolist()))


def _texts(connection: Connection) -> Iterator[tuple[int, str, str, str]]:
    for number, title, text, names, _parties in connection.execute(_TEXTS):
        yield number, fold(title), fold(text), fold(names)
