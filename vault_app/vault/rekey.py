"""A new data key: for when somebody may have an old copy of the vault together with its password.

The database is copied under the new key into a file of a new name; the header's next generation points to it; only
then the old file goes. A crash before the header leaves the old vault, a crash after it the new one, and what is left
over is noted in both. The three subkeys that prove (``kept_keys``) stay. The rescue sheet of before is void: nobody
has its code at hand, so a new one is given.

A *re-key* leaves the packs: their keys stand in the database, so whoever had an old copy **and** its password still
reads the packs of that time. A *deep re-key* writes them anew as well, under new object keys.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vault_app.vault import digests, durable, founding, header, kept_keys, ledger, leftovers, objects, passphrase
from vault_app.vault.driver import Connection, Database, DatabaseError, close_cleanly, durably, is_full, soundness
from vault_app.vault.errors import DamagedVault, NoRoom
from vault_app.vault.founding import Founded
from vault_app.vault.header import Unlocked
from vault_app.vault.inside import Inside
from vault_app.vault.ledger import Op
from vault_app.vault.objects import ObjectStore
from vault_app.vault.vault import Vault

_SPARE: Final = 16 << 20
"""Bytes that must stay free besides the copies."""


@dataclass(frozen=True)
class Rekeyed:
    """The vault, open under its new key, and the new rescue code, to be shown once. The vault of before is closed."""

    vault: Vault
    rescue_code: str


def rekey(vault: Vault, password: str) -> Rekeyed:
    """A new data key and database; packs stay as they are.

    Nothing else may use the vault meanwhile. Raises BadPassphrase, TooLittleMemory, NoRoom, DamagedVault and OSError;
    the vault of before is then as it was, and open. Only when the header itself could not be written it is closed:
    opening it tells which of the two it is, and a new rescue sheet must be made.
    """
    return _rekeyed(vault, password, "database", lambda _inside, _copy: None)


def deep_rekey(vault: Vault, password: str) -> Rekeyed:
    """A new data key and database, and all packs written anew under new object keys. Raises as ``rekey``."""
    return _rekeyed(vault, password, "packs", _rewrite_packs)


def _rekeyed(vault: Vault, password: str, reach: str, more: Callable[[Inside, Connection], None]) -> Rekeyed:
    text = passphrase.accept(password)
    size = vault.inside.database.path.stat().st_size
    if reach == "packs":
        size += sum(row.length for row in objects.pack_rows(vault.inside.connection))
    need_room(vault.folder.root, size)
    new = founding.refound(vault.inside.header, text)
    vault.changing()
    inside = vault.inside
    with durably(inside.connection):
        leftovers.note(inside.connection, [new.header.database])
    database = Database(inside.folder.database(new.header.database), new.data_key.subkey("db"), new.header.salt)
    try:
        head = _copy(inside, database, reach, more)
    except BaseException:
        leftovers.sweep_packs(inside.connection, inside.store.packs)
        leftovers.clear(inside.connection, inside.folder.root)
        raise
    root = vault.folder.root
    try:
        written = _point_to(inside, new, head)
    finally:
        vault.leave()  # also when one copy of the header was written and the other not: the vault of before may be over
    # Opening finds no clean close: it looks quickly, and removes the old database and the old packs.
    return Rekeyed(Vault.open_unlocked(root, Unlocked(new.data_key, written, healed=False)), new.code)


def _copy(inside: Inside, database: Database, reach: str, more: Callable[[Inside, Connection], None]) -> header.Head:
    """The database under the new key, proven and on the drive; returns its ledger's head."""
    copy = database.create()
    try:
        copy_database(inside, copy)
        with durably(copy):
            copy.execute("DELETE FROM leftover")
            leftovers.note(copy, [inside.header.database])
            kept_keys.keep(copy, inside.keys)
            ledger.append(copy, inside.ledger_key, Op.REKEY, {"reach": reach})
        more(inside, copy)
        head = ledger.head(copy)
        close_cleanly(copy)
    except BaseException:
        copy.close()
        raise
    prove(database)
    return head


def _rewrite_packs(inside: Inside, copy: Connection) -> None:
    """All objects into new packs. The old files are noted as left over: the old database still needs them."""
    store = ObjectStore(inside.folder.packs, inside.keys, copy)
    try:
        for pack in objects.pack_rows(copy):
            with durably(copy):
                store.rewrite(pack.n)
                store.seal()
                leftovers.note(copy, map(leftovers.pack_name, store.drop_empty_packs()))
    except BaseException:
        store.discard()
        raise
    finally:
        store.wipe()


def _point_to(inside: Inside, new: Founded, head: header.Head) -> header.Header:
    """The moment at which the new database becomes the vault."""
    following = replace(new.header, generation=inside.header.generation, ledger=head, state_digest=b"")
    return header.write(inside.folder.root, following, new.data_key)


def copy_database(inside: Inside, copy: Connection) -> None:
    """All pages into another database, under whatever key that has. Raises DamagedVault when they then differ."""
    try:
        inside.connection.backup(copy)
    except DatabaseError as error:
        if is_full(error):
            raise
        raise DamagedVault("database") from error
    if digests.state(copy, inside.digest_key) != digests.state(inside.connection, inside.digest_key):
        raise DamagedVault("database")


def prove(database: Database) -> None:
    """Read a closed copy whole and bring it to the drive. Raises DamagedVault."""
    reader = database.reader()
    try:
        if soundness(reader):
            raise DamagedVault("database")
    finally:
        reader.close()
    with database.path.open("rb+") as file:
        durable.sync_file(file.fileno())
    durable.sync_folder(database.path.parent)


def need_room(folder: Path, size: int) -> None:
    """Raises NoRoom unless so many bytes, and some more, are free where a folder lies."""
    missing = size + _SPARE - shutil.disk_usage(folder).free
    if missing > 0:
        raise NoRoom(str(-(-missing // 1_000_000)))
