"""Keys: from what a person knows to what opens the vault.

A random 32-byte *data key* stands at the root. It is wrapped once in each *slot* of the header (password, rescue and,
when the person wants it, their session), and each use has its own *subkey*, drawn from it by HKDF-SHA-256
(RFC 5869) with the label ``sdv1/<use>``. A password goes through NFKC, UTF-8 and Argon2id (RFC 9106) first; a rescue
code is random enough without. Wrapping is ChaCha20-Poly1305 (RFC 8439).

What is secret lives in a ``Key``, which owns a ``bytearray`` and zeroes it. PyNaCl takes keys as ``bytes`` only, so a
short-lived copy exists during a call; it is freed, not zeroed. That is why locking replaces the process.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Protocol, Self

import nacl.pwhash
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from vault_app.vault.errors import DamagedVault, TooLittleMemory, WrongPassword

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
SALT_BYTES: Final = 16
SUBKEYS: Final = ("db", "header", "object-id", "ledger", "digest", "receipts")
SLOT_FORMAT: Final = 1

MEMORY_FLOOR: Final = 64 << 20
MEMORY_CEILING: Final = 1 << 30
PASSES_FLOOR: Final = 3
PASSES_CEILING: Final = 16


class _Secret(bytearray):
    """Bytes that zero themselves when nobody holds them any more.

    The bytes do it, not the ``Key`` around them: in ``data_key.subkey("db").bytes`` the key is gone before the bytes
    are used, and a use of zeroed bytes would be a silent catastrophe.
    """

    def zero(self) -> None:
        for index in range(len(self)):
            self[index] = 0

    def __del__(self) -> None:
        self.zero()


class Key:
    """Secret bytes that are zeroed when they are dropped. The ``bytearray`` that it is given is zeroed at once."""

    __slots__ = ("_bytes",)

    def __init__(self, material: bytearray) -> None:
        self._bytes = _Secret(material)
        for index in range(len(material)):
            material[index] = 0

    @classmethod
    def random(cls) -> Self:
        """A new key of 32 random bytes."""
        return cls(bytearray(secrets.token_bytes(KEY_BYTES)))

    @property
    def bytes(self) -> bytearray:
        """The bytes themselves, not a copy. Raises ValueError after ``wipe``."""
        if not self._bytes:
            raise ValueError("this key was wiped")
        return self._bytes

    def subkey(self, use: str) -> Key:
        """The key of one use, see ``SUBKEYS``."""
        if use not in SUBKEYS:
            raise ValueError(f"no such use of a key: {use}")
        return Key(hkdf(self.bytes, f"sdv1/{use}".encode("ascii")))

    def wipe(self) -> None:
        """Zero the bytes; the key is of no use afterwards."""
        self._bytes.zero()
        self._bytes = _Secret()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return "Key(wiped)" if not self._bytes else "Key(secret)"

    def __reduce__(self) -> str:
        raise TypeError("a key does not travel")


class DrawsKeys(Protocol):
    """Where the keys of the uses come from: a data key, or what a database keeps besides (``kept_keys``)."""

    def subkey(self, use: str) -> Key:
        """The key of one use, see ``SUBKEYS``."""


@dataclass(frozen=True)
class Profile:
    """How dear a guess is. ``memory`` in bytes, ``passes`` over it."""

    memory: int
    passes: int


NORMAL: Final = Profile(256 << 20, 3)
OLD_COMPUTERS: Final = Profile(64 << 20, 10)


@dataclass(frozen=True)
class Kdf:
    """The settings of a header's Argon2id (version 1.3, one lane): public, and bound to the password slot."""

    memory: int
    passes: int
    salt: bytes

    def __post_init__(self) -> None:
        """Bounds hold before the first use: above them a header could stop the machine, below them be guessed."""
        sound = (
            MEMORY_FLOOR <= self.memory <= MEMORY_CEILING
            and self.memory % 1024 == 0
            and PASSES_FLOOR <= self.passes <= PASSES_CEILING
            and len(self.salt) == SALT_BYTES
        )
        if not sound:
            raise DamagedVault("key derivation settings out of bounds")

    @classmethod
    def new(cls, profile: Profile = NORMAL) -> Self:
        """Settings with a new salt."""
        return cls(profile.memory, profile.passes, secrets.token_bytes(SALT_BYTES))

    def plain(self) -> dict[str, object]:
        """As it stands in the header."""
        return {
            "lanes": 1,
            "memory_kib": self.memory // 1024,
            "name": "argon2id",
            "passes": self.passes,
            "salt": self.salt.hex(),
            "version": 19,
        }

    @classmethod
    def parse(cls, plain: Mapping[str, object]) -> Self:
        """From the header. Raises DamagedVault."""
        memory, passes, salt = plain.get("memory_kib"), plain.get("passes"), plain.get("salt")
        known = (plain.get("name"), plain.get("version"), plain.get("lanes")) == ("argon2id", 19, 1)
        if not (known and type(memory) is int and type(passes) is int and isinstance(salt, str)):
            raise DamagedVault("key derivation settings unreadable")
        return cls(memory * 1024, passes, unhex(salt, SALT_BYTES))


@dataclass(frozen=True)
class Slot:
    """One way to the data key. ``kind``: ``password``, ``rescue`` or ``keyring``."""

    kind: str
    nonce: bytes
    wrapped: bytes
    format: int = SLOT_FORMAT

    def plain(self) -> dict[str, object]:
        """As it stands in the header."""
        return {
            "format": self.format,
            "kind": self.kind,
            "nonce": self.nonce.hex(),
            "wrapped": self.wrapped.hex(),
        }

    @classmethod
    def parse(cls, plain: Mapping[str, object]) -> Self:
        """From the header. Raises DamagedVault."""
        kind, nonce, wrapped, form = (plain.get(name) for name in ("kind", "nonce", "wrapped", "format"))
        if not (isinstance(kind, str) and isinstance(nonce, str) and isinstance(wrapped, str) and type(form) is int):
            raise DamagedVault("key slot unreadable")
        return cls(kind, unhex(nonce, NONCE_BYTES), unhex(wrapped, KEY_BYTES + TAG_BYTES), form)


def hkdf(material: bytes | bytearray, info: bytes, salt: bytes = b"", length: int = KEY_BYTES) -> bytearray:
    """HKDF-SHA-256 of RFC 5869; ``salt`` empty means 32 zero bytes, as the RFC says."""
    extracted = hmac.digest(salt or bytes(32), material, "sha256")
    made, block = bytearray(), b""
    for counter in range(1, -(-length // 32) + 1):
        block = hmac.digest(extracted, block + info + bytes([counter]), "sha256")
        made += block
    return made[:length]


def from_password(text: bytearray, kdf: Kdf) -> Key:
    """The key-encryption key of a passphrase that was prepared by ``passphrase.prepared``. Zeroes ``text``.

    Raises TooLittleMemory. Takes about 0.4 s at the normal profile.
    """
    try:
        stretched = bytearray(
            nacl.pwhash.argon2id.kdf(KEY_BYTES, bytes(text), kdf.salt, opslimit=kdf.passes, memlimit=kdf.memory)
        )
    except (RuntimeError, MemoryError) as error:
        raise TooLittleMemory(f"{kdf.memory >> 20} MiB") from error
    finally:
        for index in range(len(text)):
            text[index] = 0
    with Key(stretched) as whole:
        return Key(hkdf(whole.bytes, b"sdv1/kek/password"))


def from_rescue(code: bytes) -> Key:
    """The key-encryption key of the 16 random bytes of a rescue code."""
    return Key(hkdf(code, b"sdv1/kek/rescue"))


def from_keyring(secret: bytes) -> Key:
    """The key-encryption key of the 32 random bytes that lie in the system's keyring."""
    return Key(hkdf(secret, b"sdv1/kek/keyring"))


def wrap(data_key: Key, by: Key, kind: str, vault_id: bytes, kdf: Kdf) -> Slot:
    """Put the data key in a slot."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    bound = _bound(kind, SLOT_FORMAT, vault_id, kdf)
    wrapped = crypto_aead_chacha20poly1305_ietf_encrypt(bytes(data_key.bytes), bound, nonce, bytes(by.bytes))
    return Slot(kind, nonce, wrapped)


def unwrap(slot: Slot, by: Key, vault_id: bytes, kdf: Kdf | None) -> Key:
    """Take the data key out of a slot. ``kdf`` matters for a password only. Raises WrongPassword."""
    bound = _bound(slot.kind, slot.format, vault_id, kdf)
    try:
        return Key(
            bytearray(crypto_aead_chacha20poly1305_ietf_decrypt(slot.wrapped, bound, slot.nonce, bytes(by.bytes)))
        )
    except CryptoError as error:
        raise WrongPassword(slot.kind) from error


def tag(key: Key, *parts: bytes) -> bytes:
    """HMAC-SHA-256 (32 bytes) of the joined parts."""
    state = hmac.new(key.bytes, digestmod=hashlib.sha256)
    for part in parts:
        state.update(part)
    return state.digest()


def canonical(value: object) -> bytes:
    """JSON that has one form only: keys sorted, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def unhex(text: str, length: int) -> bytes:
    """Bytes from lower-case hex of exactly ``length`` bytes. Raises DamagedVault."""
    try:
        value = bytes.fromhex(text)
    except ValueError as error:
        raise DamagedVault("hex digits unreadable") from error
    if len(value) != length or value.hex() != text:
        raise DamagedVault("hex digits of a wrong length")
    return value


def _bound(kind: str, form: int, vault_id: bytes, kdf: Kdf | None) -> bytes:
    """The associated data of a slot.

    Only the password slot is bound to the key-derivation settings: a rescue slot must outlive a change of password,
    at which nobody has the rescue code at hand, and opens without any header from the sheet.
    """
    settings = kdf.plain() if kdf is not None and kind == "password" else None
    return canonical(["sdv1", vault_id.hex(), form, kind, settings])
