"""The rows of packed samples. Each series holds the sum of the marks of its chunks: an old row put back is found.

The mark of a chunk is a keyed hash over all of its row; the sum is taken modulo 2**256. One that does not know the key
cannot find other rows with the same sum, and a change costs one subtraction and one addition.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from importers.columns import Numbers, Texts
from vault_app.vault import chunks
from vault_app.vault.chunks import IMPORT, MOST, VALUE, Table
from vault_app.vault.driver import Connection
from vault_app.vault.keys import Key

_MODULUS = 1 << 256
_SMALL = MOST // 4


@dataclass(frozen=True)
class ChunkRow:
    """A chunk without its samples. ``t0``, ``t1``: first and last start, us. ``content``: see ``chunks.content``."""

    id: int
    t0: int
    t1: int
    n: int
    content: bytes


class ChunkStore:
    """Reads and writes chunks, inside the caller's transaction."""

    def __init__(self, connection: Connection, key: Key) -> None:
        """``key``: the subkey ``digest``."""
        self._connection = connection
        self._key = key

    def between(self, series: int, first: int, last: int) -> list[ChunkRow]:
        """The chunks with samples in a span (us, both ends included), in order."""
        found = self._connection.execute(
            "SELECT id, t0, t1, n, content FROM chunk WHERE series = ? AND t0 <= ? AND t1 >= ? ORDER BY t0, id",
            (series, last, first),
        )
        return [ChunkRow(*row) for row in found]

    def unfinished(self, series: int, before: int, import_id: int) -> list[ChunkRow]:
        """The last chunk before a time when it is small and of this import alone: what follows goes on in it."""
        found = self._connection.execute(
            "SELECT id, t0, t1, n, content FROM chunk WHERE series = ? AND t0 <= ? ORDER BY t0 DESC, id DESC LIMIT 1",
            (series, before),
        ).fetchone()
        if found is None:
            return []
        row = ChunkRow(*found)
        alone = row.n < _SMALL and self.imports(row).words == (str(import_id),)
        return [row] if alone else []

    def table(self, row: ChunkRow) -> Table:
        """The samples of a chunk, with their imports. Raises DamagedVault."""
        (data,) = self._connection.execute("SELECT data FROM chunk WHERE id = ?", (row.id,)).fetchone()
        return chunks.unpack(data).with_column(IMPORT, self.imports(row))

    def imports(self, row: ChunkRow) -> Texts:
        """The imports of each sample of a chunk."""
        (data,) = self._connection.execute("SELECT imports FROM chunk WHERE id = ?", (row.id,)).fetchone()
        return chunks.unpack_imports(data, row.n)

    def share(self, row: ChunkRow, import_id: int) -> None:
        """One more import has all samples of a chunk."""
        imports = self.imports(row)
        name = str(import_id)
        words = tuple(
            word if name in (word or "").split(",") else ",".join(filter(None, (word, name))) for word in imports.words
        )
        if words != imports.words:
            self.mark(row, Texts(imports.codes, words))

    def mark(self, row: ChunkRow, imports: Texts) -> None:
        """Change the imports of a chunk's samples."""
        series, mark = self._connection.execute("SELECT series, mark FROM chunk WHERE id = ?", (row.id,)).fetchone()
        self._connection.execute(
            "UPDATE chunk SET imports = ? WHERE id = ?", (bytearray(chunks.pack_imports(imports)), row.id)
        )
        fresh = mark_of(self._key, _whole(self._connection, row.id))
        self._connection.execute("UPDATE chunk SET mark = ? WHERE id = ?", (bytearray(fresh), row.id))
        self._add(series, _number(fresh) - _number(mark))

    def remove(self, series: int, rows: Sequence[ChunkRow]) -> None:
        """Delete chunks of a series. What ``table`` gives of them afterwards is lost: read first."""
        gone = 0
        for row in rows:
            (mark,) = self._connection.execute("SELECT mark FROM chunk WHERE id = ?", (row.id,)).fetchone()
            gone += _number(mark)
            self._connection.execute("DELETE FROM chunk WHERE id = ?", (row.id,))
        if rows:
            self._add(series, -gone)

    def write(self, series: int, table: Table) -> None:
        """Write sorted samples, with their imports, as chunks."""
        more = 0
        for first, after in _cuts(table):
            part = table.span(first, after)
            imports = part.columns[IMPORT]
            assert isinstance(imports, Texts)
            part = chunks.lean(part.without(IMPORT))
            times = (int(part.start[0]), int(part.start[-1]), len(part))
            packed = (chunks.pack_imports(imports), chunks.pack(part))
            values = (series, *times, *_range(part), chunks.content(part), *packed)
            mark = mark_of(self._key, values)
            more += _number(mark)
            self._connection.execute(
                "INSERT INTO chunk (series, t0, t1, n, least, most, total, content, imports, data, mark)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [bytearray(value) if isinstance(value, bytes) else value for value in (*values, mark)],
            )
        self._add(series, more)

    def _add(self, series: int, more: int) -> None:
        (total,) = self._connection.execute("SELECT digest FROM series WHERE id = ?", (series,)).fetchone()
        fresh = (_number(total) + more) % _MODULUS
        self._connection.execute("UPDATE series SET digest = ? WHERE id = ?", (bytearray(fresh.to_bytes(32)), series))


def mark_of(key: Key, values: Sequence[object]) -> bytes:
    """The mark of a row: keyed BLAKE2b-256 over MessagePack of all its columns from ``series`` to ``data``."""
    return hashlib.blake2b(msgspec.msgpack.encode(values), key=bytes(key.bytes), digest_size=32).digest()


def changed_series(connection: Connection, key: Key) -> list[int]:
    """The series whose chunks are not those that were written: all of them are read."""
    wrong = []
    for series, total in connection.execute("SELECT id, digest FROM series").fetchall():
        found = 0
        for (chunk,) in connection.execute("SELECT id FROM chunk WHERE series = ?", (series,)).fetchall():
            found += _number(mark_of(key, _whole(connection, chunk)))
        if found % _MODULUS != _number(total):
            wrong.append(int(series))
    return wrong


def _whole(connection: Connection, chunk: int) -> tuple[object, ...]:
    row = connection.execute(
        "SELECT series, t0, t1, n, least, most, total, content, imports, data FROM chunk WHERE id = ?", (chunk,)
    ).fetchone()
    return tuple(row)


def _cuts(table: Table) -> Iterator[tuple[int, int]]:
    """Spans of rows for chunks: samples with one start stay together, unless they are too many for one."""
    at = 0
    while at < len(table):
        after = min(at + MOST, len(table))
        if after < len(table) and table.start[after] == table.start[after - 1]:
            same = int(np.searchsorted(table.start, table.start[after]))
            after = same if same > at else after
        yield at, after
        at = after


def _range(part: Table) -> tuple[float | None, float | None, float | None]:
    """Least, greatest and sum of the values; None without numbers."""
    value = part.columns.get(VALUE)
    if not isinstance(value, Numbers):
        return None, None, None
    floats = value.floats()
    floats = floats[~np.isnan(floats)]
    if not len(floats):
        return None, None, None
    return float(floats.min()), float(floats.max()), float(floats.sum())


def _number(mark: bytes) -> int:
    return int.from_bytes(mark)
