"""Which facts the vault has already, without an index over hashes.

The identity of an item is 12 bytes of a digest: 8 are its key, 4 its check. The identities of one block lie sorted
in one row; a batch reads and writes each block that it touches once. Dated items are in the block of their month,
items whose key is the service's own id (their time may change) and undated items in 64 blocks each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vault_app.vault.driver import Connection

STABLE = 10_000_000
UNDATED = 20_000_000
_PARTS = np.uint64(63)

Ids = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Checks = npt.NDArray[np.uint32]


@dataclass
class Block:
    """The identities of one block, sorted by key and check."""

    keys: Keys
    checks: Checks
    ids: Ids

    def find(self, keys: Keys, checks: Checks) -> Ids:
        """The id for each identity, 0 where it is not known (0 is no item's id: days begin at n = 1)."""
        found = np.zeros(len(keys), np.int64)
        if not len(self.keys):
            return found
        at = np.searchsorted(self.keys, keys)
        inside = at < len(self.keys)
        same = np.zeros(len(keys), np.bool_)
        same[inside] = self.keys[at[inside]] == keys[inside]
        for row in np.flatnonzero(same).tolist():
            place = int(at[row])
            while place < len(self.keys) and self.keys[place] == keys[row]:
                if self.checks[place] == checks[row]:
                    found[row] = self.ids[place]
                    break
                place += 1
        return found

    def with_more(self, keys: Keys, checks: Checks, ids: Ids) -> Block:
        """The block with more identities."""
        every = np.concatenate([self.keys, keys])
        marks = np.concatenate([self.checks, checks])
        order = np.lexsort((marks, every))
        return Block(every[order], marks[order], np.concatenate([self.ids, ids])[order])

    def without(self, ids: Ids) -> Block:
        """The block without these items."""
        kept = ~np.isin(self.ids, ids)
        return Block(self.keys[kept], self.checks[kept], self.ids[kept])


def block_numbers(start: Ids, dated: npt.NDArray[np.bool_], stable: npt.NDArray[np.uint8], keys: Keys) -> Ids:
    """The block of each identity."""
    months: Ids = np.where(dated, start, 0).astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    part = (keys & _PARTS).astype(np.int64)
    return np.where(stable != 0, STABLE + part, np.where(dated, months, UNDATED + part)).astype(np.int64)


def load(connection: Connection, number: int) -> Block:
    """A block; empty when there is none."""
    row = connection.execute("SELECT keys, checks, ids FROM key_block WHERE block = ?", (number,)).fetchone()
    if row is None:
        return Block(np.empty(0, np.uint64), np.empty(0, np.uint32), np.empty(0, np.int64))
    return Block(np.frombuffer(row[0], np.uint64), np.frombuffer(row[1], np.uint32), np.frombuffer(row[2], np.int64))


def store(connection: Connection, number: int, block: Block) -> None:
    """Write a block back; an empty one goes."""
    if not len(block.keys):
        connection.execute("DELETE FROM key_block WHERE block = ?", (number,))
        return
    connection.execute(
        "INSERT OR REPLACE INTO key_block (block, keys, checks, ids) VALUES (?, ?, ?, ?)",
        (number, bytearray(block.keys.tobytes()), bytearray(block.checks.tobytes()), bytearray(block.ids.tobytes())),
    )


def forget(connection: Connection, ids: Ids) -> None:
    """Take the identities of these items out of their blocks."""
    days = (ids >> 20).astype("datetime64[D]")
    months = set(days.astype("datetime64[M]").astype(np.int64).tolist())
    rows = connection.execute("SELECT block FROM key_block").fetchall()
    for (number,) in rows:
        if number >= STABLE or number in months:
            block = load(connection, number)
            store(connection, number, block.without(ids))
