"""A ``gx:Track``: times in ``when``, positions in ``coord`` ("lon lat height"), the n-th time to the n-th position.

Some writers put all times first, others take turns; the counts may differ.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from typing import Any

from importers.formats.xml_stream import Element
from importers.gpx.positions import Point, PointTime, Positions, is_place, plain, point_time
from importers.records import Notice


class Track:
    """The track of one placemark while it is read; several parts are one track."""

    def __init__(self, positions: Positions, number: int) -> None:
        self._positions = positions
        self._number = number
        self._when: deque[str] = deque()
        self._coord: deque[str] = deque()
        self.segments = 0
        self.points = 0
        self.start: PointTime | None = None
        self.end: PointTime | None = None
        self.place: tuple[float, float] | None = None
        self.details: dict[str, Any] = {}
        self.digest = hashlib.blake2b(digest_size=12)

    def add(self, element: Element) -> Iterator[Notice]:
        """Take one element of a track."""
        if element.name == "when":
            self._when.append(element.text)
        elif element.name == "coord":
            self._coord.append(element.text)
        else:
            self.details.setdefault(element.name, []).append(plain(element))
        while self._when and self._coord:
            yield from self._point(self._when.popleft(), self._coord.popleft())

    def close(self) -> Iterator[Notice]:
        """The end of a part: what has no counterpart is told and kept."""
        left = [*self._when, *self._coord]
        if left:
            yield Notice("kml-unpaired", f"point {self.points + 1}", str(len(left)))
            self.details.setdefault("when", []).extend(self._when)
            self.details.setdefault("coord", []).extend(self._coord)
        self._when.clear()
        self._coord.clear()

    def _point(self, when: str, coord: str) -> Iterator[Notice]:
        self.points += 1
        self.digest.update(f"{when} {coord};".encode())
        parts, moment = coord.split(), point_time(when)
        placed = len(parts) >= 2 and is_place(parts[1], 90) and is_place(parts[0], 180)
        if not placed or moment is None:
            yield Notice("kml-point", f"point {self.points}")
            self.details.setdefault("points", []).append({"n": self.points, "when": when, "coord": coord})
            return
        fields = {"time": when}
        if len(parts) > 2:
            fields["ele"] = " ".join(parts[2:])
        self._positions.add(Point(parts[1], parts[0], fields), moment, self._number, self.segments)
        self.place = self.place or (float(parts[1]), float(parts[0]))
        self.start = moment if self.start is None or moment.us < self.start.us else self.start
        self.end = moment if self.end is None or moment.us > self.end.us else self.end
