"""Whether the dates of a chat are day first or month first: the whole file tells, no line alone does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from importers.whatsapp.lines import Stamp

_BACK = timedelta(days=1)
"""Steps back of this length say nothing: phones change their zone."""


@dataclass(frozen=True)
class Order:
    """``day_first``: of dates that do not begin with the year. ``sure``: the file tells; else it is a guess."""

    day_first: bool
    sure: bool = True

    def date(self, numbers: tuple[int, int, int]) -> tuple[int, int, int]:
        """Year, month and day. A first number above 31 is the year."""
        return _date(numbers, day_first=self.day_first)


def order(stamps: Iterable[Stamp]) -> Order:
    """What the stamps of a file say together; memory does not grow with them."""
    seen: Counter[str] = Counter()
    before: tuple[int, int, int] | None = None
    for numbers, alike in groupby(stamps, key=lambda stamp: stamp.numbers):
        if numbers[0] > 31:
            continue
        halves = [stamp.half for stamp in alike]
        count = len(halves)
        seen["day"] += count * (numbers[0] > 12 >= numbers[1])
        seen["month"] += count * (numbers[1] > 12 >= numbers[0])
        seen["half"] += sum(halves)
        seen["equal"] += count * (numbers[0] == numbers[1])
        seen["all"] += count
        if before is not None and before != numbers:
            seen["first moves"] += before[0] != numbers[0]
            seen["second moves"] += before[1] != numbers[1]
            seen["day falls"] += _falls(before, numbers, day_first=True)
            seen["month falls"] += _falls(before, numbers, day_first=False)
        before = numbers
    return _decided(seen)


def _decided(seen: Counter[str]) -> Order:
    for day, month in (("day", "month"), ("month falls", "day falls"), ("first moves", "second moves")):
        if seen[day] != seen[month]:
            return Order(day_first=seen[day] > seen[month])
    return Order(day_first=not seen["half"], sure=seen["equal"] == seen["all"])


def _falls(before: tuple[int, int, int], after: tuple[int, int, int], *, day_first: bool) -> bool:
    try:
        return date(*_date(after, day_first=day_first)) < date(*_date(before, day_first=day_first)) - _BACK
    except (ValueError, OverflowError):
        return True


def _date(numbers: tuple[int, int, int], *, day_first: bool) -> tuple[int, int, int]:
    first, second, third = numbers
    if first > 31:
        return _year(first), second, third
    day, month = (first, second) if day_first else (second, first)
    return _year(third), month, day


def _year(year: int) -> int:
    return year + 2000 if year < 100 else year
