"""The step of a load curve whose file does not state it, told from the stamps around each point.

A point is the mean over one step. The step changes within a file (30 to 60 minutes and back), and points are missing:
a distance of an hour between half-hour points is a hole, not a step, unless the points after it keep that distance.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

MINUTE = 60_000_000
"""Microseconds."""

STEPS = frozenset(minutes * MINUTE for minutes in (5, 10, 15, 30, 60))
"""Usual steps, microseconds."""

_AHEAD = 3
_BUSINESS = 10 * MINUTE


class Point(NamedTuple):
    """A stamp (us), the number as text or None, the stamp's offset in minutes, the source's mark or None."""

    stamp: int
    value: str | None
    offset: int
    quality: str | None = None


class Slot(NamedTuple):
    """[start, end) in us and the point that measured it."""

    start: int
    end: int
    point: Point


class Steps:
    """Turns points, in the order of the file, into slots. ``stated``: the step that the file states, us, else None.

    Homes' points are stamped at the end of the step; business meters, known by their step of 10 minutes, at its start.
    """

    def __init__(self, stated: int | None = None) -> None:
        self._stated = stated
        self._waiting: deque[Point] = deque()
        self._before: int | None = None
        self._step: int | None = stated
        self._from_start = False

    def add(self, point: Point) -> Iterator[Slot]:
        """Take a point; gives the slots that are clear by now."""
        self._waiting.append(point)
        if len(self._waiting) > _AHEAD:
            yield self._first()

    def rest(self) -> Iterator[Slot]:
        """The slots that are left at the end."""
        while self._waiting:
            yield self._first()

    def _first(self) -> Slot:
        point = self._waiting[0]
        step = self._stated or self._told(point.stamp)
        if self._before is None:
            self._from_start = step == _BUSINESS
        self._step = step
        self._before = point.stamp
        self._waiting.popleft()
        start = point.stamp if self._from_start else point.stamp - step
        return Slot(start, start + step, point)

    def _told(self, stamp: int) -> int:
        stamps = [point.stamp for point in self._waiting]
        after = [abs(second - first) for first, second in pairwise(stamps) if first != second]
        if self._before is None or self._step is None:
            return min((distance for distance in after if distance in STEPS), default=30 * MINUTE)
        distance = abs(stamp - self._before)
        if distance == self._step or distance not in STEPS:
            return self._step
        if distance < self._step or (after and min(after) >= distance):
            return distance
        return self._step
