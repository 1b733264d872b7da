"""The parts of a date as people and machines write it, without deciding yet which number is the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from importers.formats.sniff import plain
from importers.records import Precision


class DateParts(NamedTuple):
    """A date; ``day`` 0 when only the month is known."""

    year: int
    month: int
    day: int


@dataclass(frozen=True)
class Numeric:
    """Two or three numbers. ``long``: the place of the one that has four digits, None when none has."""

    numbers: tuple[int, ...]
    long: int | None


@dataclass(frozen=True)
class Named:
    """A date with its month in words."""

    date: DateParts


@dataclass(frozen=True)
class TimeOfDay:
    """A time of day. ``us``: since midnight. ``offset``: minutes east of UTC or None. ``utc``: written as ``Z``."""

    us: int
    offset: int | None
    precision: Precision
    utc: bool = False


_MONTHS = (
    "january jan janvier janv",
    "february feb fevrier fevr fev",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug aout aou",
    "september sept sep septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec decembre",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_DAY_NAMES = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
"""
_WEEKDAYS = frozenset(_DAY_NAMES.split())
_FILLERS = frozenset({"le", "at", "a", "t", "of", "de", "the"})

_ZONE = r"Z\b|(?:UTC|GMT)?[+-]\d\d(?::?\d\d)?(?!\d)|UTC\b|GMT\b|CEST\b|CET\b"
_CLOCK = re.compile(
    rf"(?<![\d:.,+-])(?:(?<=\dT)|(?<![A-Za-z\d]))"
    rf"(?:\d{{1,2}}(?::\d\d(?::\d\d(?:[.,]\d{{1,9}})?)?|\s?h\s?(?:\d\d)?(?!\w))(?:\s*[ap]\.?\s?m\b\.?)?"
    rf"|\d{{1,2}}\s*[ap]\.?\s?m\b\.?)"
    rf"(?:\s*(?:{_ZONE}))?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{8})[T ](\d{4}|\d{6})(?:[.,](\d{1,9}))?(Z|[+-]\d{4})?\Z", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})\s?(?:[:h]\s?(?P<minute>\d\d)?(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    rf"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?P<zone>{_ZONE})?\Z",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})\Z")
_MONTH_ONLY = re.compile(r"(?:(\d{4})[-/](\d{1,2})|(\d{1,2})[-/.](\d{4}))\Z")
_EIGHT = re.compile(r"(\d{4})(\d\d)(\d\d)\Z")
_WORD = re.compile(r"[a-z]+|\d+")
_ORDINAL = re.compile(r"(\d)(?:st|nd|rd|th|er|re|e)\b")
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120}
_LONGEST = 64


def split(text: str) -> tuple[str, str]:
    """A text as its date and its time of day ('' when it has none)."""
    if len(text) > _LONGEST:
        return text, ""
    compact = _COMPACT.match(text)
    if compact is not None:
        digits = compact[2]
        clock = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
        fraction = f".{compact[3]}" if compact[3] and len(digits) == 6 else ""
        return compact[1], clock + fraction + (compact[4] or "")
    found = _CLOCK.search(text)
    if found is None:
        return text, ""
    date = f"{text[: found.start()].rstrip(' T,à')} {text[found.end() :]}"
    return date.strip(" ,"), found[0].strip()


@lru_cache(maxsize=65_536)
def time_of_day(text: str) -> TimeOfDay | None:
    """A time of day as ``14:05``, ``14h05``, ``2:05 PM``, ``14:05:06.123+01:00``; None when it is none.

    ``24:00`` is midnight at the end of the day; a 61st second is read as the 60th.
    """
    found = _TIME.match(text.strip())
    if found is None:
        return None
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    elif found["minute"] is None and "h" not in text.lower():
        return None
    second = min(second, 59) if second == 60 else second
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    offset = _offset(found["zone"])
    if offset is not None and abs(offset) > 18 * 60:
        return None
    fraction = (found["fraction"] or "")[:6]
    us = ((hour * 60 + minute) * 60 + second) * 1_000_000 + int(fraction.ljust(6, "0") or 0)
    return TimeOfDay(us, offset, _precision(found), (found["zone"] or "").lower() in {"z", "utc", "gmt"})


@lru_cache(maxsize=65_536)
def date_parts(text: str) -> Numeric | Named | None:
    """The parts of a date without its time of day; None when it is none."""
    text = text.strip().rstrip(".")
    if not text or len(text) > _LONGEST:
        return None
    found = _NUMBERS.match(text)
    if found is not None:
        texts = (found[1], found[3], found[4])
        return _numeric(texts) if max(map(len, texts)) != 3 and sum(len(part) == 4 for part in texts) <= 1 else None
    found = _EIGHT.match(text)
    if found is not None:
        return _numeric(found.groups())
    found = _MONTH_ONLY.match(text)
    if found is not None:
        return _numeric(tuple(part for part in found.groups() if part is not None))
    return _named(text)


def _numeric(texts: tuple[str, ...]) -> Numeric:
    long = next((at for at, part in enumerate(texts) if len(part) == 4), None)
    return Numeric(tuple(map(int, texts)), long)


def _named(text: str) -> Named | None:
    words = _WORD.findall(_ORDINAL.sub(r"\1 ", plain(text)))
    months = [word for word in words if word in _MONTH]
    if len(months) > 1:  # "mar. 12 mars": the first one is a Tuesday
        months = [word for word in months if word not in _WEEKDAYS]
    numbers = [word for word in words if word.isdigit()]
    others = [word for word in words if not word.isdigit() and word not in _MONTH]
    if len(months) != 1 or any(word not in _WEEKDAYS and word not in _FILLERS for word in others):
        return None
    month = _MONTH[months[0]]
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return Named(DateParts(int(numbers[0]), month, 0))
    if len(numbers) != 2:
        return None
    first, second = numbers
    day, year = (second, first) if len(first) == 4 else (first, second)
    if len(day) > 2 or len(year) not in {2, 4}:
        return None
    number = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 69 else 2000)
    return Named(DateParts(number, month, int(day))) if 1 <= int(day) <= 31 else None


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    zone = zone.lower()
    if zone in _ZONES:
        return _ZONES[zone]
    digits = zone.removeprefix("utc").removeprefix("gmt")
    hours, minutes = int(digits[1:3]), int(digits[3:].lstrip(":") or 0)
    return (-1 if digits[0] == "-" else 1) * (hours * 60 + minutes)


def _precision(found: re.Match[str]) -> Precision:
    if found["fraction"]:
        return Precision.MILLISECOND if len(found["fraction"]) <= 3 else Precision.MICROSECOND
    if found["second"]:
        return Precision.SECOND
    return Precision.MINUTE if found["minute"] else Precision.HOUR
