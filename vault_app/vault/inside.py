"""An open vault as the rooms of the vault see it. Nothing above this floor touches it."""

from __future__ import annotations

from dataclasses import dataclass

from vault_app.vault.driver import Connection, Database
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Header
from vault_app.vault.kept_keys import Subkeys
from vault_app.vault.keys import Key
from vault_app.vault.objects import ObjectStore


@dataclass(frozen=True)
class Inside:
    """The parts of one open vault at this moment. ``connection`` is the writer's; the keys belong to the vault."""

    folder: VaultFolder
    data_key: Key
    keys: Subkeys
    ledger_key: Key
    digest_key: Key
    header: Header
    database: Database
    connection: Connection
    store: ObjectStore
