"""Objects: attachments of 32 KiB or more, each encrypted once under a key of its own, in packs.

Writing is one pass: the object's id (a keyed hash of its plaintext) is known at the end only, and when the vault has
it already the tail of the pack is cut off again. Rows are given to the database by ``seal``, after the packs are
synced and renamed; the caller commits them, with everything that refers to them, in the transaction around it.

Usage, in the one writing thread::

    writer = store.begin()
    writer.write(b"...")
    number = writer.finish()          # of the object, new or known
    ...
    with transaction(connection):
        ...                           # rows that refer to it
        store.seal()                  # before each commit; makes a pack, so not for every small object
    store.discard()                   # instead, when the transaction is rolled back
"""

from __future__ import annotations

import hashlib
import io
import secrets
from functools import partial
from pathlib import Path
from typing import Final

from vault_app.vault import packs
from vault_app.vault.beside import WORTH, beside
from vault_app.vault.driver import Connection
from vault_app.vault.errors import DamagedVault
from vault_app.vault.extents import Extent, ObjectReader, ObjectRow
from vault_app.vault.keys import DrawsKeys
from vault_app.vault.packs import PIECE, SEALED, TAG, GrowingPack, PackFolder, PackRow

SMALLEST: Final = 32 << 10
"""Attachments below this many bytes are rows of the database, not objects."""

COMPACT_ABOVE: Final = 0.3
"""Share of dead bytes above which a pack is worth rewriting."""


class ObjectStore:
    """All objects of a vault. Writes from one thread; ``read`` from any, with a connection of that thread."""

    def __init__(self, folder: Path, keys: DrawsKeys, connection: Connection) -> None:
        """``folder``: the vault's ``packs``; ``connection``: the writer's."""
        self.packs = PackFolder(folder, keys)
        self._id_key = keys.subkey("object-id")
        self._connection = connection
        self._growing: list[GrowingPack] = []
        self._new: dict[bytes, ObjectRow] = {}
        self._sealed: list[bytes] = []
        self._writing = False

    @property
    def pending(self) -> int:
        """Bytes written since the last ``seal``."""
        return sum(pack.length for pack in self._growing)

    def object_id(self, content: bytes) -> bytes:
        """The id of a content, also of one too small to be an object. Not guessable without the key."""
        return self.hasher(content).digest()

    def hasher(self, content: bytes = b"") -> hashlib.blake2b:
        """The same, for content that comes in pieces."""
        return hashlib.blake2b(content, key=bytes(self._id_key.bytes), digest_size=32)

    def begin(self) -> ObjectWriter:
        """Begin an object. One at a time."""
        if self._writing:
            raise RuntimeError("one object is written at a time")
        self._writing = True
        return ObjectWriter(self)

    def seal(self) -> tuple[tuple[PackRow, ...], tuple[ObjectRow, ...]]:
        """Make everything written so far durable and add its rows, inside the caller's transaction."""
        if self._writing:
            raise RuntimeError("an object is still being written")
        first = self._next("pack")
        done: list[PackRow] = []
        for pack in self._growing:
            if pack.length:
                self._sealed.append(pack.id)
                done.append(pack.finish(first + len(done)))
            else:
                pack.discard()
        self._growing = []
        if not done:
            return (), ()
        self.packs.sync()
        new = tuple(self._new.values())
        self._insert(done, new)
        self._new = {}
        return tuple(done), new

    def discard(self) -> None:
        """Drop what was not committed: after a rollback, a cancel, a full disk."""
        for pack in self._growing:
            pack.discard()
        for pack_id in self._sealed:
            if not self._connection.execute("SELECT 1 FROM pack WHERE id = ?", (bytearray(pack_id),)).fetchone():
                self.packs.remove(pack_id)
        self._sealed = []
        self._growing, self._new, self._writing = [], {}, False

    def row(self, n: int, connection: Connection | None = None) -> ObjectRow | None:
        """The object of a number, also one that is not sealed yet; None when there is none."""
        for row in self._new.values():
            if row.n == n:
                return row
        return load(connection or self._connection, n)

    def read(self, row: ObjectRow) -> io.BufferedReader:
        """The plaintext, from any position. Raises DamagedVault while reading."""
        growing = {pack.id: pack for pack in self._growing}
        return io.BufferedReader(ObjectReader(self.packs, row, growing), PIECE)

    def is_sound(self, row: ObjectRow) -> bool:
        """Read it all, and compare its content with its id."""
        state = self.hasher()
        try:
            with self.read(row) as stream:
                while block := stream.read(1 << 20):
                    state.update(block)
        except DamagedVault:
            return False
        return secrets.compare_digest(state.digest(), row.id)

    def forget(self, n: int) -> None:
        """Delete an object's key and rows, in the caller's transaction: unreadable from its commit on."""
        self._connection.execute("DELETE FROM extent WHERE object = ?", (n,))
        self._connection.execute("DELETE FROM object WHERE n = ?", (n,))

    def drop_empty_packs(self) -> list[bytes]:
        """Delete the rows of packs that nothing lies in, in the caller's transaction; returns their ids.

        After the commit the caller gives each to ``packs.remove``: first the index, then the file.
        """
        rows = self._connection.execute(
            "SELECT n, id FROM pack WHERE NOT EXISTS (SELECT 1 FROM extent WHERE pack = pack.n)"
        ).fetchall()
        self._connection.executemany("DELETE FROM pack WHERE n = ?", [(n,) for n, _ in rows])
        return [bytes(pack) for _, pack in rows]

    def worth_rewriting(self) -> list[int]:
        """The numbers of packs with more dead bytes than ``COMPACT_ABOVE``."""
        rows = self._connection.execute(
            """
            SELECT pack.n, pack.length, coalesce(sum(
                extent.pieces * ?1 - iif(
                    extent.part = (SELECT max(part) FROM extent AS e WHERE e.object = object.n),
                    max(1, (object.length + ?2 - 1) / ?2) * ?2 - object.length, 0)), 0)
            FROM pack LEFT JOIN extent ON extent.pack = pack.n LEFT JOIN object ON object.n = extent.object
            GROUP BY pack.n
            """,
            (SEALED, PIECE),
        )
        return [n for n, length, living in rows if length - living > COMPACT_ABOVE * length]

    def rewrite(self, pack: int) -> None:
        """Write the living objects of a pack anew, in the caller's transaction, in which ``seal`` follows.

        Each gets a new key: the same key at another place would use a nonce twice. Then ``drop_empty_packs``.
        Raises DamagedVault when an object is not what its id says; then roll back and ``discard``.
        """
        numbers = [n for (n,) in self._connection.execute("SELECT object FROM extent WHERE pack = ?", (pack,))]
        for n in numbers:
            row = load(self._connection, n)
            if row is None:
                continue
            self._writing = True
            writer = ObjectWriter(self, replaces=row)
            with self.read(row) as stream:
                while block := stream.read(1 << 20):
                    writer.write(block)
            writer.finish()

    def wipe(self) -> None:
        """Zero the keys."""
        self._id_key.wipe()
        self.packs.wipe()

    def _next(self, table: str) -> int:
        row = self._connection.execute(f"SELECT coalesce(max(n), 0) + 1 FROM {table}").fetchone()  # noqa: S608 - ours
        return int(row[0])

    def _insert(self, done: list[PackRow], new: tuple[ObjectRow, ...]) -> None:
        number = {row.id: row.n for row in done}
        self._connection.executemany(
            "INSERT INTO pack (n, id, length, hash) VALUES (?, ?, ?, ?)",
            [(row.n, bytearray(row.id), row.length, bytearray(row.hash)) for row in done],
        )
        self._connection.executemany("DELETE FROM extent WHERE object = ?", [(row.n,) for row in new])
        self._connection.executemany(
            "INSERT INTO object (n, id, key, length) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (n) DO UPDATE SET key = excluded.key",
            [(row.n, bytearray(row.id), bytearray(row.key), row.length) for row in new],
        )
        self._connection.executemany(
            "INSERT INTO extent (object, part, pack, offset, pieces) VALUES (?, ?, ?, ?, ?)",
            [
                (row.n, part, number[extent.pack], extent.offset, extent.pieces)
                for row in new
                for part, extent in enumerate(row.extents)
            ],
        )

    # What the writer of an object needs.

    def pack_with_room(self, size: int) -> GrowingPack:
        """The pack that the next piece goes to. A full one is synced now, so that ``seal`` waits less."""
        if not self._growing or not self._growing[-1].has_room(size):
            if self._growing:
                self._growing[-1].sync()
            self._growing.append(self.packs.grow())
        return self._growing[-1]

    def mark(self) -> tuple[int, packs.Mark | None]:
        """Where the next object begins."""
        return len(self._growing), self._growing[-1].mark() if self._growing else None

    def rewind(self, mark: tuple[int, packs.Mark | None]) -> None:
        """Take back the object that is being written."""
        count, place = mark
        for pack in self._growing[count:]:
            pack.discard()
        del self._growing[count:]
        if place is not None:
            self._growing[-1].rewind(place)
        self._writing = False

    def keep(self, object_id: bytes, key: bytes, length: int, extents: tuple[Extent, ...], number: int) -> int:
        """Take in the object that is being written; ``number`` 0 means the next free one."""
        highest = max((row.n for row in self._new.values()), default=0)
        n = number or max(self._next("object"), highest + 1)
        self._new[object_id] = ObjectRow(n, object_id, key, length, extents)
        self._writing = False
        return n

    def known(self, object_id: bytes) -> int | None:
        """The number of an object with this content, None when the vault has none."""
        if object_id in self._new:
            return self._new[object_id].n
        found = self._connection.execute("SELECT n FROM object WHERE id = ?", (bytearray(object_id),)).fetchone()
        return int(found[0]) if found else None


class ObjectWriter:
    """Writes one object. ``finish`` or ``cancel`` ends it."""

    def __init__(self, store: ObjectStore, replaces: ObjectRow | None = None) -> None:
        self._replaces = replaces
        self._store = store
        self._mark = store.mark()
        self._key = secrets.token_bytes(32)
        self._state = store.hasher()
        self._rest = bytearray()
        self._length = 0
        self._piece = 0
        self._extents: list[Extent] = []
        self._extent_pieces = 0

    def write(self, data: bytes) -> None:
        """Add bytes. Raises OSError (a full disk); then ``cancel`` or ``ObjectStore.discard``."""
        self._length += len(data)
        if len(data) < WORTH:
            self._state.update(data)
            self._add(data)
            return
        with beside(partial(self._state.update, data)):
            self._add(data)

    def _add(self, data: bytes) -> None:
        if self._rest:
            missing = PIECE - len(self._rest)
            self._rest += data[:missing]
            data = data[missing:]
            if not data:
                return
            self._emit(bytes(self._rest), last=False)
            self._rest.clear()
        at = 0
        while len(data) - at > PIECE:
            self._emit(bytes(data[at : at + PIECE]), last=False)
            at += PIECE
        self._rest += data[at:]

    def finish(self) -> int:
        """End the object; returns its number: a new one, or that of the equal object that the vault has."""
        object_id = self._state.digest()
        known = self._store.known(object_id)
        if self._replaces is not None and object_id != self._replaces.id:
            self.cancel()
            raise DamagedVault("attachment")
        if known is not None and self._replaces is None:
            self.cancel()
            return known
        self._emit(bytes(self._rest), last=True)
        self._rest.clear()
        number = self._replaces.n if self._replaces else 0
        return self._store.keep(object_id, self._key, self._length, tuple(self._extents), number)

    def cancel(self) -> None:
        """Take the object back."""
        self._store.rewind(self._mark)

    def _emit(self, plain: bytes, *, last: bool) -> None:
        pack = self._store.pack_with_room(len(plain) + TAG)
        if not self._extents or self._extents[-1].pack != pack.id:
            self._extents.append(Extent(pack.id, pack.length, 0))
        extent = self._extents[-1]
        pack.append(packs.encrypt(plain, self._key, self._piece, pack.id, pack.length, last=last))
        self._extents[-1] = Extent(extent.pack, extent.offset, extent.pieces + 1)
        self._piece += 1


def load(connection: Connection, n: int) -> ObjectRow | None:
    """The object of a number, None when there is none."""
    row = connection.execute("SELECT id, key, length FROM object WHERE n = ?", (n,)).fetchone()
    if row is None:
        return None
    extents = connection.execute(
        "SELECT pack.id, extent.offset, extent.pieces FROM extent JOIN pack ON pack.n = extent.pack"
        " WHERE extent.object = ? ORDER BY extent.part",
        (n,),
    )
    places = tuple(Extent(bytes(pack), offset, pieces) for pack, offset, pieces in extents)
    return ObjectRow(n, bytes(row[0]), bytes(row[1]), row[2], places)


def pack_rows(connection: Connection) -> list[PackRow]:
    """All packs that the database knows, in order."""
    rows = connection.execute("SELECT n, id, length, hash FROM pack ORDER BY n")
    return [PackRow(n, bytes(pack), length, bytes(digest)) for n, pack, length, digest in rows]
