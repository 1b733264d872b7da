"""What the dates of a column mean: the whole column tells the layout, and a doubt that remains is told.

``12/03/2024`` alone may be a day in March or in December; a column that also has ``25/03/2024`` is day first. When
all texts of a column can be read in two ways the day-first reading stands first, and ``Understanding.others`` names
the other one: nobody chooses silently.

Dates without a time of day are whole days, placed at midnight UTC. Times without a zone are placed in a zone that the
caller gives; of a local time that occurs twice (clocks set back) the first one is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from importers.formats.date_words import DateParts, Named, Numeric, TimeOfDay, date_parts, split, time_of_day
from importers.records import Moment, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = 86_400_000_000
_EXCEL_START = -25_569
"""Day 0 of spreadsheets counted from 1970: 1899-12-30 (their 1900 has a 29 February, so days before it are off)."""


class Layout(StrEnum):
    """How a column writes its dates. Numbers since 1970 or 1900 are told by their size, within 1990-2100."""

    YEAR_FIRST = "year-first"
    """``2024-03-12``, ``2024/3/12``, ``20240312``, ``2024-03``; two-digit years never come first here."""
    DAY_FIRST = "day-first"
    """``12/03/2024``, ``12.3.24``, ``03/2024``."""
    MONTH_FIRST = "month-first"
    """``3/12/2024``, ``3/12/24``."""
    SHORT_YEAR_FIRST = "short-year-first"
    """``24/03/12``; thought of only when neither day nor month can stand first."""
    NAMED = "named"
    """A month in words, French or English: ``12 mars 2024``, ``March 12, 2024``, ``Tue, 12 Mar 2024``."""
    UNIX_SECONDS = "unix-seconds"
    UNIX_MILLISECONDS = "unix-milliseconds"
    UNIX_MICROSECONDS = "unix-microseconds"
    EXCEL_DAYS = "excel-days"
    """Days of a spreadsheet since 1899-12-30, with a fraction for the time of day, local."""


_COUNTED = {
    Layout.UNIX_SECONDS: (631_152_000, 4_102_444_800, 1_000_000),
    Layout.UNIX_MILLISECONDS: (631_152_000_000, 4_102_444_800_000, 1_000),
    Layout.UNIX_MICROSECONDS: (631_152_000_000_000, 4_102_444_800_000_000, 1),
    Layout.EXCEL_DAYS: (32_874, 73_051, _DAY),
}
"""For numbers: the lowest, the first one beyond (1990 and 2100), and microseconds each."""

_ORDER = (
    Layout.YEAR_FIRST,
    Layout.NAMED,
    Layout.DAY_FIRST,
    Layout.MONTH_FIRST,
    *_COUNTED,
    Layout.SHORT_YEAR_FIRST,
)
"""Of layouts that fit equally well the first one is proposed."""

LONGEST = 64
"""Characters of the longest text that may be a date."""

NUMBERED = frozenset(_COUNTED)
"""Layouts whose texts are bare numbers: other columns hold such numbers too, so that a name must support them."""


@dataclass(frozen=True)
class Understanding:
    """What a column of dates means.

    ``layout``: the layout that most texts fit; ``others``: layouts that fit as many. ``fits`` of ``of`` texts
    (empty ones do not count). ``local``: some texts have a time of day and no zone.
    """

    layout: Layout
    others: tuple[Layout, ...]
    fits: int
    of: int
    local: bool

    @property
    def share(self) -> float:
        """The part of the texts that fit, 0 to 1."""
        return self.fits / self.of


class Evidence:
    """Gathers what the texts of one column say about their layout. Memory does not grow with the column."""

    def __init__(self) -> None:
        self._of = 0
        self._local = False
        self._fits: Counter[Layout] = Counter()
        self._before: dict[Layout, DateParts] = {}
        self._rises: Counter[Layout] = Counter()
        self._falls: Counter[Layout] = Counter()

    def add(self, text: str) -> None:
        """Take one text; an empty one says nothing."""
        text = text.strip()
        if not text:
            return
        self._of += 1
        if len(text) > LONGEST:
            return
        days, clock, local = _evidence(text)
        self._local |= local
        for layout, date in days:
            self._fits[layout] += 1
            before = self._before.get(layout)
            if before is not None and before != date and not clock:
                self._rises[layout] += date > before
                self._falls[layout] += date < before
            self._before[layout] = date

    def understanding(self) -> Understanding | None:
        """What the texts so far mean; None when none of them is a date."""
        if not self._fits:
            return None
        most = max(self._fits.values())
        best = [layout for layout in _ORDER if self._fits[layout] == most]
        best = [layout for layout in best if layout is not Layout.SHORT_YEAR_FIRST] or best
        best = self._in_order(best)
        return Understanding(best[0], tuple(best[1:]), most, self._of, self._local)

    def _in_order(self, best: list[Layout]) -> list[Layout]:
        """Files are written in the order of time: the one layout that makes a longer column sorted is the right one."""
        steps = {layout: (self._rises[layout], self._falls[layout]) for layout in best}
        is_sorted = [layout for layout, step in steps.items() if min(step) == 0 and max(step) >= 4]
        return is_sorted if len(is_sorted) == 1 else best


def understand(texts: Iterable[str]) -> Understanding | None:
    """What a column means; None when no text of it is a date."""
    evidence = Evidence()
    for text in texts:
        evidence.add(text)
    return evidence.understanding()


class DateReader:
    """Reads the dates of one column. ``zone``: where times without a zone are placed; UTC unless given."""

    def __init__(self, layout: Layout, zone: tzinfo = UTC) -> None:
        self.layout = layout
        self.zone = zone
        self._days = lru_cache(maxsize=65_536)(self._day)

    def moment(self, text: str, clock: str = "") -> Moment | None:
        """The moment of a text, with the time of day of another column where there is one; None when it is none."""
        text = text.strip()
        if self.layout in _COUNTED:
            return self._counted(text)
        date, written = split(text)
        found = self._days(date)
        if found is None:
            return None
        day, precision = found
        if not written and precision is Precision.DAY:
            written = clock.strip()
        if not written:
            return Moment(day * _DAY, None, precision)
        time = time_of_day(written)
        return None if time is None or precision is not Precision.DAY else self._placed(day, time)

    def _placed(self, day: int, time: TimeOfDay) -> Moment:
        us = day * _DAY + time.us
        if time.offset is not None:
            offset = time.offset if not time.utc else None
            return Moment(us - time.offset * 60_000_000, offset, time.precision)
        return Moment(_local(us, self.zone), None, time.precision)

    def _counted(self, text: str) -> Moment | None:
        us = _number(self.layout, text)
        if us is None:
            return None
        if self.layout is Layout.EXCEL_DAYS:
            whole = us % _DAY == 0
            return Moment(us if whole else _local(us, self.zone), None, Precision.DAY if whole else Precision.SECOND)
        if us % 1_000_000 == 0 and self.layout is Layout.UNIX_SECONDS:
            return Moment(us, None, Precision.SECOND)
        return Moment(us, None, Precision.MILLISECOND if us % 1000 == 0 else Precision.MICROSECOND)

    def _day(self, text: str) -> tuple[int, Precision] | None:
        parts = next((date for layout, date in _readings(text) if layout is self.layout), None)
        if parts is None:
            return None
        stamp = datetime(parts.year, parts.month or 1, parts.day or 1, tzinfo=UTC)
        precision = Precision.DAY if parts.day else Precision.MONTH
        return (stamp - _EPOCH).days, precision


@lru_cache(maxsize=65_536)
def _readings(text: str) -> tuple[tuple[Layout, DateParts], ...]:
    """The layouts that a date (without its time of day) can be read in."""
    found = date_parts(text)
    match found:
        case Named():
            options = {Layout.NAMED: found.date}
        case Numeric((year, month, day), long=0):
            options = {Layout.YEAR_FIRST: DateParts(year, month, day)}
        case Numeric((first, second, year), long=2):
            options = {Layout.DAY_FIRST: DateParts(year, second, first)}
            options[Layout.MONTH_FIRST] = DateParts(year, first, second)
        case Numeric((first, second, third), long=None):
            options = {Layout.DAY_FIRST: DateParts(_century(third), second, first)}
            options[Layout.MONTH_FIRST] = DateParts(_century(third), first, second)
            options[Layout.SHORT_YEAR_FIRST] = DateParts(_century(first), second, third)
        case Numeric((year, month), long=0):
            options = {Layout.YEAR_FIRST: DateParts(year, month, 0)}
        case Numeric((month, year), long=1):
            options = dict.fromkeys((Layout.DAY_FIRST, Layout.MONTH_FIRST), DateParts(year, month, 0))
        case _:
            options = {}
    return tuple((layout, date) for layout, date in options.items() if _exists(date))


@lru_cache(maxsize=65_536)
def _evidence(text: str) -> tuple[tuple[tuple[Layout, DateParts], ...], bool, bool]:
    """The layouts that a text fits, whether it has a time of day, and whether that has no zone."""
    numbers = tuple((layout, DateParts(0, 0, 0)) for layout in _COUNTED if _number(layout, text) is not None)
    date, written = split(text)
    time = time_of_day(written) if written else None
    if written and time is None:
        return numbers, False, False
    days = tuple((layout, parts) for layout, parts in _readings(date) if time is None or parts.day)
    local = time is not None and time.offset is None
    return numbers + days, time is not None, bool(days) and local


def _number(layout: Layout, text: str) -> int | None:
    """Microseconds since 1970 of a number; None when it is none, or not of this layout's size."""
    lowest, beyond, each = _COUNTED[layout]
    whole, _, fraction = text.replace(",", ".").partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) <= 16) or whole.startswith("0"):
        return None
    if fraction and not (fraction.isascii() and fraction.isdigit()):
        return None
    number = int(whole)
    if not lowest <= number < beyond:
        return None
    part = int((fraction + "0" * 18)[:18]) * each // 10**18
    if layout is Layout.EXCEL_DAYS:
        part = (part + 500_000) // 1_000_000 * 1_000_000
        number += _EXCEL_START
    return number * each + part


def _century(year: int) -> int:
    """A two-digit year as POSIX reads it: 69 to 99 are of the 20th century."""
    return year + (1900 if year >= 69 else 2000)


def _exists(date: DateParts) -> bool:
    try:
        datetime(date.year, date.month, date.day or 1, tzinfo=UTC)
    except ValueError:
        return False
    return 1900 <= date.year < 2200


def _local(us: int, zone: tzinfo) -> int:
    """Microseconds since 1970, UTC, of a local time given as if it were UTC."""
    if zone is UTC:
        return us
    stamp = (_EPOCH + timedelta(microseconds=us)).replace(tzinfo=zone)
    return (stamp - _EPOCH) // _MICROSECOND
