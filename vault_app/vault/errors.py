"""What can go wrong with a vault: one class a case, each with the id of its sentence for the person.

The sentences stand in ``resources/words/errors/vault.toml``. ``str(error)`` is the technical detail; it never holds
personal data, keys or paths.
"""

from __future__ import annotations


class VaultError(Exception):
    """Something is wrong with a vault. ``reason``: id of a sentence; ``what``: what the sentence may quote."""

    reason = "vault-error"

    def __init__(self, what: str = "") -> None:
        super().__init__(what)
        self.what = what


class WrongPassword(VaultError):
    """No slot opens with what was given. The same for every slot, so that nothing is told apart."""

    reason = "wrong-password"


class BadPassphrase(VaultError):
    """A passphrase that cannot be taken: too short (``passphrase-short``) or not text (``passphrase-unreadable``)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DamagedVault(VaultError):
    """Bytes are missing, changed or mixed up. ``what`` names the part."""

    reason = "damaged-vault"


class NewerVault(VaultError):
    """The vault needs a newer version of the application, ``what``; nothing was changed."""

    reason = "newer-vault"


class VaultBusy(VaultError):
    """Another process holds the vault."""

    reason = "vault-busy"


class TooLittleMemory(VaultError):
    """The system did not give the memory that the derivation of the key needs."""

    reason = "too-little-memory"


class PlainDatabase(VaultError):
    """A database without encryption stands where an encrypted one belongs."""

    reason = "plain-database"


class FolderInUse(VaultError):
    """The folder for a new vault holds something already."""

    reason = "folder-in-use"


class NoRoom(VaultError):
    """The disk has too little room for a second copy; ``what``: how many MB are missing. Nothing was changed."""

    reason = "no-room"


class NoKeyring(VaultError):
    """The keyring of the person's session is not there, refuses, or has no secret for this vault."""

    reason = "no-keyring"


class BadRescueCode(VaultError):
    """A rescue code or block that cannot be right, told before anything is opened.

    ``rescue-length`` (``what``: how many symbols were typed), ``rescue-symbol`` (the group, 1 to 8, with a symbol that
    codes never have), ``rescue-typing`` (the group that looks wrong), ``rescue-typing-somewhere``,
    ``rescue-other-vault``, ``rescue-block-length``, ``rescue-block-typing``.
    """

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(what)
        self.reason = reason
