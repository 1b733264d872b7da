"""Times and durations as Netflix writes them. All times are UTC, with a zone mark or without."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from importers.records import Moment, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[T ](\d\d:\d\d)(:\d\d)?(\.\d{1,6})?(?:Z|\+00:?00| UTC)?)?\Z")
_LENGTH = re.compile(r"(\d{1,4}):(\d\d):(\d\d)\Z")


def moment(text: str) -> Moment | None:
    """A UTC time with the precision that it is written with, down to the day; None when it is none."""
    text = text.strip()
    found = _STAMP.match(text)
    if found is None:
        return None
    clock, second, fraction = found.groups()
    try:
        stamp = datetime.fromisoformat(f"{text[:10]}T{clock or '00:00'}{second or ''}").replace(tzinfo=UTC)
    except ValueError:
        return None
    us = (stamp - _EPOCH) // timedelta(microseconds=1) + (int(fraction[1:].ljust(6, "0")) if fraction else 0)
    if not clock:
        return Moment(us, None, Precision.DAY)
    if not second:
        return Moment(us, None, Precision.MINUTE)
    if not fraction:
        return Moment(us, None, Precision.SECOND)
    return Moment(us, None, Precision.MILLISECOND if len(fraction) <= 4 else Precision.MICROSECOND)


def length(text: str) -> int | None:
    """Microseconds of ``HH:MM:SS`` (hours may have one digit); None when it is none (``Not latest view``)."""
    found = _LENGTH.match(text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part) for part in found.groups())
    return (hours * 3600 + minutes * 60 + seconds) * 1_000_000
