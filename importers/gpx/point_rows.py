"""Points of one shape, read without the XML parser: tracks of watches repeat one shape a hundred thousand times.

A point is cut at its quotes and brackets: every second piece is a name, the others are values. The names are looked
up; a row of names that is met first is parsed by the XML parser, which says which value belongs to which field. A
point with any character out of the ordinary is left to the parser; a property test compares both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, eq=False)
class Shape:
    """Which value of a point is which.

    ``fields``: name and place of all but ``lat`` and ``lon``; ``stated``: places of attributes, whose outer spaces
    count; ``full``: places of all fields; ``blank``: places that hold white space only.
    """

    lat: int
    lon: int
    fields: tuple[tuple[str, int], ...]
    stated: frozenset[int]
    full: tuple[int, ...]
    blank: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class PointRun:
    """Points of one shape that follow each other. ``values``: for each point all its values."""

    shape: Shape
    values: list[list[str]]

    def column(self, place: int) -> list[str]:
        """One value of every point."""
        if place in self.shape.stated:
            return [values[place] for values in self.values]
        return [values[place].strip(_SPACE) for values in self.values]

    def points(self) -> Iterator[Point]:
        """The points one by one."""
        shape = self.shape
        for values in self.values:
            texts = [text if at in shape.stated else text.strip(_SPACE) for at, text in enumerate(values)]
            yield Point(texts[shape.lat], texts[shape.lon], {name: texts[place] for name, place in shape.fields})


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
        self._inside = False
        self._wait = 0
        self._pending = b""
        self._at = 0

    def block(self, block: bytes) -> Iterator[Event | PointRun]:
        before, *points = block.split(_POINT)
        self._pending += before
        run: PointRun | None = None
        for piece in points:
            if len(self._pending) > self._wait:
                if run is not None:
                    yield run
                    run = None
                yield from self._feed()
            found = self._usual(piece) if self._inside and not self._pending else None
            if found is None:
                self._pending += _POINT + piece
                continue
            self._at += len(_POINT) + len(piece)
            shape, values = found
            if run is None or run.shape is not shape:
                if run is not None:
                    yield run
                run = PointRun(shape, [])
            run.values.append(values)
        if run is not None:
            yield run
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

    def _usual(self, piece: bytes) -> tuple[Shape, list[str]] | None:
        if len(piece) > _LONGEST or not piece.isascii():
            return None
        cut = piece.decode().replace("<", '"').replace(">", '"').split('"')
        names = (piece.translate(None, _NO_MARKS).decode(), *cut[::2])
        if names not in self._shapes:
            if len(self._shapes) >= _SHAPES:
                return None
            self._shapes[names] = _shape(piece.decode())
        shape = self._shapes[names]
        if shape is None:
            return None
        values = cut[1::2]
        if "".join([values[place] for place in shape.blank]).strip(_SPACE):
            return None
        if not "".join([values[place] for place in shape.full]).isprintable() or b"&" in piece:
            return None
        return shape, values


def _shape(piece: str) -> Shape | None:
    """What the parser says of a point whose values are replaced by their numbers."""
    cut = piece.replace("<", '"').replace(">", '"').split('"')
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
    return _of_marks(events[0], len(cut) // 2, blank, stated)


def _of_marks(element: Element, values: int, blank: list[int], stated: frozenset[int]) -> Shape | None:
    found = point(element)
    marks = {name: mark for name, mark in (("lat", found.lat), ("lon", found.lon), *found.fields.items()) if mark}
    if not all(mark.isdecimal() and len(mark) == len(str(_LEAST)) for mark in marks.values()):
        return None
    places = {name: int(mark) - _LEAST for name, mark in marks.items()}
    if sorted([*places.values(), *blank]) != list(range(values)) or not {"lat", "lon"} <= places.keys():
        return None
    if found.fields.keys() - places.keys():
        return None
    fields = tuple((name, place) for name, place in places.items() if name not in {"lat", "lon"})
    return Shape(places["lat"], places["lon"], fields, stated, tuple(places.values()), tuple(blank))


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
