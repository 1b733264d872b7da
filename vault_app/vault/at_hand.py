"""What an import has written, kept at hand until it is complete: its digest and full text need no second reading.

Rows are kept as the bytes that the digest takes in, and their words as the full text takes them, both compressed: a
tenth of what objects would need. Beyond a bound nothing is kept, and completion reads the rows back.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice, repeat
from math import isnan
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from importers.batches import NO_OFFSET, NO_TIME
from vault_app.vault.acting import ActingCount
from vault_app.vault.digests import COLUMNS, encoded
from vault_app.vault.folding import fold, fold_all

_fast: Any = zlib
with suppress(ImportError):
    from isal import isal_zlib

    _fast = isal_zlib

MOST: Final = 24 << 20
"""Bytes that are kept at hand, about."""

UNSAID: Final = {"start": NO_TIME, "end": NO_TIME, "offset": NO_OFFSET}
"""What stands in a column of whole numbers where the archive does not say; in one of floating point it is NaN."""

Ids = npt.NDArray[np.int64]
Words = tuple[int, str, str, str]
"""Item, title, text and names of its actors, folded."""

_PIECE = 1 << 16
_encode = msgspec.msgpack.Encoder().encode
_texts = msgspec.msgpack.Decoder(tuple[list[str], list[str]])


class Acting(NamedTuple):
    """The actors of an item: as the column ``parties`` has them, their numbers, and [name, type, value] of each."""

    parties: str
    numbers: tuple[int, ...]
    actors: list[tuple[str, str, str]]


class _Batch(NamedTuple):
    """Rows in the order of their ids. A run is of rows whose ids have no gap.

    ``first``, ``lengths``: the first id of each run, and how many it has. ``rows``, ``words``: of all rows, packed by
    runs. ``acting``: which of ``cast`` acts in each row; empty when nobody does. ``names``: the words of each of these.
    """

    ids: Ids
    source: int
    kinds: list[int]
    first: Ids
    lengths: Ids
    rows: _Packed
    words: _Packed
    acting: list[int]
    cast: list[Acting]
    names: list[str]


class AtHand:
    """The items that one import wrote from its beginning on."""

    def __init__(self) -> None:
        self._batches: list[_Batch] | None = []
        self._bytes = 0

    def drop(self) -> None:
        """Keep nothing, now and later."""
        self._batches = None

    def keep(self, ids: Ids, given: Mapping[str, list[Any]], alike: Mapping[str, Any], cast: list[Acting]) -> None:
        """Rows in the order of their ids: columns that are ``given``, and what stands in those that are ``alike``."""
        if self._batches is None:
            return
        first = np.concatenate([[0], np.flatnonzero(np.diff(ids) != 1) + 1])
        count = np.diff(first, append=len(ids))
        table = zip(*[_column(name, given, alike) for name in COLUMNS], strict=False)
        titles, texts = (fold_all(given[name]) if name in given else [] for name in ("title", "text"))
        rows, words = _Packing(), _Packing()
        for at, n in zip(first.tolist(), count.tolist(), strict=True):
            span = slice(at, at + n)
            rows.add(encoded(list(islice(table, n)), [acting.actors for acting in cast[span]]))
            words.add(_encode((titles[span], texts[span])))
        once = list({id(acting): acting for acting in cast}.values())
        place = {id(acting): at for at, acting in enumerate(once)}
        batch = _Batch(
            ids, alike["source"], given["kind"], ids[first], count, rows.end(), words.end(),
            [] if not any(acting.parties for acting in once) else [place[id(acting)] for acting in cast],
            once, [words_of(acting.actors) for acting in once],
        )  # fmt: skip
        named = sum(200 + 2 * len(acting.parties) + len(words) for acting, words in zip(once, batch.names, strict=True))
        self._bytes += len(batch.rows.data) + len(batch.words.data) + 24 * (len(ids) + 2 * len(first)) + named
        self._batches.append(batch)
        if self._bytes > MOST:
            self.drop()

    def has(self, ids: Ids) -> bool:
        """Whether it is these items that are at hand. ``ids``: ascending."""
        return self._batches is not None and np.array_equal(np.sort(_joined([b.ids for b in self._batches])), ids)

    def rows(self) -> Iterator[bytes]:
        """What the digest takes in of all of them, in the order of their ids, many at a time."""
        streams = [_Stream(batch.rows) for batch in self._batches or []]
        piece: list[bytes] = []
        length = 0
        for number, _ in self._runs():
            piece.append(streams[number].take())
            length += len(piece[-1])
            if length >= _PIECE:
                yield b"".join(piece)
                piece, length = [], 0
        yield b"".join(piece)

    def words(self) -> Iterator[Words]:
        """The row of the full text of each, in the order of their ids."""
        batches = self._batches or []
        streams = [_Stream(batch.words) for batch in batches]
        nobody = repeat("")
        names = [map(batch.names.__getitem__, batch.acting) if batch.acting else nobody for batch in batches]
        for number, (first, count) in self._runs():
            titles, texts = _texts.decode(streams[number].take())
            yield from zip(
                range(first, first + count), titles or repeat(""), texts or repeat(""), names[number], strict=False
            )

    def count(self, count: ActingCount) -> None:
        """Who acts in them, and how often."""
        for batch in self._batches or []:
            for (kind, at), n in Counter(zip(batch.kinds, batch.acting, strict=False)).items():
                count.item(kind, batch.source, batch.cast[at].parties, n)

    def _runs(self) -> Iterator[tuple[int, tuple[int, int]]]:
        """The batch of each run, its first id and how many rows it has, in the order of the ids."""
        batches = self._batches or []
        first, count = _joined([batch.first for batch in batches]), _joined([batch.lengths for batch in batches])
        numbers = np.repeat(np.arange(len(batches)), [len(batch.first) for batch in batches])
        order = np.argsort(first, kind="stable")
        return zip(numbers[order].tolist(), zip(first[order].tolist(), count[order].tolist(), strict=True), strict=True)


class _Packed(NamedTuple):
    """Pieces of bytes, compressed as one, and the size of each."""

    data: bytes
    sizes: list[int]


class _Packing:
    """Compresses pieces of bytes as they come."""

    def __init__(self) -> None:
        self._compress = _fast.compressobj(1)
        self._packed: list[bytes] = []
        self._sizes: list[int] = []

    def add(self, piece: bytes | memoryview) -> None:
        """The next one."""
        self._sizes.append(len(piece))
        self._packed.append(self._compress.compress(piece))

    def end(self) -> _Packed:
        """All of them."""
        return _Packed(b"".join([*self._packed, self._compress.flush()]), self._sizes)


class _Stream:
    """Gives packed pieces out again, one after the other."""

    def __init__(self, packed: _Packed) -> None:
        self._inflate = _fast.decompressobj()
        self._left, self._sizes = packed.data, iter(packed.sizes)
        self._ready = b""
        self._at = 0

    def take(self) -> bytes:
        """The next piece."""
        size = next(self._sizes)
        while len(self._ready) - self._at < size:
            more = self._inflate.decompress(self._left, max(_PIECE, size))
            self._left = self._inflate.unconsumed_tail
            self._ready, self._at = self._ready[self._at :] + more, 0
        self._at += size
        return self._ready[self._at - size : self._at]


def _column(name: str, given: Mapping[str, list[Any]], alike: Mapping[str, Any]) -> Iterator[Any]:
    """The values of a column as they are read from the vault: what is not said is None, and 0 has no sign."""
    if name not in given:
        return repeat(alike[name])
    values = given[name]
    if name in UNSAID:
        unsaid = UNSAID[name]
        return iter([None if value == unsaid else value for value in values] if unsaid in values else values)
    if name in {"lat", "lon"}:
        return iter([None if isnan(value) else value + 0.0 for value in values])
    return iter(values)


def words_of(actors: Sequence[tuple[str, str, str]]) -> str:
    """What the full text holds of the actors of an item: all their names and handles, folded."""
    return fold(" ".join(f"{name} {value}" for name, _, value in actors))


def _joined(columns: list[Ids]) -> Ids:
    return np.concatenate([np.empty(0, np.int64), *columns])
