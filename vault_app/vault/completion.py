"""The moment when an import becomes visible, and its undoing: density, parties, full text, digest, identities."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

from vault_app.vault import acting, added, brought, identity, text_marks
from vault_app.vault.acting import ActingCount
from vault_app.vault.at_hand import AtHand, words_of
from vault_app.vault.brought import Brought
from vault_app.vault.digests import ITEM, PARTIES, ImportDigest
from vault_app.vault.driver import Connection
from vault_app.vault.folding import fold_all
from vault_app.vault.keys import Key

_KIND, _SOURCE, _TITLE, _TEXT = 1, 2, 7, 8
_HELD = 50_000
_PORTION = 20_000
_BLOCK = 500
_INDEX = "INSERT INTO item_text (rowid, title, text, parties) VALUES (?, ?, ?, ?)"
_WORDS = "SELECT id, title, text, parties, kind, source FROM item WHERE id BETWEEN ? AND ?"


def show(connection: Connection, key: Key, import_id: int, at_hand: AtHand | None = None) -> tuple[Brought, bytes]:
    """Fill density, full text and parties with what an import brought, inside the caller's transaction.

    The items are read once, in ascending order, or not at all when they are ``at_hand``: the index is written in one
    pass. No row of theirs is changed. ``key``: the subkey ``digest``. Returns what the import brought and its digest.
    """
    mine = brought.of(connection, import_id)
    connection.executemany(
        "INSERT INTO density (day, kind, source, n) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
        mine.density(),
    )
    digest = ImportDigest(connection, key, import_id)
    count = ActingCount(connection, 1)
    if at_hand is not None and at_hand.has(mine.ids):
        with ThreadPoolExecutor(1) as beside:
            hashed = beside.submit(digest.take_all, at_hand.rows())
            connection.executemany(_INDEX, at_hand.words())
            hashed.result()
        at_hand.count(count)
    else:
        connection.executemany(_INDEX, _indexed(connection, mine, digest, count))
    count.flush()
    acting.add_cards(connection, import_id)
    text_marks.refresh(connection, key)
    return mine, digest.finish()


def digest_of(connection: Connection, key: Key, import_id: int) -> bytes:
    """The digest of an import as it is now."""
    digest = ImportDigest(connection, key, import_id)
    cast = _Cast(connection)
    for rows in _blocks(connection, brought.of(connection, import_id)):
        digest.items(rows, [cast.of(row[PARTIES]).actors for row in rows])
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
        if visible and rows:
            items, titles, texts, parties, kinds, sources = (list(column) for column in zip(*rows, strict=True))
            names = [cast.of(each).names for each in parties]
            connection.executemany(
                "INSERT INTO item_text (item_text, rowid, title, text, parties) VALUES ('delete', ?, ?, ?, ?)",
                zip(items, fold_all(titles), fold_all(texts), names, strict=True),
            )
            count.items(kinds, sources, parties)
        pairs = [(actor, item) for item, _, _, each, *_ in rows if each for actor in cast.of(each).numbers]
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
    for rows in _blocks(connection, mine):
        columns = [list(column) for column in zip(*rows, strict=True)]
        named = [cast.of(parties) for parties in columns[PARTIES]]
        digest.items(rows, [each.actors for each in named])
        count.items(columns[_KIND], columns[_SOURCE], columns[PARTIES])
        names = [each.names for each in named]
        yield from zip(columns[0], fold_all(columns[_TITLE]), fold_all(columns[_TEXT]), names, strict=True)


def _blocks(connection: Connection, mine: Brought) -> Iterator[list[Any]]:
    """The rows of items in ascending order, many at a time."""
    rows: list[Any] = []
    for first, last in mine.runs():
        for start in range(first, last + 1, _BLOCK):
            rows += connection.execute(ITEM, (start, min(last, start + _BLOCK - 1))).fetchall()
            if len(rows) >= _BLOCK:
                yield rows
                rows = []
    if rows:
        yield rows


class _Named(NamedTuple):
    """The numbers of some actors, [name, type, value] of each, and all their names, folded."""

    numbers: tuple[int, ...]
    actors: list[tuple[str, str, str]]
    names: str


class _Cast:
    """The actors of items as their ``parties`` name them, each such text looked up once as long as it is at hand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = {"": _Named((), [], "")}

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
        self._known[parties] = _Named(numbers, actors, words_of(actors))
        return self._known[parties]
