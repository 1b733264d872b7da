"""Times as Apple writes them, file by file another way. Without a zone they are UTC; the month comes before the day."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from importers.records import Moment, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?\Z"
)
_AMERICAN = re.compile(
    r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(?:Z|UTC|GMT)?)?\Z"
)
_WORDS = re.compile(
    r"(?:[A-Za-z]+,? )?([A-Za-z]+) (\d{1,2}), ?(\d{4}) (\d{1,2}):(\d\d) ?([AaPp])[Mm](?: (?:GMT|UTC))?\Z"
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)\Z")


def moment(text: str) -> Moment | None:
    """The time of a text, as precise as it is written; None when it is none.

    ``2024-03-01T10:11:12.345Z``, ``2024-03-01 10:11:12``, ``03/01/2024 10:11:12 UTC``, ``20240301``,
    ``Friday October 06,2023 12:11 PM GMT``.
    """
    text = " ".join(text.split())
    if found := _ISO.match(text):
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        return _made((year, month, day), hour, minute, second, fraction, _offset(zone))
    if found := _AMERICAN.match(text):
        month, _, day, year, hour, minute, second, fraction = found.groups()
        return _made((year, month, day), hour, minute, second, fraction, None)
    if (found := _WORDS.match(text)) and found[1].lower() in _MONTHS:
        name, day, year, hour, minute, half = found.groups()
        clock = int(hour) % 12 + (12 if half in "pP" else 0)
        return _made((year, str(_MONTHS.index(name.lower()) + 1), day), str(clock), minute, None, None, None)
    if found := _COMPACT.match(text):
        return _made(found.groups(), None, None, None, None, None)
    return None


def _offset(zone: str | None) -> int | None:
    if not zone or zone[0] not in "+-":
        return None
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def _made(
    date: tuple[str, ...],
    hour: str | None,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    offset: int | None,
) -> Moment | None:
    try:
        year, month, day = map(int, date)
        stamp = datetime(year, month, day, int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC)
    except ValueError:
        return None
    us = (stamp - _EPOCH) // timedelta(microseconds=1) - (offset or 0) * 60_000_000
    if hour is None:
        return Moment(us, None, Precision.DAY)
    if second is None:
        return Moment(us, offset, Precision.MINUTE)
    if fraction is None:
        return Moment(us, offset, Precision.SECOND)
    finer = Precision.MILLISECOND if len(fraction) <= 3 else Precision.MICROSECOND
    return Moment(us + int(fraction[:6].ljust(6, "0")), offset, finer)
