"""What another archive says of an item that the vault has: the later one may know more, and nothing of it is lost.

An item has the details of the import that brought it. Where another import, or the same one in a second file, has other
details for it, these stand here under the number of that import, whole, so that undo takes back exactly them and an
import that inherits the item gives it its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from vault_app.vault import brought
from vault_app.vault.driver import Connection

Ids = npt.NDArray[np.int64]

SHOWN = (
    "coalesce((SELECT json_group_array(added.details) FROM added WHERE added.item = item.id AND added.import NOT IN"
    " (SELECT id FROM import WHERE state = 'running')), '[]')"
)
"""In a question about ``item``: JSON list of what stands here about it, for ``merged``."""

_STORE = "INSERT OR REPLACE INTO added (item, import, details) VALUES (?, ?, ?)"


def keep(connection: Connection, import_id: int, seq: int, ids: Ids, details: Sequence[str]) -> None:
    """Write down what a batch of an import says of items that are there already, inside the caller's transaction.

    ``details``: JSON objects or ''. Equal details cost a comparison and no row. An import that says an item's own
    details and others too, in whatever order, has both in its row: they are its own when it inherits the item.
    """
    stored = _stored(connection, np.unique(ids))
    said = {item for item, (owner, _) in stored.items() if owner == import_id}
    other: list[tuple[int, str]] = []
    for item, given in zip(ids.tolist(), details, strict=True):
        own = stored[item][1]
        if given == own or _fields(given) == _fields(own):
            said.add(item)
        else:
            other.append((item, given))
    here = _here(connection, import_id, ids)
    for item in said & here:
        row = _row(connection, import_id, item)
        _write(connection, import_id, item, row, merged(stored[item][1], [row]))
    said |= _seen(connection, import_id, seq, {item for item, _ in other} - said - here)
    for item, given in other:
        before = _row(connection, import_id, item) if item in here else stored[item][1] if item in said else None
        _write(connection, import_id, item, before, given if before is None else merged(before, [given]))
        here.add(item)


def _write(connection: Connection, import_id: int, item: int, before: str | None, after: str) -> None:
    if after != before:
        connection.execute(_STORE, (item, import_id, after))


def _here(connection: Connection, import_id: int, ids: Ids) -> set[int]:
    """Items about which something stands here already under an import, within the span of these."""
    span = (import_id, int(ids.min()), int(ids.max()))
    rows = connection.execute("SELECT item FROM added WHERE import = ? AND item BETWEEN ? AND ?", span)
    return {item for (item,) in rows}


def _row(connection: Connection, import_id: int, item: int) -> str:
    wanted = (item, import_id)
    return str(connection.execute("SELECT details FROM added WHERE item = ? AND import = ?", wanted).fetchone()[0])


def _seen(connection: Connection, import_id: int, seq: int, wanted: set[int]) -> set[int]:
    """Which items earlier batches of an import had as well."""
    if not wanted:
        return set()
    items = np.array(sorted(wanted), np.int64)
    found = np.zeros(len(items), np.bool_)
    for (data,) in connection.execute("SELECT ids FROM seen WHERE import = ? AND seq < ?", (import_id, seq)).fetchall():
        found |= np.isin(items, brought.unpacked(data))
    return set(items[found].tolist())


def merged(details: str, more: Iterable[str]) -> str:
    """The details of an item with those that others add, as JSON; '' when there are none.

    A field with another value stands beside the first under its name with a number: ``platform``, ``platform (2)``.
    """
    fields = _fields(details)
    size = len(fields)
    for other in more:
        for name, value in _fields(other).items():
            place, number = name, 1
            while place in fields and fields[place] != value:
                number += 1
                place = f"{name} ({number})"
            fields[place] = value
    return details if len(fields) == size else msgspec.json.encode(fields).decode()


def inherit(connection: Connection, undone: int, heir: int, ids: Ids) -> set[int]:
    """Items pass from one import to another: each gets the details that the heir has for it.

    Imports that had the same details as before now have other ones, and keep them here. Returns these.
    """
    changed: dict[int, str] = {}
    for item, details in connection.execute("SELECT item, details FROM added WHERE import = ?", (heir,)).fetchall():
        if not _holds(ids, item):
            continue
        (changed[item],) = connection.execute("SELECT details FROM item WHERE id = ?", (item,)).fetchone()
        connection.execute("UPDATE item SET details = ? WHERE id = ?", (details, item))
        connection.execute("DELETE FROM added WHERE item = ? AND import = ?", (item, heir))
    if not changed:
        return set()
    wanted = np.array(sorted(changed), np.int64)
    keeping: set[int] = set()
    for other, seq in connection.execute(
        "SELECT import, seq FROM seen WHERE import NOT IN (?, ?)", (undone, heir)
    ).fetchall():
        (data,) = connection.execute("SELECT ids FROM seen WHERE import = ? AND seq = ?", (other, seq)).fetchone()
        theirs = np.intersect1d(brought.unpacked(data), wanted)
        if len(theirs):
            keeping.add(int(other))
            connection.executemany(
                "INSERT OR IGNORE INTO added (item, import, details) VALUES (?, ?, ?)",
                [(item, int(other), changed[item]) for item in theirs.tolist()],
            )
    return keeping


def remove_import(connection: Connection, import_id: int) -> None:
    """Take back what an import said, inside the caller's transaction."""
    connection.execute("DELETE FROM added WHERE import = ?", (import_id,))


def _stored(connection: Connection, ids: Ids) -> dict[int, tuple[int, str]]:
    """Import and details of items; ids without a gap are asked for in one question."""
    found: dict[int, tuple[int, str]] = {}
    ends = np.flatnonzero(np.diff(ids) != 1)
    firsts, lasts = ids[np.concatenate([[0], ends + 1])], ids[np.concatenate([ends, [len(ids) - 1]])]
    for span in zip(firsts.tolist(), lasts.tolist(), strict=True):
        rows = connection.execute("SELECT id, import, details FROM item WHERE id BETWEEN ? AND ?", span)
        found.update((item, (owner, details)) for item, owner, details in rows)
    return found


def _holds(ids: Ids, item: int) -> bool:
    at = int(np.searchsorted(ids, item))
    return at < len(ids) and int(ids[at]) == item


def _fields(details: str) -> dict[str, Any]:
    return dict(msgspec.json.decode(details)) if details else {}
