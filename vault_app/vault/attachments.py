"""Attachments: small ones are rows, others are objects in packs."""

from __future__ import annotations

from vault_app.vault.driver import Connection
from vault_app.vault.objects import SMALLEST, ObjectStore, ObjectWriter


class AttachmentWriter:
    """One attachment being written. ``finish`` returns its number."""

    def __init__(
        self, connection: Connection, store: ObjectStore, import_id: int, member: int, name: str, media_type: str
    ) -> None:
        self._connection = connection
        self._store = store
        self._row = (import_id, member, name, media_type)
        self._small = bytearray()
        self._object: ObjectWriter | None = None
        self._size = 0

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._size += len(data)
        if self._object is None:
            self._small += data
            if len(self._small) < SMALLEST:
                return
            self._object = self._store.begin()
            data, self._small = bytes(self._small), bytearray()
        self._object.write(data)

    def finish(self) -> int:
        """Its number, inside the caller's transaction."""
        number = 0 if self._object is None else self._object.finish()
        cursor = self._connection.execute(
            "INSERT INTO attachment (import, member, name, media_type, size, object, data)"
            " VALUES (?, ?, ?, ?, ?, nullif(?, 0), ?)",
            (*self._row, self._size, number, self._small if self._object is None else None),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def cancel(self) -> None:
        """Take it back."""
        if self._object is not None:
            self._object.cancel()


def remove_import(connection: Connection, store: ObjectStore, import_id: int) -> None:
    """Delete an import's attachments, and objects that no other attachment has, inside the caller's transaction."""
    objects = connection.execute(
        "SELECT DISTINCT object FROM attachment WHERE import = ? AND object IS NOT NULL", (import_id,)
    ).fetchall()
    connection.execute("DELETE FROM attachment WHERE import = ?", (import_id,))
    for (number,) in objects:
        if not connection.execute("SELECT 1 FROM attachment WHERE object = ? LIMIT 1", (number,)).fetchone():
            store.forget(number)
