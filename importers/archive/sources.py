"""Where an archive's packed bytes come from: a file, a piece of a file, or memory."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Protocol

from importers.archive.parts import FilePart, FolderPart

HELD = 64 << 20
"""Bytes of inner archives that are held in memory at one time."""


class Source(Protocol):
    """Packed bytes that can be opened as often as needed."""

    @property
    def name(self) -> str:
        """File name, for display and to tell documents from archives."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    def open(self) -> IO[bytes]:
        """A stream from the first byte; the reader closes it. Seekable, except for ``Streamed``."""
        ...


class Window(io.RawIOBase):
    """A piece of a stream that others read as well: it has a position of its own, and closing it closes nothing."""

    def __init__(self, stream: IO[bytes], start: int, size: int) -> None:
        super().__init__()
        self._stream, self._start, self._size = stream, start, size
        self._at = 0

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
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Bytes from the position on; fewer only at the end."""
        left = max(0, self._size - self._at)
        wanted = left if size < 0 else min(size, left)
        if not wanted:
            return b""
        self._stream.seek(self._start + self._at)
        data = self._stream.read(wanted)
        self._at += len(data)
        return data

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 at the end."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _OwningWindow(Window):
    """A window that closes its stream."""

    def close(self) -> None:
        self._stream.close()
        super().close()


class FileSource:
    """A file that stays open for the whole run."""

    def __init__(self, part: FilePart) -> None:
        self.name, self.size = part.name, part.size
        self._stream = part.stream

    def open(self) -> IO[bytes]:
        """See ``Source``."""
        return Window(self._stream, 0, self.size)  # type: ignore[return-value]


class FolderFile:
    """A file of a folder, opened on demand."""

    def __init__(self, part: FolderPart, index: int) -> None:
        self.name, self.size = part.entries[index]
        self._part, self._index = part, index

    def open(self) -> IO[bytes]:
        """See ``Source``."""
        return self._part.open(self._index)


class Slice:
    """A piece of another source: an inner archive that is stored as it is."""

    def __init__(self, name: str, outer: Source, start: int, size: int) -> None:
        self.name, self.size = name, size
        self._outer, self._start = outer, start

    def open(self) -> IO[bytes]:
        """See ``Source``."""
        return _OwningWindow(self._outer.open(), self._start, self.size)  # type: ignore[return-value]


class Shelf:
    """Inner archives in memory: those that were used last, together ``HELD`` bytes at most."""

    def __init__(self) -> None:
        self._books: OrderedDict[object, bytes] = OrderedDict()

    def get(self, key: object, load: Callable[[], bytes]) -> bytes:
        """The bytes under this key; loaded when they are not at hand."""
        if key in self._books:
            self._books.move_to_end(key)
            return self._books[key]
        data = load()
        self._books[key] = data
        while len(self._books) > 1 and sum(map(len, self._books.values())) > HELD:
            self._books.popitem(last=False)
        return data


@dataclass(frozen=True)
class HeldSource:
    """An inner archive that was unpacked into memory, and is unpacked again when it had to make room."""

    name: str
    size: int
    shelf: Shelf
    load: Callable[[], bytes]

    def open(self) -> IO[bytes]:
        """See ``Source``. Raises ArchiveError when it cannot be unpacked."""
        return io.BytesIO(self.shelf.get(self, self.load))

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@dataclass(frozen=True)
class Streamed:
    """An inner archive that is too large for memory and is unpacked as it is read; not seekable."""

    name: str
    size: int
    start: Callable[[], IO[bytes]]

    def open(self) -> IO[bytes]:
        """See ``Source``."""
        return self.start()
