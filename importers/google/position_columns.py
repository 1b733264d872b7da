"""Decoded fixes as columns of samples, in bulk: no object a sample but the decoded one.

Numbers that every fix has are columns of numbers. Fields that many fixes lack, or that have few different values, are
columns of words, which cost nothing where there is no value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np

from importers.columns import Numbers, Texts, numbers, texts
from importers.google.times import utc_column

UNSET = msgspec.UNSET
_WRAP = 1 << 32


def degrees(values: Sequence[Any], limit: int) -> Numbers:
    """Integers of 1e-7 degrees as degrees with 7 decimals; no value where the archive has none.

    Very old exports overflow 32 bits: what is above ``limit`` degrees is 2**32 too high. Other impossible numbers stay.
    """
    try:
        mantissa = np.array(values, np.int64)
        odd: dict[int, str | None] = {}
    except (TypeError, OverflowError):
        odd = {row: _word(value) for row, value in enumerate(values) if not isinstance(value, int)}
        odd |= {row: str(value) for row, value in enumerate(values) if isinstance(value, int) and abs(value) >= 1 << 62}
        mantissa = np.array([0 if row in odd else value for row, value in enumerate(values)], np.int64)
    most = limit * 10_000_000
    mantissa[(mantissa > most) & (mantissa >= _WRAP - most) & (mantissa <= _WRAP + most)] -= _WRAP
    return Numbers(mantissa, np.full(len(values), 7, np.uint8), odd)


def whole_numbers(values: Sequence[Any]) -> Numbers:
    """Whole numbers, and rarely others or none."""
    if set(map(type, values)) == {int}:
        mantissa = np.array(values, np.int64)
        if (np.abs(mantissa) < 10**18).all():
            return Numbers(mantissa, np.zeros(len(values), np.uint8))
    return numbers(None if value is UNSET else value for value in values)


def words(values: Sequence[Any]) -> Texts:
    """Texts, numbers, truth values and JSON, as the archive writes them; no value where there is none."""
    types = set(map(type, values))
    if {float, msgspec.Raw} & types or {bool, int} <= types:  # 1, 1.0 and True are equal, but not the same text
        return texts(map(_word, values))
    places = {value: place for place, value in enumerate(dict.fromkeys(values))}
    codes = np.fromiter(map(places.__getitem__, values), np.uint32, len(values))
    return Texts(codes, tuple(map(_word, places)))


def raws(values: Sequence[msgspec.Raw]) -> Texts:
    """JSON that most fixes lack."""
    rows = [row for row, raw in enumerate(values) if raw]
    given = texts([None, *(_word(values[row]) for row in rows)])
    codes = np.zeros(len(values), np.uint32)
    codes[rows] = given.codes[1:]
    return Texts(codes, given.words)


def stamps(values: Sequence[Any]) -> Numbers:
    """ISO times in UTC as seconds since 1970, with three decimals where the archive has a fraction."""
    given = [value if isinstance(value, str) else None for value in values]
    us, good = utc_column(given)
    lengths = np.fromiter((0 if value is None else len(value) for value in given), np.int64, len(given))
    good &= ((lengths == 20) & (us % 1_000_000 == 0)) | ((lengths == 24) & (us % 1000 == 0))
    decimals = np.where(good & (lengths == 24), 3, 0).astype(np.uint8)
    mantissa = np.where(decimals == 3, us // 1000, us // 1_000_000)
    rows = np.flatnonzero(~good).tolist()
    mantissa[rows] = 0
    return Numbers(mantissa, decimals, {row: _word(values[row]) for row in rows})


def names_in(column: Numbers | Texts) -> int:
    """How many names of fields the archive wrote for a column: one a value, and those inside values of JSON."""
    if isinstance(column, Numbers):
        return len(column) - sum(text is None for text in column.odd.values())
    counts = np.bincount(column.codes, minlength=len(column.words)).tolist()
    return sum(
        count * (1 + word.count('":')) for count, word in zip(counts, column.words, strict=True) if word is not None
    )


def _word(value: Any) -> str | None:
    if value is UNSET:
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, msgspec.Raw):
        raw = bytes(value)
        return msgspec.json.format(raw, indent=-1).decode("utf-8", "replace") if raw else None
    return msgspec.json.encode(value).decode()
