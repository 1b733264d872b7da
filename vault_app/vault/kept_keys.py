"""Subkeys that outlive a re-key.

The ids of objects, the chain of the ledger, the hashes of packs and the digests of imports were made with subkeys of
the data key of their time. A re-key keeps these three subkeys inside the new database instead of computing all of it
anew: every pack would have to be read and decrypted, and the ledger's head that somebody has on paper would be no
line of it any more. Who has an old copy and its password knows them too, but they open nothing: they prove, and what
they prove stands in a database that only the new key writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vault_app.vault.driver import Connection
from vault_app.vault.keys import Key

KEPT: Final = ("object-id", "ledger", "digest")
"""The uses whose keys stay."""


class Subkeys:
    """The key of each use: the one that the database keeps, else the one drawn from the data key."""

    def __init__(self, data_key: Key, kept: Mapping[str, bytes]) -> None:
        self._data_key = data_key
        self._kept = {use: Key(bytearray(material)) for use, material in kept.items()}

    def subkey(self, use: str) -> Key:
        """A key of the caller's own, to be wiped by it. Raises ValueError for a use that there is not."""
        kept = self._kept.get(use)
        return self._data_key.subkey(use) if kept is None else Key(bytearray(kept.bytes))

    def wipe(self) -> None:
        """Zero the kept ones."""
        for key in self._kept.values():
            key.wipe()


def of(connection: Connection, data_key: Key) -> Subkeys:
    """The subkeys of an open database."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept_key'").fetchone():
        return Subkeys(data_key, {})
    rows = connection.execute("SELECT use, key FROM kept_key").fetchall()
    return Subkeys(data_key, {str(use): bytes(key) for use, key in rows if use in KEPT})


def keep(connection: Connection, subkeys: Subkeys) -> None:
    """Write down the keys that are in use, for a database under another data key; in the caller's transaction."""
    for use in KEPT:
        with subkeys.subkey(use) as key:
            connection.execute("INSERT OR REPLACE INTO kept_key (use, key) VALUES (?, ?)", (use, bytearray(key.bytes)))
