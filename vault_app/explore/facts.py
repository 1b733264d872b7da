"""Facts of a selection, newest first, undated ones last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import msgspec

from importers.records import KINDS, PRECISIONS, Handle, Role
from vault_app.explore import persons
from vault_app.explore.fact import Fact
from vault_app.explore.selection import DAY_US, Selection
from vault_app.vault import added
from vault_app.vault.driver import Connection
from vault_app.vault.folding import question
from vault_app.vault.items import FULL_DAY
from vault_app.vault.vault import Vault

Facts = Iterable[Fact]

_SHOWN = f"""
SELECT item.id, kind, source.name, start, "end", offset, precision, item.title, item.text, lat, lon, amount, currency,
       details, item.parties, item.import, coalesce(member.path, ''), {added.SHOWN}
"""
_COLUMNS = f"""{_SHOWN} FROM item JOIN source ON source.id = item.source
LEFT JOIN member ON member.import = item.import AND member.n = item.member
"""
_FOUND = f"""{_SHOWN} FROM item_text CROSS JOIN item ON item.id = item_text.rowid JOIN source ON source.id = item.source
LEFT JOIN member ON member.import = item.import AND member.n = item.member
"""
"""The same in the order of the index of words, which then stops as soon as there are enough."""


def facts(vault: Vault, selection: Selection) -> Iterator[Fact]:
    """All facts of a selection, one at a time: newest day first, within a day by time, then by number."""
    connection = vault.read()
    where, values = condition(connection, selection)
    rows = connection.execute(f"{_COLUMNS} WHERE {where} ORDER BY item.id DESC", values)
    cast = _Cast(connection)
    for _, day in groupby(rows, key=lambda row: row[0] >> 20):
        for row in sorted(day, key=lambda row: (row[3] or 0, row[0]), reverse=True):
            yield cast.fact(row)


def page(vault: Vault, selection: Selection, limit: int, before: int | None = None) -> list[Fact]:
    """The newest facts of a selection with numbers below ``before``, at most ``limit``, by number."""
    connection = vault.read()
    words = question(selection.text)
    if words:
        return _found(connection, words, replace(selection, text=""), limit, before)
    where, values = condition(connection, selection)
    if before is not None:
        where, values = f"({where}) AND item.id < ?", [*values, before]
    rows = connection.execute(f"{_COLUMNS} WHERE {where} ORDER BY item.id DESC LIMIT ?", [*values, limit])
    cast = _Cast(connection)
    return [cast.fact(row) for row in rows]


def _found(connection: Connection, words: str, rest: Selection, limit: int, before: int | None) -> list[Fact]:
    """A page of the facts in which words occur; ``rest``: what else is asked of them."""
    where, values = condition(connection, rest)
    rows = connection.execute(
        f"{_FOUND} WHERE item_text MATCH ? AND item_text.rowid < ? AND ({where}) ORDER BY item_text.rowid DESC LIMIT ?",
        [words, 1 << 62 if before is None else before, *values, limit],
    )
    cast = _Cast(connection)
    return [cast.fact(row) for row in rows]


def count(vault: Vault, selection: Selection) -> int:
    """How many facts a selection has."""
    connection = vault.read()
    where, values = condition(connection, selection)
    row = connection.execute(
        f"SELECT count(*) FROM item JOIN source ON source.id = item.source WHERE {where}",  # noqa: S608 - constants
        values,
    ).fetchone()
    return int(row[0])


def by_ids(connection: Connection, ids: Sequence[int]) -> dict[int, Fact]:
    """Facts by their numbers; numbers that are not there are left out."""
    rows = connection.execute(f"{_COLUMNS} WHERE item.id IN ({_marks(ids)})", list(ids))
    cast = _Cast(connection)
    return {row[0]: cast.fact(row) for row in rows}


def running_imports(connection: Connection) -> tuple[int, ...]:
    """Imports whose facts are not to be seen yet."""
    return tuple(number for (number,) in connection.execute("SELECT id FROM import WHERE state = 'running'"))


def has_full_days(connection: Connection) -> bool:
    """Whether a day has so many facts that some stand under numbers outside that day."""
    return connection.execute("SELECT 1 FROM density WHERE day <= ? LIMIT 1", (FULL_DAY,)).fetchone() is not None


def condition(
    connection: Connection,
    selection: Selection,
    ids: tuple[int, int] | None = None,
    running: tuple[int, ...] | None = None,
) -> tuple[str, list[Any]]:
    """A selection as a condition on ``item``, and its values. Facts of running imports are left out.

    ``ids``: only numbers from the first to before the second; words and parties are then looked up in that range
    alone. ``running``: the running imports when the caller knows them.
    """
    parts: list[str] = []
    values: list[Any] = []
    if ids is not None:
        parts.append("item.id >= ? AND item.id < ?")
        values += ids
    running = running_imports(connection) if running is None else running
    if running:
        parts.append(f"item.import NOT IN ({_marks(running)})")
        values += running
    if selection.sources:
        named = f"SELECT id FROM source WHERE name IN ({_marks(selection.sources)})"  # noqa: S608 - marks only
        parts.append(f"item.source IN ({named})")
        values += selection.sources
    if selection.kinds:
        parts.append(f"kind IN ({_marks(selection.kinds)})")
        values += [KINDS.index(kind) for kind in selection.kinds]
    _span(connection, selection, ids, parts, values)
    within, bounds = ("", []) if ids is None else (" AND {0} >= ? AND {0} < ?", list(ids))
    words = question(selection.text)
    if words:
        match = "item.id IN (SELECT rowid FROM item_text WHERE item_text MATCH ?"
        parts.append(match + within.format("rowid") + ")")
        values += [words, *bounds]
    if selection.names_somebody:
        who, more = persons.condition(connection, selection.party, selection.person, within, bounds)
        parts.append(who)
        values += more
    return " AND ".join(parts) or "true", values


def _span(
    connection: Connection, selection: Selection, ids: tuple[int, int] | None, parts: list[str], values: list[Any]
) -> None:
    """Time limits, and the numbers that they stand for unless the caller has given a range."""
    if selection.since is not None:
        parts.append("start >= ?")
        values.append(selection.since)
        low = (selection.since // DAY_US) << 20
        if ids is None and not has_full_days(connection):
            parts.append("item.id >= ?")
            values.append(low)
        elif ids is None:
            parts.append("(item.id >= ? OR item.id < ?)")
            values += [low, (FULL_DAY + 1) << 20]
    if selection.until is not None:
        parts.append("start < ?")
        values.append(selection.until)
        if ids is None:
            parts.append("item.id < ?")
            values.append((selection.until // DAY_US + 1) << 20)


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


class _Cast:
    """Rows to facts; each actor is looked up once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, tuple[str, Handle | None]] = {}

    def fact(self, row: Any) -> Fact:
        number, kind, source, start, end, offset, precision, title, text, lat, lon = row[:11]
        amount, currency, details, parties, import_id, member, more = row[11:]
        if more != "[]":
            details = added.merged(details, msgspec.json.decode(more))
        return Fact(
            number, KINDS[kind], source, start, end, offset, PRECISIONS[precision], title, text, lat, lon,
            amount, currency, self._roles(parties), details, member, import_id,
        )  # fmt: skip

    def _roles(self, parties: str) -> tuple[Role, ...]:
        if not parties:
            return ()
        pairs = (pair.rsplit(":", 1) for pair in parties.split(","))
        return tuple(Role(role, *self._actor(int(number))) for role, number in pairs)

    def _actor(self, number: int) -> tuple[str, Handle | None]:
        if number not in self._known:
            row = self._connection.execute("SELECT name, type, value FROM actor WHERE id = ?", (number,)).fetchone()
            name, kind, value = row or ("", "", "")
            self._known[number] = (name, Handle(kind, value) if kind else None)
        return self._known[number]
