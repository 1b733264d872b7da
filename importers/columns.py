"""Columns of samples: whole arrays in place of one object a sample. Ground floor.

A number keeps its original text: it is stored as ``mantissa / 10**decimals`` when that gives the text back to the
letter, and as the text itself otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Times: TypeAlias = npt.NDArray[np.int64]
"""Microseconds since 1970-01-01T00:00:00Z."""

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,17})?\Z")
_LIMIT = 10**18
_FEW = 1000


def times(values: Iterable[int]) -> Times:
    """An array of times from whole microseconds since 1970, UTC."""
    return np.fromiter(values, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column of numbers that gives each original text back.

    ``mantissa`` (int64) and ``decimals`` (uint8) have one entry a sample. ``odd`` maps a row to the original where
    the pair cannot give it back: a text such as ``1e-5``, or None where there is no value. Mantissa is 0 there.
    """

    mantissa: npt.NDArray[np.int64]
    decimals: npt.NDArray[np.uint8]
    odd: dict[int, str | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.mantissa)

    def text(self, row: int) -> str | None:
        """The original text of one row; None where the archive has no value."""
        if row in self.odd:
            return self.odd[row]
        return _text(int(self.mantissa[row]), int(self.decimals[row]))

    def texts(self) -> Iterator[str | None]:
        """All original texts, in order."""
        pairs = zip(self.mantissa.tolist(), self.decimals.tolist(), strict=True)
        for row, (mantissa, decimals) in enumerate(pairs):
            yield self.odd[row] if row in self.odd else _text(mantissa, decimals)

    def floats(self) -> npt.NDArray[np.float64]:
        """The values as floats; NaN where there is no value or no number."""
        scale = np.power(10.0, self.decimals.astype(np.float64))
        values: npt.NDArray[np.float64] = self.mantissa / scale
        for row, text in self.odd.items():
            values[row] = _float(text)
        return values

    def take(self, rows: npt.NDArray[np.intp]) -> Numbers:
        """The column with these rows, in this order."""
        odd: dict[int, str | None] = {}
        if self.odd:
            odd = {at: self.odd[row] for at, row in enumerate(rows.tolist()) if row in self.odd}
        return Numbers(self.mantissa[rows], self.decimals[rows], odd)


@dataclass(frozen=True, eq=False)
class Texts:
    """A column of texts with few different values: ``codes`` (uint32) point into ``words``."""

    codes: npt.NDArray[np.uint32]
    words: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.codes)

    def texts(self) -> Iterator[str | None]:
        """All texts, in order."""
        words = self.words
        return (words[code] for code in self.codes.tolist())

    def take(self, rows: npt.NDArray[np.intp]) -> Texts:
        """The column with these rows, in this order; words are kept even when no row uses them any more."""
        return Texts(self.codes[rows], self.words)


def numbers(values: Iterable[str | int | float | None]) -> Numbers:
    """A column from texts (kept to the letter), ints, floats (as ``repr`` writes them) and None."""
    mantissas: list[int] = []
    decimals: list[int] = []
    odd: dict[int, str | None] = {}
    for row, value in enumerate(values):
        if type(value) is int and -_LIMIT < value < _LIMIT:
            mantissas.append(value)
            decimals.append(0)
            continue
        text = value if value is None or isinstance(value, str) else repr(value)
        pair = _pair(text)
        if pair is None:
            odd[row] = text
            pair = (0, 0)
        mantissas.append(pair[0])
        decimals.append(pair[1])
    return Numbers(np.array(mantissas, np.int64), np.array(decimals, np.uint8), odd)


def joined(columns: Sequence[Numbers]) -> Numbers:
    """One column after the other."""
    if len(columns) == 1:
        return columns[0]
    odd: dict[int, str | None] = {}
    at = 0
    for column in columns:
        odd |= {at + row: text for row, text in column.odd.items()}
        at += len(column)
    return Numbers(
        np.concatenate([column.mantissa for column in columns]),
        np.concatenate([column.decimals for column in columns]),
        odd,
    )


def texts(values: Sequence[str | None] | Iterable[str | None]) -> Texts:
    """A column from texts and None."""
    seen: dict[str | None, int] = {}
    codes = np.fromiter((seen.setdefault(value, len(seen)) for value in values), dtype=np.uint32)
    return Texts(codes, tuple(seen))


def in_use(codes: npt.NDArray[Any], words: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.uint32]]:
    """Which of so many words these codes point at, in order, and codes that point into those alone."""
    if words > _FEW + 4 * len(codes):
        used, at = np.unique(codes, return_inverse=True)
        return used.astype(np.intp), at.astype(np.uint32)
    met = np.zeros(words, np.bool_)
    met[codes] = True
    used = np.flatnonzero(met)
    place = np.zeros(words, np.uint32)
    place[used] = np.arange(len(used), dtype=np.uint32)
    return used, place[codes]


def _pair(text: str | None) -> tuple[int, int] | None:
    if text is None or not _PLAIN.match(text) or (text.startswith("-0") and not text.strip("-0.")):
        return None
    whole, _, fraction = text.partition(".")
    mantissa = int(whole + fraction)
    return (mantissa, len(fraction)) if abs(mantissa) < _LIMIT else None


def _text(mantissa: int, decimals: int) -> str:
    if not decimals:
        return str(mantissa)
    digits = str(abs(mantissa)).rjust(decimals + 1, "0")
    sign = "-" if mantissa < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def _float(text: str | None) -> float:
    try:
        return float(text) if text is not None else float("nan")
    except ValueError:
        return float("nan")
