"""Pack files: pieces of encrypted objects, one after the other, without framing.

A pack is at most 256 MiB, so that it fits every file system and a backup copies only what is new. It grows under
``<id>.pack.tmp``, is synced, renamed to ``<id>.pack`` and never changes again. From outside all bytes are alike:
where an object starts and ends stands in the database only.

A *piece* is up to 64 KiB of plaintext and its 16-byte tag (ChaCha20-Poly1305, RFC 8439). Its nonce is the number of
the piece within its object (11 bytes, big-endian) and a flag byte, 1 for the last piece: the STREAM shape, at which a
cut between two pieces is noticed. It is bound to the pack's id and to its offset there, so it cannot be moved.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt,
    crypto_aead_chacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from vault_app.vault import durable
from vault_app.vault.errors import DamagedVault
from vault_app.vault.keys import DrawsKeys, Key

PIECE: Final = 64 << 10
TAG: Final = 16
SEALED: Final = PIECE + TAG
LIMIT: Final = 256 << 20
ID_BYTES: Final = 16

_NAME: Final = re.compile(r"([0-9a-f]{32})\.pack")
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class PackRow:
    """One finished pack: its number in the vault, its id (16 bytes), its length in bytes, its keyed hash (32 bytes)."""

    n: int
    id: bytes
    length: int
    hash: bytes


def encrypt(plain: bytes, key: bytes, number: int, pack: bytes, offset: int, *, last: bool) -> bytes:
    """One piece; ``number`` counts from 0 within the object, ``offset`` is where the piece begins in the pack."""
    return crypto_aead_chacha20poly1305_ietf_encrypt(plain, _place(pack, offset), _nonce(number, last=last), key)


def decrypt(sealed: bytes, key: bytes, number: int, pack: bytes, offset: int, *, last: bool) -> bytes:
    """The plaintext of one piece. Raises DamagedVault when a byte, its place or its order is not what was written."""
    if len(sealed) < TAG:
        raise DamagedVault("attachment")
    try:
        return crypto_aead_chacha20poly1305_ietf_decrypt(sealed, _place(pack, offset), _nonce(number, last=last), key)
    except CryptoError as error:
        raise DamagedVault("attachment") from error


@dataclass(frozen=True)
class Mark:
    """A place in a growing pack to which it can go back."""

    length: int
    state: hashlib.blake2b


class GrowingPack:
    """A pack that is being written. Not thread-safe."""

    def __init__(self, folder: Path, key: Key) -> None:
        self.id = secrets.token_bytes(ID_BYTES)
        self.length = 0
        self._final = folder / f"{self.id.hex()}.pack"
        self._path = folder / f"{self.id.hex()}.pack.tmp"
        self._state = _hash(key)
        self._file: IO[bytes] = self._path.open("xb", buffering=_BLOCK)

    def has_room(self, size: int) -> bool:
        """Whether so many more bytes fit."""
        return self.length + size <= LIMIT

    def append(self, sealed: bytes) -> None:
        """Write one piece at the end."""
        self._file.write(sealed)
        self._state.update(sealed)
        self.length += len(sealed)

    def mark(self) -> Mark:
        """This moment, to come back to."""
        return Mark(self.length, self._state.copy())

    def rewind(self, mark: Mark) -> None:
        """Take back everything since a mark."""
        self._file.flush()
        self._file.seek(mark.length)
        self._file.truncate()
        self.length, self._state = mark.length, mark.state.copy()

    def sync(self) -> None:
        """Bring what was written so far to the drive."""
        self._file.flush()
        durable.sync_file(self._file.fileno())

    def read(self, offset: int, size: int) -> bytes:
        """Bytes that were written before."""
        self._file.flush()
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.read(size)

    def finish(self, n: int) -> PackRow:
        """Sync and rename. The caller syncs the folder before the row is committed."""
        self.sync()
        self._file.close()
        self._path.replace(self._final)
        return PackRow(n, self.id, self.length, self._state.digest())

    def discard(self) -> None:
        """Remove it. What a full disk kept from being written is not wanted any more."""
        with suppress(OSError):
            self._file.close()
        self._path.unlink(missing_ok=True)


class PackFolder:
    """The folder ``packs`` of a vault."""

    def __init__(self, folder: Path, keys: DrawsKeys) -> None:
        self.folder = folder
        self._key = keys.subkey("digest")

    def grow(self) -> GrowingPack:
        """Begin a new pack."""
        return GrowingPack(self.folder, self._key)

    def open(self, pack: bytes) -> IO[bytes]:
        """A finished pack, for reading. Raises DamagedVault when it is missing."""
        try:
            return self._path(pack).open("rb", buffering=0)
        except FileNotFoundError as error:
            raise DamagedVault("attachment file missing") from error

    def has_size(self, row: PackRow) -> bool:
        """The quick check: the file is there and as long as it was."""
        try:
            return self._path(row.id).stat().st_size == row.length
        except FileNotFoundError:
            return False

    def is_sound(self, row: PackRow) -> bool:
        """The full check: every byte is as it was written. Nothing is decrypted."""
        state = _hash(self._key)
        try:
            with self._path(row.id).open("rb", buffering=0) as file:
                while block := file.read(_BLOCK):
                    state.update(block)
        except FileNotFoundError:
            return False
        return secrets.compare_digest(state.digest(), row.hash)

    def remove(self, pack: bytes) -> None:
        """Delete a finished pack that no row needs any more."""
        durable.remove(self._path(pack))

    def sync(self) -> None:
        """Make the names of finished packs durable."""
        durable.sync_folder(self.folder)

    def sweep(self) -> int:
        """Remove unfinished packs that a crash left; returns how many. Only while nothing is being written."""
        left = list(self.folder.glob("*.pack.tmp"))
        for path in left:
            path.unlink()
        if left:
            self.sync()
        return len(left)

    def finished(self) -> Iterator[bytes]:
        """The ids of all finished packs in the folder, also of those that the database does not know."""
        for name in sorted(path.name for path in self.folder.iterdir()):
            found = _NAME.fullmatch(name)
            if found:
                yield bytes.fromhex(found[1])

    def wipe(self) -> None:
        """Zero the key."""
        self._key.wipe()

    def _path(self, pack: bytes) -> Path:
        return self.folder / f"{pack.hex()}.pack"


def _hash(key: Key) -> hashlib.blake2b:
    return hashlib.blake2b(key=bytes(key.bytes), digest_size=32)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _place(pack: bytes, offset: int) -> bytes:
    return pack + offset.to_bytes(8, "big")
