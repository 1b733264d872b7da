"""Series and totals, as they are printed and exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from importers.columns import Numbers
from importers.records import KINDS
from vault_app.explore.fact import stamp
from vault_app.vault import series as stored
from vault_app.vault.chunks import END, QUALITY, VALUE, Table
from vault_app.vault.driver import Connection
from vault_app.vault.series import SeriesRow
from vault_app.vault.vault import Vault

_DAY = 86_400_000_000


def series(vault: Vault) -> list[SeriesRow]:
    """All series that hold samples. Those that only a running import brings are left out, and so are its samples."""
    connection = vault.read()
    running = dict(
        connection.execute(
            "SELECT series, sum(n) FROM sampled JOIN import ON import.id = sampled.import"
            " WHERE state = 'running' GROUP BY 1"
        ).fetchall()
    )
    rows = stored.rows(connection)
    if not running:
        return rows
    visible = [replace(row, n=row.n - running.get(row.id, 0)) for row in rows]
    return [_without_running(connection, row) if row.id in running else row for row in visible if row.n > 0]


def named(vault: Vault, name: str) -> list[SeriesRow]:
    """The series of a name: one a source, unit and subject."""
    return [row for row in series(vault) if row.name == name]


def series_json(row: SeriesRow) -> dict[str, Any]:
    """A series as JSON values."""
    return {
        "name": row.name,
        "source": row.source,
        "unit": row.unit,
        "n": row.n,
        "first": stamp(row.first),
        "last": stamp(row.last),
        "subject": row.subject,
    }


def samples_json(
    vault: Vault, row: SeriesRow, since: int | None = None, until: int | None = None
) -> Iterator[dict[str, Any]]:
    """The samples of a series as JSON values, in order of start. A position's value is [latitude, longitude]."""
    for table in stored.read(vault.read(), row, since, until):
        yield from _lines(table, row.unit)


def stats(vault: Vault) -> dict[str, Any]:
    """Totals: items by source and kind, series, parties, first and last day of dated facts."""
    connection = vault.read()
    items: dict[str, dict[str, int]] = {}
    rows = connection.execute(
        "SELECT source.name, kind, sum(n) FROM density JOIN source ON source.id = density.source"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    for source, kind, n in rows:
        items.setdefault(source, {})[str(KINDS[kind])] = n
    span = connection.execute("SELECT min(day), max(day) FROM density WHERE day > -1000000").fetchone()
    days = [None if day is None else (stamp(day * 86_400_000_000) or "")[:10] for day in span]
    parties = connection.execute(
        "SELECT count(DISTINCT party) FROM party_import JOIN import ON import.id = import WHERE state = 'complete'"
    ).fetchone()
    return {
        "items": items,
        "series": [series_json(row) for row in series(vault)],
        "parties": int(parties[0]),
        "first": days[0],
        "last": days[1],
    }


@dataclass(frozen=True, slots=True)
class Pack:
    """Samples that lie together: ``n`` (1 or more) with starts from ``first`` to ``last`` (us, UTC)."""

    first: int
    last: int
    n: int


def packs(vault: Vault, row: SeriesRow) -> Iterator[Pack]:
    """Where the samples of a series lie, without reading them; only while an import brings more they are read."""
    connection = vault.read()
    touched = connection.execute(
        "SELECT 1 FROM sampled JOIN import ON import.id = sampled.import WHERE series = ? AND state = 'running'",
        (row.id,),
    ).fetchone()
    if touched is None:
        rows = connection.execute("SELECT t0, t1, n FROM chunk WHERE series = ? ORDER BY t0", (row.id,))
        yield from (Pack(first, last, n) for first, last, n in rows)
        return
    for table in stored.read(connection, row, names=frozenset()):
        yield Pack(int(table.start[0]), int(table.start[-1]), len(table))


def _without_running(connection: Connection, row: SeriesRow) -> SeriesRow:
    """First and last start of what is visible, found from both ends."""
    if row.first is None or row.last is None:
        return row
    ahead = next((int(table.start[0]) for table in stored.read(connection, row, names=frozenset())), None)
    back = _DAY
    while True:
        starts = [int(table.start[-1]) for table in stored.read(connection, row, row.last - back, names=frozenset())]
        if starts or back > row.last - row.first:
            return replace(row, first=ahead, last=starts[-1] if starts else None)
        back *= 4


def _lines(table: Table, unit: str) -> Iterator[dict[str, Any]]:
    n = len(table)
    end = table.columns.get(END)
    value = table.columns.get(VALUE)
    quality = table.columns.get(QUALITY)
    places = [table.columns.get(name) for name in ("lat", "lon")]
    ends = end.mantissa.tolist() if isinstance(end, Numbers) else [None] * n
    missing = set(end.odd) if isinstance(end, Numbers) else set()
    if value is not None:
        values: list[Any] = [_number(text) for text in value.texts()]
    elif all(isinstance(place, Numbers) for place in places):
        lat, lon = (list(map(_number, place.texts())) for place in places if place is not None)
        values = [None if a is None else [a, b] for a, b in zip(lat, lon, strict=True)]
    else:
        values = [None] * n
    marks = list(quality.texts()) if quality is not None else [None] * n
    for row, start in enumerate(table.start.tolist()):
        yield {
            "start": stamp(start),
            "end": None if row in missing else stamp(ends[row]),
            "value": values[row],
            "unit": unit,
            "quality": marks[row],
        }


def _number(text: str | None) -> int | float | str | None:
    if text is None or text == "":
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
