"""Digests: what shows that the records are those that were written, also when every page is a genuine one.

An old page that is put back has a right HMAC; no check of pages finds it. So each complete import has a keyed hash over
everything that it brought, each series the sum of the marks of its chunks (``chunk_store``), and the header has at
each clean close one hash over these, the packs and the ledger's head. ``docs/vault-format.md`` says byte by byte how.

Samples are shared by the imports that have them, so their proof lies with the series, not with an import. The full text
has marks of its own (``text_marks``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from vault_app.vault import text_marks
from vault_app.vault.driver import Connection
from vault_app.vault.keys import Key

_encode = msgspec.msgpack.Encoder().encode

COLUMNS = (
    "id", "kind", "source", "start", "end", "offset", "precision", "title", "text", "lat", "lon", "amount", "currency",
    "details", "parties", "member",
)  # fmt: skip
"""The columns of an item that count, and the place of ``parties`` among them."""

PARTIES = COLUMNS.index("parties")
ITEM = "SELECT " + ", ".join(f'"{name}"' for name in COLUMNS) + " FROM item WHERE id BETWEEN ? AND ?"  # noqa: S608 - our own names
_ROWS = 500

_OF_IMPORT = (
    "SELECT name, size, digest, started FROM import WHERE id = ?",
    "SELECT n, path, size, outcome, records, why FROM member WHERE import = ? ORDER BY n",
    "SELECT member, position, reason, what FROM notice WHERE import = ? ORDER BY id",
    """SELECT party.id, source, key, "check", name, type, handles, details, member
       FROM party_import JOIN party ON party.id = party WHERE import = ? ORDER BY party.id""",
    """SELECT id, member, coalesce(item, 0), coalesce(party, 0), name, media_type, size, coalesce(object, 0), data
       FROM attachment WHERE import = ? ORDER BY id""",
    "SELECT series, n FROM sampled WHERE import = ? ORDER BY series",
    "SELECT seq, ids, members FROM seen WHERE import = ? ORDER BY seq",
    "SELECT item, details FROM added WHERE import = ? ORDER BY item",
)
_STATE = (
    "SELECT id, state, source, content, account FROM import ORDER BY id",
    "SELECT id, name FROM source ORDER BY id",
    "SELECT id, source, name, unit, subject, exclusive, digest FROM series ORDER BY id",
    "SELECT n, id, length, hash FROM pack ORDER BY n",
    "SELECT n, id, key, length FROM object ORDER BY n",
    "SELECT n, mac FROM ledger ORDER BY n DESC LIMIT 1",
    "SELECT name, seq FROM sqlite_sequence ORDER BY name",
    "SELECT use, key FROM kept_key ORDER BY use",
    "SELECT name FROM leftover ORDER BY name",
    "SELECT generation FROM header_seen",
    "SELECT n, mark FROM told ORDER BY n",
    "SELECT id, name, kept, text FROM recipe ORDER BY id",
    "SELECT one, other, same FROM same_party ORDER BY one, other",
    "SELECT segment, mark FROM text_mark ORDER BY segment",
)


class ImportDigest:
    """The digest of one import: give it its items in the order of their ids, then ``finish``."""

    def __init__(self, connection: Connection, key: Key, import_id: int) -> None:
        """``key``: the subkey ``digest``."""
        self._connection = connection
        self._import = import_id
        self._state = hashlib.blake2b(key=bytes(key.bytes), digest_size=32)

    def items(self, rows: Sequence[Sequence[object]], actors: Sequence[Sequence[object]]) -> None:
        """The next items: rows of ``ITEM``, and of each [name, type, value] of its actors."""
        for at in range(0, len(rows), _ROWS):
            self._state.update(encoded(rows[at : at + _ROWS], actors[at : at + _ROWS]))

    def take_all(self, items: Iterable[memoryview | bytes]) -> None:
        """The next items as they were ``encoded``."""
        for some in items:
            self._state.update(some)

    def finish(self) -> bytes:
        """The digest, with the import's own rows of all other tables."""
        for question in _OF_IMPORT:
            _take(self._state, self._connection.execute(question, (self._import,)))
        return self._state.digest()


def encoded(rows: Sequence[Sequence[object]], actors: Sequence[Sequence[object]]) -> memoryview:
    """What is hashed of items: MessagePack of a row, of its actors, of the next row and so on.

    Encoded as one list, whose head is left out, they are the same bytes.
    """
    each: list[object] = [None] * (2 * len(rows))
    each[::2] = rows
    each[1::2] = actors
    return memoryview(_encode(each))[_head(len(each)) :]


def state(connection: Connection, key: Key) -> bytes:
    """32 bytes over everything that the vault holds, by way of the digests of its parts.

    The full text is read whole on the way. Raises DamagedVault when it is not what was written.
    """
    text_marks.prove(connection, key)
    return kept_state(connection, key)


def kept_state(connection: Connection, key: Key) -> bytes:
    """The same without a look at the full text itself: for a close, which must be quick."""
    found = hashlib.blake2b(key=bytes(key.bytes), digest_size=32)
    for question in _STATE:
        _take(found, connection.execute(question))
    return found.digest()


def _head(count: int) -> int:
    """Bytes of the head of a MessagePack list with so many entries."""
    return 1 if count < 16 else 3 if count < 1 << 16 else 5


def _take(state_: hashlib.blake2b, rows: Iterator[Sequence[object]]) -> None:
    """The rows of one table, and a mark of its end."""
    batch: list[Sequence[object]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS:
            state_.update(b"".join(map(_encode, batch)))
            batch = []
    state_.update(b"".join(map(_encode, batch)))
    state_.update(_encode(None))
