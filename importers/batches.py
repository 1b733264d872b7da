"""Records as columns: what travels from the child to the writer and into the vault. Ground floor.

All arrays of a batch have one length; rows are sorted by time, undated rows last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from importers.records import NO_TIME, Handle, Role

__all__ = ["NO_OFFSET", "NO_TIME", "ItemBatch", "PartyBatch"]

NO_OFFSET = np.iinfo(np.int16).min
"""Stands in the offset column where the archive does not say."""


@dataclass(frozen=True, eq=False)
class ItemBatch:
    """Items of one source as columns.

    ``kind``, ``precision``: codes, the places in ``KINDS`` and ``PRECISIONS``. ``start``, ``end``: us or NO_TIME.
    ``offset``: minutes or NO_OFFSET. ``lat``, ``lon``: degrees or NaN. ``key``, ``check``: the first 8 and the next
    4 bytes of the identity's digest. ``stable``: 1 when the key is the service's own id. ``member``: place of the
    member in the import's list. ``details``: JSON text, '' for none. ``files``: numbers of files sent before.
    """

    kind: npt.NDArray[np.uint8]
    precision: npt.NDArray[np.uint8]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    offset: npt.NDArray[np.int16]
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    key: npt.NDArray[np.uint64]
    check: npt.NDArray[np.uint32]
    stable: npt.NDArray[np.uint8]
    member: npt.NDArray[np.uint32]
    title: list[str]
    text: list[str]
    amount: list[str]
    currency: list[str]
    details: list[str]
    parties: list[tuple[Role, ...]]
    files: list[tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.kind)


@dataclass(frozen=True, eq=False)
class PartyBatch:
    """Parties of one source as columns; ``key`` and ``check`` as in ``ItemBatch``."""

    key: npt.NDArray[np.uint64]
    check: npt.NDArray[np.uint32]
    member: npt.NDArray[np.uint32]
    name: list[str]
    type: list[str]
    handles: list[tuple[Handle, ...]]
    details: list[str]
    files: list[tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.key)
