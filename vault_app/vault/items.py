"""Writing items: known ones are found by identity, new ones get ids of their day."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from importers.batches import NO_OFFSET, NO_TIME, ItemBatch
from importers.records import Role
from vault_app.vault import identity
from vault_app.vault.driver import Connection

UNDATED_DAY = -1_000_000
"""Undated items have this day, and those below it when it is full."""

FULL_DAY = -2_000_000
"""Items of a day that is full have this day, and those below it; their time is in their columns."""

PER_DAY = (1 << 20) - 1
DAY_US = 86_400_000_000

Ids = npt.NDArray[np.int64]

_INSERT = """
INSERT INTO item (id, kind, source, import, member, start, "end", offset, precision, title, text, lat, lon,
                  amount, currency, details, parties)
VALUES (?, ?, ?, ?, ?, nullif(?, -9223372036854775808), nullif(?, -9223372036854775808), nullif(?, -32768), ?,
        ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, eq=False)
class Stored:
    """What became of a batch: the id of each row, and which rows are new."""

    ids: Ids
    new: npt.NDArray[np.bool_]


def insert(connection: Connection, import_id: int, source: int, batch: ItemBatch) -> Stored:
    """Store the new items of a batch, inside the caller's transaction. Rows with one identity are one item."""
    dated = batch.start != NO_TIME
    blocks = identity.block_numbers(batch.start, dated, batch.stable, batch.key)
    ids = np.zeros(len(batch), np.int64)
    new = np.zeros(len(batch), np.bool_)
    days = np.where(dated, batch.start // DAY_US, UNDATED_DAY).astype(np.int64)
    for number in np.unique(blocks).tolist():
        rows = np.flatnonzero(blocks == number)
        block = identity.load(connection, number)
        ids[rows] = block.find(batch.key[rows], batch.check[rows])
        unknown = rows[ids[rows] == 0]
        if not len(unknown):
            continue
        first, alike = _distinct(batch.key[unknown], batch.check[unknown])
        fresh = unknown[first]
        given = _give_ids(connection, days[fresh])
        new[fresh] = True
        ids[unknown] = given[alike]
        identity.store(connection, number, block.with_more(batch.key[fresh], batch.check[fresh], given))
    _write(connection, import_id, source, batch, ids, np.flatnonzero(new))
    return Stored(ids, new)


def packed(ids: Ids) -> bytearray:
    """Ids as a small blob, sorted."""
    return bytearray(zlib.compress(np.diff(np.sort(ids), prepend=np.int64(0)).tobytes(), 1))


def unpacked(data: bytes) -> Ids:
    """The ids of a blob, sorted."""
    return np.cumsum(np.frombuffer(zlib.decompress(data), np.int64))


def _distinct(keys: npt.NDArray[np.uint64], checks: npt.NDArray[np.uint32]) -> tuple[Ids, Ids]:
    """The first row of each identity, in row order, and for each row the place of its identity among them."""
    pairs = np.rec.fromarrays([keys, checks])
    _, first, inverse = np.unique(pairs, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    return first[order].astype(np.int64), place[inverse.reshape(-1)]


def _give_ids(connection: Connection, days: Ids) -> Ids:
    given = np.zeros(len(days), np.int64)
    for day in np.unique(days).tolist():
        rows = np.flatnonzero(days == day)
        place = day
        at = 0
        while at < len(rows):
            row = connection.execute("SELECT n FROM day_count WHERE day = ?", (place,)).fetchone()
            used = int(row[0]) if row else 0
            take = min(len(rows) - at, PER_DAY - used)
            if take > 0:
                given[rows[at : at + take]] = (place << 20) + np.arange(used + 1, used + take + 1)
                connection.execute("INSERT OR REPLACE INTO day_count (day, n) VALUES (?, ?)", (place, used + take))
                at += take
            place = FULL_DAY if place > UNDATED_DAY else place - 1
    return given


def _write(
    connection: Connection, import_id: int, source: int, batch: ItemBatch, ids: Ids, rows: npt.NDArray[np.intp]
) -> None:
    if not len(rows):
        return
    rows = rows[np.argsort(ids[rows], kind="stable")]
    order = rows.tolist()
    n = len(order)
    cast = _Cast(connection)
    parties = [cast.of(batch.parties[row]) for row in order]
    numbers = ids[rows].tolist()
    connection.executemany(
        _INSERT,
        zip(
            numbers,
            batch.kind[rows].tolist(),
            [source] * n,
            [import_id] * n,
            batch.member[rows].tolist(),
            batch.start[rows].tolist(),
            batch.end[rows].tolist(),
            batch.offset[rows].tolist(),
            batch.precision[rows].tolist(),
            _picked(batch.title, order),
            _picked(batch.text, order),
            batch.lat[rows].tolist(),
            batch.lon[rows].tolist(),
            _picked(batch.amount, order),
            _picked(batch.currency, order),
            _picked(batch.details, order),
            [",".join(f"{role}:{actor}" for role, actor in pairs) for pairs in parties],
            strict=True,
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO item_actor (actor, item) VALUES (?, ?)",
        sorted({(actor, item) for item, pairs in zip(numbers, parties, strict=True) for _, actor in pairs}),
    )


def _picked(values: Sequence[str], rows: Sequence[int]) -> list[str]:
    return [values[row] for row in rows]


class _Cast:
    """Numbers of actors, each looked up once a batch."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[Role, int] = {}

    def of(self, roles: tuple[Role, ...]) -> list[tuple[str, int]]:
        return [("".join(char for char in role.role if char not in ",:"), self._number(role)) for role in roles]

    def _number(self, role: Role) -> int:
        known = self._known.get(role)
        if known is None:
            handle = (role.handle.type, role.handle.value) if role.handle else ("", "")
            values = (role.name, *handle)
            self._connection.execute("INSERT OR IGNORE INTO actor (name, type, value) VALUES (?, ?, ?)", values)
            row = self._connection.execute(
                "SELECT id FROM actor WHERE name = ? AND type = ? AND value = ?", values
            ).fetchone()
            known = self._known[role] = int(row[0])
        return known


__all__ = ["DAY_US", "FULL_DAY", "NO_OFFSET", "UNDATED_DAY", "Stored", "insert", "packed", "unpacked"]
