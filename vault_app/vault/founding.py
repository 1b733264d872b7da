"""The slots of a header over its life: a new vault's, after a change of password, with a new rescue sheet.

Nothing here writes: give the header to ``header.write``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from vault_app.vault import rescue
from vault_app.vault.header import Header, new_database_name
from vault_app.vault.keys import NORMAL, SALT_BYTES, Kdf, Key, Profile, from_keyring, from_password, from_rescue, wrap


@dataclass(frozen=True)
class Founded:
    """A vault that is not written yet. ``code``: the rescue code as it is printed, to be shown once."""

    data_key: Key
    header: Header
    code: str


def found(text: bytearray, profile: Profile = NORMAL) -> Founded:
    """Keys and header of a new vault, generation 0; ``text`` comes from ``passphrase.accept`` and is zeroed.

    Raises TooLittleMemory.
    """
    data_key, vault_id, kdf = Key.random(), secrets.token_bytes(16), Kdf.new(profile)
    with from_password(text, kdf) as by:
        password = wrap(data_key, by, "password", vault_id, kdf)
    bare = Header(vault_id, 0, kdf, (password,), new_database_name(), secrets.token_bytes(SALT_BYTES))
    header, code = with_new_rescue(bare, data_key)
    return Founded(data_key, header, code)


def refound(header: Header, text: bytearray) -> Founded:
    """Keys and header of the same vault under a new data key: new slots, a new database name and salt.

    ``text`` as for ``found``. The generation stays for ``header.write`` to count. Slots of other kinds go: they hold
    the old key. Raises TooLittleMemory.
    """
    data_key = Key.random()
    bare = replace(header, slots=(), other_slots=(), database=new_database_name(), salt=secrets.token_bytes(SALT_BYTES))
    made, code = with_new_rescue(with_password(bare, data_key, text), data_key)
    return Founded(data_key, made, code)


def with_password(header: Header, data_key: Key, text: bytearray, profile: Profile | None = None) -> Header:
    """The header after a change of password: a new salt and a new wrap; ``profile`` None keeps the dearness.

    Whoever holds an old copy of the header **and** the old password still opens that copy; only a new data key helps.
    """
    kdf = Kdf.new(profile or Profile(header.kdf.memory, header.kdf.passes))
    with from_password(text, kdf) as by:
        slot = wrap(data_key, by, "password", header.vault_id, kdf)
    kept = tuple(old for old in header.slots if old.kind != "password")
    return replace(header, kdf=kdf, slots=(slot, *kept))


def with_new_rescue(header: Header, data_key: Key) -> tuple[Header, str]:
    """The header with a new rescue slot, and the new code as it is printed; the old sheet opens it no more."""
    code = rescue.new_code()
    with from_rescue(code) as by:
        slot = wrap(data_key, by, "rescue", header.vault_id, header.kdf)
    kept = tuple(old for old in header.slots if old.kind != "rescue")
    return replace(header, slots=(*kept, slot)), rescue.spell(code, header.vault_id)


def with_keyring(header: Header, data_key: Key, secret: bytes) -> Header:
    """The header with a slot for a secret in the session's keyring, in place of one of before."""
    with from_keyring(secret) as by:
        slot = wrap(data_key, by, "keyring", header.vault_id, header.kdf)
    return replace(without_keyring(header), slots=(*without_keyring(header).slots, slot))


def without_keyring(header: Header) -> Header:
    """The header without a slot for the session's keyring."""
    return replace(header, slots=tuple(old for old in header.slots if old.kind != "keyring"))
