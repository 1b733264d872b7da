"""Dates as mail programs write them, right and wrong (RFC 5322, asctime, ISO, French names)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from importers.records import Moment

_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:er|st|nd|rd|th)?[ \t.-]{1,8}([^\W\d_]{3,12})\.?[ \t.,-]{1,8}(\d{2,4})(?:[ \t,]| at | à ){1,8}"
    r"(\d{1,2})[:.h](\d\d)(?:[:.](\d\d)(?:\.\d{1,9})?)?[ \t]{0,8}([+-][ \t]?\d{1,2}:?\d\d|[A-Za-z]{1,5}\b)?"
)
_MONTH_FIRST = re.compile(
    r"([^\W\d_]{3,12})\.?[ \t]{1,8}(\d{1,2}),?[ \t]{1,8}(\d{1,2}):(\d\d)(?::(\d\d))?"
    r"(?:[ \t]{1,8}([+-]\d{4}|[A-Za-z]{1,5}))?[ \t]{1,8}(\d{4})(?:[ \t]{1,8}([+-]\d{4}))?"
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T \t]{1,4}(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
    r"[ \t]{0,4}([+-]\d\d:?\d\d|[A-Za-z]{1,5}\b)?"
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv",
            "feb fev fevr",
            "mar mars",
            "apr avr",
            "may mai",
            "jun juin",
            "jul juil",
            "aug aou",
            "sep sept",
            "oct okt",
            "nov",
            "dec dez",
        ),
        1,
    )
    for name in names.split()
}
_ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "met", "mez", "bst", "west", "hec"), 60),
    **dict.fromkeys(("cest", "mest", "mesz", "eet", "sast"), 120),
    "eest": 180,
    "msk": 180,
    "ist": 330,
    "jst": 540,
    "kst": 540,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
_EPOCH = date(1970, 1, 1).toordinal()
_LOOKED_AT = 200
"""Characters of a header in which a date is looked for."""


def moment(text: str) -> Moment | None:
    """A date with its offset; None when there is none, or none that the calendar knows.

    Without a zone, and with ``-0000`` or an impossible zone, the time is UTC and the offset is not known.
    """
    text = text[:_LOOKED_AT]
    if found := _DAY_FIRST.search(text):
        day, month, year, hour, minute, second, zone = found.groups()
        return _placed(_year(year), _month(month), int(day), (hour, minute, second), zone)
    if found := _MONTH_FIRST.search(text):
        month, day, hour, minute, second, zone, year, last = found.groups()
        return _placed(int(year), _month(month), int(day), (hour, minute, second), last or zone)
    if found := _ISO.search(text):
        year, month, day, hour, minute, second, zone = found.groups()
        return _placed(int(year), int(month), int(day), (hour, minute, second), zone)
    return None


def _placed(year: int, month: int, day: int, clock: tuple[str, str, str | None], zone: str | None) -> Moment | None:
    hour, minute, second = int(clock[0]), int(clock[1]), min(int(clock[2] or 0), 59)
    if hour > 23 or minute > 59:
        return None
    try:
        days = date(year, month, day).toordinal() - _EPOCH
    except ValueError:
        return None
    offset = _offset(zone or "")
    seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - (offset or 0) * 60
    return Moment(seconds * 1_000_000, offset)


def _offset(zone: str) -> int | None:
    if zone[:1] not in {"+", "-"}:
        return _ZONES.get(zone.lower())
    digits = zone[1:].replace(":", "").strip().zfill(4)
    hours, minutes = int(digits[:2]), int(digits[2:])
    if zone[0] == "-" and not hours and not minutes:
        return None
    if hours > 14 or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 50 and len(text) == 2 else 1900)


def _month(name: str) -> int:
    bare = name.lower()
    if not bare.isascii():
        bare = "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))
    return _MONTHS.get(bare[:4]) or _MONTHS.get(bare[:3], 0)
