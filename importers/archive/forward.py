"""A packed stream read forward, with places to come back to: what makes a tgz readable without starting over."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import IO, Protocol

from importers.archive import unpack
from importers.archive.budget import Meter
from importers.archive.errors import DamagedMember
from importers.archive.sources import Source

_CHUNK = 1 << 16
_SKIP = 1 << 18
_MARKS = 128
"""Places to come back to, at equal distances; about 80 KiB each."""

_NEAREST = 4 << 20
"""Packed bytes between two of them, at least."""


class Tape(Protocol):
    """Bytes to read forward from any position; going back may be slow."""

    @property
    def at(self) -> int:
        """The position."""
        ...

    @property
    def packed(self) -> int:
        """Bytes of the file that have been taken to get to the position."""
        ...

    def seek(self, position: int) -> None:
        """Go to a position. Raises DamagedMember when the stream does not get that far."""
        ...

    def read(self, most: int) -> bytes:
        """At most this many bytes; b"" at the end. Raises DamagedMember."""
        ...

    def remember(self) -> None:
        """Make coming back to this position cheap, until another one is remembered."""
        ...


class PlainTape:
    """A file that is not packed."""

    def __init__(self, source: Source, meter: Meter) -> None:
        self._stream = source.open()
        self._meter = meter
        self.at = 0

    @property
    def packed(self) -> int:
        """See ``Tape``."""
        return self.at

    def seek(self, position: int) -> None:
        """See ``Tape``."""
        self.at = position

    def read(self, most: int) -> bytes:
        """See ``Tape``."""
        self._stream.seek(self.at)
        data = self._stream.read(most)
        self.at += len(data)
        if data:
            self._meter.reached(self.at)
        return data

    def remember(self) -> None:
        """See ``Tape``: nothing to do."""

    def __del__(self) -> None:
        self._stream.close()


@dataclass(frozen=True)
class _Mark:
    """A place to come back to. ``at``: unpacked position; ``taken``: packed bytes that the decoder has had."""

    at: int
    taken: int
    decoder: unpack.Deflate


class PackedTape:
    """A packed file, of one packed stream or several behind each other.

    ``make`` gives a new decoder, ``magic`` are the first bytes of each packed stream. ``trailing``: whether bytes that
    are no packed stream stand behind the last one.
    """

    def __init__(self, source: Source, make: unpack.Maker, magic: bytes, meter: Meter) -> None:
        self._stream: IO[bytes] | None = None
        self._source, self._make, self._magic, self._meter = source, make, magic, meter
        self._marks: list[_Mark] = []
        self._here: _Mark | None = None
        self.at = 0
        self._apart = max(_NEAREST, source.size // _MARKS)
        self.trailing = False
        self._start()

    @property
    def packed(self) -> int:
        """See ``Tape``."""
        return self._taken

    def seek(self, position: int) -> None:
        """See ``Tape``."""
        best = self._nearest(position)
        if position < self.at or (best is not None and best.at > self.at):
            self._go_to(best)
        while self.at < position:
            if not self.read(min(_SKIP, position - self.at)):
                raise DamagedMember("member-cut")

    def remember(self) -> None:
        """See ``Tape``."""
        self._here = self._mark()

    def read(self, most: int) -> bytes:
        """See ``Tape``."""
        idle = 0
        while idle < 3:
            if self._decoder.done and not self._next_stream():
                return b""
            packed = self._take() if self._decoder.hungry else b""
            try:
                data = self._decoder.unpack(packed, most)
            except unpack.BROKEN as error:
                raise DamagedMember("member-damaged", "packing") from error
            except MemoryError as error:
                raise DamagedMember("member-damaged", "memory") from error
            if data:
                self.at += len(data)
                self._meter.reached(self.at)
                return data
            idle = 0 if packed or self._decoder.done else idle + 1
        raise DamagedMember("member-cut")

    def __del__(self) -> None:
        if self._stream is not None:  # the file of a folder stays open as long as its tape
            self._stream.close()

    def _start(self) -> None:
        if self._stream is not None:
            self._stream.close()
        self._stream = self._source.open()
        self._decoder = self._make()
        self._ahead = b""
        self.at, self._taken = 0, 0

    def _nearest(self, position: int) -> _Mark | None:
        """The last place before a position that one can come back to."""
        marks = [*self._marks, self._here] if self._here else self._marks
        return max((mark for mark in marks if mark.at <= position), key=lambda mark: mark.at, default=None)

    def _go_to(self, mark: _Mark | None) -> None:
        """To a place that was remembered, or to the start."""
        if mark is None or self._stream is None:
            self._start()
            return
        self._stream.seek(mark.taken)
        self.at, self._taken, self._ahead = mark.at, mark.taken, b""
        self._decoder = mark.decoder.copy()

    def _take(self) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead, b""
            return data
        if self._stream is None:
            return b""
        last = self._marks[-1].taken if self._marks else 0
        if self._taken - last >= self._apart:
            mark = self._mark()
            if mark is not None:
                bisect.insort(self._marks, mark, key=lambda mark: mark.taken)
        data = self._stream.read(_CHUNK)
        self._taken += len(data)
        return data

    def _mark(self) -> _Mark | None:
        """The place where the tape is, when one can come back to it."""
        if not isinstance(self._decoder, unpack.Deflate) or self._ahead or self._decoder.done:
            return None
        if self._stream is None or not self._stream.seekable():
            return None
        return _Mark(self.at, self._taken, self._decoder.copy())

    def _next_stream(self) -> bool:
        """Begin the next packed stream, when there is one; zeros behind the last one are padding."""
        rest = self._decoder.rest + self._ahead
        self._ahead = b""
        while not (rest := rest.lstrip(b"\0")):
            rest = self._take()
            if not rest:
                return False
        while len(rest) < len(self._magic) and (more := self._take()):
            rest += more
        if not rest.startswith(self._magic):
            self.trailing = True
            return False
        self._decoder, self._ahead = self._make(), rest
        return True
