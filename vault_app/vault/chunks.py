"""Samples packed by column: differences, byte planes, zlib. Everything comes back to the letter.

A table of samples has ``start`` (us), and named columns of ``Numbers`` or ``Texts``. The columns ``end`` (us),
``value``, ``offset``, ``quality`` and ``import`` have fixed names behind ``@``; all others are the source's own.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Texts, Times
from vault_app.vault.errors import DamagedVault

MOST = 4096
"""Samples in a chunk."""

END, VALUE, OFFSET, QUALITY, IMPORT = "@end", "@value", "@offset", "@quality", "@import"

Column = Numbers | Texts
_LEVEL = 1


class _Stored(msgspec.Struct, array_like=True):
    kind: str
    first: bytes
    second: bytes
    odd: dict[int, str | None]
    words: list[str | None]


class _Chunk(msgspec.Struct, array_like=True):
    n: int
    start: bytes
    columns: dict[str, _Stored]


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


def pack(table: Table) -> bytes:
    """One chunk."""
    columns = {name: _stored(column) for name, column in table.columns.items()}
    return msgspec.msgpack.encode(_Chunk(len(table), _whole(table.start), columns))


def unpack(data: bytes, names: frozenset[str] | None = None) -> Table:
    """The table of a chunk, or only the named columns of it. Raises DamagedVault."""
    try:
        chunk = msgspec.msgpack.decode(data, type=_Chunk)
        columns = {
            name: _column(stored, chunk.n) for name, stored in chunk.columns.items() if names is None or name in names
        }
        return Table(_unwhole(chunk.start, chunk.n), columns)
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


def codes(column: Column) -> npt.NDArray[np.int64]:
    """A number for each row, equal exactly where the original texts are equal. Two columns wide for numbers."""
    if isinstance(column, Texts):
        canonical = {word: at for at, word in reversed(list(enumerate(column.words)))}
        lut = np.array([canonical[word] for word in column.words] or [0], np.int64)
        return lut[column.codes][:, None]
    extra = column.decimals.astype(np.int64)
    if column.odd:
        words: dict[str | None, int] = {}
        for row, text in column.odd.items():
            extra[row] = 1000 + words.setdefault(text, len(words))
    return np.stack([column.mantissa, extra], axis=1)


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


def _stored(column: Column) -> _Stored:
    if isinstance(column, Numbers):
        return _Stored("n", _whole(column.mantissa), _small(column.decimals), column.odd, [])
    used, places = np.unique(column.codes, return_inverse=True)
    words = [column.words[code] for code in used.tolist()]
    width = np.uint8 if len(words) <= 256 else np.uint16
    return _Stored("t", _small(places.astype(width)), b"", {}, words)


def _column(stored: _Stored, n: int) -> Column:
    if stored.kind == "n":
        return Numbers(_unwhole(stored.first, n), np.frombuffer(_big(stored.second, n), np.uint8), stored.odd)
    width = np.uint8 if len(stored.words) <= 256 else np.uint16
    places = np.frombuffer(_big(stored.first, n * width().itemsize), width).astype(np.uint32)
    if n and int(places.max()) >= len(stored.words):
        raise DamagedVault("series")
    return Texts(places, tuple(stored.words))


def _whole(values: npt.NDArray[np.int64]) -> bytes:
    """Differences as byte planes: bytes of one weight stand together, and high ones are mostly equal."""
    steps = np.diff(values, prepend=np.int64(0))
    signed = (steps << np.int64(1)) ^ (steps >> np.int64(63))
    planes = signed.view(np.uint8).reshape(-1, 8).T
    width = 8
    while width > 1 and not planes[width - 1].any():
        width -= 1
    return bytes([width]) + zlib.compress(np.ascontiguousarray(planes[:width]).tobytes(), _LEVEL)


def _unwhole(data: bytes, n: int) -> npt.NDArray[np.int64]:
    width = data[0]
    planes = np.frombuffer(_big(data[1:], n * width), np.uint8).reshape(width, n)
    wide = np.zeros((n, 8), np.uint8)
    wide[:, :width] = planes.T
    signed = wide.view(np.uint64).reshape(n)
    steps = (signed >> np.uint64(1)).astype(np.int64) ^ -(signed & np.uint64(1)).astype(np.int64)
    return np.cumsum(steps)


def _small(values: npt.NDArray[Any]) -> bytes:
    return zlib.compress(values.tobytes(), _LEVEL)


def _big(data: bytes, size: int) -> bytes:
    state = zlib.decompressobj()
    whole = state.decompress(data, size + 1)
    if len(whole) != size:
        raise DamagedVault("series")
    return whole
