"""One time as files of many makers write it: ISO 8601 with or without a zone, or seconds since 1970 as a number."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from importers.records import Moment, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CLOCK = r"(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?"
_ZONE = r"(Z|z|UTC|[+-]\d\d(?::?\d\d)?)"
_ISO = re.compile(rf"(\d{{4}})(?:-(\d\d)(?:-(\d\d)(?:[T ]{_CLOCK} ?{_ZONE}?)?)?)?\Z", re.ASCII)
_NUMBER = re.compile(r"-?\d{9,17}(?:\.\d{1,12})?\Z", re.ASCII)
_MILLISECONDS, _MICROSECONDS, _BEYOND = 100_000_000_000, 100_000_000_000_000, 100_000_000_000_000_000


def moment(value: Any) -> Moment | None:
    """The moment of a text or number; None when it is none.

    Numbers are seconds, milliseconds or microseconds by their size. A text without a zone is UTC; ``Z`` gives no
    offset, as it is not the person's. ``2024``, ``2024-05`` and ``2024-05-02`` have the precision of what is written.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if not isinstance(value, str):
        return _counted(value)
    text = value.strip()
    if _NUMBER.match(text):
        return _counted(float(text) if "." in text else int(text))
    found = _ISO.match(text)
    try:
        return _written(found) if found is not None else None
    except (ValueError, OverflowError):
        return None


def in_utc(value: Any) -> Moment | None:
    """The same for services that write all times in UTC: ``+00:00`` is no offset of the person either."""
    found = moment(value)
    return found if found is None or found.offset else Moment(found.us, None, found.precision)


def _counted(number: float) -> Moment | None:
    if not 0 < number < _BEYOND:
        return None
    if number < _MILLISECONDS:
        whole = number == int(number)
        return Moment(round(number * 1_000_000), None, Precision.SECOND if whole else Precision.MICROSECOND)
    if number < _MICROSECONDS:
        return Moment(round(number * 1000), None, Precision.MILLISECOND)
    return Moment(round(number), None, Precision.MICROSECOND)


def _written(found: re.Match[str]) -> Moment:
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    stamp = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    us = (stamp - _EPOCH) // _MICROSECOND
    if hour is None:
        return Moment(us, None, Precision.DAY if day else Precision.MONTH if month else Precision.YEAR)
    clock = datetime(1970, 1, 1, int(hour), int(minute), int(second or 0), tzinfo=UTC)
    us += (clock - _EPOCH) // _MICROSECOND + int(((fraction or "") + "000000")[:6])
    offset = _offset(zone)
    precision = Precision.SECOND if second else Precision.MINUTE
    if fraction:
        precision = Precision.MILLISECOND if len(fraction) <= 3 else Precision.MICROSECOND
    return Moment(us - (offset or 0) * 60_000_000, offset, precision)


def _offset(zone: str | None) -> int | None:
    if zone is None or zone in {"Z", "z", "UTC"}:
        return None
    minutes = int(zone[1:3]) * 60 + int(zone[3:].lstrip(":") or 0)
    if minutes > 18 * 60:
        raise ValueError(zone)
    return -minutes if zone[0] == "-" else minutes
