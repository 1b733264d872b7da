"""Writing items: known ones are found by identity, new ones get ids of their day.

Parameters are bound as the driver takes them fastest: ints, floats and texts, with ``nullif`` for what is not said
(None, bytes and truth values cost a look-up each and double the time of an insert). SQLite stores NaN as null. What no
row of a batch says is no parameter at all but a part of the statement: half of the columns, most often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from importers.batches import NO_OFFSET, NO_TIME, ItemBatch
from importers.records import Role
from vault_app.vault import identity
from vault_app.vault.at_hand import UNSAID, Acting, AtHand
from vault_app.vault.driver import Connection
from vault_app.vault.identity import KnownItems

UNDATED_DAY = -1_000_000
"""Undated items have this day, and those below it when it is full."""

FULL_DAY = -2_000_000
"""Items of a day that is full have this day, and those below it; their time is in their columns."""

PER_DAY = (1 << 20) - 1
DAY_US = 86_400_000_000

Ids = npt.NDArray[np.int64]
_T = TypeVar("_T")

_GIVE = "INSERT INTO day_count (day, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n"


@dataclass(frozen=True, eq=False)
class Stored:
    """What became of a batch: the id of each row, and which rows are new."""

    ids: Ids
    new: npt.NDArray[np.bool_]


class ItemWriter:
    """Writes the items of one import, inside the caller's transactions. ``flush`` before each commit."""

    def __init__(self, connection: Connection, import_id: int) -> None:
        self._connection = connection
        self._import = import_id
        self._known = KnownItems(connection)
        self._cast = _Cast(connection)
        self.at_hand = AtHand()

    def insert(self, source: int, batch: ItemBatch) -> Stored:
        """Store the new items of a batch. Rows with one identity are one item."""
        ids, new = self._numbered(batch)
        self._write(source, batch, ids, np.flatnonzero(new))
        return Stored(ids, new)

    def flush(self) -> None:
        """Write the identities of what was inserted."""
        self._known.flush()

    def drop(self) -> None:
        """Forget what is at hand: the transaction was rolled back."""
        self._known.drop()
        self.at_hand.drop()
        self._cast = _Cast(self._connection)

    def _numbered(self, batch: ItemBatch) -> tuple[Ids, npt.NDArray[np.bool_]]:
        dated = batch.start != NO_TIME
        blocks = identity.block_numbers(batch.start, dated, batch.stable, batch.key)
        order = np.argsort(blocks, kind="stable")
        numbers, firsts = np.unique(blocks[order], return_index=True)
        ids = np.zeros(len(batch), np.int64)
        found: list[tuple[int, npt.NDArray[np.intp], Ids]] = []
        for number, rows in zip(numbers.tolist(), np.split(order, firsts[1:]), strict=True):
            ids[rows] = self._known.find(number, batch.key[rows], batch.check[rows])
            unknown = rows[ids[rows] == 0]
            if len(unknown):
                first, alike = _distinct(batch.key[unknown], batch.check[unknown])
                ids[unknown] = -1 - unknown[first][alike]
                found.append((number, unknown[first], unknown))
        if not found:
            return ids, np.zeros(len(batch), np.bool_)
        fresh = np.sort(np.concatenate([rows for _, rows, _ in found]))
        days = np.where(dated, batch.start // DAY_US, UNDATED_DAY)[fresh].astype(np.int64)
        given = np.zeros(len(batch), np.int64)
        given[fresh] = _give_ids(self._connection, days)
        for number, rows, unknown in found:
            ids[unknown] = given[-1 - ids[unknown]]
            self._known.add(number, batch.key[rows], batch.check[rows], given[rows])
        return ids, given != 0

    def _write(self, source: int, batch: ItemBatch, ids: Ids, rows: npt.NDArray[np.intp]) -> None:
        if not len(rows):
            return
        rows = rows[np.argsort(ids[rows], kind="stable")]
        cast = self._cast.of(_picked(batch.parties, rows.tolist()))
        given, alike = _columns(batch, rows)
        given |= {"id": ids[rows].tolist(), "parties": [acting.parties for acting in cast]}
        alike |= {"source": source, "import": self._import}
        self._connection.executemany(_insert(given, alike), zip(*given.values(), strict=True))
        pairs = {(actor, item) for item, acting in zip(given["id"], cast, strict=True) for actor in acting.numbers}
        self._connection.executemany("INSERT INTO item_actor (actor, item) VALUES (?, ?)", sorted(pairs))
        self.at_hand.keep(ids[rows], given, alike, cast)


def _columns(batch: ItemBatch, rows: npt.NDArray[np.intp]) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """The columns of some rows, and of those in which no row says anything what stands there: None or ''."""
    given: dict[str, list[Any]] = {
        name: getattr(batch, name)[rows].tolist() for name in ("kind", "member", "precision")
    }
    alike: dict[str, Any] = {}
    for name in ("start", "end", "offset", "lat", "lon"):
        values = getattr(batch, name)[rows]
        unsaid = values == UNSAID[name] if name in UNSAID else np.isnan(values)
        if unsaid.all():
            alike[name] = None
        else:
            given[name] = values.tolist()
    order = rows.tolist()
    for name in ("title", "text", "amount", "currency", "details"):
        texts = _picked(getattr(batch, name), order)
        if any(texts):
            given[name] = texts
        else:
            alike[name] = ""
    return given, alike


def _insert(given: Iterable[str], alike: Mapping[str, Any]) -> str:
    """The statement for a row: with parameters for the columns that are given, and what stands in the others."""
    places = {name: f"nullif(?, {UNSAID[name]})" if name in UNSAID else "?" for name in given}
    places |= {name: {None: "NULL", "": "''"}.get(value, str(value)) for name, value in alike.items()}
    names = ", ".join(f'"{name}"' for name in places)
    return f"INSERT INTO item ({names}) VALUES ({', '.join(places.values())})"  # noqa: S608 - our own names and numbers


def _distinct(keys: npt.NDArray[np.uint64], checks: npt.NDArray[np.uint32]) -> tuple[Ids, Ids]:
    """The first row of each identity, in row order, and for each row the place of its identity among them."""
    rows = np.arange(len(keys), dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    if not bool((keys[order[1:]] == keys[order[:-1]]).any()):
        return rows, rows
    order = np.lexsort((checks, keys))  # stable: of equal identities the first row stands first
    other = (keys[order[1:]] != keys[order[:-1]]) | (checks[order[1:]] != checks[order[:-1]])
    begins = np.concatenate([[True], other])
    first = order[begins].astype(np.int64)
    in_row_order = np.argsort(first)
    place = np.empty(len(first), np.int64)
    place[in_row_order] = np.arange(len(first))
    alike = np.empty(len(keys), np.int64)
    alike[order] = place[np.cumsum(begins) - 1]
    return first[in_row_order], alike


def _give_ids(connection: Connection, days: Ids) -> Ids:
    """The next ids of each day, in the order of the rows; a full day goes on elsewhere."""
    order = np.argsort(days, kind="stable")
    wanted, firsts, counts = np.unique(days[order], return_index=True, return_counts=True)
    used = _used(connection, wanted)
    room = used + counts <= PER_DAY
    before = np.repeat(used, counts) - np.repeat(firsts, counts)
    numbers = (np.repeat(wanted, counts) << 20) + before + np.arange(1, len(days) + 1)
    connection.executemany(_GIVE, zip(wanted[room].tolist(), (used + counts)[room].tolist(), strict=True))
    for day, first, count in zip(wanted[~room].tolist(), firsts[~room].tolist(), counts[~room].tolist(), strict=True):
        numbers[first : first + count] = _give_elsewhere(connection, day, count)
    given = np.zeros(len(days), np.int64)
    given[order] = numbers
    return given


def _used(connection: Connection, days: Ids) -> Ids:
    """How many ids of each of these days were given out. ``days``: ascending."""
    used = np.zeros(len(days), np.int64)
    span = (int(days[0]), int(days[-1]))
    found = np.array(
        connection.execute("SELECT day, n FROM day_count WHERE day BETWEEN ? AND ?", span).fetchall(), np.int64
    ).reshape(-1, 2)
    if len(found):
        at = np.minimum(np.searchsorted(found[:, 0], days), len(found) - 1)
        used = np.where(found[at, 0] == days, found[at, 1], 0)
    return used


def _give_elsewhere(connection: Connection, day: int, count: int) -> Ids:
    """Ids of a day that gets full, and of the days that stand in for it."""
    place, given = day, np.empty(0, np.int64)
    while len(given) < count:
        row = connection.execute("SELECT n FROM day_count WHERE day = ?", (place,)).fetchone()
        used = row[0] if row else 0
        take = min(count - len(given), PER_DAY - used)
        if take > 0:
            given = np.concatenate([given, (place << 20) + np.arange(used + 1, used + take + 1)])
            connection.execute(_GIVE, (place, used + take))
        place = FULL_DAY if place > UNDATED_DAY else place - 1
    return given


def _picked(values: Sequence[_T], rows: Sequence[int]) -> list[_T]:
    return [values[row] for row in rows]


class _Cast:
    """Numbers of actors, each looked up once as long as it is at hand."""

    _HELD = 50_000

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[Role, tuple[str, int]] = {}

    def of(self, rows: list[tuple[Role, ...]]) -> list[Acting]:
        """Who acts in each row; rows that have one and the same tuple are looked up once."""
        once = {id(roles): roles for roles in rows}
        found = {at: self._of(roles) for at, roles in once.items()}
        return [found[id(roles)] for roles in rows]

    def _of(self, roles: tuple[Role, ...]) -> Acting:
        found = [self._known.get(role) or self._look_up(role) for role in roles]
        actors = [
            (role.name, role.handle.type, role.handle.value) if role.handle else (role.name, "", "") for role in roles
        ]
        return Acting(",".join([text for text, _ in found]), tuple([number for _, number in found]), actors)

    def _look_up(self, role: Role) -> tuple[str, int]:
        handle = (role.handle.type, role.handle.value) if role.handle else ("", "")
        values = (role.name, *handle)
        self._connection.execute("INSERT OR IGNORE INTO actor (name, type, value) VALUES (?, ?, ?)", values)
        row = self._connection.execute(
            "SELECT id FROM actor WHERE name = ? AND type = ? AND value = ?", values
        ).fetchone()
        number = int(row[0])
        if len(self._known) >= self._HELD:
            self._known.clear()
        name = "".join(char for char in role.role if char not in ",:")
        self._known[role] = (f"{name}:{number}", number)
        return self._known[role]


__all__ = ["DAY_US", "FULL_DAY", "NO_OFFSET", "UNDATED_DAY", "ItemWriter", "Stored"]
