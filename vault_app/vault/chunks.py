"""Samples packed by column: scaled differences, byte planes, zlib. Everything comes back to the letter.

A table of samples has ``start`` (us), and named columns of ``Numbers`` or ``Texts``. The columns ``end`` (us),
``value``, ``offset``, ``quality`` and ``import`` have fixed names behind ``@``; all others are the source's own.

``import`` is no part of a packed chunk: it stands beside it, so that another import that has the same samples changes
a few bytes only.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Texts, Times
from vault_app.vault import planes
from vault_app.vault.errors import DamagedVault
from vault_app.vault.planes import References

MOST = 4096
"""Samples in a chunk."""

END, VALUE, OFFSET, QUALITY, IMPORT = "@end", "@value", "@offset", "@quality", "@import"

Column = Numbers | Texts
_WORDS_LEVEL = 3
_SHORT = 64


class _Words(msgspec.Struct, array_like=True):
    codes: bytes
    size: int
    words: bytes


class _Whole(msgspec.Struct, array_like=True, tag="n"):
    mantissa: bytes
    decimals: bytes
    odd_rows: bytes
    odd: _Words | None


class _Text(msgspec.Struct, array_like=True, tag="t"):
    words: _Words


class _Chunk(msgspec.Struct, array_like=True):
    n: int
    start: bytes
    columns: dict[str, _Whole | _Text]


@dataclass(frozen=True, eq=False)
class Table:
    """Samples as columns, sorted by start."""

    start: Times
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.start)

    def take(self, rows: npt.NDArray[np.intp]) -> Table:
        """The table with these rows, in this order."""
        return Table(self.start[rows], {name: column.take(rows) for name, column in self.columns.items()})

    def span(self, first: int, after: int) -> Table:
        """The rows from ``first`` to before ``after``."""
        if (first, after) == (0, len(self)):
            return self
        return Table(
            self.start[first:after], {name: _span(column, first, after) for name, column in self.columns.items()}
        )

    def without(self, name: str) -> Table:
        """The table without a column."""
        return Table(self.start, {own: column for own, column in self.columns.items() if own != name})

    def with_column(self, name: str, column: Column) -> Table:
        """The table with one more column, or another one in its place."""
        return Table(self.start, dict(self.columns) | {name: column})


def lean(table: Table) -> Table:
    """The same table; its columns of texts have the words that occur only, in the order of their letters."""
    columns = {
        name: _lean(column) if isinstance(column, Texts) else column for name, column in sorted(table.columns.items())
    }
    return Table(table.start, columns)


def content(table: Table) -> bytes:
    """16 bytes, equal exactly for tables of equal samples in equal order. The table is ``lean``."""
    state = hashlib.blake2b(np.ascontiguousarray(table.start).data, digest_size=16)
    for name, column in table.columns.items():
        if isinstance(column, Numbers):
            state.update(msgspec.msgpack.encode((name, "n", sorted(column.odd.items()))))
            state.update(np.ascontiguousarray(column.mantissa).data)
            state.update(np.ascontiguousarray(column.decimals).data)
        else:
            state.update(msgspec.msgpack.encode((name, "t", column.words)))
            state.update(np.ascontiguousarray(column.codes, np.uint32).data)
    return state.digest()


def pack(table: Table) -> bytes:
    """One chunk of a ``lean`` table."""
    references: References = {planes.START: table.start}
    end = table.columns.get(END)
    columns: dict[str, _Whole | _Text] = {}
    for name, column in table.columns.items():
        columns[name] = _packed(column, references)
        if name == END and isinstance(end, Numbers):
            references = references | {planes.END: end.mantissa}
    return msgspec.msgpack.encode(_Chunk(len(table), planes.pack(table.start), columns))


def unpack(data: bytes, names: frozenset[str] | None = None) -> Table:
    """The table of a chunk, or only the named columns of it. Raises DamagedVault."""
    try:
        chunk = msgspec.msgpack.decode(data, type=_Chunk)
        start = planes.unpack(chunk.start, chunk.n)
        references: References = {planes.START: start}
        columns: dict[str, Column] = {}
        for name, stored in chunk.columns.items():
            if names is not None and name not in names and name != END:
                continue
            column = _column(stored, chunk.n, references)
            if name == END and isinstance(column, Numbers):
                references = references | {planes.END: column.mantissa}
            if names is None or name in names:
                columns[name] = column
        return Table(start, columns)
    except (msgspec.DecodeError, zlib.error, ValueError, KeyError) as error:
        raise DamagedVault("series") from error


def pack_imports(column: Texts) -> bytes:
    """The imports of each sample of a chunk: numbers of imports with commas between, mostly equal for all."""
    return msgspec.msgpack.encode(_words(_lean(column)))


def unpack_imports(data: bytes, n: int) -> Texts:
    """The imports of each sample of a chunk. Raises DamagedVault."""
    try:
        return _texts(msgspec.msgpack.decode(data, type=_Words), n)
    except (msgspec.DecodeError, zlib.error, ValueError) as error:
        raise DamagedVault("series") from error


def united(tables: Iterable[Table]) -> Table:
    """Several tables as one, in their order; a column that one lacks has no value there. Not sorted."""
    parts = [table for table in tables if len(table)]
    if len(parts) == 1:
        return parts[0]
    names = dict.fromkeys(name for table in parts for name in table.columns)
    start = np.concatenate([table.start for table in parts]) if parts else np.empty(0, np.int64)
    return Table(start, {name: _joined([(table.columns.get(name), len(table)) for table in parts]) for name in names})


def codes(column: Column) -> list[npt.NDArray[np.int64]]:
    """Numbers for each row, all equal exactly where the original texts are equal."""
    if isinstance(column, Texts):
        canonical = {word: at for at, word in reversed(list(enumerate(column.words)))}
        lut = np.array([canonical[word] for word in column.words] or [0], np.int64)
        return [lut[column.codes]]
    extra = column.decimals.astype(np.int64)
    words: dict[str | None, int] = {}
    for row, text in column.odd.items():
        extra[row] = 1000 + words.setdefault(text, len(words))
    return [column.mantissa, extra]


def _joined(parts: list[tuple[Column | None, int]]) -> Column:
    if any(isinstance(column, Texts) for column, _ in parts):
        words: dict[str | None, int] = {}
        blocks = []
        for column, n in parts:
            texts = column if isinstance(column, Texts) else None
            if texts is None:
                given = [None] * n if column is None else list(column.texts())
                blocks.append(np.fromiter((words.setdefault(text, len(words)) for text in given), np.uint32, n))
                continue
            lut = np.array([words.setdefault(word, len(words)) for word in texts.words] or [0], np.uint32)
            blocks.append(lut[texts.codes])
        return Texts(np.concatenate(blocks), tuple(words))
    mantissa, decimals, odd, at = [], [], {}, 0
    for column, n in parts:
        if isinstance(column, Numbers):
            mantissa.append(column.mantissa)
            decimals.append(column.decimals)
            odd.update({at + row: text for row, text in column.odd.items()})
        else:
            mantissa.append(np.zeros(n, np.int64))
            decimals.append(np.zeros(n, np.uint8))
            odd.update(dict.fromkeys(range(at, at + n)))
        at += n
    return Numbers(np.concatenate(mantissa), np.concatenate(decimals), odd)


def _span(column: Column, first: int, after: int) -> Column:
    if isinstance(column, Texts):
        return Texts(column.codes[first:after], column.words)
    odd = {row - first: text for row, text in column.odd.items() if first <= row < after}
    return Numbers(column.mantissa[first:after], column.decimals[first:after], odd)


def _lean(column: Texts) -> Texts:
    used = np.flatnonzero(np.bincount(column.codes, minlength=len(column.words)))
    words = sorted({column.words[code] for code in used.tolist()}, key=lambda word: (word is not None, word or ""))
    place = {word: at for at, word in enumerate(words)}
    lut = np.zeros(max(1, len(column.words)), np.uint32)
    lut[used] = [place[column.words[code]] for code in used.tolist()]
    return Texts(lut[column.codes], tuple(words))


def _packed(column: Column, references: References) -> _Whole | _Text:
    if isinstance(column, Texts):
        return _Text(_words(column))
    decimals = planes.pack_bytes(column.decimals)
    mantissa = planes.pack(column.mantissa, references)
    if not column.odd:
        return _Whole(mantissa, decimals, b"", None)
    rows = np.array(sorted(column.odd), np.int64)
    words = dict.fromkeys(column.odd.values())
    place = {word: at for at, word in enumerate(words)}
    codes_ = np.array([place[column.odd[row]] for row in rows.tolist()], np.uint32)
    return _Whole(mantissa, decimals, planes.pack(rows), _words(Texts(codes_, tuple(words))))


def _words(column: Texts) -> _Words:
    raw = msgspec.msgpack.encode(column.words)
    width = np.uint8 if len(column.words) <= 256 else np.uint16
    codes_ = b"" if len(column.words) <= 1 else planes.pack_bytes(column.codes.astype(width))
    if len(raw) < _SHORT:
        return _Words(codes_, 0, raw)
    return _Words(codes_, len(raw), zlib.compress(raw, _WORDS_LEVEL))


def _column(stored: _Whole | _Text, n: int, references: References) -> Column:
    if isinstance(stored, _Text):
        return _texts(stored.words, n)
    odd: dict[int, str | None] = {}
    if stored.odd is not None:
        count = planes.count(stored.odd_rows)
        rows = planes.unpack(stored.odd_rows, count)
        odd = dict(zip(rows.tolist(), _texts(stored.odd, count).texts(), strict=True))
    decimals = planes.unpack_bytes(stored.decimals, n, np.uint8)
    return Numbers(planes.unpack(stored.mantissa, n, references), decimals, odd)


def _texts(stored: _Words, n: int) -> Texts:
    raw = planes.inflated(stored.words, stored.size) if stored.size else stored.words
    words = tuple(msgspec.msgpack.decode(raw, type=list[str | None]))
    if len(words) == 1 and not stored.codes:
        return Texts(np.zeros(n, np.uint32), words)
    width = np.uint8 if len(words) <= 256 else np.uint16
    places = planes.unpack_bytes(stored.codes, n, width).astype(np.uint32)
    if n and int(places.max()) >= len(words):
        raise DamagedVault("series")
    return Texts(places, words)
