"""The load curve's block: ``Horodate;Valeur``, mean power in W, each stamp with its offset at the end of its step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from importers.enedis.curve import MINUTE, Point, Slot, Steps
from importers.formats.meter_slots import Slots, unread, value
from importers.formats.paris_clock import us
from importers.records import Notice, Record


class Curve:
    """The points of one meter and direction. ``minutes``: the step when the file states it, else None."""

    def __init__(
        self,
        prm: str,
        *,
        production: bool,
        constant: Mapping[str, str] | None = None,
        minutes: int | None = None,
    ) -> None:
        series = "electricity-production-power" if production else "electricity-power"
        self._slots = Slots(series, "W", prm, constant)
        self._steps = Steps(minutes * MINUTE if minutes else None)
        self._before: Point | None = None

    def titles(self, cells: list[str]) -> None:
        """The two titles are always the same."""

    def row(self, cells: list[str], line: int) -> Iterator[Record]:
        """Take a line. A stamp that is repeated with its value is one point; with another value the last one counts."""
        try:
            stamp, minutes = stamped(cells[0])
        except ValueError:
            yield from unread(f"line {line}", cells, "Horodate")
            return
        try:
            point = Point(stamp, value(cells[1] if len(cells) > 1 else ""), minutes)
        except ValueError:
            yield from unread(f"line {line}", cells, "Valeur")
            return
        yield from self.point(point, line)

    def point(self, point: Point, line: int) -> Iterator[Record]:
        """Take a point of a line."""
        if point == self._before:
            return
        if self._before is not None and point.stamp == self._before.stamp:
            yield Notice("energy-stamp-twice", f"line {line}", "Horodate")
        self._before = point
        yield from self._kept(self._steps.add(point))

    def rest(self) -> Iterator[Record]:
        """What is left at the end."""
        yield from self._kept(self._steps.rest())
        yield from self._slots.samples()

    def _kept(self, slots: Iterator[Slot]) -> Iterator[Record]:
        for slot in slots:
            self._slots.add(slot.start, slot.end, slot.point.value, slot.point.offset, slot.point.quality)
        yield from self._slots.full()


def stamped(text: str) -> tuple[int, int]:
    """Microseconds and minutes east of UTC of an ISO stamp with its offset. Raises ValueError."""
    stamp = datetime.fromisoformat(text)
    east = stamp.utcoffset()
    if east is None:
        raise ValueError("a stamp without an offset")
    return us(stamp), east // timedelta(minutes=1)
