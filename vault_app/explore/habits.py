"""What is listened to, watched and looked for: hours or times by day, month and year, on the local clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np
import numpy.typing as npt

from importers.records import KINDS, PRECISIONS, Kind, Precision
from vault_app.explore.chart_data import Bucket, ChartData, Summary, change
from vault_app.explore.facts import condition
from vault_app.explore.periods import PARIS, Period, Slot, slots, year_before
from vault_app.explore.selection import DAY_US, Selection
from vault_app.explore.tally import FIRST_DATED, tally
from vault_app.vault.vault import Vault

HOUR_US = 3_600_000_000
_BY_DAY = PRECISIONS.index(Precision.DAY)
_LOOKED_AT = 50
_WHO = frozenset({"artist", "author", "channel"})

Floats = npt.NDArray[np.float64]
Times = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Habit:
    """A chart of one kind. ``unit``: ``h`` counts the hours between start and end, ``1`` the facts.

    A fact counts whole where it begins. Before the first and after the last fact of the kind nothing is known:
    values are None there, and zero in between.
    """

    id: str
    group: str
    kind: Kind
    unit: Literal["h", "1"]

    def span(self, vault: Vault) -> tuple[int, int] | None:
        """From the first to after the last day (us, UTC) with a fact of this kind; None without one."""
        found = _days(vault, self.kind)
        if found is None or (self.unit == "h" and not self._has_ends(vault)):
            return None
        return found

    def data(self, vault: Vault, period: Period, since_us: int, until_us: int) -> ChartData:
        """By period, each with the same period of the year before."""
        wanted = slots(period, since_us, until_us)
        known = _days(vault, self.kind)
        before = [year_before(slot, period) for slot in wanted]
        values, measured = self._of(vault, wanted, known)
        earlier, shares = self._of(vault, [slot for slot in before if slot is not None], known)
        compared = iter(np.where(shares >= 1, earlier, np.nan).tolist())
        buckets = [
            Bucket(
                slot.start_us, slot.end_us, slot.label, _known(value), _known(next(compared) if past else None), share
            )
            for slot, past, value, share in zip(wanted, before, values.tolist(), measured.tolist(), strict=True)
        ]
        return ChartData(self.unit, str(PARIS), buckets, self._summary(vault, known, until_us))

    def _of(self, vault: Vault, wanted: list[Slot], known: tuple[int, int] | None) -> tuple[Floats, Floats]:
        if not wanted or known is None:
            return np.full(len(wanted), np.nan), np.zeros(len(wanted))
        start = np.array([slot.start_us for slot in wanted], np.int64)
        end = np.array([slot.end_us for slot in wanted], np.int64)
        shared = np.minimum(end, known[1]) - np.maximum(start, known[0])
        measured = np.clip(shared / (end - start), 0, 1)
        moments, weights = self._facts(vault, int(start.min()), int(end.max()))
        sums = np.concatenate([[0.0], np.cumsum(weights)])
        values = sums[np.searchsorted(moments, end)] - sums[np.searchsorted(moments, start)]
        return np.where(measured > 0, values, np.nan), measured

    def _facts(self, vault: Vault, since_us: int, until_us: int) -> tuple[Times, Floats]:
        """Local moments as us of the buckets' clock, sorted, and what each counts."""
        rows = _rows(vault, self.kind, since_us - DAY_US, until_us + DAY_US)
        table = np.array(rows, np.int64).reshape(-1, 3)
        moments = _on_their_day(table[:, 0], table[:, 2], since_us, until_us)
        weights = (table[:, 1] / HOUR_US) if self.unit == "h" else np.ones(len(table))
        order = np.argsort(moments, kind="stable")
        return moments[order], weights[order].astype(np.float64)

    def _has_ends(self, vault: Vault) -> bool:
        """Whether a source says ends: a source says them always or never, so some of its days are enough."""
        connection = vault.read()
        counted = tally(connection, Selection(kinds=(self.kind,)), "source")
        for source in np.unique(counted.codes).tolist():
            days = np.unique(counted.days[(counted.codes == source) & (counted.days >= FIRST_DATED)])
            for day in days[:: max(1, len(days) // _LOOKED_AT)].tolist():
                where, values = condition(connection, Selection(kinds=(self.kind,)), (day << 20, (day + 1) << 20))
                sql = f'SELECT 1 FROM item WHERE {where} AND source = ? AND "end" > start LIMIT 1'  # noqa: S608
                if connection.execute(sql, [*values, source]).fetchone():
                    return True
        return False

    def _summary(self, vault: Vault, known: tuple[int, int] | None, until_us: int) -> Summary:
        if known is None:
            return Summary("habit-none", {})
        years = slots("year", known[0], min(known[1], max(until_us, known[0] + 1)))
        values, measured = self._of(vault, years, known)
        whole = [place for place in range(len(years)) if measured[place] >= 0.98]
        if not whole:
            total = float(np.nansum(values))
            return Summary(f"{self.id}-part", {"n": self._rounded(total)})
        last = whole[-1]
        value = float(values[last])
        said: dict[str, int | float | str] = {"n": self._rounded(value), "year": years[last].label}
        if last - 1 in whole:
            return change(f"{self.id}-year", said | {"before": years[last - 1].label}, value, float(values[last - 1]))
        return change(f"{self.id}-year", said, value, None)

    def _rounded(self, value: float) -> int | float:
        return round(value, 1) if self.unit == "h" else round(value)


HABITS = (
    Habit("listening-hours", "listening", Kind.LISTEN, "h"),
    Habit("listening-plays", "listening", Kind.LISTEN, "1"),
    Habit("watching-hours", "watching", Kind.WATCH, "h"),
    Habit("watching-times", "watching", Kind.WATCH, "1"),
    Habit("searches", "searching", Kind.SEARCH, "1"),
)
"""All habits, in the order of the gallery."""


@dataclass(frozen=True)
class Top:
    """A title, or an artist, author or channel: ``n`` facts, ``hours`` between their starts and ends (0 where the
    archive says no end)."""

    name: str
    n: int
    hours: float


def top(
    vault: Vault, kind: Kind, by: Literal["title", "artist"], since_us: int, until_us: int, limit: int = 10
) -> list[Top]:
    """What occurs most often in a span (us, UTC): titles, or artists, authors and channels."""
    return {"title": top_titles, "artist": top_artists}[by](vault, kind, since_us, until_us, limit)


def top_titles(vault: Vault, kind: Kind, since_us: int, until_us: int, limit: int = 10) -> list[Top]:
    """The titles that occur most often in a span (us, UTC)."""
    counts: Counter[str] = Counter()
    hours: Counter[str] = Counter()
    for title, _, n, length in _grouped(vault, kind, since_us, until_us, "title"):
        if title:
            counts[title] += n
            hours[title] += length
    return _most(counts, hours, limit)


def top_artists(vault: Vault, kind: Kind, since_us: int, until_us: int, limit: int = 10) -> list[Top]:
    """The artists, authors and channels that occur most often in a span (us, UTC)."""
    counts: Counter[str] = Counter()
    hours: Counter[str] = Counter()
    names = _Names(vault)
    for _, parties, n, length in _grouped(vault, kind, since_us, until_us, "parties"):
        for name in {names.of(pair) for pair in parties.split(",") if pair.rsplit(":", 1)[0] in _WHO} - {""}:
            counts[name] += n
            hours[name] += length
    return _most(counts, hours, limit)


class _Names:
    """Names of actors, each looked up once."""

    def __init__(self, vault: Vault) -> None:
        self._connection = vault.read()
        self._known: dict[int, str] = {}

    def of(self, pair: str) -> str:
        number = int(pair.rsplit(":", 1)[1])
        if number not in self._known:
            row = self._connection.execute("SELECT name, value FROM actor WHERE id = ?", (number,)).fetchone()
            self._known[number] = str((row[0] or row[1]) if row else "")
        return self._known[number]


def _most(counts: Counter[str], hours: Counter[str], limit: int) -> list[Top]:
    order = sorted(counts, key=lambda name: (-counts[name], -hours[name], name))
    return [Top(name, counts[name], hours[name] / HOUR_US) for name in order[:limit]]


def _grouped(
    vault: Vault, kind: Kind, since_us: int, until_us: int, column: Literal["title", "parties"]
) -> list[tuple[str, str, int, int]]:
    connection = vault.read()
    where, values = condition(connection, Selection(kinds=(kind,), since=since_us, until=until_us))
    sql = (
        f'SELECT title, parties, count(*), sum(max(coalesce("end", start) - start, 0)) FROM item'  # noqa: S608
        f" WHERE {where} GROUP BY {column}"
    )
    return connection.execute(sql, values).fetchall()


def _rows(vault: Vault, kind: Kind, since_us: int, until_us: int) -> list[tuple[int, int, int]]:
    connection = vault.read()
    where, values = condition(connection, Selection(kinds=(kind,), since=since_us, until=until_us))
    sql = f'SELECT start, max(coalesce("end", start) - start, 0), precision FROM item WHERE {where}'  # noqa: S608
    return connection.execute(sql, values).fetchall()


def _on_their_day(start: Times, precision: Times, since_us: int, until_us: int) -> Times:
    """Facts of which the archive states the day only stand at the beginning of that day in UTC: put them at the
    beginning of the local day of that date."""
    moments = start.copy()
    vague = precision >= _BY_DAY
    if not vague.any():
        return moments
    days = slots("day", since_us - 2 * DAY_US, until_us + 2 * DAY_US)
    dates = np.array([np.datetime64(day.label, "D").astype(np.int64) for day in days], np.int64)
    begins = np.array([day.start_us for day in days], np.int64)
    place = np.searchsorted(dates, start[vague] // DAY_US)
    moments[vague] = begins[np.clip(place, 0, len(begins) - 1)]
    return moments


def _days(vault: Vault, kind: Kind) -> tuple[int, int] | None:
    assert kind in KINDS
    counted = tally(vault.read(), Selection(kinds=(kind,)), "0")
    days = counted.days[counted.days >= FIRST_DATED]
    return (int(days.min()) * DAY_US, (int(days.max()) + 1) * DAY_US) if len(days) else None


def _known(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value
