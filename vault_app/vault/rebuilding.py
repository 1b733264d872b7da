"""What follows from the rows that were saved: links, identities, counters, search, proofs, made anew or brought in
line.

All in the caller's transaction, on a connection that does not enforce references yet.
"""

from __future__ import annotations

import zlib
from typing import Final

import numpy as np
import numpy.typing as npt

from vault_app.vault import brought, completion, ledger
from vault_app.vault.chunk_store import mark_of
from vault_app.vault.driver import Connection
from vault_app.vault.identity import KnownItems
from vault_app.vault.keys import Key, canonical, tag

UNKNOWN_IDENTITY: Final = 30_000_000
"""The block of items whose identity was lost: they are kept, counted and undone, but not known again."""

_BATCH: Final = 10_000
_MODULUS: Final = 1 << 256

Ids = npt.NDArray[np.int64]

_MISSING = (
    """
    INSERT INTO source (id, name) SELECT DISTINCT source, 'source ' || source FROM item
    WHERE source NOT IN (SELECT id FROM source)
    """,
    """
    INSERT INTO import (id, state, source, name, size, digest, started)
    SELECT DISTINCT import, 'complete', '', '?', 0, '', 0 FROM item WHERE import NOT IN (SELECT id FROM import)
    """,
    """
    INSERT INTO series (id, source, name, unit, subject, exclusive)
    SELECT DISTINCT series, (SELECT min(id) FROM source), 'series ' || series, '', '', 0 FROM chunk
    WHERE series NOT IN (SELECT id FROM series)
    """,
)
"""Rows that others point to and that were lost: what points to them must stay visible."""

_LOOSE = (
    "DELETE FROM party_import WHERE party NOT IN (SELECT id FROM party) OR import NOT IN (SELECT id FROM import)",
    "DELETE FROM member WHERE import NOT IN (SELECT id FROM import)",
    "DELETE FROM notice WHERE import NOT IN (SELECT id FROM import)",
    "DELETE FROM seen WHERE import NOT IN (SELECT id FROM import)",
    "DELETE FROM added WHERE item NOT IN (SELECT id FROM item) OR import NOT IN (SELECT id FROM import)",
    "DELETE FROM sampled WHERE import NOT IN (SELECT id FROM import) OR series NOT IN (SELECT id FROM series)",
    "UPDATE attachment SET item = NULL WHERE item NOT IN (SELECT id FROM item)",
    "UPDATE attachment SET party = NULL WHERE party NOT IN (SELECT id FROM party)",
)
"""Links to rows that were lost and that nobody would look at."""


def rebuild(connection: Connection, digest_key: Key) -> None:
    """Everything but packs and the ledger."""
    for statement in (*_MISSING, *_LOOSE):
        connection.execute(statement)
    ids = _item_ids(connection)
    _brought(connection)
    _seen(connection, ids)
    _actors(connection)
    _identities(connection, ids)
    _days(connection)
    _series(connection, digest_key)
    for (number,) in connection.execute("SELECT id FROM import WHERE state = 'complete'").fetchall():
        _, digest = completion.show(connection, digest_key, number)
        connection.execute("UPDATE import SET content = ? WHERE id = ?", (bytearray(digest), number))


def chain(connection: Connection, key: Key) -> bool:
    """Chain the lines of the ledger anew, without gaps, when some are lost; returns whether that was needed."""
    if ledger.verify(connection, key).broken is None:
        return False
    lines = connection.execute("SELECT time, op, detail FROM ledger ORDER BY n").fetchall()
    connection.execute("DELETE FROM ledger")
    previous = ledger.START.mac
    for n, (when, op, detail) in enumerate(lines, 1):
        previous = tag(key, previous, canonical([n, when, op, detail]))
        connection.execute(
            "INSERT INTO ledger (n, time, op, detail, mac) VALUES (?, ?, ?, ?, ?)",
            (n, when, op, detail, bytearray(previous)),
        )
    return True


def _item_ids(connection: Connection) -> Ids:
    return np.fromiter((row[0] for row in connection.execute("SELECT id FROM item ORDER BY id")), np.int64)


def _brought(connection: Connection) -> None:
    """What each import brought is what its items say."""
    pairs = connection.execute("SELECT DISTINCT import, source FROM item ORDER BY 1, 2").fetchall()
    highest = dict(connection.execute("SELECT import, max(seq) FROM seen GROUP BY 1").fetchall())
    for number, source in pairs:
        rows = connection.execute(
            "SELECT id, kind FROM item WHERE import = ? AND source = ? ORDER BY id", (number, source)
        )
        while batch := rows.fetchmany(_BATCH):
            highest[number] = highest.get(number, 0) + 1
            ids = np.array([row[0] for row in batch], np.int64)
            kinds = np.array([row[1] for row in batch], np.uint8)
            brought.keep(connection, number, highest[number], source, ids, kinds)


def _seen(connection: Connection, ids: Ids) -> None:
    """Imports have nothing too that is not there."""
    for row, data, packed in connection.execute("SELECT rowid, ids, members FROM seen").fetchall():
        theirs, members = brought.unpacked(data), np.frombuffer(zlib.decompress(packed), np.uint32)
        there = np.isin(theirs, ids)
        if there.all():
            continue
        connection.execute(
            "UPDATE seen SET ids = ?, members = ? WHERE rowid = ?",
            (brought.packed(theirs[there]), bytearray(zlib.compress(members[there].tobytes(), 1)), row),
        )


def _actors(connection: Connection) -> None:
    known = {row[0] for row in connection.execute("SELECT id FROM actor")}
    lost: set[int] = set()
    rows = connection.execute("SELECT id, parties FROM item WHERE parties <> ''")
    while batch := rows.fetchmany(_BATCH):
        pairs = {(int(pair.rpartition(":")[2]), item) for item, parties in batch for pair in parties.split(",")}
        connection.executemany("INSERT OR IGNORE INTO item_actor (actor, item) VALUES (?, ?)", sorted(pairs))
        lost |= {actor for actor, _ in pairs} - known
    connection.executemany(
        "INSERT INTO actor (id, name, type, value) VALUES (?, '?', 'id', ?)",
        [(actor, str(actor)) for actor in sorted(lost)],
    )


def _identities(connection: Connection, ids: Ids) -> None:
    """Lost items are not known any more, so that the next import brings them back; each item has one identity."""
    have = np.zeros(len(ids), np.bool_)
    for (at,) in connection.execute("SELECT id FROM key_block").fetchall():
        keys, checks, items = (
            np.frombuffer(blob, kind)
            for blob, kind in zip(
                connection.execute("SELECT keys, checks, ids FROM key_block WHERE id = ?", (at,)).fetchone(),
                (np.uint64, np.uint32, np.int64),
                strict=True,
            )
        )
        kept = np.isin(items, ids)
        have |= np.isin(ids, items)
        if kept.all():
            continue
        connection.execute("DELETE FROM key_block WHERE id = ?", (at,))
        if kept.any():
            blobs = [bytearray(column[kept].tobytes()) for column in (keys, checks, items)]
            connection.execute("INSERT INTO key_block (id, keys, checks, ids) VALUES (?, ?, ?, ?)", (at, *blobs))
    unknown = ids[~have]
    if len(unknown):
        known = KnownItems(connection)
        known.add(UNKNOWN_IDENTITY, unknown.astype(np.uint64), np.zeros(len(unknown), np.uint32), unknown)
        known.flush()


def _days(connection: Connection) -> None:
    connection.execute(
        "INSERT INTO day_count (day, n) SELECT id >> 20, max(id & 1048575) FROM item GROUP BY 1"
        " ON CONFLICT (day) DO UPDATE SET n = max(n, excluded.n)"
    )


def _series(connection: Connection, key: Key) -> None:
    """The mark of each chunk that is there, and their sum."""
    sums: dict[int, int] = {}
    for (chunk,) in connection.execute("SELECT id FROM chunk").fetchall():
        row = connection.execute(
            "SELECT series, t0, t1, n, least, most, total, content, imports, data FROM chunk WHERE id = ?", (chunk,)
        ).fetchone()
        mark = mark_of(key, tuple(row))
        connection.execute("UPDATE chunk SET mark = ? WHERE id = ?", (bytearray(mark), chunk))
        sums[row[0]] = sums.get(row[0], 0) + int.from_bytes(mark)
    connection.execute("UPDATE series SET digest = zeroblob(32)")
    connection.executemany(
        "UPDATE series SET digest = ? WHERE id = ?",
        [(bytearray((total % _MODULUS).to_bytes(32)), series) for series, total in sums.items()],
    )
