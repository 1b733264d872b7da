"""Archives inside archives, one level deep: their members stand in the view under the inner archive's own path."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, NamedTuple

from importers.archive.budget import Budget, Meter
from importers.archive.content import Content, Found
from importers.archive.errors import ArchiveError, BudgetExceeded, DamagedMember
from importers.archive.notes import Notes
from importers.archive.opening import names_an_archive, opened
from importers.archive.sources import HELD, HeldSource, Shelf, Source, Streamed

DEPTH = 2
"""How many archives may lie inside each other; deeper ones are members, and not opened."""

_PIECE = 1 << 20


class Place(NamedTuple):
    """A member and the part that opens it."""

    content: Content
    found: Found


class Nesting:
    """Lists the members of a part and of the archives inside it."""

    def __init__(self, budget: Budget, notes: Notes) -> None:
        self._budget, self._notes = budget, notes
        self._shelf = Shelf()

    def members(self, content: Content, prefix: str, depth: int) -> Iterator[Place]:
        """The members of a part; those of an inner archive in its place. ``depth``: 1 for an archive that lies in none.

        An inner archive that cannot be opened is a member like any other, and a notice says why.
        """
        for found in content.members():
            path = prefix + found.path
            here = found._replace(path=path) if prefix else found
            inner: list[Place] = []
            if names_an_archive(path):
                if depth >= DEPTH:
                    self._notes.add("nested-too-deep", path)
                else:
                    inner = self._inner(content, here, depth)
            if inner:
                yield from _shared(inner, found.share)
            else:
                yield Place(content, here)

    def _inner(self, content: Content, found: Found, depth: int) -> list[Place]:
        """The members of an inner archive; none when it is to be kept whole."""
        before = self._notes.count
        try:
            source = self._source(content, found)
            part = None if source is None else opened(source, self._budget, self._notes, found.path + "/")
            return [] if part is None else list(self.members(part, found.path + "/", depth + 1))
        except BudgetExceeded:
            raise
        except ArchiveError as error:
            self._notes.back_to(before)
            self._notes.add("nested-damaged", found.path, error.reason)
            return []

    def _source(self, content: Content, found: Found) -> Source | None:
        """Where the inner archive's bytes come from: its place in the outer one, memory, or a stream for a tgz."""
        name = found.path
        piece = content.piece(found.ref)
        if piece is not None:
            return _Named(name, piece)
        watch = _Counting(Meter(self._budget))
        start = partial(content.open, found.ref, watch)
        if 0 <= found.size <= HELD:
            return HeldSource(name, found.size, self._shelf, lambda: _all(start, HELD))
        if name.lower().endswith((".zip", ".tar")):
            self._notes.add("nested-too-large", name)
            return None
        return Streamed(name, max(0, found.size), lambda: io.BufferedReader(start(), 1 << 16))


class _Named:
    """A source under the name of the member that it is."""

    def __init__(self, name: str, source: Source) -> None:
        self.name, self.size = name, source.size
        self._source = source

    def open(self) -> IO[bytes]:
        return self._source.open()


class _Counting:
    """Watches the packed bytes of an inner archive: they count against the budget, and are no progress."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def unpacked(self, position: int) -> None:
        self._meter.reached(position)

    def progress(self, done: int, whole: int) -> None:
        """Progress is told by the inner members."""

    def odd(self, what: str) -> None:
        """Told when the member itself is opened."""


def _all(start: Callable[[], io.RawIOBase], limit: int) -> bytes:
    pieces: list[bytes] = []
    with start() as stream:
        while data := stream.read(_PIECE):
            pieces.append(data)
            limit -= len(data)
            if limit < 0:
                raise DamagedMember("member-too-large")
    return b"".join(pieces)


def _shared(inner: list[Place], share: int) -> Iterator[Place]:
    """The share of the inner archive in the outer one, divided among its members."""
    whole = sum(place.found.share for place in inner) or 1
    for place in inner:
        yield place._replace(found=place.found._replace(share=place.found.share * share // whole))
