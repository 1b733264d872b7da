"""Points of one shape, read without the XML parser: tracks of watches repeat one shape a hundred thousand times.

A point is cut at its quotes and brackets: every second piece is a name, the others are values. A row of names that is
met first is parsed by the XML parser, which says which value belongs to which field, and becomes a pattern that reads
all points of this shape that follow. A point with any character out of the ordinary is left to the parser; a property
test compares both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from importers.formats.xml_characters import CleanPieces
from importers.formats.xml_stream import (
    Damage,
    Element,
    ElementParser,
    Event,
    XmlError,
    without_doctype,
)
from importers.gpx.mending import MendingParser
from importers.gpx.positions import Point, point

_POINT = b"<trkpt"
_BLOCK = 1 << 20
_LONGEST = 4096
_SHAPES = 200
_WAIT = 1 << 16
_LEAST = 1000
_SPACE = " \t\r\n"
_NO_MARKS = bytes(byte for byte in range(256) if byte not in b'<>"')
_VALUE = rb"([ !#-%'-;=?-~]{0,2000}+)"
"""A value: printable ASCII without quotes, brackets and ampersands."""

_BLANK_BYTE = ord(" ")
"""The only one of ``_SPACE`` that a value may hold."""

_BLANK = rb"[ \t\r\n]*+"

Bounds: TypeAlias = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


@dataclass(frozen=True, eq=False)
class Shape:
    """Which value of a point is which.

    ``fields``: name and place of all but ``lat`` and ``lon``; ``stated``: places of attributes, whose outer spaces
    count. Places are those among the values that ``each`` finds in a point; ``run`` matches points in a row. ``marks``:
    quotes and brackets of a point; ``behind``: for each place the number of the one that its value stands behind.
    """

    lat: int
    lon: int
    fields: tuple[tuple[str, int], ...]
    stated: frozenset[int]
    each: re.Pattern[bytes]
    run: re.Pattern[bytes]
    marks: int
    behind: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class PointRun:
    """Points of one shape that follow each other in a block."""

    shape: Shape
    block: bytes
    at: int
    end: int

    def __len__(self) -> int:
        return self.block.count(_POINT, self.at, self.end)

    @cached_property
    def _marks(self) -> npt.NDArray[np.int64]:
        """Where the quotes and brackets stand, one row for each point."""
        cells = np.frombuffer(self.block, np.uint8)[self.at : self.end]
        marks = np.flatnonzero((cells == ord('"')) | (cells == ord("<")) | (cells == ord(">"))) + self.at
        return marks.astype(np.int64, copy=False).reshape(-1, self.shape.marks)

    def bounds(self, place: int) -> Bounds:
        """Where one value of every point begins and ends in the block."""
        behind = self.shape.behind[place]
        starts, ends = self._marks[:, behind] + 1, self._marks[:, behind + 1].copy()
        if place not in self.shape.stated:
            cells = np.frombuffer(self.block, np.uint8)
            while (blank := (starts < ends) & (cells[starts] == _BLANK_BYTE)).any():
                starts += blank
            while (blank := (starts < ends) & (cells[ends - 1] == _BLANK_BYTE)).any():
                ends -= blank
        return starts, ends

    def texts(self, place: int) -> list[str]:
        """One value of every point."""
        starts, ends = self.bounds(place)
        return [self.block[at:end].decode() for at, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    def points(self) -> Iterator[Point]:
        """The points one by one."""
        shape = self.shape
        for values in shape.each.findall(self.block, self.at, self.end):
            texts = [value.decode() for value in values]
            kept = [text if place in shape.stated else text.strip(_SPACE) for place, text in enumerate(texts)]
            yield Point(kept[shape.lat], kept[shape.lon], {name: kept[place] for name, place in shape.fields})


def point_events(pieces: Iterable[bytes]) -> Iterator[Event | PointRun]:
    """A GPX file as the events of ``importers.gpx.mending.mended_events``, with runs in place of usual points."""
    clean = CleanPieces(pieces)
    reader = _Reader()
    told = False
    try:
        for block in _blocks(without_doctype(clean)):
            yield from reader.block(block)
            if clean.repaired_at is not None and not told:
                told = True
                yield Damage("xml-characters", clean.repaired_at)
        yield from reader.close()
    except XmlError as error:
        yield Damage(error.reason, error.byte)


class _Reader:
    """Feeds the parser with everything but usual points."""

    def __init__(self) -> None:
        self._parser = MendingParser()
        self._shapes: dict[tuple[str, ...], Shape | None] = {}
        self._shape: Shape | None = None
        self._inside = False
        self._wait = 0
        self._pending = b""
        self._at = 0

    def block(self, block: bytes) -> Iterator[Event | PointRun]:
        at = _next(block, 0)
        self._pending += block[:at]
        while at < len(block):
            if len(self._pending) > self._wait:
                yield from self._feed()
            after = _next(block, at + len(_POINT))
            if self._inside and not self._pending:
                end = self._usual(block, at, after)
                if self._shape is not None and end > at:
                    yield PointRun(self._shape, block, at, end)
                    self._at += end - at
                    at, after = end, _next(block, end)
            self._pending += block[at:after]
            at = after
        if len(self._pending) > _BLOCK:
            yield from self._pass()

    def close(self) -> Iterator[Event]:
        yield from self._pass()
        yield from self._parser.close()

    def _pass(self) -> Iterator[Event]:
        data, self._pending = self._pending, b""
        at, self._at = self._at, self._at + len(data)
        self._inside = False
        yield from self._parser.feed(data, at)

    def _feed(self) -> Iterator[Event]:
        yield from self._pass()
        yield from self._parser.look()
        self._inside = self._parser.between and self._parser.container == "trkseg"
        self._wait = max(_WAIT, 2 * self._wait) if self._parser.waiting else 0

    def _usual(self, block: bytes, at: int, after: int) -> int:
        """Where the points end that stand here and have one shape, which then is ``_shape``; ``at`` when none has."""
        end = _end(self._shape, block, at)
        if end > at:
            return end
        piece = block[at + len(_POINT) : after]
        if len(piece) > _LONGEST or not piece.isascii():
            return at
        names = (piece.translate(None, _NO_MARKS).decode(), *_cut(piece.decode())[::2])
        if names not in self._shapes:
            if len(self._shapes) >= _SHAPES:
                return at
            self._shapes[names] = _shape(piece.decode())
        found = self._shapes[names]
        end = _end(found, block, at)
        if end > at:
            self._shape = found
        return end


def _end(shape: Shape | None, block: bytes, at: int) -> int:
    found = shape.run.match(block, at) if shape is not None else None
    return at if found is None else found.end()


def _next(block: bytes, at: int) -> int:
    """Where the next point begins, or the end of the block."""
    found = block.find(_POINT, at)
    return len(block) if found < 0 else found


def _cut(piece: str) -> list[str]:
    """A point in its names and, at every second place, its values."""
    return piece.replace("<", '"').replace(">", '"').split('"')


def _shape(piece: str) -> Shape | None:
    """What the parser says of a point whose values are replaced by their numbers."""
    cut = _cut(piece)
    marked = _POINT.decode()
    blank = []
    at = 0
    for number, part in enumerate(cut):
        if number % 2 and part.strip(_SPACE):
            marked += str(_LEAST + number // 2)
        else:
            marked += part
            if number % 2:
                blank.append(number // 2)
        at += len(part)
        marked += piece[at : at + 1]
        at += 1
    parser = ElementParser(frozenset())
    try:
        events = parser.feed(marked.encode())
        events += parser.close()
    except XmlError:
        return None
    if len(events) != 1 or not isinstance(events[0], Element) or events[0].name != "trkpt":
        return None
    stated = frozenset(number // 2 for number, part in enumerate(cut) if part.endswith("=") and not number % 2)
    return _of_marks(events[0], piece, blank, stated)


def _of_marks(element: Element, piece: str, blank: list[int], stated: frozenset[int]) -> Shape | None:
    found = point(element)
    marks = {name: mark for name, mark in (("lat", found.lat), ("lon", found.lon), *found.fields.items()) if mark}
    if not all(mark.isdecimal() and len(mark) == len(str(_LEAST)) for mark in marks.values()):
        return None
    places = {name: int(mark) - _LEAST for name, mark in marks.items()}
    if sorted([*places.values(), *blank]) != list(range(len(_cut(piece)) // 2)) or not {"lat", "lon"} <= places.keys():
        return None
    if found.fields.keys() - places.keys():
        return None
    group = {place: number for number, place in enumerate(sorted(places.values()))}
    fields = tuple((name, group[place]) for name, place in places.items() if name not in {"lat", "lon"})
    one = _pattern(piece, frozenset(blank))
    count = len(_cut(piece))
    behind = tuple(2 * place + 1 for place in sorted(places.values()))
    if behind[-1] + 1 >= count:
        return None
    return Shape(
        group[places["lat"]],
        group[places["lon"]],
        fields,
        frozenset(group[place] for place in stated if place in group),
        re.compile(one),
        re.compile(b"(?:" + one.replace(_VALUE, _VALUE[1:-1]) + b")*"),  # not "*+": wrong before Python 3.11.5
        count,
        behind,
    )


def _pattern(piece: str, blank: frozenset[int]) -> bytes:
    """A pattern of points that differ from this one in their values only."""
    pattern, at = [_POINT], 0
    for number, part in enumerate(_cut(piece)):
        if number % 2:
            pattern.append(_BLANK if number // 2 in blank else _VALUE)
        else:
            pattern.append(re.escape(part.encode()))
        at += len(part)
        pattern.append(re.escape(piece[at : at + 1].encode()))
        at += 1
    return b"".join(pattern)


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks that end before a point, or with the file."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size < _BLOCK:
            continue
        data = b"".join(held)
        cut = data.rfind(_POINT)
        if cut <= 0:
            cut = len(data) if size > 4 * _BLOCK else 0
        if cut:
            yield data[:cut]
        held = [data[cut:]]
        size = len(held[0])
    yield b"".join(held)
