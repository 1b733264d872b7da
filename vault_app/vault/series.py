"""Series: many samples in few rows. A sample knows the imports that have it; undo drops it with the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from importers.batches import NO_TIME
from importers.columns import Numbers, Texts
from importers.records import Samples
from vault_app.vault import chunks
from vault_app.vault.chunk_store import ChunkRow, ChunkStore
from vault_app.vault.chunks import END, IMPORT, OFFSET, QUALITY, VALUE, Column, Table
from vault_app.vault.driver import Connection
from vault_app.vault.keys import Key

_ODD = np.uint64(0x9E37_79B9_7F4A_7C15)


@dataclass(frozen=True)
class SeriesRow:
    """A series as listed. ``first``, ``last``: starts, us, or None when it is empty."""

    id: int
    name: str
    source: str
    unit: str
    subject: str
    exclusive: bool
    n: int
    first: int | None
    last: int | None


class SeriesWriter:
    """Writes samples of one import, inside the caller's transactions."""

    def __init__(self, connection: Connection, key: Key, import_id: int) -> None:
        """``key``: the subkey ``digest``."""
        self._connection = connection
        self._chunks = ChunkStore(connection, key)
        self._import = import_id
        self._series: dict[tuple[int, str, str, str], int] = {}

    def add(self, source: int, samples: Samples) -> tuple[int, int]:
        """Store samples; returns how many are new and how many were known.

        What lies after everything stored is packed and appended. Else chunks that the batch repeats sample by sample
        are known by their content and not unpacked; only those that differ are united with what falls among them.
        """
        series = self._number(source, samples)
        fresh = _table(samples)
        new, at = 0, 0
        pending: list[ChunkRow] = []
        merge = _Merge(self._chunks, series, self._import, samples.incidental)
        for row in self._chunks.between(series, int(fresh.start[0]), int(fresh.start[-1])):
            first = max(at, int(np.searchsorted(fresh.start, row.t0)))
            after = int(np.searchsorted(fresh.start, row.t1, "right"))
            known = after - first == row.n and chunks.content(chunks.lean(fresh.span(first, after))) == row.content
            if after > first and not known:
                pending.append(row)
                continue
            new += merge.stretch(fresh.span(at, first), pending)
            at, pending = (after if known else first), []
            if known:
                self._chunks.share(row, self._import)
        if not pending and not at:
            pending = self._chunks.unfinished(series, int(fresh.start[0]), self._import)
        new += merge.stretch(fresh.span(at, len(fresh)), pending)
        self._connection.execute(
            "INSERT INTO sampled (import, series, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            (self._import, series, new),
        )
        return new, len(fresh) - new

    def drop(self) -> None:
        """Forget what is at hand: the transaction was rolled back."""
        self._series = {}

    def _number(self, source: int, samples: Samples) -> int:
        values = (source, samples.series, samples.unit, samples.subject)
        if values not in self._series:
            self._connection.execute(
                "INSERT OR IGNORE INTO series (source, name, unit, subject, exclusive) VALUES (?, ?, ?, ?, ?)",
                (*values, int(samples.exclusive)),
            )
            row = self._connection.execute(
                "SELECT id FROM series WHERE source = ? AND name = ? AND unit = ? AND subject = ?", values
            ).fetchone()
            self._series[values] = int(row[0])
        return self._series[values]


@dataclass(frozen=True)
class _Merge:
    """Unites stretches of a batch with the chunks that they fall into."""

    store: ChunkStore
    series: int
    import_id: int
    incidental: frozenset[str]

    def stretch(self, fresh: Table, old: Sequence[ChunkRow]) -> int:
        """Write new samples in place of these chunks; returns how many the vault did not have."""
        if not len(fresh):
            return 0
        mine = Texts(np.zeros(len(fresh), np.uint32), (str(self.import_id),))
        fresh = fresh.with_column(IMPORT, mine)
        before = chunks.united(self.store.table(row) for row in old)
        merged = _merged(before, fresh, self.incidental, self.import_id)
        self.store.remove(self.series, old)
        self.store.write(self.series, merged)
        return len(merged) - len(before)


def rows(connection: Connection) -> list[SeriesRow]:
    """All series that hold samples, by source and name."""
    found = connection.execute(
        """
        SELECT series.id, series.name, source.name, unit, subject, exclusive, sum(n), min(t0), max(t1)
        FROM series JOIN source ON source.id = series.source JOIN chunk ON chunk.series = series.id
        GROUP BY series.id ORDER BY source.name, series.name, subject, unit
        """
    )
    return [SeriesRow(i, name, src, unit, sub, bool(ex), n, t0, t1) for i, name, src, unit, sub, ex, n, t0, t1 in found]


def read(
    connection: Connection,
    row: SeriesRow,
    since: int | None = None,
    until: int | None = None,
    names: frozenset[str] | None = None,
) -> Iterator[Table]:
    """The samples with a start from ``since`` to before ``until`` (us), in order, chunk by chunk.

    Of an exclusive series each start is given once: the sample of the newest import that has a value there, and when
    none has one, of the newest. ``names``: only these columns. Samples of an import that is still running are left out.
    """
    wanted = names if names is None or not row.exclusive else names | {VALUE}
    running = {str(i) for (i,) in connection.execute("SELECT id FROM import WHERE state = 'running'")}
    found = connection.execute(
        "SELECT n, imports, data FROM chunk WHERE series = ? AND t1 >= ? AND t0 < ? ORDER BY t0, id",
        (row.id, since if since is not None else -(1 << 62), until if until is not None else 1 << 62),
    )
    for n, marks, data in found:
        table = chunks.unpack(data, wanted)
        imports = chunks.unpack_imports(marks, n)
        keep = np.ones(n, np.bool_)
        if since is not None:
            keep &= table.start >= since
        if until is not None:
            keep &= table.start < until
        if running:
            keep &= ~_only_of(imports, running)
        if row.exclusive:
            keep &= _newest(table, imports, keep)
        if names is not None and VALUE not in names:
            table = table.without(VALUE)
        table = table.with_column(IMPORT, imports)
        if keep.all():
            yield table
        elif keep.any():
            yield table.take(np.flatnonzero(keep))


def remove_import(connection: Connection, key: Key, import_id: int) -> None:
    """Take one import's name off all samples, inside the caller's transaction; those that no import has then go."""
    store = ChunkStore(connection, key)
    name = str(import_id)
    touched = [i for (i,) in connection.execute("SELECT series FROM sampled WHERE import = ?", (import_id,))]
    for series in touched:
        for row in store.between(series, -(1 << 62), 1 << 62):
            imports = store.imports(row)
            if not any(name in (word or "").split(",") for word in imports.words):
                continue
            words = tuple(",".join(part for part in (word or "").split(",") if part != name) for word in imports.words)
            gone = np.array([not word for word in words], np.bool_)[imports.codes]
            rest = Texts(imports.codes, words)
            if not gone.any():
                store.mark(row, rest)
                continue
            left = None if gone.all() else store.table(row).with_column(IMPORT, rest).take(np.flatnonzero(~gone))
            store.remove(series, [row])
            if left is not None:
                store.write(series, left)
        if not connection.execute("SELECT 1 FROM chunk WHERE series = ? LIMIT 1", (series,)).fetchone():
            connection.execute("DELETE FROM series WHERE id = ?", (series,))
    connection.execute("DELETE FROM sampled WHERE import = ?", (import_id,))


def _table(samples: Samples) -> Table:
    n = len(samples.start)
    columns: dict[str, Column] = {}
    if samples.end is not None:
        missing = np.flatnonzero(samples.end == NO_TIME)
        end = samples.end
        if len(missing):
            end = np.where(samples.end == NO_TIME, 0, samples.end)
        columns[END] = Numbers(end, np.zeros(n, np.uint8), dict.fromkeys(missing.tolist()))
    named: dict[str, Column | None] = {VALUE: samples.value, OFFSET: samples.offset, QUALITY: samples.quality}
    columns |= {name: column for name, column in named.items() if column is not None}
    columns |= samples.columns
    return Table(samples.start, columns)


def _merged(before: Table, fresh: Table, incidental: frozenset[str], import_id: int) -> Table:
    """Both, sorted by start, equal samples once with the imports of both."""
    both = chunks.united([before, fresh])
    if bool(np.all(both.start[1:] > both.start[:-1])):
        return both
    group, first = _groups(both, incidental)
    imports = both.columns[IMPORT]
    assert isinstance(imports, Texts)
    words = list(imports.words)
    mine = _with(words, words, str(import_id))
    codes = imports.codes.copy()
    again = np.unique(group[len(before) :])
    kept = first[again]
    known = kept[kept < len(before)]
    codes[known] = mine[codes[known]]
    columns = dict(both.columns) | {IMPORT: Texts(codes, tuple(words))}
    chosen = np.sort(first)
    order = chosen[np.argsort(both.start[chosen], kind="stable")]
    return Table(both.start, columns).take(order)


def _with(words: list[str | None], given: list[str | None], name: str) -> npt.NDArray[np.uint32]:
    """For each word the code of the same word with one more import; new words are added to the list."""
    lut = np.zeros(len(given), np.uint32)
    for code, word in enumerate(list(given)):
        parts = (word or "").split(",")
        wanted = word if name in parts else ",".join([*parts, name])
        if wanted not in words:
            words.append(wanted)
        lut[code] = words.index(wanted)
    return lut


def _groups(table: Table, incidental: frozenset[str]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """A number for each row, equal for equal samples, and the first row of each number.

    Rows are told apart by a mixture of all their columns in 64 bits; every group is then looked at column by column,
    and when two different samples have met in one mixture the rows are compared in full.
    """
    left_out = incidental | {IMPORT}
    columns = [table.start]
    for name, column in sorted(table.columns.items()):
        if name not in left_out:
            columns += chunks.codes(column)
    _, first, group = np.unique(_mixed(columns), return_index=True, return_inverse=True)
    group = group.reshape(-1)
    if all(bool((column == column[first][group]).all()) for column in columns):
        return group, first
    rows = np.ascontiguousarray(np.stack(columns, axis=1)).view([("", np.int64)] * len(columns)).reshape(-1)
    _, first, group = np.unique(rows, return_index=True, return_inverse=True)
    return group.reshape(-1), first


def _mixed(columns: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.uint64]:
    mixture = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixture ^= column.view(np.uint64) + _ODD
        mixture *= _ODD
        mixture ^= mixture >> np.uint64(29)
    return mixture


def _only_of(imports: Texts, running: set[str]) -> npt.NDArray[np.bool_]:
    lut = np.array([set((word or "").split(",")) <= running for word in imports.words], np.bool_)
    return lut[imports.codes]


def _newest(table: Table, imports: Texts, keep: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of rows with one start, the one of the newest import, before all without a value: a correction never takes away.

    A meter's later file may say nothing for an hour that an earlier one had measured.
    """
    newest = np.array([max(int(part) for part in (word or "0").split(",")) for word in imports.words], np.int64)
    age = np.where(keep, newest[imports.codes], -1)
    order = np.lexsort((age, keep & _valued(table), table.start))
    last = np.ones(len(order), np.bool_)
    last[:-1] = table.start[order][1:] != table.start[order][:-1]
    chosen = np.zeros(len(order), np.bool_)
    chosen[order[last]] = True
    return chosen


def _valued(table: Table) -> npt.NDArray[np.bool_]:
    """Which rows have a value."""
    column = table.columns.get(VALUE)
    if column is None:
        return np.zeros(len(table), np.bool_)
    if isinstance(column, Texts):
        return np.array([bool(word) for word in column.words] or [False], np.bool_)[column.codes]
    valued = np.ones(len(table), np.bool_)
    valued[[row for row, text in column.odd.items() if not text]] = False
    return valued


__all__ = ["SeriesRow", "SeriesWriter", "read", "remove_import", "rows"]
