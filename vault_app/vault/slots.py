"""The ways into an open vault, changed: another password, another rescue sheet. 8 KiB are written, at any size.

The line of the ledger is on the drive before the header: a change that nobody noted would be worse than a note of a
change that did not come about.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from vault_app.vault import founding, header, passphrase, system_keyring
from vault_app.vault.errors import NoKeyring, VaultError
from vault_app.vault.keys import Profile
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault


def change_password(vault: Vault, password: str, profile: Profile | None = None) -> None:
    """From now on this password opens the vault; the rescue sheet stays. ``profile`` None keeps the dearness.

    Whoever has an old copy and the old password still opens that copy: only ``rekey`` helps against it for what comes
    later. Raises BadPassphrase, TooLittleMemory.
    """
    text = passphrase.accept(password)
    inside = vault.inside
    changed = founding.with_password(inside.header, inside.data_key, text, profile)
    vault.note(Op.PASSWORD, {"changed": "password"})
    vault.rewrite_header(changed)


def renew_rescue(vault: Vault) -> str:
    """A new rescue code, as it is printed; the sheet of before opens the vault no more."""
    inside = vault.inside
    changed, code = founding.with_new_rescue(inside.header, inside.data_key)
    vault.note(Op.PASSWORD, {"changed": "rescue"})
    vault.rewrite_header(changed)
    return code


def has_keyring(place: Path) -> bool:
    """Whether a vault's header has a slot for the session's keyring. Needs no key; False when no header is whole."""
    try:
        return header.read(place)[0].header.slot("keyring") is not None
    except (VaultError, OSError):
        return False


def add_keyring(vault: Vault) -> None:
    """From now on this session opens the vault too; password and sheet stay. Raises NoKeyring, and nothing changes."""
    inside, secret = vault.inside, secrets.token_bytes(system_keyring.SECRET_BYTES)
    system_keyring.keep(inside.header.vault_id, secret)
    changed = founding.with_keyring(inside.header, inside.data_key, secret)
    vault.note(Op.PASSWORD, {"changed": "keyring"})
    vault.rewrite_header(changed)


def drop_keyring(vault: Vault) -> None:
    """The session opens the vault no more.

    Raises NoKeyring when the secret could not be taken out of the keyring: the slot is gone then all the same, and
    the secret opens nothing but old copies.
    """
    inside = vault.inside
    vault.note(Op.PASSWORD, {"changed": "keyring"})
    vault.rewrite_header(founding.without_keyring(inside.header))
    system_keyring.forget(inside.header.vault_id)


def clear_keyring(place: Path) -> bool:
    """After a re-key: take the secret that opened the vault before out of the keyring.

    Returns False when the keyring does not answer: then the secret stays there, and opens old copies only.
    """
    try:
        system_keyring.forget(header.read(place)[0].header.vault_id)
    except NoKeyring:
        return False
    return True


def open_with_keyring(place: Path) -> Vault:
    """Open a vault with the secret in the session's keyring. Raises NoKeyring, and as ``Vault.open``."""
    secret = system_keyring.find(header.read(place)[0].header.vault_id)
    if secret is None:
        raise NoKeyring("none")
    return Vault.open_keyring(place, secret)
