"""A member of a view, and its stream."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any

from importers.archive.budget import Meter
from importers.archive.content import Content
from importers.archive.errors import ArchiveError, DamagedMember
from importers.records import Notice

if TYPE_CHECKING:
    from importers.archive.view import View

PIECE = 1 << 20
_BUFFER = 1 << 16
_NOTHING: frozenset[str] = frozenset()  # shared: there may be a million members


class ViewMember:
    """A member of a view; see ``importers.contract.Member``.

    ``share``: bytes of the archive that it stands for, of ``View.bytes_total``.
    """

    __slots__ = ("_content", "_meter", "_odd", "_ref", "_seen", "archive", "path", "share", "size")

    def __init__(self, archive: View, path: str, size: int, share: int, content: Content, ref: Any) -> None:
        self.archive, self.path, self.size, self.share = archive, path, size, share
        self._content, self._ref = content, ref
        self._seen = 0
        self._meter: Meter | None = None
        self._odd = _NOTHING

    @property
    def oddities(self) -> tuple[Notice, ...]:
        """Notices about the way in which the member is built; known once it has been opened."""
        return tuple(Notice("member-odd", what=what) for what in sorted(self._odd))

    def open(self) -> IO[bytes]:
        """The bytes as a stream. Raises DamagedMember."""
        return _Stream(self._raw(), _BUFFER)

    def pieces(self) -> Iterator[bytes]:
        """The bytes in blocks of 1 MiB at most; of a damaged member all that can be read, then DamagedMember."""
        with self._raw() as stream:
            while piece := stream.read(PIECE):
                yield piece

    def read(self, limit: int) -> bytes:
        """All bytes; raises DamagedMember when there are more than ``limit``."""
        if self.size > limit:
            raise DamagedMember("member-too-large")
        pieces: list[bytes] = []
        left = limit
        for piece in self.pieces():
            pieces.append(piece)
            left -= len(piece)
            if left < 0:
                raise DamagedMember("member-too-large")
        return b"".join(pieces)

    def unpacked(self, position: int) -> None:
        """See ``Watch``."""
        if self._meter is None:
            self._meter = Meter(self.archive.budget)
        self._meter.reached(position)

    def progress(self, done: int, whole: int) -> None:
        """See ``Watch``. Reading a member again is no progress."""
        if self.archive.looking:
            return
        seen = min(self.share, self.share * done // whole) if whole else self.share
        if seen > self._seen:
            self.archive.bytes_done += seen - self._seen
            self._seen = seen

    def odd(self, what: str) -> None:
        """See ``Watch``."""
        self._odd |= {what}

    def _raw(self) -> io.RawIOBase:
        try:
            return _Guarded(self._content.open(self._ref, self), self.archive.listener(self))
        except (OSError, ValueError) as error:
            raise DamagedMember("member-damaged", type(error).__name__) from error


class _Guarded(io.RawIOBase):
    """Turns what the system says about a file into one class of error."""

    def __init__(self, stream: io.RawIOBase, listener: Callable[[memoryview], None] | None) -> None:
        super().__init__()
        self._stream, self._listener = stream, listener

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes | None:
        """Bytes as the stream below has them, not copied through a buffer."""
        try:
            data = self._stream.read(size)
        except (OSError, ValueError) as error:
            raise DamagedMember("member-damaged", type(error).__name__) from error
        if self._listener is not None and data:
            self._listener(memoryview(data))
        return data

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            count = self._stream.readinto(buffer) or 0
        except (OSError, ValueError) as error:
            raise DamagedMember("member-damaged", type(error).__name__) from error
        if self._listener is not None:
            self._listener(memoryview(buffer)[:count])
        return count

    def close(self) -> None:
        self._stream.close()
        super().close()


class _Stream(io.BufferedReader):
    """A buffered stream that hands out what stood before the damage, and raises at the next read.

    ``read()`` of everything raises at once: half of a whole is none.
    """

    _error: ArchiveError | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        if self._error is not None:
            raise self._error
        if size is None or size < 0:
            return super().read()
        pieces: list[bytes] = []
        while size:
            try:
                data = super().read1(size)
            except ArchiveError as error:
                if not pieces:
                    raise
                self._error = error
                break
            if not data:
                break
            pieces.append(data)
            size -= len(data)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)
