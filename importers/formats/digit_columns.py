"""Fixed-width times and decimal numbers, read as columns of digits in place of one text at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Times, numbers

Characters: TypeAlias = npt.NDArray[np.uint8]
"""One row for each character position, one column for each text."""

STAMP = 25
"""Characters of a stamp such as ``2024-03-31 01:59:59 +0100``."""

_FIRST, _LAST = 1900, 2200
_DIGITS = np.array([0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18, 21, 22, 23, 24])
_MARKS = ((4, ord("-")), (7, ord("-")), (10, ord(" ")), (13, ord(":")), (16, ord(":")), (19, ord(" ")))
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 20
"""Characters of the longest number that is read as digits: sign, 18 digits, point."""


def _calendar() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    months = np.arange(f"{_FIRST}-01", f"{_LAST}-02", dtype="datetime64[M]")
    starts = months.astype("datetime64[D]").astype(np.int64)
    return starts[:-1], np.diff(starts)


_MONTH_STARTS, _MONTH_LENGTHS = _calendar()
"""For each month from January 1900: days since 1970 of its first day, and its number of days."""


def characters(texts: Sequence[bytes], width: int) -> Characters:
    """The characters of texts that all have this width, as columns."""
    cells = np.frombuffer(b"".join(texts), np.uint8).reshape(len(texts), width)
    return np.ascontiguousarray(cells.T)


def stamps(cells: Characters) -> tuple[Times, npt.NDArray[np.int16], npt.NDArray[np.bool_]]:
    """Stamps with an offset (see ``STAMP``): us, offset in minutes, and which of them are sound.

    Sound are the years 1900 to 2199, days of the calendar, times from 00:00:00 to 23:59:59, offsets below 24 hours.
    The other two are undefined where a stamp is not sound.
    """
    digits = cells[_DIGITS] - np.uint8(48)
    good: npt.NDArray[np.bool_] = digits.max(axis=0) <= 9
    for row, mark in _MARKS:
        good &= cells[row] == mark
    sign = cells[20]
    good &= (sign == ord("+")) | (sign == ord("-"))
    wide = digits.astype(np.int32)
    month = (wide[0] * 1000 + wide[1] * 100 + wide[2] * 10 + wide[3] - _FIRST) * 12 + wide[4] * 10 + wide[5] - 1
    good &= (wide[4] * 10 + wide[5] >= 1) & (wide[4] * 10 + wide[5] <= 12)
    good &= (month >= 0) & (month < len(_MONTH_STARTS))
    month = np.where(good, month, 0)
    day = wide[6] * 10 + wide[7]
    hour, minute, second = (wide[at] * 10 + wide[at + 1] for at in (8, 10, 12))
    good &= (day >= 1) & (day <= _MONTH_LENGTHS[month]) & (hour < 24) & (minute < 60) & (second < 60)
    offset_hour, offset_minute = wide[14] * 10 + wide[15], wide[16] * 10 + wide[17]
    good &= (offset_hour < 24) & (offset_minute < 60)
    offset = (offset_hour * 60 + offset_minute) * np.where(sign == ord("-"), -1, 1)
    seconds = (_MONTH_STARTS[month] + day - 1) * 86_400 + (hour * 3600 + minute * 60 + second - offset * 60)
    return seconds * 1_000_000, offset.astype(np.int16), good


def stamp(text: str) -> tuple[int, int] | None:
    """One stamp: us and offset in minutes; None when it is not sound (see ``stamps``)."""
    found = _STAMP.match(text)
    if found is None:
        return None
    *fields, sign, hours, minutes = found.groups()
    year = int(fields[0])
    if not _FIRST <= year < _LAST or int(hours) > 23 or int(minutes) > 59:
        return None
    offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    try:
        local = datetime(year, *map(int, fields[1:]), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return None
    return (local - _EPOCH) // timedelta(microseconds=1) - offset * 60_000_000, offset


def stamp_text(us: int, offset: int) -> str:
    """The text of a stamp: the reverse of ``stamp``, but for ``-0000``, which comes back as ``+0000``."""
    local = _EPOCH + timedelta(microseconds=us, minutes=offset)
    hours, minutes = divmod(abs(offset), 60)
    return f"{local:%Y-%m-%d %H:%M:%S} {'-' if offset < 0 else '+'}{hours:02}{minutes:02}"


def decimals(texts: Sequence[bytes]) -> Numbers:
    """A column of numbers from texts in UTF-8; the same column as ``importers.columns.numbers`` makes, faster."""
    if not texts:
        return numbers(())
    width = min(max(map(len, texts)), _LONGEST + 1)
    cells = np.array(texts, dtype=f"S{max(width, 1)}").view(np.uint8).reshape(len(texts), -1).T
    mantissa = np.zeros(len(texts), np.int64)
    places = np.zeros(len(texts), np.uint8)
    count = np.zeros(len(texts), np.uint8)
    pointed = np.zeros(len(texts), np.bool_)
    odd = np.full(len(texts), width > _LONGEST) & (cells[-1] != 0)
    minus = cells[0] == ord("-")
    zero = np.zeros(len(texts), np.bool_)
    for at, row in enumerate(np.ascontiguousarray(cells)):
        digit = row - np.uint8(48)
        is_digit = digit <= 9
        is_point = row == ord(".")
        odd |= ~(is_digit | is_point | (row == 0) | (minus if at == 0 else False))
        odd |= is_point & (pointed | (count == 0))
        odd |= is_digit & zero & (count == 1) & ~pointed
        zero |= is_digit & (count == 0) & (digit == 0)
        pointed |= is_point
        count += is_digit
        places += is_digit & pointed
        mantissa = np.where(is_digit, mantissa * 10 + digit, mantissa)
    odd |= (count == 0) | (count > 18) | (pointed & (places == 0)) | (minus & (mantissa == 0))
    np.negative(mantissa, out=mantissa, where=minus)
    rows = np.flatnonzero(odd).tolist()
    if not rows:
        return Numbers(mantissa, places)
    mantissa[odd] = 0
    places[odd] = 0
    exact = numbers(texts[row].decode() for row in rows)
    for at, row in enumerate(rows):
        mantissa[row], places[row] = exact.mantissa[at], exact.decimals[at]
    return Numbers(mantissa, places, {rows[at]: text for at, text in exact.odd.items()})
