"""Short messages as batches of columns: many items, straight to the writer, without an archive.

All seeds spread their messages evenly over the same eleven years, so that each import adds some 25 facts to each of
4,018 days: the hardest case for a table in order of time, whose every page is then read, split and written. Archives of
one service bring mostly months of their own, which are appended. Goals 11, 16 and 17 hang on this: where each import
has its own year, the tenth costs what the first did.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np

from importers.batches import NO_OFFSET, NO_TIME, ItemBatch
from importers.records import KINDS, PRECISIONS, Kind, Precision, Role
from tests.perf.words import Vocabulary

ROWS = 20_000
"""Rows of a batch, as the collector sends them."""

_FIRST = 1_420_070_400_000_000  # 2015-01-01
_SPAN = 11 * 365 * 86_400_000_000


def batches(rows: int, seed: int, member: int = 0) -> Iterator[ItemBatch]:
    """So many messages of 300 people over eleven years, in order of time; other seeds, other messages."""
    random_ = random.Random(seed)
    vocabulary = Vocabulary(random.Random(1))
    vocabulary._random = random_
    numbers = np.random.default_rng(seed)
    start = np.sort(numbers.integers(_FIRST, _FIRST + _SPAN, rows)) // 1000 * 1000
    people = [
        Role("from", vocabulary.word(300 + n).title() + " " + vocabulary.word(900 + n).title()) for n in range(300)
    ]
    kinds = [KINDS.index(kind) for kind in (Kind.MESSAGE, Kind.POST, Kind.REACTION)]
    for at in range(0, rows, ROWS):
        n = min(ROWS, rows - at)
        yield ItemBatch(
            kind=numbers.choice(np.array(kinds, np.uint8), n, p=[0.8, 0.15, 0.05]),
            precision=np.full(n, PRECISIONS.index(Precision.MILLISECOND), np.uint8),
            start=start[at : at + n],
            end=np.full(n, NO_TIME, np.int64),
            offset=np.full(n, NO_OFFSET, np.int16),
            lat=np.full(n, np.nan),
            lon=np.full(n, np.nan),
            key=numbers.integers(0, 1 << 63, n, dtype=np.uint64) * np.uint64(2) + np.uint64(1),
            check=numbers.integers(0, 1 << 32, n, dtype=np.uint32),
            stable=np.zeros(n, np.uint8),
            member=np.full(n, member, np.uint32),
            title=[""] * n,
            text=[vocabulary.phrase(1 + min(40, int(random_.expovariate(0.18)))) for _ in range(n)],
            amount=[""] * n,
            currency=[""] * n,
            details=[""] * n,
            parties=[(people[int(random_.paretovariate(0.7)) % 300],) for _ in range(n)],
            files=[()] * n,
        )
