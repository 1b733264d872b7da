"""Which items an import brought, and which others brought that it has too: undo needs no index for that."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vault_app.vault.driver import Connection

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Brought:
    """Items in ascending order of their ids, and the kind (code) and source of each."""

    ids: Ids
    kinds: npt.NDArray[np.uint8]
    sources: Ids

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: npt.NDArray[np.bool_]) -> Brought:
        """Some of them."""
        return Brought(self.ids[rows], self.kinds[rows], self.sources[rows])

    def runs(self) -> Iterator[tuple[int, int]]:
        """First and last id of each stretch of ids without a gap."""
        if not len(self.ids):
            return
        ends = np.flatnonzero(np.diff(self.ids) != 1)
        firsts = self.ids[np.concatenate([[0], ends + 1])].tolist()
        lasts = self.ids[np.concatenate([ends, [len(self.ids) - 1]])].tolist()
        yield from zip(firsts, lasts, strict=True)

    def density(self) -> list[tuple[int, int, int, int]]:
        """Day, kind, source and number of the items of each such combination."""
        if not len(self.ids):
            return []
        rows = np.stack([self.ids >> 20, self.kinds.astype(np.int64), self.sources], axis=1)
        order = np.lexsort(rows.T[::-1])
        ordered = rows[order]
        first = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])
        places = np.flatnonzero(first)
        counts = np.diff(np.concatenate([places, [len(order)]]))
        return [
            (day, kind, source, n)
            for (day, kind, source), n in zip(ordered[places].tolist(), counts.tolist(), strict=True)
        ]


def keep(connection: Connection, import_id: int, seq: int, source: int, ids: Ids, kinds: npt.NDArray[np.uint8]) -> None:
    """Write down the items that one batch of one source brought."""
    order = np.argsort(ids)
    connection.execute(
        "INSERT INTO brought (import, seq, source, ids, kinds) VALUES (?, ?, ?, ?, ?)",
        (import_id, seq, source, packed(ids[order]), bytearray(zlib.compress(kinds[order].tobytes(), 1))),
    )


def keep_seen(connection: Connection, import_id: int, seq: int, ids: Ids, members: npt.NDArray[np.uint32]) -> None:
    """Write down the items of a batch that others had brought, and the member of this import in which each stands."""
    order = np.argsort(ids, kind="stable")
    connection.execute(
        "INSERT INTO seen (import, seq, ids, members) VALUES (?, ?, ?, ?)",
        (import_id, seq, packed(ids[order]), bytearray(zlib.compress(members[order].tobytes(), 1))),
    )


def of(connection: Connection, import_id: int) -> Brought:
    """What an import brought."""
    rows = connection.execute("SELECT source, ids, kinds FROM brought WHERE import = ?", (import_id,))
    parts = [(unpacked(ids), np.frombuffer(zlib.decompress(kinds), np.uint8), source) for source, ids, kinds in rows]
    if not parts:
        return Brought(np.empty(0, np.int64), np.empty(0, np.uint8), np.empty(0, np.int64))
    ids = np.concatenate([ids for ids, _, _ in parts])
    order = np.argsort(ids, kind="stable")
    return Brought(
        ids[order],
        np.concatenate([kinds for _, kinds, _ in parts])[order],
        np.concatenate([np.full(len(ids), source, np.int64) for ids, _, source in parts])[order],
    )


def pass_on(
    connection: Connection, import_id: int, inherit: Callable[[int, Ids], set[int]]
) -> tuple[Brought, set[int]]:
    """Give an import's items to the first other import that has them.

    ``inherit`` is called with each heir and its items; it returns the imports for which that changes something.
    Returns what nobody else has, and the imports that were given something.
    """
    mine = of(connection, import_id)
    heirs: set[int] = set()
    places = connection.execute(
        "SELECT import, seq FROM seen WHERE import <> ? ORDER BY import, seq", (import_id,)
    ).fetchall()
    for other, seq in places:
        if not len(mine):
            break
        data, members = connection.execute(
            "SELECT ids, members FROM seen WHERE import = ? AND seq = ?", (other, seq)
        ).fetchone()
        theirs, first = np.unique(unpacked(data), return_index=True)
        files = np.frombuffer(zlib.decompress(members), np.uint32)[first]
        at = np.minimum(np.searchsorted(theirs, mine.ids), len(theirs) - 1)
        shared = theirs[at] == mine.ids
        if not shared.any():
            continue
        passed = mine.take(shared)
        connection.executemany(
            "UPDATE item SET import = ?, member = ? WHERE id = ?",
            (
                (other, member, item)
                for item, member in zip(passed.ids.tolist(), files[at[shared]].tolist(), strict=True)
            ),
        )
        for source in np.unique(passed.sources).tolist():
            own = passed.sources == source
            keep(connection, other, _next(connection, other), source, passed.ids[own], passed.kinds[own])
        heirs |= {int(other)} | inherit(int(other), passed.ids)
        mine = mine.take(~shared)
    return mine, heirs


def packed(ids: Ids) -> bytearray:
    """Sorted ids as a small blob."""
    return bytearray(zlib.compress(np.diff(ids, prepend=np.int64(0)).tobytes(), 1))


def unpacked(data: bytes) -> Ids:
    """The ids of a blob, sorted."""
    return np.cumsum(np.frombuffer(zlib.decompress(data), np.int64))


def _next(connection: Connection, import_id: int) -> int:
    row = connection.execute(
        "SELECT max((SELECT coalesce(max(seq), 0) FROM brought WHERE import = ?1),"
        " (SELECT coalesce(max(seq), 0) FROM seen WHERE import = ?1)) + 1",
        (import_id,),
    ).fetchone()
    return int(row[0])
