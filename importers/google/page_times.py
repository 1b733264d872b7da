"""Times as Google writes them for people, in HTML: ``Jan 31, 2018, 10:54:50 PM UTC``, ``30 avr. 2026, 20:25:45 CEST``.

The words stand in ``months.toml``. Without a zone (before about mid-2018) a time is UTC. U+202F and U+00A0 count as
spaces.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from importers.records import Moment, Precision

_WORDS = tomllib.loads(files("importers.google").joinpath("months.toml").read_text(encoding="utf-8"))
_MONTHS = {name: int(number) for number, names in _WORDS["months"].items() for name in names}
_TIME = re.compile(
    r"(.{4,40}?\d)[\s,.]{1,3}(?:\D{1,6}\s)?(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([AaPp])\.?\s?[Mm]\.?)?(?:\s+(\S.{0,30}))?\Z"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\u2212-])(\d{1,2})(?::?([0-5]\d))?\Z", re.IGNORECASE)
_DATE_PARTS = re.compile(r"\d+|[^\W\d]+")
UNKNOWN = "google-zone-unknown"
"""The doubt about a zone whose name says nothing."""

_EPOCH_DAY = date(1970, 1, 1).toordinal()


class PageTime(NamedTuple):
    """``when``: the moment. ``doubt``: id of a notice when the name of the zone does not settle it, else ''."""

    when: Moment
    doubt: str


def page_time(text: str) -> PageTime | None:
    """A time written for people, to the second; None when the text is none. UTC gives no offset: it is nobody's."""
    found = _TIME.match(text)
    if found is None:
        return None
    date_text, hour, minute, second, half, zone = found.groups()
    day = _day(date_text)
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half in "Pp" else 0)
    if day is None or hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    offset, doubt = _zone(zone) if zone else (None, "")
    seconds = day * 86400 + hours * 3600 + int(minute) * 60 + int(second or 0) - (offset or 0) * 60
    precision = Precision.SECOND if second else Precision.MINUTE
    return PageTime(Moment(seconds * 1_000_000, offset or None, precision), doubt)


@lru_cache(maxsize=8192)
def _day(text: str) -> int | None:
    """Days since 1970 of ``Jan 31, 2018``, ``30 avr. 2026``, ``31.01.2018`` or ``2018-01-31``."""
    parts = _DATE_PARTS.findall(text)
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) <= 4]
    months = [month for part in parts if not part.isdecimal() and (month := _month(part))]
    if months and len(numbers) == 2:
        day, year = (numbers[1], numbers[0]) if numbers[0] > 31 else numbers
        month = months[0]
    elif len(numbers) == 3:
        (year, month, day) = numbers if numbers[0] > 31 else numbers[::-1]
    else:
        return None
    try:
        return date(year, month, day).toordinal() - _EPOCH_DAY
    except ValueError:
        return None


@lru_cache(maxsize=512)
def _month(word: str) -> int | None:
    plain = "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char))
    for length in (5, 4, 3):
        if plain[:length] in _MONTHS:
            return _MONTHS[plain[:length]]
    return None


@lru_cache(maxsize=512)
def _zone(name: str) -> tuple[int | None, str]:
    """Minutes east of UTC, and a doubt."""
    plain = name.strip().casefold()
    if plain in _WORDS["zones"]:
        return _WORDS["zones"][plain], ""
    if plain in _WORDS["ambiguous"]:
        return _WORDS["ambiguous"][plain], "google-zone-ambiguous"
    found = _OFFSET.match(name.strip())
    if found is None or int(found.group(2)) > 14:
        return None, UNKNOWN
    minutes = int(found.group(2)) * 60 + int(found.group(3) or 0)
    return (minutes if found.group(1) == "+" else -minutes), ""
