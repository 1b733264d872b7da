"""Stamps in French civil time without an offset, told apart by their order.

In October the hour from 02:00 to 03:00 occurs twice: the first time it is summer time. In March it does not occur.
A library's default would put both hours of October on one; only the order in the file tells them apart.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_FIRST, _LAST = 1900, 2200


def us(stamp: datetime) -> int:
    """Microseconds since 1970, UTC, of a stamp with an offset. Raises ValueError for years without any meter."""
    if not _FIRST < stamp.year < _LAST:
        raise ValueError("no year of a measurement")
    return (stamp - _EPOCH) // _US


def offset(at: int) -> int:
    """Minutes east of UTC that French civil time has at a time in us."""
    local = (_EPOCH + timedelta(microseconds=at)).astimezone(PARIS)
    return (local.utcoffset() or timedelta()) // timedelta(minutes=1)


def day(of: date) -> tuple[int, int]:
    """First and last instant of a civil day, us; the last one is the first of the next day. Raises ValueError."""
    if not _FIRST < of.year < _LAST:
        raise ValueError("no year of a measurement")
    first = datetime.combine(of, time(), PARIS)
    return us(first), us(datetime.combine(of + timedelta(days=1), time(), PARIS))


class ParisClock:
    """Places local stamps of one series, given in the order of the file, oldest or newest first."""

    def __init__(self) -> None:
        self._day = 0
        self._midnight: int | None = None
        self._before: int | None = None
        self._local: datetime | None = None
        self._newest_first = False
        self._unclear = 0
        self._twice = False

    def at(self, local: datetime) -> int:
        """The time in us of a naive local stamp. Raises ValueError as ``us`` does."""
        number = local.toordinal()
        if number != self._day:
            if self._local is not None:
                self._newest_first = local < self._local
            self._day, self._midnight = number, _midnight(number)
        self._local = local
        if self._midnight is not None:
            seconds = (local.hour * 60 + local.minute) * 60 + local.second
            placed = self._midnight + seconds * 1_000_000 + local.microsecond
        else:
            summer, winter = (us(local.replace(tzinfo=PARIS, fold=fold)) for fold in (0, 1))
            placed = self._second(summer, winter) if winter > summer else summer
        self._before = placed
        return placed

    def _second(self, summer: int, winter: int) -> int:
        self._unclear += 1
        first, second = (winter, summer) if self._newest_first else (summer, winter)
        passed = self._before is not None and (self._before <= first if self._newest_first else self._before >= first)
        self._twice |= passed
        return second if passed else first

    def unclear(self) -> bool:
        """Whether an hour that occurs twice has been passed of which the file has only one. Asking forgets it."""
        found = self._unclear > 0 and not self._twice
        if self._local is not None and _is_double(self._local):
            return False
        self._unclear, self._twice = 0, False
        return found


@lru_cache(maxsize=4096)
def _midnight(number: int) -> int | None:
    """Where the civil day of a proleptic ordinal begins, us; None for one that has not 24 hours. Raises ValueError."""
    first, last = day(date.fromordinal(number))
    return first if last - first == 86_400_000_000 else None


def _is_double(local: datetime) -> bool:
    summer, winter = (us(local.replace(tzinfo=PARIS, fold=fold)) for fold in (0, 1))
    return winter > summer


def ends_after(start: int, local_start: datetime, local_end: datetime) -> int:
    """The end in us of a slot that begins at ``start`` and whose bounds are given as naive local stamps.

    Raises ValueError when the end is not after the start.
    """
    ends = [us(local_end.replace(tzinfo=PARIS, fold=fold)) for fold in (0, 1)]
    ends.append(start + (local_end - local_start) // _US)
    after = [end for end in ends if end > start]
    if not after:
        raise ValueError("a slot ends before it begins")
    return min(after)
