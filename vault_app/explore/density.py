"""How many facts each day has, by kind: what the timeline draws at any zoom without reading a fact."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from importers.records import KINDS, Kind
from vault_app.explore.facts import condition, has_full_days
from vault_app.explore.selection import DAY_US, Selection
from vault_app.explore.tally import FIRST_DATED, Tally, tally
from vault_app.vault.driver import Connection
from vault_app.vault.items import FULL_DAY
from vault_app.vault.vault import Vault

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Density:
    """The facts of a selection by day and kind, cumulated. All times us, all days days since 1970, both UTC.

    ``kinds``: those that occur, most frequent first. ``first_day``, ``last_day``: of dated facts; None without one.
    ``total``: all facts, ``undated`` of which have no time. A change of the vault asks for a new one.
    """

    selection: Selection
    kinds: tuple[Kind, ...]
    first_day: int | None
    last_day: int | None
    total: int
    undated: int
    _days: Counts = field(repr=False)
    _cumulated: Counts = field(repr=False)
    _sources: dict[str, int] = field(repr=False)

    @classmethod
    def of(cls, vault: Vault, selection: Selection) -> Density:
        """Count a selection: from the density table, with words or a party from the index and the facts."""
        connection = vault.read()
        counted, by_source = _tallies(connection, selection)
        dated = counted.days >= FIRST_DATED
        sums = np.bincount(counted.codes, counted.n, len(KINDS)).astype(np.int64)
        order = [code for code in np.argsort(-sums, kind="stable").tolist() if sums[code]]
        rank = np.zeros(len(KINDS), np.int64)
        rank[order] = np.arange(len(order))
        days, place = np.unique(counted.days[dated], return_inverse=True)
        daily = np.zeros((len(order), len(days)), np.int64)
        np.add.at(daily, (rank[counted.codes[dated]], place), counted.n[dated])
        cumulated = np.zeros((len(order), len(days) + 1), np.int64)
        np.cumsum(daily, axis=1, out=cumulated[:, 1:])
        names = dict(connection.execute("SELECT id, name FROM source").fetchall())
        totals: dict[str, int] = {}
        for code, n in zip(by_source.codes.tolist(), by_source.n.tolist(), strict=True):
            totals[names[code]] = totals.get(names[code], 0) + n
        return cls(
            selection=selection,
            kinds=tuple(KINDS[code] for code in order),
            first_day=int(days[0]) if len(days) else None,
            last_day=int(days[-1]) if len(days) else None,
            total=int(counted.n.sum()),
            undated=int(counted.n[~dated].sum()),
            _days=days,
            _cumulated=cumulated,
            _sources=dict(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))),
        )

    def counts(self, since_us: int, until_us: int, bins: int) -> Counts:
        """Facts by kind (in the order of ``kinds``) and bin, for ``bins`` equal parts of a span (us, UTC).

        A whole day counts in the bin in which it begins; for bins that are shorter than a day use ``hours``.
        """
        begins = -(-_edges(since_us, until_us, bins) // DAY_US)
        return np.diff(self._cumulated[:, np.searchsorted(self._days, begins)], axis=1)

    def hours(self, vault: Vault, since_us: int, until_us: int, bins: int) -> Counts:
        """As ``counts``, to the microsecond: reads the facts of the span. For spans of days, not of years.

        A fact whose archive states only its day stands at the beginning of that day.
        """
        edges = _edges(since_us, until_us, bins)
        found = np.zeros((len(self.kinds), bins), np.int64)
        connection = vault.read()
        since, until = self.selection.since, self.selection.until
        low = since_us if since is None else max(since, since_us)
        high = until_us if until is None else min(until, until_us)
        if low >= high:
            return found
        ranges = [((low // DAY_US) << 20, ((high - 1) // DAY_US + 1) << 20)]
        if has_full_days(connection):
            ranges.append((-(1 << 62), (FULL_DAY + 1) << 20))
        rank = {KINDS.index(kind): place for place, kind in enumerate(self.kinds)}
        for ids in ranges:
            where, values = condition(connection, self.selection.between(low, high), ids)
            rows = connection.execute(f"SELECT kind, start FROM item WHERE {where}", values).fetchall()  # noqa: S608
            rows = [(rank[kind], start) for kind, start in rows if kind in rank]
            if rows:
                table = np.array(rows, np.int64)
                np.add.at(found, (table[:, 0], np.searchsorted(edges, table[:, 1], "right") - 1), 1)
        return found

    def by_source(self) -> dict[str, int]:
        """Facts of the selection by source, most first."""
        return dict(self._sources)


def _tallies(connection: Connection, selection: Selection) -> tuple[Tally, Tally]:
    """By kind and by source. Two looks at the density table are cheap, two at the facts behind words are not."""
    if not selection.text and not selection.names_somebody:
        return tally(connection, selection, "kind"), tally(connection, selection, "source")
    both = tally(connection, selection, "source << 8 | kind")
    return Tally(both.days, both.codes & 255, both.n), Tally(both.days, both.codes >> 8, both.n)


def _edges(since_us: int, until_us: int, bins: int) -> Counts:
    span = until_us - since_us
    return np.array([since_us + span * number // bins for number in range(bins + 1)], np.int64)
