"""The header: what must be readable before the vault is open, in two files that each hold all of it.

Each file is 4,096 bytes: ``SDVH``, u16 format, u16 least reader, u32 length (big-endian), canonical JSON of that
length, HMAC-SHA-256 of everything before it under the subkey ``header``, zero bytes, CRC-32 of all bytes before it.
The CRC tells a torn copy apart before anything is unlocked; the HMAC proves the header afterwards.

A change is written to one file, made durable and read back, then to the other: at every moment one of them is whole.
"""

from __future__ import annotations

import hmac
import json
import os
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from vault_app.vault import durable
from vault_app.vault.errors import DamagedVault, NewerVault, WrongPassword
from vault_app.vault.keys import Kdf, Key, Slot, canonical, from_keyring, from_password, from_rescue, tag, unhex, unwrap

FORMAT: Final = 1
SIZE: Final = 4096
NAMES: Final = ("header.a", "header.b")

_START: Final = struct.Struct(">4sHHI")
_MAGIC: Final = b"SDVH"
_MAC: Final = 32
_CRC: Final = 4
_ROOM: Final = SIZE - _START.size - _MAC - _CRC
_DATABASE: Final = re.compile(r"vault-[0-9a-f]{8}\.db")
_KNOWN: Final = {"vault", "generation", "kdf", "slots", "database", "ledger", "state_digest", "needs"}
_KINDS: Final = {"password", "rescue", "keyring"}


@dataclass(frozen=True)
class Head:
    """The last line of the ledger that the header vouches for: its number (0: none yet) and its MAC (32 bytes)."""

    n: int = 0
    mac: bytes = bytes(32)


@dataclass(frozen=True)
class Header:
    """What the header says.

    ``generation``: counts the writes of the header. ``database``: file name inside the vault folder. ``salt``: the 16
    bytes that SQLCipher keeps at the start of that file, kept here too in case they are damaged there.
    ``state_digest``: 32 bytes over everything at the last clean close, empty while the vault is open or after a crash.
    ``other_slots`` and ``extra``: what a newer version wrote and this one keeps as it is. ``least_reader``: the lowest
    format number that a reader must know; ``needs``: the version of the application that brought it, for the sentence.
    """

    vault_id: bytes
    generation: int
    kdf: Kdf
    slots: tuple[Slot, ...]
    database: str
    salt: bytes
    ledger: Head = Head()
    state_digest: bytes = b""
    other_slots: tuple[Mapping[str, object], ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    format: int = FORMAT
    least_reader: int = FORMAT
    needs: str = "0.1"

    def slot(self, kind: str) -> Slot | None:
        """The slot of a kind, None when there is none."""
        return next((slot for slot in self.slots if slot.kind == kind), None)


@dataclass(frozen=True)
class Copy:
    """One header file that is whole but not proven yet: ``file`` is ``a`` or ``b``, ``content`` its 4,096 bytes."""

    file: str
    header: Header
    content: bytes

    def proven(self, data_key: Key) -> bool:
        """Whether whoever wrote it had the data key."""
        with data_key.subkey("header") as key:
            end = _START.size + _START.unpack_from(self.content)[3]
            return hmac.compare_digest(self.content[end : end + _MAC], tag(key, self.content[:end]))


@dataclass(frozen=True)
class Unlocked:
    """An open header: the data key, the proven header, and whether a copy had to be written anew."""

    data_key: Key
    header: Header
    healed: bool


def encode(header: Header, data_key: Key) -> bytes:
    """The 4,096 bytes of a header file. Raises ValueError when the header does not fit."""
    body = canonical(_plain(header))
    if len(body) > _ROOM:
        raise ValueError("the header does not fit in 4,096 bytes")
    start = _START.pack(_MAGIC, header.format, header.least_reader, len(body)) + body
    with data_key.subkey("header") as key:
        start += tag(key, start)
    content = start.ljust(SIZE - _CRC, b"\0")
    return content + struct.pack(">I", zlib.crc32(content))


def decode(content: bytes, file: str = "a") -> Copy:
    """Read a header file without a key. Raises DamagedVault, and NewerVault when this reader must not touch it."""
    if len(content) != SIZE or content[:4] != _MAGIC:
        raise DamagedVault("header")
    if struct.pack(">I", zlib.crc32(content[:-_CRC])) != content[-_CRC:]:
        raise DamagedVault("header")
    _, form, least, length = _START.unpack_from(content)
    if length > _ROOM:
        raise DamagedVault("header")
    try:
        plain = json.loads(content[_START.size : _START.size + length])
    except (ValueError, RecursionError) as error:
        raise DamagedVault("header") from error
    if not isinstance(plain, dict):
        raise DamagedVault("header")
    if least > FORMAT:
        needs = plain.get("needs")
        raise NewerVault(needs[:20] if isinstance(needs, str) else str(least))
    return Copy(file, _parsed(plain, form, least), content)


def read(folder: Path) -> tuple[Copy, ...]:
    """The whole copies of a vault's header, the highest generation first. Raises DamagedVault when there is none.

    Raises NewerVault when any copy needs a newer reader: then an older copy must not be taken for the vault.
    """
    copies = []
    for name in NAMES:
        try:
            with (folder / name).open("rb") as file:
                copies.append(decode(file.read(SIZE + 1), name[-1]))
        except (FileNotFoundError, DamagedVault):
            continue
    if not copies:
        raise DamagedVault("header")
    return tuple(sorted(copies, key=lambda copy: -copy.header.generation))


def exists(folder: Path) -> bool:
    """Whether a folder looks like a vault."""
    return any((folder / name).is_file() for name in NAMES)


def unlock(folder: Path, text: bytearray) -> Unlocked:
    """Open the header with a prepared passphrase (which is zeroed). One derivation.

    Raises WrongPassword, DamagedVault, NewerVault, TooLittleMemory.
    """
    copies = read(folder)
    best = copies[0].header
    with from_password(text, best.kdf) as by:
        return _open(folder, copies, "password", by)


def unlock_with_rescue(folder: Path, code: bytes) -> Unlocked:
    """Open the header with the 16 bytes of a rescue code. Raises WrongPassword, DamagedVault, NewerVault."""
    copies = read(folder)
    with from_rescue(code) as by:
        return _open(folder, copies, "rescue", by)


def unlock_with_keyring(folder: Path, secret: bytes) -> Unlocked:
    """Open the header with the 32 bytes of the session's keyring. Raises WrongPassword, DamagedVault, NewerVault."""
    copies = read(folder)
    with from_keyring(secret) as by:
        return _open(folder, copies, "keyring", by)


def write(folder: Path, header: Header, data_key: Key) -> Header:
    """Write the next generation to both files, one after the other; returns it. Raises OSError, DamagedVault.

    ``a`` goes first, unless ``a`` alone is whole: then ``b``, so that a whole copy stands at every moment.
    """
    following = replace(header, generation=header.generation + 1)
    content = encode(following, data_key)
    names = NAMES if _whole(folder / NAMES[1]) or not _whole(folder / NAMES[0]) else NAMES[::-1]
    for name in names:
        _write_copy(folder / name, content)
    return following


def _open(folder: Path, copies: tuple[Copy, ...], kind: str, by: Key) -> Unlocked:
    """The highest generation binds. Only when it opens and yet is not proven does the other one speak."""
    best = copies[0].header
    slot = best.slot(kind)
    if slot is None:
        raise WrongPassword(kind)
    data_key = unwrap(slot, by, best.vault_id, best.kdf)
    for copy in copies:
        if copy.proven(data_key):
            return Unlocked(data_key, copy.header, healed=_heal(folder, copy))
    data_key.wipe()
    raise DamagedVault("header")


def _heal(folder: Path, good: Copy) -> bool:
    """Make both files equal to the proven one. A medium that takes no writes is no reason not to open."""
    stale = [name for name in NAMES if _content(folder / name) != good.content]
    for name in stale:
        try:
            _write_copy(folder / name, good.content)
        except OSError:
            return False
    return bool(stale)


def _write_copy(path: Path, content: bytes) -> None:
    durable.write_whole(path, content)
    if _content(path) != content:
        raise DamagedVault("header does not read back")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SIZE + 1)
    except FileNotFoundError:
        return b""


def _whole(path: Path) -> bool:
    try:
        decode(_content(path))
    except DamagedVault:
        return False
    return True


def _plain(header: Header) -> dict[str, object]:
    return {
        **header.extra,
        "database": {"file": header.database, "salt": header.salt.hex()},
        "generation": header.generation,
        "kdf": header.kdf.plain(),
        "ledger": {"mac": header.ledger.mac.hex(), "n": header.ledger.n},
        "needs": header.needs,
        "slots": [*(slot.plain() for slot in header.slots), *header.other_slots],
        "state_digest": header.state_digest.hex(),
        "vault": header.vault_id.hex(),
    }


def _parsed(plain: dict[str, object], form: int, least: int) -> Header:
    match plain:
        case {
            "vault": str(vault_id),
            "generation": int(generation),
            "kdf": dict(kdf),
            "slots": list(slots),
            "database": {"file": str(file), "salt": str(salt)},
            "ledger": {"n": int(n), "mac": str(mac)},
            "state_digest": str(digest),
        } if all(isinstance(slot, dict) for slot in slots):
            pass
        case _:
            raise DamagedVault("header")
    if generation < 1 or n < 0 or not _DATABASE.fullmatch(file):
        raise DamagedVault("header")
    needs = plain.get("needs")
    return Header(
        vault_id=unhex(vault_id, 16),
        generation=generation,
        kdf=Kdf.parse(kdf),
        slots=tuple(Slot.parse(slot) for slot in slots if slot.get("kind") in _KINDS),
        database=file,
        salt=unhex(salt, 16),
        ledger=Head(n, unhex(mac, 32)),
        state_digest=unhex(digest, 32) if digest else b"",
        other_slots=tuple(slot for slot in slots if slot.get("kind") not in _KINDS),
        extra={name: value for name, value in plain.items() if name not in _KNOWN},
        format=form,
        least_reader=least,
        needs=needs if isinstance(needs, str) else "",
    )


def new_database_name() -> str:
    """A file name for a new database."""
    return f"vault-{os.urandom(4).hex()}.db"
