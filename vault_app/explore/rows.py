"""A table of any size, page by page: a row number leads to its day by a binary search, never by counting rows."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from vault_app.explore.fact import Fact
from vault_app.explore.facts import by_ids, condition, has_full_days
from vault_app.explore.selection import DAY_US, Selection
from vault_app.explore.tally import tally
from vault_app.vault.driver import Connection
from vault_app.vault.folding import question
from vault_app.vault.items import FULL_DAY
from vault_app.vault.vault import Vault

PAGE = 256
"""Rows of a page."""

_LOWEST = -(1 << 62)
_WALK = 2048


class Rows:
    """The facts of a selection, newest first: by day (UTC), within a day by time, undated ones last.

    Without words everything is counted at once. With words the newest hits come first and the table grows as pages
    are asked for, until ``count`` has counted it; ``exact`` says whether ``len`` is the last word.
    Any thread may ask for pages. A change of the vault asks for a new table; until then pages may be short.
    """

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._guard = threading.Lock()
        self._counted: _Counted | None = None
        self._hits: list[int] = []
        self._exhausted = False

    @classmethod
    def of(cls, vault: Vault, selection: Selection) -> Rows:
        """The table of a selection."""
        rows = cls(selection)
        if question(selection.text):
            rows._walk(vault.read(), PAGE)
        else:
            rows.count(vault)
        return rows

    def __len__(self) -> int:
        return len(self._counted) if self._counted is not None else len(self._hits)

    @property
    def exact(self) -> bool:
        """Whether ``len`` is the number of all facts of the selection, not only of those found so far."""
        return self._counted is not None or self._exhausted

    @property
    def pages(self) -> int:
        """How many pages ``len`` makes."""
        return -(-len(self) // PAGE)

    def count(self, vault: Vault) -> int:
        """Count all rows. Slow for words that occur often: ask from a thread, ``interrupt`` ends it."""
        if self._counted is None:
            self._counted = _Counted.of(vault.read(), self.selection)
        return len(self._counted)

    def page(self, vault: Vault, n: int) -> list[Fact]:
        """The rows from ``n * PAGE`` to before ``(n + 1) * PAGE``; an empty list beyond the end."""
        connection = vault.read()
        first, after = n * PAGE, (n + 1) * PAGE
        counted = self._counted
        if counted is None:
            ids = self._walked(connection, first, after)
        else:
            ids = counted.ids(connection, self.selection, first, after)
        found = by_ids(connection, ids) if ids else {}
        return [found[number] for number in ids if number in found]

    def row_of(self, us: int) -> int:
        """The first row of the newest day that is not after the day (UTC) of a time; ``len`` when there is none.

        Rows of that very day may be later than ``us``; ``row_at`` looks at them. With words not yet counted, only
        rows found so far are looked at.
        """
        day = us // DAY_US
        if self._counted is not None:
            return self._counted.row_of(day)
        return int(np.searchsorted(-(np.array(self._hits, np.int64) >> 20), -day))

    def row_at(self, vault: Vault, us: int) -> int:
        """The first row whose time is at or before ``us`` (us, UTC); the first undated row when there is none."""
        row = self.row_of(us)
        for n in range(row // PAGE, self.pages):
            for place, fact in enumerate(self.page(vault, n), n * PAGE):
                if place >= row and (fact.start is None or fact.start <= us):
                    return place
        return len(self)

    def _walked(self, connection: Connection, first: int, after: int) -> list[int]:
        self._walk(connection, after)
        with self._guard:
            hits = np.array(self._hits, np.int64)
        if first >= len(hits):
            return []
        days = -(hits >> 20)
        oldest = days[min(after, len(hits)) - 1]
        low, high = np.searchsorted(days, days[first]), np.searchsorted(days, oldest, "right")
        span = (int(hits[high - 1]) >> 20, int(hits[low]) >> 20)
        timed = sorted(_timed(connection, self.selection, *span), key=_place, reverse=True)
        return [number for number, _ in timed[first - low : after - low]]

    def _walk(self, connection: Connection, wanted: int) -> None:
        """Find hits until there are as many as wanted, always whole days."""
        with self._guard:
            while len(self._hits) < wanted and not self._exhausted:
                before = self._hits[-1] if self._hits else 1 << 62
                limit = max(wanted - len(self._hits), _WALK if self._hits else PAGE)
                more = self._below(connection, before, _LOWEST, limit)
                self._hits += more
                if more:
                    self._hits += self._below(connection, more[-1], more[-1] >> 20 << 20, -1)
                self._exhausted = len(more) < limit

    def _below(self, connection: Connection, before: int, lowest: int, limit: int) -> list[int]:
        """Numbers of hits below one, newest first; the index is asked in its own order, so it stops at the limit."""
        bare = Selection(text=self.selection.text)
        words = question(self.selection.text)
        sql = "SELECT item_text.rowid FROM item_text"
        where = ""
        values: list[Any] = []
        if self.selection != bare:
            rest = replace(self.selection, text="")
            sql += " CROSS JOIN item ON item.id = item_text.rowid"
            where, values = condition(connection, rest)
            where = f" AND {where}"
        sql += (
            f" WHERE item_text MATCH ? AND item_text.rowid < ? AND item_text.rowid >= ?{where}"
            " ORDER BY item_text.rowid DESC LIMIT ?"
        )
        return [number for (number,) in connection.execute(sql, [words, before, lowest, *values, limit])]


class _Counted:
    """Days, newest first, and how many rows come before each."""

    def __init__(self, days: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], *, full: bool) -> None:
        self._days = days
        self._ends = ends
        self._full = full

    @classmethod
    def of(cls, connection: Connection, selection: Selection) -> _Counted:
        counted = tally(connection, selection, "0")
        days, place = np.unique(-counted.days, return_inverse=True)
        n = np.bincount(place, counted.n, len(days)).astype(np.int64)
        return cls(-days, np.cumsum(n), full=has_full_days(connection))

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def row_of(self, day: int) -> int:
        place = int(np.searchsorted(-self._days, -day))
        return int(self._ends[place - 1]) if place else 0

    def ids(self, connection: Connection, selection: Selection, first: int, after: int) -> list[int]:
        """Numbers of the rows from ``first`` to before ``after``, in order."""
        after = min(after, len(self))
        if first >= after:
            return []
        newest = int(np.searchsorted(self._ends, first, "right"))
        oldest = int(np.searchsorted(self._ends, after - 1, "right"))
        skipped = int(self._ends[newest - 1]) if newest else 0
        span = (int(self._days[oldest]), int(self._days[newest]))
        timed = _timed(connection, selection, *span)
        if self._full:
            timed += _beyond(connection, selection, *span)
        timed.sort(key=_place, reverse=True)
        return [number for number, _ in timed[first - skipped : after - skipped]]


def _timed(connection: Connection, selection: Selection, oldest: int, newest: int) -> list[tuple[int, int | None]]:
    """Numbers and times of a selection's facts that stand under the numbers of these days."""
    where, values = condition(connection, selection, (oldest << 20, (newest + 1) << 20))
    return connection.execute(f"SELECT id, start FROM item WHERE {where}", values).fetchall()  # noqa: S608 - our words


def _beyond(connection: Connection, selection: Selection, oldest: int, newest: int) -> list[tuple[int, int | None]]:
    """Those of these days that found no number of their day."""
    where, values = condition(connection, selection, (_LOWEST, (FULL_DAY + 1) << 20))
    sql = f"SELECT id, start FROM item WHERE {where} AND start >= ? AND start < ?"  # noqa: S608 - our own words
    return connection.execute(sql, [*values, oldest * DAY_US, (newest + 1) * DAY_US]).fetchall()


def _place(row: tuple[int, int | None]) -> tuple[int, int, int]:
    number, start = row
    return (number >> 20, 0, number) if start is None else (start // DAY_US, start, number)
