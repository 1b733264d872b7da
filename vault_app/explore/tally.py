"""Facts counted by day: from the density table where it can answer, from the items where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from vault_app.explore.facts import condition, has_full_days
from vault_app.explore.selection import DAY_US, Selection
from vault_app.vault.driver import Connection
from vault_app.vault.folding import question
from vault_app.vault.items import FULL_DAY, UNDATED_DAY

Counts = npt.NDArray[np.int64]

Column = Literal["kind", "source", "source << 8 | kind", "0"]
"""What a day's facts are counted by, besides the day: as the code of one number; ``0`` for nothing."""

FIRST_DATED = UNDATED_DAY + 1
"""Days from here on are days since 1970 (UTC); those below hold facts without a time."""

_DAY = f"coalesce((start - ((start % {DAY_US}) + {DAY_US}) % {DAY_US}) / {DAY_US}, {UNDATED_DAY})"
_BEFORE_FULL = (FULL_DAY + 1) << 20
_LOWEST = -(1 << 62)


@dataclass(frozen=True, eq=False)
class Tally:
    """Three columns of one length: day (days since 1970, UTC; up to UNDATED_DAY for facts without a time), code of
    what they are counted by, number of facts. A pair of day and code may occur more than once."""

    days: Counts
    codes: Counts
    n: Counts


def tally(connection: Connection, selection: Selection, column: Column) -> Tally:
    """Count a selection's facts by day and by one column. Facts of running imports are not counted."""
    words = question(selection.text)
    if words and column == "0" and selection == Selection(text=selection.text) and not has_full_days(connection):
        sql = "SELECT rowid >> 20, 0, count(*) FROM item_text WHERE item_text MATCH ? GROUP BY 1"
        return _tally(connection.execute(sql, (words,)).fetchall())
    if words or selection.names_somebody:
        return _tally(_of_items(connection, selection, column, None))
    rows = _of_density(connection, selection, column)
    for since, until in _edges(selection):
        ids = ((since // DAY_US) << 20, ((until - 1) // DAY_US + 1) << 20)
        rows += _of_items(connection, selection.between(since, until), column, ids)
    if has_full_days(connection):
        rows += _of_items(connection, selection, column, (_LOWEST, _BEFORE_FULL))
    return _tally(rows)


def _tally(rows: list[tuple[int, int, int]]) -> Tally:
    table = np.array(rows, np.int64).reshape(-1, 3)
    return Tally(table[:, 0], table[:, 1], table[:, 2])


def _of_density(connection: Connection, selection: Selection, column: Column) -> list[tuple[int, int, int]]:
    """Whole days, and facts without a time where no time is asked for."""
    limited = selection.since is not None or selection.until is not None
    parts, values = ["day > ?"], [UNDATED_DAY if limited else FULL_DAY]
    if selection.since is not None:
        parts.append("day >= ?")
        values.append(-(-selection.since // DAY_US))
    if selection.until is not None:
        parts.append("day < ?")
        values.append(selection.until // DAY_US)
    chosen, more = condition(connection, Selection(selection.sources, selection.kinds), running=())
    where = " AND ".join([*parts, chosen.replace("item.", "density.")])
    sql = f"SELECT day, {column}, sum(n) FROM density WHERE {where} GROUP BY 1, 2"  # noqa: S608 - our own words
    return connection.execute(sql, [*values, *more]).fetchall()


def _of_items(
    connection: Connection, selection: Selection, column: Column, ids: tuple[int, int] | None
) -> list[tuple[int, int, int]]:
    where, values = condition(connection, selection, ids)
    sql = f"SELECT {_DAY}, {column}, count(*) FROM item WHERE {where} GROUP BY 1, 2"  # noqa: S608 - our own words
    return connection.execute(sql, values).fetchall()


def _edges(selection: Selection) -> list[tuple[int, int]]:
    """The parts of a selection's span that are no whole days."""
    since, until = selection.since, selection.until
    if since is not None and until is not None and (since >= until or -(-since // DAY_US) > until // DAY_US):
        return [(since, until)] if since < until else []
    edges = []
    if since is not None and since % DAY_US:
        edges.append((since, (since // DAY_US + 1) * DAY_US))
    if until is not None and until % DAY_US:
        edges.append((until // DAY_US * DAY_US, until))
    return edges
