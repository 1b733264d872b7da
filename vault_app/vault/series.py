"""Series: many samples in few rows. A sample knows the imports that have it; undo drops it with the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Texts
from importers.records import Samples
from vault_app.vault import chunks
from vault_app.vault.chunks import END, IMPORT, MOST, OFFSET, QUALITY, VALUE, Column, Table
from vault_app.vault.driver import Connection


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


def add(connection: Connection, import_id: int, source: int, samples: Samples) -> tuple[int, int]:
    """Store samples, inside the caller's transaction; returns how many are new and how many were known."""
    series = _series(connection, source, samples)
    fresh = _table(samples, import_id)
    t0, t1 = int(fresh.start[0]), int(fresh.start[-1])
    old = connection.execute(
        "SELECT id, data FROM chunk WHERE series = ? AND t0 <= ? AND t1 >= ? ORDER BY t0, id", (series, t1, t0)
    ).fetchall()
    before = chunks.united(chunks.unpack(data) for _, data in old)
    merged = _merged(before, fresh, samples.incidental, import_id)
    if old:
        connection.executemany("DELETE FROM chunk WHERE id = ?", [(chunk,) for chunk, _ in old])
    write(connection, series, merged)
    new = len(merged) - len(before)
    connection.execute(
        "INSERT INTO sampled (import, series, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        (import_id, series, new),
    )
    return new, len(fresh) - new


def write(connection: Connection, series: int, table: Table) -> None:
    """Write sorted samples as chunks."""
    for at in range(0, len(table), MOST):
        part = table.take(np.arange(at, min(at + MOST, len(table))))
        value = part.columns.get(VALUE)
        least = most = total = float("nan")
        if isinstance(value, Numbers):
            floats = value.floats()
            if not np.isnan(floats).all():
                least, most, total = float(np.nanmin(floats)), float(np.nanmax(floats)), float(np.nansum(floats))
        connection.execute(
            "INSERT INTO chunk (series, t0, t1, n, least, most, total, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                series,
                int(part.start[0]),
                int(part.start[-1]),
                len(part),
                least,
                most,
                total,
                bytearray(chunks.pack(part)),
            ),
        )


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

    Of an exclusive series each start is given once, with the value of the newest import. ``names``: only these
    columns. Samples of an import that is still running are left out.
    """
    running = {str(i) for (i,) in connection.execute("SELECT id FROM import WHERE state = 'running'")}
    wanted = None if names is None else names | {IMPORT}
    found = connection.execute(
        "SELECT data FROM chunk WHERE series = ? AND t1 >= ? AND t0 < ? ORDER BY t0, id",
        (row.id, since if since is not None else -(1 << 62), until if until is not None else 1 << 62),
    )
    for (data,) in found:
        table = chunks.unpack(data, wanted)
        keep = np.ones(len(table), np.bool_)
        if since is not None:
            keep &= table.start >= since
        if until is not None:
            keep &= table.start < until
        if running:
            keep &= ~_only_of(table, running)
        if row.exclusive:
            keep &= _newest(table, keep)
        if keep.all():
            yield table
        elif keep.any():
            yield table.take(np.flatnonzero(keep))


def remove_import(connection: Connection, import_id: int) -> None:
    """Take one import's name off all samples, inside the caller's transaction; those that no import has then go."""
    name = str(import_id)
    touched = [i for (i,) in connection.execute("SELECT series FROM sampled WHERE import = ?", (import_id,))]
    for series in touched:
        for chunk, data in connection.execute("SELECT id, data FROM chunk WHERE series = ?", (series,)).fetchall():
            table = chunks.unpack(data)
            imports = table.columns[IMPORT]
            assert isinstance(imports, Texts)
            if not any(name in (word or "").split(",") for word in imports.words):
                continue
            words = tuple(",".join(part for part in (word or "").split(",") if part != name) for word in imports.words)
            gone = np.array([not word for word in words], np.bool_)[imports.codes]
            columns = dict(table.columns) | {IMPORT: Texts(imports.codes, words)}
            connection.execute("DELETE FROM chunk WHERE id = ?", (chunk,))
            write(connection, series, Table(table.start, columns).take(np.flatnonzero(~gone)))
        if not connection.execute("SELECT 1 FROM chunk WHERE series = ? LIMIT 1", (series,)).fetchone():
            connection.execute("DELETE FROM series WHERE id = ?", (series,))
    connection.execute("DELETE FROM sampled WHERE import = ?", (import_id,))


def _series(connection: Connection, source: int, samples: Samples) -> int:
    values = (source, samples.series, samples.unit, samples.subject)
    connection.execute(
        "INSERT OR IGNORE INTO series (source, name, unit, subject, exclusive) VALUES (?, ?, ?, ?, ?)",
        (*values, int(samples.exclusive)),
    )
    row = connection.execute(
        "SELECT id FROM series WHERE source = ? AND name = ? AND unit = ? AND subject = ?", values
    ).fetchone()
    return int(row[0])


def _table(samples: Samples, import_id: int) -> Table:
    n = len(samples.start)
    columns: dict[str, Column] = {IMPORT: Texts(np.zeros(n, np.uint32), (str(import_id),))}
    if samples.end is not None:
        columns[END] = Numbers(samples.end, np.zeros(n, np.uint8))
    named: dict[str, Column | None] = {VALUE: samples.value, OFFSET: samples.offset, QUALITY: samples.quality}
    columns |= {name: column for name, column in named.items() if column is not None}
    columns |= samples.columns
    return Table(samples.start, columns)


def _merged(before: Table, fresh: Table, incidental: frozenset[str], import_id: int) -> Table:
    """Both, sorted by start, equal samples once with the imports of both."""
    both = chunks.united([before, fresh])
    if not len(before) and bool(np.all(np.diff(fresh.start) > 0)):
        return fresh
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
    """A number for each row, equal for equal samples, and the first row of each number."""
    left_out = incidental | {IMPORT}
    matrix = [table.start[:, None]]
    matrix += [chunks.codes(column) for name, column in sorted(table.columns.items()) if name not in left_out]
    wide = np.ascontiguousarray(np.concatenate(matrix, axis=1))
    rows = wide.view([("", np.int64)] * wide.shape[1]).reshape(-1)
    _, first, group = np.unique(rows, return_index=True, return_inverse=True)
    return group.reshape(-1), first


def _only_of(table: Table, running: set[str]) -> npt.NDArray[np.bool_]:
    imports = table.columns[IMPORT]
    assert isinstance(imports, Texts)
    lut = np.array([set((word or "").split(",")) <= running for word in imports.words], np.bool_)
    return lut[imports.codes]


def _newest(table: Table, keep: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of rows with one start, the one of the newest import."""
    imports = table.columns[IMPORT]
    assert isinstance(imports, Texts)
    newest = np.array([max(int(part) for part in (word or "0").split(",")) for word in imports.words], np.int64)
    age = np.where(keep, newest[imports.codes], -1)
    order = np.lexsort((age, table.start))
    last = np.ones(len(order), np.bool_)
    last[:-1] = table.start[order][1:] != table.start[order][:-1]
    chosen = np.zeros(len(order), np.bool_)
    chosen[order[last]] = True
    return chosen


__all__ = ["SeriesRow", "add", "read", "remove_import", "rows", "write"]
