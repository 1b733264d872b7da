"""The first walk over a sheet: what each column holds, and which rows are alike. Bounded but for 8 bytes a row."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
import numpy as np

from importers.formats.date_words import time_of_day
from importers.formats.dates import Evidence, Understanding
from importers.generic.numerals import Marks
from importers.generic.sheets import Line, Sheet

COLUMNS = 500
"""Columns that are looked at; further ones stay in the details."""

HEAD = 200
"""Texts of a column that are remembered."""

_DIFFERENT = 2000
_ENOUGH = 1000
"""Texts after which a column that has shown next to no dates, or numbers, is no longer asked for them."""


@dataclass
class Column:
    """What one column holds. ``filled``: texts that are not empty. ``clocks``: times of day. ``head``: the first texts.
    ``different``: how many different texts, counted up to 2,000. ``largest``: of whole numbers, without sign."""

    filled: int = 0
    clocks: int = 0
    largest: int = 0
    points: int = 0
    longest: int = 0
    head: list[str] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    _evidence: Evidence = field(default_factory=Evidence)
    _seen: set[int] = field(default_factory=set)
    _dating: bool = True
    _counting: bool = True

    def add(self, text: str) -> None:
        """Take one text that is not empty."""
        self.filled += 1
        self.longest = max(self.longest, len(text))
        if len(self.head) < HEAD:
            self.head.append(text[:200])
        if len(self._seen) < _DIFFERENT:
            self._seen.add(hash(text))
        early = self.filled <= _ENOUGH
        if early or self._dating:
            self._evidence.add(text)
        if early or self._counting:
            self._count(text)
        if self.filled == _ENOUGH:
            self._dating = self.dated(0.1) is not None
            self._counting = 10 * max(self.marks.numbers, self.clocks) >= self.filled

    def _count(self, text: str) -> None:
        counts = self.marks.add(text)
        digits = text.lstrip("+-")
        if digits.isascii() and digits.isdigit() and len(digits) < 20:
            self.largest = max(self.largest, int(digits))
        elif counts and ("." in text or "," in text):
            self.points += 1
        if (":" in text or "h" in text) and time_of_day(text) is not None:
            self.clocks += 1

    @property
    def different(self) -> int:
        """Different texts, at most 2,000."""
        return len(self._seen)

    @property
    def numeric(self) -> bool:
        """Whether nearly all texts are numbers."""
        return self.filled > 0 and self.marks.numbers >= 0.9 * self.filled

    @property
    def countable(self) -> bool:
        """Whether at least half of the texts are numbers: enough where the name says that it holds numbers."""
        return self.filled > 0 and 2 * self.marks.numbers >= self.filled

    @property
    def dates(self) -> Understanding | None:
        """How the column's dates are written; None when fewer than nine texts in ten are dates."""
        return self.dated(0.9)

    def dated(self, least: float) -> Understanding | None:
        """How the column's dates are written; None when a smaller part of the texts than ``least`` are dates."""
        found = self._evidence.understanding()
        return found if found is not None and found.share >= least else None

    @property
    def texts(self) -> bool:
        """Whether it holds words rather than numbers, dates or times."""
        return self.filled > 0 and not self.numeric and self.dates is None and self.clocks < 0.9 * self.filled


@dataclass(frozen=True)
class Survey:
    """All columns of a sheet in the order in which they appear, the number of rows, and the digests of rows that occur
    more than once."""

    columns: Mapping[str, Column]
    rows: int
    repeated: frozenset[int]
    first: tuple[Line, ...]


def survey(sheet: Sheet, most: int | None = None) -> Survey:
    """Walk a sheet once; ``most`` rows of it, or all."""
    columns: dict[str, Column] = {}
    digests = array("Q")
    first: list[Line] = []
    for line in sheet.walk():
        if not isinstance(line, Line):
            continue
        if len(first) < 10:
            first.append(line)
        digests.append(short_digest(row_digest(line.cells)))
        for name, text in line.cells.items():
            stripped = text.strip()
            if name not in columns and len(columns) < COLUMNS:
                columns[name] = Column()
            if stripped and name in columns:
                columns[name].add(stripped)
        if most is not None and len(digests) >= most:
            break
    values, counts = np.unique(np.frombuffer(digests, np.uint64), return_counts=True)
    return Survey(columns, len(digests), frozenset(values[counts > 1].tolist()), tuple(first))


def row_digest(cells: Mapping[str, str]) -> bytes:
    """The identity of a row: its filled cells by column name, whatever the order of the columns."""
    filled = sorted((name, text.strip()) for name, text in cells.items() if text and not text.isspace())
    return hashlib.blake2b(msgspec.msgpack.encode(filled), digest_size=16).digest()


def short_digest(digest: bytes) -> int:
    """The first 8 bytes of a digest."""
    return int.from_bytes(digest[:8], "little")
