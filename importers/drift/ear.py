"""Some of the bytes of a member, taken while they pass: its beginning, a window now and then, its end."""

from __future__ import annotations

HEAD = 128 << 10
"""Bytes of the beginning."""

WINDOW = 32 << 10
"""Bytes of each later window, and of the end."""

FIRST = 1 << 20
"""Where the first later window begins; each next one at twice the place."""


class Ear:
    """Takes the bytes of one member in order. A member that is opened again begins anew, and what was heard stays."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._windows: dict[int, bytearray] = {}
        self._end = bytearray()
        self._at = 0
        self._longest = 0

    def begin(self) -> None:
        """The member is opened: its first byte is next."""
        self._at = 0

    def take(self, block: memoryview) -> None:
        """The next bytes."""
        at, end = self._at, self._at + len(block)
        self._at = end
        if at <= len(self._head) < min(end, HEAD):
            self._head += block[len(self._head) - at : HEAD - at]
        if end <= self._longest:
            return
        self._end += block[max(self._longest - at, 0) :][-WINDOW:]
        del self._end[:-WINDOW]
        self._longest = end
        place = FIRST
        while place < end:
            if place + WINDOW > at:
                self._fill(place, at, block)
            place *= 2

    @property
    def head(self) -> bytes:
        """The beginning: the whole member when it is not longer."""
        return bytes(self._head)

    @property
    def heard(self) -> bool:
        """Whether anything was heard."""
        return self._longest > 0

    @property
    def whole(self) -> bool:
        """Whether the beginning is all that was heard."""
        return self._longest <= len(self._head)

    @property
    def windows(self) -> tuple[bytes, ...]:
        """Later parts, in order; each begins and ends anywhere."""
        later = tuple(bytes(self._windows[place]) for place in sorted(self._windows))
        return later if self.whole else (*later, bytes(self._end))

    def _fill(self, place: int, at: int, block: memoryview) -> None:
        """Add what a block has of the window at a place."""
        window = self._windows.setdefault(place, bytearray())
        begin = max(place + len(window) - at, 0)
        if at + begin == place + len(window):
            window += block[begin : place + WINDOW - at]
