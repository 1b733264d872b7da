"""Times as Google's JSON writes them: ISO 8601 with zone, or milliseconds (once seconds) since 1970 as digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import UNSET, UnsetType

from importers.columns import Times
from importers.records import PRECISIONS, Moment, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)
_SPACED_ZONE = re.compile(r" (?=[+-]\d\d:?\d\d\Z)")
_LONG_FRACTION = re.compile(r"(\.\d{6})\d+")
_DIGITS = re.compile(r"-?\d{1,15}\Z")
_MILLISECONDS = 100_000_000_000
"""Digits below this are seconds (up to the year 5138), above milliseconds: files of both are seen."""

_ZONE_MARKS = frozenset("Z+-")
_LAST = 1_000_000_000_000_000
"""Milliseconds of the year 33658; digits from here on are no time."""

_LENGTHS = {20: Precision.SECOND, 24: Precision.MILLISECOND}
"""Characters of a time in UTC to its precision."""

_CODES = {length: PRECISIONS.index(precision) for length, precision in _LENGTHS.items()}

_POINTS = ((4, 0x2D), (7, 0x2D), (10, 0x54), (13, 0x3A), (16, 0x3A))


def moment(text: str) -> Moment | None:
    """One time with its zone, ISO or digits; None when it is none. ``Z`` gives no offset: it is not the person's."""
    if text[4:5] != "-" and _DIGITS.match(text):
        number = int(text)
        if abs(number) < _MILLISECONDS:
            return Moment(number * 1_000_000, None, Precision.SECOND)
        return Moment(number * 1000, None, Precision.MILLISECOND)
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError:
        try:
            stamp = datetime.fromisoformat(_LONG_FRACTION.sub(r"\1", _SPACED_ZONE.sub("", text)))
        except ValueError:
            return None
    zone = stamp.utcoffset()
    if zone is None:
        return None
    offset = None if text.endswith("Z") else zone // _MINUTE
    return Moment((stamp - _EPOCH) // _MICROSECOND, offset, _precision(text))


def _precision(text: str) -> Precision:
    if text[19:20] == "." and text[23:24] in _ZONE_MARKS:
        return Precision.MILLISECOND
    fraction = len(text.partition(".")[2].rstrip("Z").partition("+")[0].partition("-")[0])
    return Precision.SECOND if not fraction else Precision.MILLISECOND if fraction <= 3 else Precision.MICROSECOND


def utc_column(texts: Sequence[str | None]) -> tuple[Times, npt.NDArray[np.bool_]]:
    """A column of times: us, and which of them are sound; 0 where they are not.

    ``2022-03-08T07:23:43.479Z`` and ``2022-03-08T07:23:43Z`` are read as columns of digits, all others one by one.
    """
    us = np.zeros(len(texts), np.int64)
    good = np.zeros(len(texts), np.bool_)
    lengths = _lengths(texts)
    for length in (20, 24):
        rows = np.flatnonzero(lengths == length)
        if len(rows):
            chosen = texts if len(rows) == len(texts) else [texts[row] for row in rows.tolist()]
            us[rows], good[rows] = _stamps("".join(chosen), len(rows), length)  # type: ignore[arg-type]
    for row in np.flatnonzero(~good & (lengths > 0)).tolist():
        found = moment(texts[row] or "")
        if found is not None:
            us[row], good[row] = found.us, True
    return us, good


def _lengths(texts: Sequence[str | None]) -> npt.NDArray[np.int64]:
    given: Sequence[Any] = texts
    try:
        return np.fromiter(map(len, given), np.int64, len(given))
    except TypeError:
        return np.fromiter((0 if text is None else len(text) for text in texts), np.int64, len(texts))


def moments(texts: Sequence[str | None]) -> list[Moment | None]:
    """What ``moment`` makes of each text, faster."""
    us, good = utc_column(texts)
    found: list[Moment | None] = []
    for text, at, sound in zip(texts, us.tolist(), good.tolist(), strict=True):
        precision = _LENGTHS.get(len(text)) if text and sound else None
        if precision is None or not text or not text.endswith("Z"):
            found.append(moment(text) if text else None)
        else:
            found.append(Moment(at, None, precision))
    return found


def plain_column(texts: Sequence[str | UnsetType]) -> tuple[Times, npt.NDArray[np.uint8]] | None:
    """A column of times that all are written plainly, ``2022-03-08T07:23:43.479Z`` or without a fraction: us, and the
    codes of their precisions. None when one is not, or is no time."""
    given = [text for text in texts if text is not UNSET]
    lengths = np.fromiter(map(len, given), np.int64, len(given))
    if len(given) < len(texts) or not ((lengths == 24) | (lengths == 20)).all():
        return None
    us, good = utc_column(given)
    if not good.all() or not all(text.endswith("Z") for text in given):
        return None
    return us, np.where(lengths == 24, _CODES[24], _CODES[20]).astype(np.uint8)


def ms_column(texts: Sequence[str | int]) -> tuple[Times, npt.NDArray[np.bool_]]:
    """A column of milliseconds since 1970 as digits: us, and which of them are sound; 0 where they are not.

    Not sound here, though ``moment`` may read them, are those that look like seconds.
    """
    try:
        ms = np.array(list(map(int, texts)), np.int64)
    except (TypeError, ValueError, OverflowError):
        return np.zeros(len(texts), np.int64), np.zeros(len(texts), np.bool_)
    good = (ms >= _MILLISECONDS) & (ms < _LAST)
    return np.where(good, ms, 0) * 1000, good


def _stamps(joined: str, n: int, length: int) -> tuple[Times, npt.NDArray[np.bool_]]:
    if not joined.isascii():
        return np.zeros(n, np.int64), np.zeros(n, np.bool_)
    cells = np.frombuffer(joined.encode(), np.uint8).reshape(n, length)
    points = (*_POINTS, (19, 0x2E), (23, 0x5A)) if length == 24 else (*_POINTS, (19, 0x5A))
    good = np.ones(n, np.bool_)
    for place, mark in points:
        good &= cells[:, place] == mark
    digits = cells.astype(np.int32) - 48
    places = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18] + ([20, 21, 22] if length == 24 else [])
    good &= ((digits[:, places] >= 0) & (digits[:, places] <= 9)).all(axis=1)

    def number(*at: int) -> npt.NDArray[np.int32]:
        value = np.zeros(n, np.int32)
        for place in at:
            value = value * 10 + digits[:, place]
        return value

    year, month, day = number(0, 1, 2, 3), number(5, 6), number(8, 9)
    hour, minute, second = number(11, 12), number(14, 15), number(17, 18)
    good &= (year >= 1900) & (year < 2200) & (month >= 1) & (month <= 12) & (day >= 1)
    good &= (hour < 24) & (minute < 60) & (second < 60)
    months = np.where(good, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    starts = months.astype("datetime64[D]").astype(np.int64)
    good &= day <= (months + 1).astype("datetime64[D]").astype(np.int64) - starts
    seconds = (starts + day - 1) * 86400 + hour * 3600 + minute * 60 + second
    fraction = number(20, 21, 22) if length == 24 else np.zeros(n, np.int32)
    return np.where(good, seconds * 1_000_000 + fraction.astype(np.int64) * 1000, 0), good
