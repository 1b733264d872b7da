"""Marks of the full-text index: an old page of it that is put back is found like one of any other table.

The index keeps its words in segments that are never changed once they are written, only merged into others. So each
segment has a mark, a keyed hash over all of its rows, and after an import only the new ones are read. What is not of a
segment (structure, averages, settings) has the mark of segment 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec

from vault_app.vault.driver import Connection, DatabaseError, is_damage
from vault_app.vault.errors import DamagedVault
from vault_app.vault.keys import Key

_PLACES = 37
"""FTS5 numbers the rows of segment s from s << 37 on: first its pages,"""

_PAGES = 1 << 36
"""and from this place on what helps to skip among them. Pages are added at the end, and taken away at the beginning."""

_encode = msgspec.msgpack.Encoder().encode


def refresh(connection: Connection, key: Key) -> None:
    """Mark what is new in the index and forget what has gone, inside the caller's transaction. ``key``: ``digest``."""
    connection.execute("SAVEPOINT written")  # makes FTS5 write down what it holds in memory
    connection.execute("RELEASE written")
    known = {
        segment: (first, last, ends)
        for segment, first, last, ends in connection.execute('SELECT segment, "first", "last", ends FROM text_mark')
    }
    now = {segment: (first, last, _ends(connection, first, last)) for segment, first, last in _segments(connection)}
    connection.executemany(
        "DELETE FROM text_mark WHERE segment = ?", [(segment,) for segment in known if segment not in now]
    )
    for segment, place in now.items():
        if known.get(segment) == place:
            continue
        first, last, ends = place
        connection.execute(
            'INSERT OR REPLACE INTO text_mark (segment, "first", "last", ends, mark) VALUES (?, ?, ?, ?, ?)',
            (segment, first, last, bytearray(ends), bytearray(_mark(connection, key, segment))),
        )
    connection.execute(
        'INSERT OR REPLACE INTO text_mark (segment, "first", "last", ends, mark) VALUES (0, 0, 0, ?, ?)',
        (bytearray(16), bytearray(_mark(connection, key, 0))),
    )


def prove(connection: Connection, key: Key) -> None:
    """Read all of the index. Raises DamagedVault when it is not the one that was marked."""
    try:
        sound = _is_as_marked(connection, key)
    except DatabaseError as error:
        if not is_damage(error):
            raise
        raise DamagedVault("database") from error
    if not sound:
        raise DamagedVault("database")


def _is_as_marked(connection: Connection, key: Key) -> bool:
    marks = dict(connection.execute("SELECT segment, mark FROM text_mark"))
    if not marks:
        return True  # nothing was brought in yet
    there = {0, *(segment for segment, _, _ in _segments(connection))}
    return there == marks.keys() and all(_mark(connection, key, segment) == mark for segment, mark in marks.items())


def _segments(connection: Connection) -> Iterator[tuple[int, int, int]]:
    """Number, first and last page of each segment, by a few looks at the index of the table."""
    at = 1 << _PLACES
    while True:
        (first,) = connection.execute("SELECT min(id) FROM item_text_data WHERE id >= ?", (at,)).fetchone()
        if first is None:
            return
        at = ((first >> _PLACES) + 1) << _PLACES
        (last,) = connection.execute("SELECT max(id) FROM item_text_data WHERE id < ?", (at - _PAGES,)).fetchone()
        yield first >> _PLACES, first, last


def _ends(connection: Connection, first: int, last: int) -> bytes:
    """16 bytes of the first and the last page: a number of a segment is given again after a merge."""
    blocks = connection.execute("SELECT block FROM item_text_data WHERE id IN (?, ?) ORDER BY id", (first, last))
    return hashlib.blake2b(b"".join(block for (block,) in blocks), digest_size=16).digest()


def _mark(connection: Connection, key: Key, segment: int) -> bytes:
    """32 bytes over the rows of a segment as MessagePack: its pages, null, its terms, null; for 0 the settings."""
    state = hashlib.blake2b(key=bytes(key.bytes), digest_size=32)
    span = (segment << _PLACES, ((segment + 1) << _PLACES) - 1)
    for row in connection.execute("SELECT id, block FROM item_text_data WHERE id BETWEEN ? AND ? ORDER BY id", span):
        state.update(_encode(row))
    state.update(_encode(None))
    terms = "SELECT term, pgno FROM item_text_idx WHERE segid = ? ORDER BY term"
    settings = "SELECT k, v FROM item_text_config WHERE ? = 0 ORDER BY k"
    for row in connection.execute(terms if segment else settings, (segment,)):
        state.update(_encode(row))
    state.update(_encode(None))
    return state.digest()
