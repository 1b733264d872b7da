"""Both headers lost or damaged: the rescue sheet, code and block, brings the vault back with a new password."""

from __future__ import annotations

from pathlib import Path

from vault_app.vault import ledger, passphrase, rescue
from vault_app.vault.driver import Connection, Database
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Head
from vault_app.vault.keys import NORMAL, Profile
from vault_app.vault.ledger import Op
from vault_app.vault.lock import VaultLock
from vault_app.vault.vault import Vault


def recover(place: Path, code: str, block: str, password: str, profile: Profile = NORMAL) -> Vault:
    """Write both headers anew and open the vault; ``code`` and ``block`` as they were typed or scanned.

    Raises BadRescueCode, BadPassphrase, WrongPassword (the sheet of another vault), DamagedVault (no database that the
    sheet opens), VaultError when a whole header is there, VaultBusy.
    """
    read = rescue.read_block(block)
    secret = rescue.read(code, read.vault_id)
    text = passphrase.accept(password)
    with VaultLock(VaultFolder(place).lock):
        data_key, name = rescue.open_without_header(place, secret, read)
        with data_key, data_key.subkey("db") as key:
            reader = Database(place / name, key, read.salt).reader()
            try:
                generation, head = _remembered(reader)
            finally:
                reader.close()
        unlocked = rescue.rebuild_header(place, secret, read, text, generation=generation, ledger=head, profile=profile)
    vault = Vault.open_unlocked(place, unlocked)
    vault.note(Op.OPEN_WITH_RESCUE, {"headers": "rebuilt"})
    return vault


def _remembered(connection: Connection) -> tuple[int, Head]:
    """The generation that the database has seen, and the last line of its ledger.

    The lost header may have been one generation further (that of a clean close), so one more is counted.
    """
    row = connection.execute("SELECT generation FROM header_seen").fetchone()
    return (int(row[0]) if row else 0) + 1, ledger.head(connection)
