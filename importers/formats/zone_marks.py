"""Offsets that stand beside a time, as ``UTC+0200``, ``UTC-04:00``, ``+0100``; and the local time with its offset."""

from __future__ import annotations

import re

from importers.formats.dates import DateReader, Layout
from importers.records import Moment, Precision

_MARK = re.compile(r"(?:UTC|GMT)?([+-])(\d\d):?(\d\d)\Z")
_LARGEST = 18 * 60
_READER = DateReader(Layout.YEAR_FIRST)


def minutes(mark: str) -> int | None:
    """Minutes east of UTC; ``UTC`` and ``Z`` are 0. None when the mark says nothing."""
    mark = mark.strip()
    if mark in {"UTC", "GMT", "Z"}:
        return 0
    found = _MARK.match(mark)
    if found is None:
        return None
    sign, hours, rest = found.groups()
    total = int(hours) * 60 + int(rest)
    return (-total if sign == "-" else total) if total <= _LARGEST else None


def utc(text: str, offset: int | None) -> Moment | None:
    """A time written in UTC, year first, with the offset that its place had. A bare day stays that day."""
    found = _READER.moment(text)
    if found is None or found.precision in {Precision.DAY, Precision.MONTH}:
        return found
    return Moment(found.us, offset, found.precision)


def local(text: str, offset: int) -> Moment | None:
    """A time written in the time of its place, year first. A bare day stays that day; None when it is none."""
    found = _READER.moment(text)
    if found is None or found.precision in {Precision.DAY, Precision.MONTH}:
        return found
    return Moment(found.us - offset * 60_000_000, offset, found.precision)
