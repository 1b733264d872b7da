"""The moment when an import becomes visible, and its undoing: density, parties, full text, digest, identities."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import msgspec

from vault_app.vault import acting, added, brought, identity, text_marks
from vault_app.vault.acting import ActingCount
from vault_app.vault.brought import Brought
from vault_app.vault.digests import ITEM, PARTIES, ImportDigest
from vault_app.vault.driver import Connection
from vault_app.vault.folding import fold
from vault_app.vault.keys import Key

_KIND, _SOURCE, _TITLE, _TEXT = 1, 2, 7, 8
_HELD = 50_000
_PORTION = 20_000
_WORDS = "SELECT id, title, text, parties, kind, source FROM item WHERE id BETWEEN ? AND ?"


def show(connection: Connection, key: Key, import_id: int) -> tuple[Brought, bytes]:
    """Fill density, full text and parties with what an import brought, inside the caller's transaction.

    The items are read once, in ascending order: the index is written in one pass. No row of theirs is changed.
    ``key``: the subkey ``digest``. Returns what the import brought and its digest.
    """
    mine = brought.of(connection, import_id)
    connection.executemany(
        "INSERT INTO density (day, kind, source, n) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        mine.density(),
    )
    digest = ImportDigest(connection, key, import_id)
    count = ActingCount(connection, 1)
    connection.executemany(
        "INSERT INTO item_text (rowid, title, text, parties) VALUES (?, ?, ?, ?)",
        _indexed(connection, mine, digest, count),
    )
    count.flush()
    acting.add_cards(connection, import_id)
    text_marks.refresh(connection, key)
    return mine, digest.finish()


def digest_of(connection: Connection, key: Key, import_id: int) -> bytes:
    """The digest of an import as it is now."""
    digest = ImportDigest(connection, key, import_id)
    cast = _Cast(connection)
    for row in _rows(connection, brought.of(connection, import_id)):
        digest.item(row, cast.of(row[PARTIES]).encoded)
    return digest.finish()


def take_back(connection: Connection, key: Key, import_id: int, *, visible: bool) -> None:
    """Delete the items that an import alone brought; those that another has too pass to it.

    ``visible``: whether density, full text and parties hold them. Inside the caller's transaction.
    """
    mine, heirs = brought.pass_on(connection, import_id, partial(added.inherit, connection, import_id))
    if visible:
        connection.executemany(
            "INSERT INTO density (day, kind, source, n) VALUES (?, ?, ?, -?)"
            " ON CONFLICT DO UPDATE SET n = n + excluded.n",
            mine.density(),
        )
        connection.execute("DELETE FROM density WHERE n = 0")
    alone: set[int] = set()
    cast, count = _Cast(connection), ActingCount(connection, -1)
    for runs in _portions(mine):
        rows = [row for span in runs for row in connection.execute(_WORDS, span)]
        if visible:
            connection.executemany(
                "INSERT INTO item_text (item_text, rowid, title, text, parties) VALUES ('delete', ?, ?, ?, ?)",
                [(item, fold(title), fold(text), cast.of(parties).names) for item, title, text, parties, *_ in rows],
            )
            for _, _, _, parties, kind, source in rows:
                count.item(kind, source, parties)
        pairs = [(actor, item) for item, _, _, parties, *_ in rows if parties for actor in cast.of(parties).actors]
        alone.update([actor for actor, _ in pairs])
        connection.executemany("DELETE FROM item_actor WHERE actor = ? AND item = ?", sorted(pairs))
        connection.executemany("DELETE FROM item WHERE id BETWEEN ? AND ?", runs)
    count.flush()
    connection.executemany(
        "DELETE FROM actor WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM item_actor WHERE actor = ?1)",
        ((actor,) for actor in sorted(alone)),
    )
    if visible:
        text_marks.refresh(connection, key)
    if len(mine):
        identity.forget(connection, mine.ids)
    for heir in sorted(heirs):
        connection.execute(
            "UPDATE import SET content = ? WHERE id = ? AND state = 'complete'",
            (bytearray(digest_of(connection, key, heir)), heir),
        )


def _portions(mine: Brought) -> Iterator[list[tuple[int, int]]]:
    """The runs of ids, so many at a time that their texts fit into memory."""
    portion: list[tuple[int, int]] = []
    count = 0
    for first, last in mine.runs():
        for start in range(first, last + 1, _PORTION):
            end = min(last, start + _PORTION - 1)
            portion.append((start, end))
            count += end - start + 1
            if count >= _PORTION:
                yield portion
                portion, count = [], 0
    if portion:
        yield portion


def _indexed(
    connection: Connection, mine: Brought, digest: ImportDigest, count: ActingCount
) -> Iterator[tuple[int, str, str, str]]:
    """The row of the full text of each item, in ascending order; on the way digest and count take each in."""
    cast = _Cast(connection)
    for row in _rows(connection, mine):
        named = cast.of(row[PARTIES])
        digest.item(row, named.encoded)
        count.item(row[_KIND], row[_SOURCE], row[PARTIES])
        yield row[0], fold(row[_TITLE]), fold(row[_TEXT]), named.names


def _rows(connection: Connection, mine: Brought) -> Iterator[Any]:
    for span in mine.runs():
        yield from connection.execute(ITEM, span)


class _Named(NamedTuple):
    """The numbers of some actors, MessagePack of [name, type, value] of each, and all their names, folded."""

    actors: tuple[int, ...]
    encoded: bytes
    names: str


class _Cast:
    """The actors of items as their ``parties`` name them, each such text looked up once as long as it is at hand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = {"": _Named((), msgspec.msgpack.encode([]), "")}

    def of(self, parties: str) -> _Named:
        """What a text of ``parties`` stands for."""
        found = self._known.get(parties)
        return found if found is not None else self._look_up(parties)

    def _look_up(self, parties: str) -> _Named:
        numbers = tuple(int(pair.rpartition(":")[2]) for pair in parties.split(","))
        actors = [
            self._connection.execute("SELECT name, type, value FROM actor WHERE id = ?", (number,)).fetchone()
            or ("", "", "")
            for number in numbers
        ]
        if len(self._known) >= _HELD:
            del self._known[next(reversed(self._known))]
        names = " ".join(f"{name} {value}" for name, _, value in actors)
        self._known[parties] = _Named(numbers, msgspec.msgpack.encode(actors), fold(names))
        return self._known[parties]
