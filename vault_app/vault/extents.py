"""Where an object lies in packs, and its plaintext from there, as a file.

A long range is read in two halves at once, each with a file of its own; see ``beside``.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from typing import IO, Self

from vault_app.vault import packs
from vault_app.vault.beside import WORTH, beside
from vault_app.vault.errors import DamagedVault
from vault_app.vault.packs import PIECE, SEALED, TAG, GrowingPack, PackFolder


@dataclass(frozen=True)
class Extent:
    """A part of an object: whole in one pack. ``offset``: bytes to its first piece; ``pieces``: how many follow."""

    pack: bytes
    offset: int
    pieces: int


@dataclass(frozen=True)
class ObjectRow:
    """One object. ``id``: keyed BLAKE2b-256 of the plaintext; ``key``: 32 bytes; ``length``: bytes of plaintext."""

    n: int
    id: bytes
    key: bytes
    length: int
    extents: tuple[Extent, ...]

    @property
    def pieces(self) -> int:
        """How many pieces it has; an empty object has one."""
        return max(1, -(-self.length // PIECE))


class ObjectReader(io.RawIOBase):
    """The plaintext of one object as a file. Only the pieces that are asked for are read and decrypted."""

    def __init__(self, folder: PackFolder, row: ObjectRow, growing: Mapping[bytes, GrowingPack]) -> None:
        super().__init__()
        self._length = row.length
        self._at = 0
        self._pieces = _Pieces(folder, row, growing)
        self._finished = not any(extent.pack in growing for extent in row.extents)

    def __enter__(self) -> Self:
        return self

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The position in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in bytes."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer as far as there is content; 0 at the end. Raises DamagedVault."""
        view = memoryview(buffer).cast("B")[: max(0, self._length - self._at)]
        if not self._length:
            self._pieces.plain(0)
        if len(view) >= WORTH and self._finished:
            self._halves(view)
        else:
            self._pieces.fill(view, self._at)
        self._at += len(view)
        return len(view)

    def readall(self) -> bytes:
        """All that follows, in memory that is taken once: pages that are new cost as much as decrypting into them."""
        whole, size = io.BytesIO(), max(0, self._length - self._at)
        if size:
            whole.seek(size - 1)
            whole.write(b"\0")
        with whole.getbuffer() as buffer:
            self.readinto(buffer)
        return whole.getvalue()

    def close(self) -> None:
        """Let go of the pack and of the plaintext."""
        self._pieces.close()
        super().close()

    def _halves(self, view: memoryview) -> None:
        middle = (self._at + len(view) // 2) // PIECE * PIECE
        first, second = view[: middle - self._at], view[middle - self._at :]
        with closing(self._pieces.again()) as others, beside(partial(others.fill, second, middle)):
            self._pieces.fill(first, self._at)


class _Pieces:
    """The pieces of one object, in any order; the last one and its pack stay at hand. For one thread."""

    def __init__(self, folder: PackFolder, row: ObjectRow, growing: Mapping[bytes, GrowingPack]) -> None:
        self._folder = folder
        self._row = row
        self._growing = growing
        self._open: tuple[bytes, IO[bytes]] | None = None
        self._piece = (-1, b"")

    def again(self) -> _Pieces:
        """The same, for another thread. Not of an object that is still being written."""
        return _Pieces(self._folder, self._row, {})

    def fill(self, view: memoryview, at: int) -> None:
        """Fill a view with the plaintext from a position, which is all there. Raises DamagedVault."""
        filled = 0
        while filled < len(view):
            number, start = divmod(at + filled, PIECE)
            part = self.plain(number)[start : start + len(view) - filled]
            view[filled : filled + len(part)] = part
            filled += len(part)

    def plain(self, number: int) -> bytes:
        """One piece. Raises DamagedVault."""
        if self._piece[0] != number:
            extent, offset = self._find(number)
            last = number == self._row.pieces - 1
            size = self._row.length - number * PIECE if last else PIECE
            sealed = self._sealed(extent.pack, offset, size + TAG)
            plain = packs.decrypt(sealed, self._row.key, number, extent.pack, offset, last=last)
            self._piece = (number, plain)
        return self._piece[1]

    def close(self) -> None:
        """Let go of the pack and of the plaintext."""
        if self._open is not None:
            self._open[1].close()
            self._open = None
        self._piece = (-1, b"")

    def _find(self, number: int) -> tuple[Extent, int]:
        passed = 0
        for extent in self._row.extents:
            if number < passed + extent.pieces:
                return extent, extent.offset + (number - passed) * SEALED
            passed += extent.pieces
        raise DamagedVault("attachment")

    def _sealed(self, pack: bytes, offset: int, size: int) -> bytes:
        if pack in self._growing:
            return self._growing[pack].read(offset, size)
        if self._open is None or self._open[0] != pack:
            if self._open is not None:
                self._open[1].close()
            self._open = (pack, self._folder.open(pack))
        file = self._open[1]
        file.seek(offset)
        return file.read(size)
