"""A vault of the lower floor only: folder, header, database with the tables of objects and ledger. For tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vault_app.vault import founding, header, passphrase, rescue
from vault_app.vault.driver import Connection, Database
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Header
from vault_app.vault.keys import MEMORY_FLOOR, PASSES_FLOOR, Key, Profile
from vault_app.vault.objects import ObjectStore

QUICK = Profile(MEMORY_FLOOR, PASSES_FLOOR)
"""As little as the format allows: for tests only."""

PHRASE = "lanterne sabot mirador tilleul onze"
TABLES = Path(__file__).resolve().parents[2] / "vault_app" / "vault" / "objects.sql"


@dataclass
class BareVault:
    """What a test needs of one vault; ``code`` is the rescue code's 16 bytes."""

    folder: VaultFolder
    data_key: Key
    header: Header
    code: bytes
    database: Database
    connection: Connection
    store: ObjectStore

    def close(self) -> None:
        self.store.wipe()
        self.connection.close()


def make(root: Path) -> BareVault:
    """A new vault in a folder that does not exist yet, open for writing."""
    folder = VaultFolder(root)
    folder.create()
    new = founding.found(passphrase.accept(PHRASE), QUICK)
    data_key, made = new.data_key, new.header
    code = rescue.read(new.code, made.vault_id)
    database = Database(folder.database(made.database), data_key.subkey("db"), made.salt)
    connection = database.create()
    connection.executescript(TABLES.read_text(encoding="utf-8"))
    written = header.write(root, made, data_key)
    store = ObjectStore(folder.packs, data_key, connection)
    return BareVault(folder, data_key, written, code, database, connection, store)
