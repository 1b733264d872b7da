"""What every kind of part offers the view: its members, and a stream for each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from importers.archive.sources import Source


class Watch(Protocol):
    """What a stream tells while it is read."""

    def unpacked(self, position: int) -> None:
        """The member has been unpacked up to this byte. Raises BudgetExceeded."""
        ...

    def progress(self, done: int, whole: int) -> None:
        """So much of the member's share of the archive has been read."""
        ...

    def odd(self, what: str) -> None:
        """The member is built in an unusual way, and readable all the same."""
        ...


class Found(NamedTuple):
    """A member of a part. ``path``: cleaned; ``size``: declared bytes, -1 when unknown; ``share``: its bytes of the
    part, for progress; ``ref``: what the part opens it by; ``check``: CRC-32 of its bytes, None when unknown."""

    path: str
    size: int
    share: int
    ref: Any
    check: int | None = None


class Content(Protocol):
    """The members of one part."""

    def members(self) -> Iterator[Found]:
        """All members in the part's order. Raises RefusedArchive."""
        ...

    def open(self, ref: Any, watch: Watch) -> io.RawIOBase:
        """The bytes of a member; raises DamagedMember here or while reading."""
        ...

    def piece(self, ref: Any) -> Source | None:
        """The member as a piece of the part, when its bytes stand there unpacked; else None."""
        ...
