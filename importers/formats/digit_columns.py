"""Fixed-width times and decimal numbers, read as columns of digits in place of one text at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Times, numbers

Rows: TypeAlias = npt.NDArray[np.uint8]
"""One row for each text, one column for each character position."""

Words: TypeAlias = npt.NDArray[np.int64]
"""One column for each text, one row for every eight of its characters, the first of them in the lowest byte."""

Places: TypeAlias = npt.NDArray[np.int64]
"""Where texts begin, or end, in a block of bytes."""

STAMP = 25
"""Characters of a stamp such as ``2024-03-31 01:59:59 +0100``."""

_FIRST, _LAST = 1900, 2200
_STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 20
"""Characters of the longest number that is read as digits: sign, 18 digits, point."""

_ROOM = 16 << 20
"""Bytes that are put together at once."""


def _word(text: bytes) -> int:
    return int.from_bytes(text, "little", signed=True)


_PATTERN = tuple(map(_word, (b"0000-00-", b"00 00:00", b":00 +000")))
"""A stamp whose digits are 0. What differs from it has the value of the digit in each byte, and 0 at each mark."""

_CARRY = tuple(_word(bytes(6 * (char == 48) for char in text)) for text in (b"0000-00-", b"00 00:00", b":00 +000"))
"""Added to a digit this gives at least 16 when it is above 9."""

_WRONG = tuple(
    _word(bytes(0xF0 if char == 48 else 0xF9 if char == 43 else 0xFF for char in text))
    for text in (b"0000-00-", b"00 00:00", b":00 +000")
)
"""Bits that are 0 in the difference of a sound stamp. ``+`` and ``-`` differ in two bits."""


def _calendar() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    months = np.arange(f"{_FIRST}-01", f"{_LAST}-02", dtype="datetime64[M]")
    starts = months.astype("datetime64[D]").astype(np.int64)
    return starts[:-1], np.diff(starts)


_MONTH_STARTS, _MONTH_LENGTHS = _calendar()
"""For each month from January 1900: days since 1970 of its first day, and its number of days."""


def windows(block: bytes, starts: Places, width: int) -> Rows:
    """So many bytes from each of these places of a block; behind its end they are 0."""
    last = len(block) - width
    if last < 0:
        return windows(block.ljust(width, b"\0"), starts, width)
    every = np.ndarray((last + 1,), f"V{width}", block, strides=(1,))
    rows = every[np.minimum(starts, last)].view(np.uint8).reshape(len(starts), width)
    for row in np.flatnonzero(starts > last).tolist():
        rows[row] = np.frombuffer(block[starts[row] :].ljust(width, b"\0"), np.uint8)
    return rows


def joined(block: bytes, columns: Sequence[tuple[Places, Places]], marks: bytes) -> bytes:
    """The texts of some columns row by row, behind each of them the mark of its column."""
    sizes = [ends - starts for starts, ends in columns]
    widths = [int(size.max(initial=0)) for size in sizes]
    count = len(sizes[0])
    if count * sum(widths) > _ROOM:
        bounds = [zip(starts.tolist(), ends.tolist(), strict=True) for starts, ends in columns]
        rows = zip(*bounds, strict=True)
        return b"".join(block[a:b] + bytes((mark,)) for row in rows for (a, b), mark in zip(row, marks, strict=True))
    cells = np.empty((count, sum(widths) + len(marks)), np.uint8)
    kept = np.ones(cells.shape, np.bool_)
    at = 0
    for (starts, _), size, width, mark in zip(columns, sizes, widths, marks, strict=True):
        cells[:, at : at + width] = windows(block, starts, width)
        kept[:, at : at + width] = np.arange(width) < size[:, None]
        at += width + 1
        cells[:, at - 1] = mark
    return cells[kept].tobytes()


def words(rows: Rows) -> Words:
    """The characters of texts, eight at a time; their number is a multiple of eight."""
    return np.ascontiguousarray(rows.view("<i8").T)


def stamps(words: Words) -> tuple[Times, npt.NDArray[np.int16], npt.NDArray[np.bool_]]:
    """Stamps with an offset (see ``STAMP``): us, offset in minutes, and which of them are sound.

    Sound are the years 1900 to 2199, days of the calendar, times from 00:00:00 to 23:59:59, offsets below 24 hours.
    The other two are undefined where a stamp is not sound. What follows a stamp in its last word does not count.
    """
    day_, time, zone = (word ^ pattern for word, pattern in zip(words, _PATTERN, strict=False))
    last = (words[3] & 0xFF) ^ 48
    wrong = np.zeros(words.shape[1], np.int64)
    for word, carry, bits in zip((day_, time, zone), _CARRY, _WRONG, strict=True):
        wrong |= (word | (word + carry)) & bits
    sign = (zone >> 32) & 6
    good: npt.NDArray[np.bool_] = (wrong == 0) & (last >= 0) & (last <= 9) & ((sign == 0) | (sign == 6))
    pairs = day_ * 10 + (day_ >> 8)
    month = ((pairs & 0xFF) * 100 + ((pairs >> 16) & 0xFF) - _FIRST) * 12 - 1
    of_year = (pairs >> 40) & 0xFF
    month += of_year
    good &= (of_year >= 1) & (of_year <= 12) & (month >= 0) & (month < len(_MONTH_STARTS))
    month[~good] = 0
    pairs = time * 10 + (time >> 8)
    day, hour, minute = pairs & 0xFF, (pairs >> 24) & 0xFF, (pairs >> 48) & 0xFF
    pairs = zone * 10 + (zone >> 8)
    second, offset_hour, offset_minute = (pairs >> 8) & 0xFF, (pairs >> 40) & 0xFF, ((zone >> 56) & 0xF) * 10 + last
    good &= (day >= 1) & (day <= _MONTH_LENGTHS[month]) & (hour < 24) & (minute < 60) & (second < 60)
    good &= (offset_hour < 24) & (offset_minute < 60)
    offset = (offset_hour * 60 + offset_minute) * (1 - (sign >> 1 & 2))
    minutes = (_MONTH_STARTS[month] + (day - 1)) * 1440 + (hour * 60 + minute - offset)
    return (minutes * 60 + second) * 1_000_000, offset.astype(np.int16), good


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
    return f"{local.isoformat(' ', 'seconds')[:19]} {'-' if offset < 0 else '+'}{hours:02}{minutes:02}"


def decimals(texts: Sequence[bytes]) -> Numbers:
    """A column of numbers from texts in UTF-8; the same column as ``importers.columns.numbers`` makes, faster."""
    if not texts:
        return numbers(())
    width = max(1, min(max(map(len, texts)), _LONGEST + 1))
    rows = np.array(texts, dtype=f"S{width}").view(np.uint8).reshape(len(texts), width)
    return _decimals(rows, lambda row: texts[row])


def decimals_at(block: bytes, starts: Places, ends: Places) -> Numbers:
    """The same of texts that stand in a block."""
    if not len(starts):
        return numbers(())
    sizes = ends - starts
    width = max(1, min(int(sizes.max()), _LONGEST + 1))
    rows = windows(block, starts, width)
    rows *= np.arange(width) < sizes[:, None]
    return _decimals(rows, lambda row: block[starts[row] : ends[row]])


def _decimals(rows: Rows, text: Callable[[int], bytes]) -> Numbers:
    """``rows``: the texts, or their beginnings of one more than ``_LONGEST`` characters, filled with 0."""
    count_of, width = rows.shape
    cells = np.ascontiguousarray(rows.T)
    mantissa = np.zeros(count_of, np.int64)
    places, count = np.zeros(count_of, np.uint8), np.zeros(count_of, np.uint8)
    pointed, zero = np.zeros(count_of, np.bool_), np.zeros(count_of, np.bool_)
    odd = np.full(count_of, width > _LONGEST) & (cells[-1] != 0)
    minus = cells[0] == ord("-")
    for at, row in enumerate(cells):
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
    rows_left = np.flatnonzero(odd).tolist()
    if not rows_left:
        return Numbers(mantissa, places)
    mantissa[odd] = 0
    places[odd] = 0
    exact = numbers(text(row).decode() for row in rows_left)
    for at, row in enumerate(rows_left):
        mantissa[row], places[row] = exact.mantissa[at], exact.decimals[at]
    return Numbers(mantissa, places, {rows_left[at]: word for at, word in exact.odd.items()})
