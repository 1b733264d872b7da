"""Single dates and times of French services as moments: civil time of Paris where no zone is given."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from importers.formats import paris_clock
from importers.records import Moment, Precision

_DAY = 86_400_000_000
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,6})?\d*\s?(Z|[+-]\d\d:?\d\d)?)?\Z")
_FRENCH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ ,àa]+(\d{1,2})[:hH](\d\d)(?::(\d\d))?)?\Z")
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")


def moment(text: Any) -> Moment | None:
    """A date (whole day, at midnight UTC) or a time with the precision it is written with; None when it is none.

    ``2016-10-01T08:59:08Z``, ``2015-07-20T19:00``, ``2016-05-18T00:00:00+02:00``, ``2013-03-01``, ``12/03/2024 08:15``,
    ``2016-03`` (a month). What is written after the minute tells the precision.
    """
    if not isinstance(text, str) or len(text) > 40:
        return None
    text = text.strip()
    try:
        return _iso(text) or _french(text) or _month(text)
    except (ValueError, OverflowError):
        return None


def day(text: Any) -> date | None:
    """The civil day in Paris of a date or time; None when it is none."""
    found = moment(text)
    if found is None:
        return None
    return civil_day(found)


def civil_day(when: Moment) -> date:
    """The day in Paris on which a moment lies; a whole day is that day."""
    local = when.us if when.precision is Precision.DAY else when.us + paris_clock.offset(when.us) * 60_000_000
    return date.fromordinal(date(1970, 1, 1).toordinal() + local // _DAY)


def whole_day(of: date) -> Moment:
    """A day as a moment."""
    return Moment((of - date(1970, 1, 1)).days * _DAY, None, Precision.DAY)


def day_or_time(text: Any) -> Moment | None:
    """A time at midnight in France as that day, where a format writes days so; other times as they are."""
    when = moment(text)
    if when is None or when.precision is Precision.DAY:
        return when
    local = when.us + paris_clock.offset(when.us) * 60_000_000
    return whole_day(civil_day(when)) if local % _DAY == 0 else when


def utc_day(text: Any) -> Moment | None:
    """The UTC day of a time, where a format writes days as midnights in UTC."""
    when = moment(text)
    return None if when is None else Moment(when.us // _DAY * _DAY, None, Precision.DAY)


def _iso(text: str) -> Moment | None:
    found = _ISO.match(text)
    if found is None:
        return None
    of, clock, second, fraction, zone = found.groups()
    if clock is None:
        return whole_day(_sound(date.fromisoformat(of)))
    precision = Precision.SECOND if second else Precision.MINUTE
    if fraction:
        precision = Precision.MILLISECOND if len(fraction) <= 4 else Precision.MICROSECOND
    stamp = datetime.fromisoformat(f"{of}T{clock}{second or ':00'}{(fraction or '')}{_zone(zone)}")
    if zone is None:
        return Moment(paris_clock.us(stamp.replace(tzinfo=paris_clock.PARIS)), None, precision)
    offset = stamp.utcoffset()
    minutes = None if zone == "Z" or offset is None else int(offset.total_seconds() // 60)
    return Moment(paris_clock.us(stamp), minutes, precision)


def _zone(zone: str | None) -> str:
    if zone is None or zone == "Z":
        return "+00:00" if zone else ""
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"


def _french(text: str) -> Moment | None:
    found = _FRENCH.match(text)
    if found is None:
        return None
    number, month, year, hour, minute, second = (int(part) if part else 0 for part in found.groups())
    of = _sound(date(year, month, number))
    if found[4] is None:
        return whole_day(of)
    stamp = datetime(of.year, of.month, of.day, hour, minute, second, tzinfo=paris_clock.PARIS)
    return Moment(paris_clock.us(stamp), None, Precision.SECOND if found[6] else Precision.MINUTE)


def _month(text: str) -> Moment | None:
    found = _MONTH.match(text)
    if found is None:
        return None
    first = whole_day(_sound(date(int(found[1]), int(found[2]), 1)))
    return Moment(first.us, None, Precision.MONTH)


def _sound(of: date) -> date:
    if not 1900 < of.year < 2200:
        raise ValueError("no year of a person's papers")
    return of
