"""What Home shows: how much there is, how full each month is, and this day in other years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import log1p

import numpy as np
import numpy.typing as npt

from importers.records import KINDS, Kind
from vault_app.explore import measures
from vault_app.explore.fact import Fact
from vault_app.explore.facts import by_ids, condition
from vault_app.explore.selection import DAY_US, Selection
from vault_app.explore.tally import FIRST_DATED, tally
from vault_app.vault.driver import Connection
from vault_app.vault.vault import Vault

MOST_MEMORIES = 5
"""Facts that ``this_day`` gives at most."""

_EPOCH = date(1970, 1, 1)
_TELLING = (
    Kind.PHOTO, Kind.VIDEO, Kind.TRIP, Kind.EVENT, Kind.STAY, Kind.WORKOUT, Kind.POST, Kind.MESSAGE, Kind.CALL,
    Kind.PURCHASE, Kind.REVIEW, Kind.NOTE, Kind.WATCH, Kind.LISTEN, Kind.READ, Kind.PLAY, Kind.SEARCH,
)  # fmt: skip
_LOOKED_AT = 500

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Strip:
    """One source's row of the heat strip. ``counts``: facts and samples of each month (samples spread evenly over
    their pack, so a little vague at its edges); ``fullness``: the same from 0 to 1, where 1 is the source's fullest
    month, on a logarithmic scale so that a few facts can be told from none."""

    source: str
    counts: tuple[int, ...]
    fullness: tuple[float, ...]


@dataclass(frozen=True)
class Overview:
    """``sources``: how many have something; ``facts``: items, undated ones too; ``samples``: of all series;
    ``first_year``, ``last_year``: of dated facts and samples (UTC), None without any. ``months``: ``2024-03`` for
    each column of the ``strips``, without a gap, by the calendar in UTC; strips with the most first."""

    sources: int
    facts: int
    samples: int
    first_year: int | None
    last_year: int | None
    months: tuple[str, ...]
    strips: tuple[Strip, ...]

    @classmethod
    def of(cls, vault: Vault) -> Overview:
        """Read the density table and the heads of the series; no fact is read."""
        connection = vault.read()
        names = dict(connection.execute("SELECT id, name FROM source").fetchall())
        counted = tally(connection, Selection(), "source")
        dated = counted.days >= FIRST_DATED
        pieces = [(names[code], counted.days[counted.codes == code]) for code in np.unique(counted.codes).tolist()]
        by_source: dict[str, dict[int, int]] = {name: {} for name, _ in pieces}
        months = _months(counted.days[dated])
        codes, n = counted.codes[dated].tolist(), counted.n[dated].tolist()
        for month, code, facts in zip(months.tolist(), codes, n, strict=True):
            counts = by_source[names[code]]
            counts[month] = counts.get(month, 0) + facts
        samples = _add_samples(vault, by_source)
        used = [month for counts in by_source.values() for month in counts]
        first, last = (min(used), max(used)) if used else (0, -1)
        strips = [_strip(name, counts, first, last) for name, counts in by_source.items()]
        strips.sort(key=lambda strip: (-sum(strip.counts), strip.source))
        return cls(
            sources=len(by_source),
            facts=int(counted.n.sum()),
            samples=samples,
            first_year=1970 + first // 12 if used else None,
            last_year=1970 + last // 12 if used else None,
            months=tuple(f"{1970 + month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)),
            strips=tuple(strips),
        )


def this_day(vault: Vault, today: date) -> list[Fact]:
    """Facts of this day of the year (UTC) in other years, at most MOST_MEMORIES: one of each year first, newest year
    first, those that tell most. On a 29th of February only leap years are looked at."""
    connection = vault.read()
    days = tally(connection, Selection(), "0").days
    wanted = _same_days(np.unique(days[days >= FIRST_DATED]), today)
    by_year = [chosen for chosen in (_telling(connection, day) for day in wanted) if chosen]
    turns = max((len(chosen) for chosen in by_year), default=0)
    ids = [chosen[turn] for turn in range(turns) for chosen in by_year if turn < len(chosen)][:MOST_MEMORIES]
    found = by_ids(connection, ids) if ids else {}
    return sorted((found[number] for number in ids if number in found), key=lambda fact: -(fact.start or 0))


def _same_days(days: Counts, today: date) -> list[int]:
    """The days among these on which it was the same day of the year, newest first."""
    stamps = (np.datetime64("1970-01-01", "D") + days).astype("datetime64[D]")
    months = stamps.astype("datetime64[M]")
    place = (stamps - months).astype(np.int64) + 1
    same = (_months(days) % 12 + 1 == today.month) & (place == today.day)
    now = (today - _EPOCH) // timedelta(days=1)
    return [day for day in days[same].tolist()[::-1] if day != now]


def _telling(connection: Connection, day: int) -> list[int]:
    """Numbers of the facts of a day that tell most: by kind, then those with words, each title once."""
    where, values = condition(connection, Selection(kinds=_TELLING), (day << 20, (day + 1) << 20))
    sql = f"SELECT id, kind, title FROM item WHERE {where} ORDER BY id LIMIT ?"  # noqa: S608 - our own words
    rows = connection.execute(sql, [*values, _LOOKED_AT]).fetchall()
    rows.sort(key=lambda row: (_TELLING.index(KINDS[row[1]]), not row[2], row[0]))
    once = {(kind, title): number for number, kind, title in reversed(rows)}
    return sorted(once.values(), key=[number for number, _, _ in rows].index)[:MOST_MEMORIES]


def _add_samples(vault: Vault, by_source: dict[str, dict[int, int]]) -> int:
    """Spread the samples of each pack over its months; returns how many they are."""
    total = 0
    for row in measures.series(vault):
        counts = by_source.setdefault(row.source, {})
        for pack in measures.packs(vault, row):
            total += pack.n
            moments = pack.first + (pack.last - pack.first) * np.arange(pack.n) // max(pack.n - 1, 1)
            _count(counts, *np.unique(_months(moments // DAY_US), return_counts=True))
    return total


def _count(counts: dict[int, int], months: Counts, n: npt.NDArray[np.intp]) -> None:
    for month, more in zip(months.tolist(), n.tolist(), strict=True):
        counts[month] = counts.get(month, 0) + more


def _months(days: Counts) -> Counts:
    """Months since January 1970 of days since 1970."""
    return (np.datetime64("1970-01-01", "D") + days).astype("datetime64[M]").astype(np.int64)


def _strip(source: str, counts: dict[int, int], first: int, last: int) -> Strip:
    row = tuple(counts.get(month, 0) for month in range(first, last + 1))
    most = log1p(max(row, default=0)) or 1.0
    return Strip(source, row, tuple(log1p(n) / most for n in row))
