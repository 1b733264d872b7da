"""An archive of whose members only the beginning is read: enough for an importer to show what it would find there."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import IO

from importers.archive.errors import DamagedMember
from importers.archive.member import ViewMember
from importers.archive.view import View

WHOLE = 1 << 20
"""Bytes of the largest member that is handed out whole to an importer that cannot do with a beginning."""

_BUFFER = 1 << 16
_FIRST = 64


class Beginnings:
    """See ``importers.contract.Archive``: the members of a view, each ending after ``window`` bytes or in time.

    What importers remember of the archive is remembered here, and not in the view. ``cut``: whether anything was asked
    for that was not handed out, since it was last set to False.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._made: dict[int, Beginning] = {}
        self._members: tuple[Beginning, ...] | None = None
        self._memo: dict[str, object] = {}
        self.window = 0
        self.until = math.inf
        self.cut = False

    @property
    def name(self) -> str:
        """File name of the first part."""
        return self._view.name

    @property
    def members(self) -> tuple[Beginning, ...]:
        """All members in the archive's order."""
        if self._members is None:
            self._members = tuple(map(self.of, self._view.members))
        return self._members

    def find(self, *patterns: str) -> tuple[Beginning, ...]:
        """Members whose path matches one of the patterns."""
        return tuple(map(self.of, self._view.find(*patterns)))

    def memo(self, key: str, make: Callable[[], object]) -> object:
        """Made once for each key, kept as long as this."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    def of(self, member: ViewMember) -> Beginning:
        """The beginning of a member of the view; the same one every time."""
        made = self._made.get(id(member))
        if made is None:
            made = self._made[id(member)] = Beginning(self, member)
        return made

    @contextmanager
    def looking(self, window: int, until: float, last: float) -> Iterator[None]:
        """While it lasts, members have so many bytes, and end early at the time ``until`` (of ``time.process_time``).

        At the time ``last`` unpacking ends altogether: going to a place far inside a packed archive takes time too.
        """
        self.window, self.until, self.cut = window, until, False
        self._view.budget.until = last
        try:
            yield
        finally:
            self._view.budget.until = math.inf


class Beginning:
    """See ``importers.contract.Member``. ``size`` is that of the whole member.

    ``taken``: how many bytes were read. ``first``: the very first of them.
    """

    __slots__ = ("_member", "archive", "first", "taken")

    def __init__(self, archive: Beginnings, member: ViewMember) -> None:
        self.archive, self._member = archive, member
        self.taken = 0
        self.first = b""

    @property
    def path(self) -> str:
        """Name inside the archive."""
        return self._member.path

    @property
    def size(self) -> int:
        """Declared bytes of the whole member; -1 when unknown."""
        return self._member.size

    def open(self) -> IO[bytes]:
        """The first bytes. Raises DamagedMember, also when no time is left."""
        if process_time() > self.archive.until:
            self.archive.cut = True
            raise DamagedMember("member-cut", "time")
        return io.BufferedReader(_Beginning(self), _BUFFER)

    def pieces(self) -> Iterator[bytes]:
        """The first bytes in blocks."""
        with self.open() as stream:
            while piece := stream.read(_BUFFER):
                yield piece

    def read(self, limit: int) -> bytes:
        """All bytes of a member of ``WHOLE`` bytes at most; half of what is asked for whole would mislead."""
        if not 0 <= self.size <= WHOLE:
            self.archive.cut = True
            raise DamagedMember("member-too-large")
        self.archive.window = max(self.archive.window, self.size + 1)
        data = b"".join(self.pieces())
        if len(data) > limit:
            raise DamagedMember("member-too-large")
        return data

    def opened(self) -> IO[bytes]:
        """The member's own stream."""
        return self._member.open()


class _Beginning(io.RawIOBase):
    """The bytes of a member up to the window's end; one byte more is asked for to know whether it has more."""

    def __init__(self, member: Beginning) -> None:
        super().__init__()
        self._member, self._stream = member, member.opened()
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        archive = self._member.archive
        left = archive.window - self._given
        if process_time() > archive.until:
            archive.cut = True
            return 0
        if left <= 0:
            archive.cut = archive.cut or bool(self._stream.read(1))
            return 0
        data = self._stream.read(min(left, len(buffer)))
        if not self._given:
            self._member.first = data[:_FIRST]
        self._given += len(data)
        self._member.taken = max(self._member.taken, self._given)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
