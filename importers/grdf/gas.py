"""What a gas meter measured over periods: energy and volume, each a series of its own for each length of periods.

Days, weeks and months of one meter are the same gas: they stand in series of their own, so that nobody adds them up.
The gas day begins at 06:00 French civil time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from importers.formats import paris_clock
from importers.formats.meter_slots import Slots, value
from importers.formats.sniff import plain
from importers.records import Samples

_SIX = time(6, tzinfo=paris_clock.PARIS)
_METER = re.compile(r"(?:\d{14}|GI\d{6})\Z")

DAYS, WEEKS, MONTHS, BILLED = "", "-weekly", "-monthly", "-billed"
"""Endings of the names of series, by the length of their periods."""


def start_of(of: date) -> int:
    """First instant of a gas day, us. Raises ValueError for years without any meter."""
    return paris_clock.us(datetime.combine(of, _SIX))


def after(of: date) -> date:
    """The day after; raises OverflowError at the end of time."""
    return of + timedelta(days=1)


def meter(cell: object) -> str | None:
    """A PCE of 14 digits or ``GI`` and 6; a number has lost its leading zeros. '' when there is none, None when odd."""
    if isinstance(cell, float) and cell.is_integer():
        cell = str(int(cell)).zfill(14)
    text = str(cell if cell is not None else "").strip().strip("'\"")
    return text if not text or _METER.match(text) else None


def number(cell: object) -> str | None:
    """A measured number as text with a dot, to the letter; None where there is none. Raises ValueError."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    return value(repr(cell) if isinstance(cell, int | float) else str(cell))


def absent(qualification: str) -> bool:
    """Whether the distributor says that it has no data: the zeros beside it are none."""
    return plain(qualification).startswith("absence")


class Gas:
    """Energy in kWh (gross calorific value, as the distributor gives it) and volume in m3 of one meter."""

    def __init__(self, pce: str) -> None:
        self._pce = pce
        self._slots: dict[str, tuple[Slots, Slots]] = {}

    def add(
        self,
        length: str,
        bounds: tuple[int, int],
        energy: str | None,
        volume: str | None,
        quality: str,
        beside: tuple[Mapping[str, str], Mapping[str, str]],
    ) -> Iterator[Samples]:
        """One period. ``bounds``: [start, end) in us. ``beside``: other fields of the energy and of the volume."""
        if length not in self._slots:
            self._slots[length] = (
                Slots(f"gas-energy{length}", "kWh", self._pce),
                Slots(f"gas-volume{length}", "m3", self._pce),
            )
        offset = paris_clock.offset(bounds[0])
        missing = absent(quality)
        for slots, measured, others in zip(self._slots[length], (energy, volume), beside, strict=True):
            slots.add(*bounds, None if missing else measured, offset, quality or None, others)
            yield from slots.full()

    def rest(self) -> Iterator[Samples]:
        """What is left at the end."""
        for energy, volume in self._slots.values():
            yield from energy.samples()
            yield from volume.samples()
