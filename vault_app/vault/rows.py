"""Row numbers of a table of all items, newest first: any row by one look at the counts, however many there are."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from vault_app.vault.driver import Connection


class RowPlaces:
    """The visible items of some kinds and sources (all, when empty), by day; made anew when the vault has changed."""

    def __init__(self, connection: Connection, kinds: Collection[int] = (), sources: Collection[int] = ()) -> None:
        """``kinds``: codes; ``sources``: numbers of sources. Reads the density table only."""
        found = connection.execute("SELECT day, kind, source, n FROM density ORDER BY day DESC").fetchall()
        rows = np.array(found, np.int64).reshape(-1, 4)
        self._only = ""
        for name, column, wanted in (("kind", 1, kinds), ("source", 2, sources)):
            if wanted:
                rows = rows[np.isin(rows[:, column], list(wanted))]
                self._only += f" AND {name} IN ({', '.join(str(int(number)) for number in wanted)})"
        days, first = np.unique(-rows[:, 0], return_index=True)
        self._days = -days
        self._ends = np.cumsum(rows[:, 3])[np.append(first[1:], len(rows)) - 1] if len(rows) else np.empty(0, np.int64)

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def ids(self, connection: Connection, first: int, count: int) -> list[int]:
        """The ids of so many rows from row number ``first`` on (0 is the newest); fewer at the end."""
        place = int(np.searchsorted(self._ends, first, "right"))
        if place >= len(self._ends):
            return []
        before = int(self._ends[place - 1]) if place else 0
        rows = connection.execute(
            "SELECT id FROM item WHERE id < ? AND import NOT IN (SELECT id FROM import WHERE state = 'running')"  # noqa: S608 - whole numbers
            f"{self._only} ORDER BY id DESC LIMIT ? OFFSET ?",
            ((int(self._days[place]) + 1) << 20, count, first - before),
        )
        return [item for (item,) in rows]
