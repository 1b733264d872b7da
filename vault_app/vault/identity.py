"""Which facts the vault has already, without an index over hashes.

The identity of an item is 12 bytes of a digest: 8 are its key, 4 its check. Dated items are in the block of their
month, items whose key is the service's own id (their time may change) and undated items in 64 blocks each. A block is
one or more parts, each sorted and of at most ``PART`` identities: new ones go to the last part while it is small and
else begin another, so that the tenth import does not write the first nine anew.

``KnownItems`` keeps the blocks that an import touches at hand and writes the changed parts when it is told to.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vault_app.vault.driver import Connection

STABLE = 10_000_000
UNDATED = 20_000_000
PART = 8192
"""Identities in a part: 64 KiB of keys."""

SMALL = PART // 4
"""A part that was written and holds more is left as it is."""

_PARTS = np.uint64(63)
_HELD = 1_500_000
"""Identities kept at hand between commits, about 30 MB."""

Ids = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Checks = npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Part:
    """Identities, sorted by key and check, and the item of each."""

    keys: Keys
    checks: Checks
    ids: Ids

    def __len__(self) -> int:
        return len(self.keys)

    def find(self, keys: Keys, checks: Checks, found: Ids) -> None:
        """Put the id of each identity that is here into ``found``."""
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        for row in np.flatnonzero(self.keys[at] == keys).tolist():
            place = int(at[row])
            while place < len(self.keys) and self.keys[place] == keys[row]:
                if self.checks[place] == checks[row]:
                    found[row] = self.ids[place]
                    break
                place += 1

    def with_more(self, keys: Keys, checks: Checks, ids: Ids) -> Part:
        """The part with more identities."""
        every = np.concatenate([self.keys, keys])
        marks = np.concatenate([self.checks, checks])
        order = np.lexsort((marks, every))
        return Part(every[order], marks[order], np.concatenate([self.ids, ids])[order])

    def take(self, kept: npt.NDArray[np.bool_]) -> Part:
        """The part with these rows only."""
        return Part(self.keys[kept], self.checks[kept], self.ids[kept])


_NONE = Part(np.empty(0, np.uint64), np.empty(0, np.uint32), np.empty(0, np.int64))


@dataclass(eq=False)
class _Block:
    """The parts of a block by their numbers in the table, and which of them are not written yet."""

    parts: dict[int, Part] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)

    def find(self, keys: Keys, checks: Checks) -> Ids:
        """The id for each identity, 0 where it is not known (0 is no item's id: days begin at n = 1)."""
        found = np.zeros(len(keys), np.int64)
        for part in self.parts.values():
            part.find(keys, checks, found)
        return found

    def add(self, number: int, keys: Keys, checks: Checks, ids: Ids) -> None:
        """Take more identities into the last part; into new ones when it is full, or was written and is not small."""
        last = max(self.parts, default=number << 12)
        if last not in self.changed and len(self.parts.get(last, _NONE)) > SMALL:
            last += 1
        every = self.parts.get(last, _NONE).with_more(keys, checks, ids)
        for at in range(0, len(every), PART):
            self.parts[last] = every if len(every) <= PART else every.take(_span(len(every), at))
            self.changed.add(last)
            last += 1


class KnownItems:
    """The identities that one import asks for. ``flush`` before every commit; ``drop`` after a rollback."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._blocks: dict[int, _Block] = {}

    def find(self, block: int, keys: Keys, checks: Checks) -> Ids:
        """The item of each identity in a block, 0 where there is none."""
        return self._block(block).find(keys, checks)

    def add(self, block: int, keys: Keys, checks: Checks, ids: Ids) -> None:
        """New identities of a block."""
        self._block(block).add(block, keys, checks, ids)

    def flush(self) -> None:
        """Write what changed, inside the caller's transaction."""
        changed = [(at, block.parts[at]) for block in self._blocks.values() for at in sorted(block.changed)]
        _store(self._connection, changed)
        for block in self._blocks.values():
            block.changed = set()
        if sum(len(part) for block in self._blocks.values() for part in block.parts.values()) > _HELD:
            self._blocks = {}

    def drop(self) -> None:
        """Forget what was not written."""
        self._blocks = {}

    def _block(self, number: int) -> _Block:
        if number not in self._blocks:
            first = number << 12
            rows = self._connection.execute(
                "SELECT id, keys, checks, ids FROM key_block WHERE id BETWEEN ? AND ?", (first, first + 4095)
            )
            self._blocks[number] = _Block({at: _part(*blobs) for at, *blobs in rows})
        return self._blocks[number]


def block_numbers(start: Ids, dated: npt.NDArray[np.bool_], stable: npt.NDArray[np.uint8], keys: Keys) -> Ids:
    """The block of each identity."""
    part = (keys & _PARTS).astype(np.int64)
    return np.where(stable != 0, STABLE + part, np.where(dated, _months(start, dated), UNDATED + part)).astype(np.int64)


def forget(connection: Connection, ids: Ids) -> None:
    """Take the identities of these items out of their blocks.

    The day in an id tells the block of most. Items of days below -1,000,000 (undated, or of a day that was full) can
    be in any block, and so can items whose key is the service's own.
    """
    days = ids >> 20
    told = days > -1_000_000
    months = set(_months(days * 86_400_000_000, told)[told].tolist())
    anywhere = not bool(told.all())
    changed: list[tuple[int, Part]] = []
    for (at,) in connection.execute("SELECT id FROM key_block").fetchall():
        if not anywhere and at >> 12 < STABLE and at >> 12 not in months:
            continue
        row = connection.execute("SELECT keys, checks, ids FROM key_block WHERE id = ?", (at,)).fetchone()
        part = _part(*row)
        kept = ~_inside(part.ids, ids)
        if not kept.all():
            changed.append((at, part.take(kept)))
        if len(changed) > 64:
            _store(connection, changed)
            changed = []
    _store(connection, changed)


def _store(connection: Connection, parts: list[tuple[int, Part]]) -> None:
    """Write parts back; empty ones go."""
    connection.executemany("DELETE FROM key_block WHERE id = ?", [(at,) for at, part in parts if not len(part)])
    connection.executemany(
        "INSERT OR REPLACE INTO key_block (id, keys, checks, ids) VALUES (?, ?, ?, ?)",
        [
            (at, bytearray(part.keys.tobytes()), bytearray(part.checks.tobytes()), bytearray(part.ids.tobytes()))
            for at, part in parts
            if len(part)
        ],
    )


def _part(keys: bytes, checks: bytes, ids: bytes) -> Part:
    return Part(np.frombuffer(keys, np.uint64), np.frombuffer(checks, np.uint32), np.frombuffer(ids, np.int64))


def _months(start: Ids, dated: npt.NDArray[np.bool_]) -> Ids:
    """Months since 1970; 0 where there is no time."""
    months: Ids = np.where(dated, start, 0).astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    return months


def _inside(some: Ids, ordered: Ids) -> npt.NDArray[np.bool_]:
    """Which of some ids occur among ordered ones."""
    if not len(ordered):
        return np.zeros(len(some), np.bool_)
    found: npt.NDArray[np.bool_] = ordered[np.minimum(np.searchsorted(ordered, some), len(ordered) - 1)] == some
    return found


def _span(length: int, at: int) -> npt.NDArray[np.bool_]:
    kept = np.zeros(length, np.bool_)
    kept[at : at + PART] = True
    return kept
