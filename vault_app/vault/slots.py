"""The ways into an open vault, changed: another password, another rescue sheet. 8 KiB are written, at any size.

The line of the ledger is on the drive before the header: a change that nobody noted would be worse than a note of a
change that did not come about.
"""

from __future__ import annotations

from vault_app.vault import founding, passphrase
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
