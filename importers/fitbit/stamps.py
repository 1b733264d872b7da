"""Times as Fitbit writes them: ``03/01/24 00:00:00``, instants with ``Z``, bare days, and local times without a zone.

Sleep and exercise are in the wall time of the place, and no file says which: they are placed in French time. Minutes of
steps and heart rate are in UTC, as most who have compared them report. A day is a label: no zone moves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import cast

from importers.contract import Archive
from importers.formats.paris_clock import PARIS
from importers.records import Moment, Notice, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_SHORT = re.compile(r"(\d\d)/(\d\d)/(\d\d) (\d\d):(\d\d):(\d\d)\Z")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?\Z")


def instant(text: str) -> Moment | None:
    """A time that is UTC where it does not say otherwise; a bare day is that day. None when it is none."""
    stamp = _read(text.strip())
    if stamp is None:
        return None
    zone = stamp.utcoffset()
    offset = zone // timedelta(minutes=1) if zone and not text.strip().endswith("Z") else None
    return Moment(_us(stamp), offset, _precision(text.strip()))


def local(text: str) -> Moment | None:
    """A wall time, whatever zone it claims, placed in French time; a bare day is that day. None when it is none.

    The file of sleep scores writes a ``Z`` behind what is the local end of a night.
    """
    stamp = _read(text.strip())
    if stamp is None:
        return None
    precision = _precision(text.strip())
    if precision is Precision.DAY:
        return Moment(_us(stamp), None, precision)
    return Moment(_us(stamp.replace(tzinfo=PARIS)), None, precision)


def told(archive: Archive) -> Iterator[Notice]:
    """Said once: wall times were placed in French time."""
    said = cast("list[bool]", archive.memo("fitbit.local", list))
    if not said:
        said.append(True)
        yield Notice("fitbit-local-time")


def _read(text: str) -> datetime | None:
    short = _SHORT.match(text)
    try:
        if short:
            month, day, year, hour, minute, second = map(int, short.groups())
            return datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC)
        return datetime.fromisoformat(text) if _ISO.match(text) else None
    except ValueError:
        return None


def _us(stamp: datetime) -> int:
    placed = stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp
    return (placed - _EPOCH) // _US


def _precision(text: str) -> Precision:
    if len(text) == 10:
        return Precision.DAY
    if "." not in text:
        return Precision.SECOND if text.count(":") > 1 or "/" in text else Precision.MINUTE
    return Precision.MILLISECOND
