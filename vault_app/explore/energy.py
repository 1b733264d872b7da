"""Energy over time from whatever was measured: mean power of half-hours, energy of days, each moment counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Times = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

HOUR_US = 3_600_000_000


@dataclass(frozen=True, eq=False)
class Slices:
    """Measured stretches of time: columns ``start``, ``end`` (us, UTC; start < end) and ``kwh`` used in between."""

    start: Times
    end: Times
    kwh: Floats

    def __len__(self) -> int:
        return len(self.start)

    def take(self, rows: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Slices:
        """These rows, in this order."""
        return Slices(self.start[rows], self.end[rows], self.kwh[rows])

    def sorted(self) -> Slices:
        """By start."""
        return self.take(np.argsort(self.start, kind="stable"))


NONE = Slices(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float64))


def of_power(start: Times, end: Times, watts: Floats) -> Slices:
    """Mean power over [start, end): kWh = W x hours / 1000. Rows without a value or a length are left out."""
    known = ~np.isnan(watts) & (end > start)
    start, end, watts = start[known], end[known], watts[known]
    return Slices(start, end, watts * ((end - start) / HOUR_US) / 1000)


def of_energy(start: Times, end: Times, watt_hours: Floats) -> Slices:
    """Energy in Wh used over [start, end)."""
    known = ~np.isnan(watt_hours) & (end > start)
    return Slices(start[known], end[known], watt_hours[known] / 1000)


def joined(parts: Iterable[Slices]) -> Slices:
    """All rows of all parts."""
    given = list(parts) or [NONE]
    return Slices(*(np.concatenate([getattr(part, name) for part in given]) for name in ("start", "end", "kwh")))


def disjoint(slices: Slices) -> Slices:
    """The same time and energy without overlaps, by start: where two say something about one moment, the shorter one,
    that is the finer measurement, is believed; of the longer one the rest counts, with the energy that is left.
    """
    ordered = slices.sorted()
    if bool(np.all(ordered.start[1:] >= ordered.end[:-1])):
        return ordered
    length = slices.end - slices.start
    kept = NONE
    for step in np.unique(length).tolist():
        layer = _alone(slices.take(length == step).sorted())
        known = Meter(kept)
        covered = known.time(layer.end) - known.time(layer.start)
        clear = covered == 0
        rest = [_rest(layer, row, kept, known) for row in np.flatnonzero(~clear & (covered < step)).tolist()]
        kept = joined([kept, layer.take(clear), *rest]).sorted()
    return kept


class Meter:
    """Running totals over disjoint slices: energy used and time measured up to any moment."""

    def __init__(self, slices: Slices) -> None:
        self._moments = np.column_stack([slices.start, slices.end]).reshape(-1)
        self._kwh = _running(slices.kwh)
        self._time = _running(slices.end - slices.start)

    def energy(self, moments: Times) -> Floats:
        """KWh used up to each moment (us, UTC); even within a slice."""
        return self._at(moments, self._kwh)

    def time(self, moments: Times) -> Times:
        """Measured microseconds up to each moment."""
        return np.rint(self._at(moments, self._time)).astype(np.int64)

    def _at(self, moments: Times, running: Floats) -> Floats:
        if not len(self._moments):
            return np.zeros(len(moments))
        origin = self._moments[0]
        found: Floats = np.interp(
            (moments - origin).astype(np.float64), (self._moments - origin).astype(np.float64), running
        )
        return found


def used(meters: Sequence[Meter], start: Times, end: Times) -> tuple[Floats, Floats]:
    """KWh of each stretch, of all meters together, NaN where none measured; and the share that was measured, 0 to 1:
    with several meters, that of the one which measured most."""
    kwh = np.zeros(len(start))
    share = np.zeros(len(start))
    for meter in meters:
        kwh += meter.energy(end) - meter.energy(start)
        share = np.maximum(share, (meter.time(end) - meter.time(start)) / np.maximum(end - start, 1))
    return np.where(share > 0, kwh, np.nan), np.minimum(share, 1.0)


def _alone(layer: Slices) -> Slices:
    """Of slices of one length that overlap each other, the earlier ones."""
    if bool(np.all(layer.start[1:] >= layer.end[:-1])):
        return layer
    keep, last = [], -(1 << 62)
    for row, (start, end) in enumerate(zip(layer.start.tolist(), layer.end.tolist(), strict=True)):
        if start >= last:
            keep.append(row)
            last = end
    return layer.take(np.array(keep, np.intp))


def _rest(layer: Slices, row: int, kept: Slices, known: Meter) -> Slices:
    """The stretches of one slice that nothing finer covers, with the energy that the finer ones leave."""
    whole = layer.take(np.array([row]))
    low, high = int(whole.start[0]), int(whole.end[0])
    within = kept.take((kept.end > low) & (kept.start < high))
    starts = np.maximum(np.append(low, within.end), low)
    ends = np.minimum(np.append(within.start, high), high)
    free = ends > starts
    starts, ends = starts[free], ends[free]
    left = max(0.0, float((whole.kwh - (known.energy(whole.end) - known.energy(whole.start)))[0]))
    return Slices(starts, ends, left * (ends - starts) / max(int((ends - starts).sum()), 1))


def _running(steps: npt.NDArray[np.int64] | Floats) -> Floats:
    """Totals at the start and the end of each slice."""
    total = np.concatenate([[0.0], np.cumsum(steps, dtype=np.float64)])
    return np.column_stack([total[:-1], total[1:]]).reshape(-1)
