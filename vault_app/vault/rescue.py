"""The rescue sheet: a code that opens the vault without the password, and a block that opens it without a header.

The *code* is 160 bits as 32 symbols of Crockford's base32 in 8 groups of 4: 128 random bits, 2 zero bits, a 10-bit
mark of the vault and a 20-bit check over all of them. The check finds typing errors, the mark the sheet of another
vault, both before anything is derived. The *block* is small print on the same sheet: vault id, the data key wrapped
for this code, its nonce, the database's salt.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault_app.vault import driver, header
from vault_app.vault.errors import BadRescueCode, DamagedVault, VaultError
from vault_app.vault.header import Head, Header, Unlocked
from vault_app.vault.keys import (
    KEY_BYTES,
    NONCE_BYTES,
    NORMAL,
    TAG_BYTES,
    Kdf,
    Key,
    Profile,
    Slot,
    from_password,
    from_rescue,
    unwrap,
    wrap,
)

CODE_BYTES: Final = 16
SYMBOLS: Final = 32
GROUP: Final = 4

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = {"I": "1", "L": "1", "O": "0"}
_BLOCK_FORMAT: Final = 1
_BLOCK_BYTES: Final = 1 + 16 + NONCE_BYTES + KEY_BYTES + TAG_BYTES + 16
_DATABASE: Final = re.compile(r"vault-[0-9a-f]{8}\.db")


@dataclass(frozen=True)
class Block:
    """What a vault without headers needs, besides the code."""

    vault_id: bytes
    slot: Slot
    salt: bytes


def new_code() -> bytes:
    """16 random bytes."""
    return secrets.token_bytes(CODE_BYTES)


def spell(code: bytes, vault_id: bytes) -> str:
    """The code as it is printed: ``XXXX-XXXX-...``, 8 groups."""
    number = int.from_bytes(code) << 12 | _mark(vault_id)
    symbols = _symbols(number << 20 | _check(number), SYMBOLS)
    return "-".join(symbols[at : at + GROUP] for at in range(0, SYMBOLS, GROUP))


def read(text: str, vault_id: bytes | None) -> bytes:
    """The 16 bytes of a code as a person typed it: any case, any spaces and hyphens, O for 0, I and L for 1.

    ``vault_id`` None: of a vault whose headers are lost. Raises BadRescueCode, see there.
    """
    symbols = _typed(text)
    if len(symbols) != SYMBOLS:
        raise BadRescueCode("rescue-length", str(len(symbols)))
    number = _number(symbols)
    if not _fits(number):
        group = _suspect(symbols)
        raise BadRescueCode("rescue-typing", group) if group else BadRescueCode("rescue-typing-somewhere")
    if vault_id is not None and number >> 20 & 0x3FF != _mark(vault_id):
        raise BadRescueCode("rescue-other-vault")
    return (number >> 32).to_bytes(CODE_BYTES)


def spell_block(block: Block) -> str:
    """The block as it is printed: 156 symbols of Crockford's base32, groups of 4."""
    content = bytes([_BLOCK_FORMAT]) + block.vault_id + block.slot.nonce + block.slot.wrapped + block.salt
    content += zlib.crc32(content).to_bytes(4)
    count = -(-len(content) * 8 // 5)
    symbols = _symbols(int.from_bytes(content) << (count * 5 - len(content) * 8), count)
    return "-".join(symbols[at : at + GROUP] for at in range(0, count, GROUP))


def read_block(text: str) -> Block:
    """A block as it was typed or scanned. Raises BadRescueCode."""
    symbols = _typed(text)
    size = _BLOCK_BYTES + 4
    count = -(-size * 8 // 5)
    if len(symbols) != count:
        raise BadRescueCode("rescue-block-length", str(len(symbols)))
    content = (_number(symbols) >> (count * 5 - size * 8)).to_bytes(size)
    if zlib.crc32(content[:-4]).to_bytes(4) != content[-4:] or content[0] != _BLOCK_FORMAT:
        raise BadRescueCode("rescue-block-typing")
    vault_id, nonce, wrapped, salt = content[1:17], content[17:29], content[29:77], content[77:93]
    return Block(vault_id, Slot("rescue", nonce, wrapped), salt)


def block_of(kept: Header) -> Block:
    """The block that belongs to a header. Raises DamagedVault when it has no rescue slot."""
    slot = kept.slot("rescue")
    if slot is None:
        raise DamagedVault("header")
    return Block(kept.vault_id, slot, kept.salt)


def open_without_header(folder: Path, code: bytes, block: Block) -> tuple[Key, str]:
    """The data key and the database's file name, from the sheet alone. Raises WrongPassword, DamagedVault."""
    with from_rescue(code) as by:
        data_key = unwrap(block.slot, by, block.vault_id, None)
    with data_key.subkey("db") as key:
        for path in sorted(folder.glob("vault-*.db")):
            if not _DATABASE.fullmatch(path.name):
                continue
            try:
                driver.connect(path, key, block.salt, driver.Mode.READ).close()
            except DamagedVault:
                continue
            return data_key, path.name
    data_key.wipe()
    raise DamagedVault("database")


def rebuild_header(
    folder: Path,
    code: bytes,
    block: Block,
    text: bytearray,
    *,
    generation: int,
    ledger: Head,
    profile: Profile = NORMAL,
) -> Unlocked:
    """Write both headers anew with a new password (prepared; zeroed), when both are gone.

    ``generation`` and ``ledger`` are those that the database remembers. Raises VaultError when a header is there.
    """
    if header.exists(folder):
        try:
            header.read(folder)
        except DamagedVault:
            pass
        else:
            raise VaultError("a header is there")
    data_key, database = open_without_header(folder, code, block)
    kdf = Kdf.new(profile)
    with from_password(text, kdf) as by:
        slots = (wrap(data_key, by, "password", block.vault_id, kdf), block.slot)
    made = Header(block.vault_id, generation, kdf, slots, database, block.salt, ledger)
    return Unlocked(data_key, header.write(folder, made, data_key), healed=True)


def _typed(text: str) -> str:
    symbols = "".join(
        _READ_AS.get(symbol, symbol) for symbol in text.upper() if not (symbol.isspace() or symbol in "-‐‑–")
    )
    for place, symbol in enumerate(symbols):
        if symbol not in _ALPHABET:
            raise BadRescueCode("rescue-symbol", str(place // GROUP + 1))
    return symbols


def _symbols(number: int, count: int) -> str:
    return "".join(_ALPHABET[number >> 5 * (count - 1 - place) & 31] for place in range(count))


def _number(symbols: str) -> int:
    number = 0
    for symbol in symbols:
        number = number << 5 | _ALPHABET.index(symbol)
    return number


def _mark(vault_id: bytes) -> int:
    digest = hashlib.sha256(b"sdv1/rescue-vault" + vault_id).digest()
    return int.from_bytes(digest[:2]) >> 6


def _check(number: int) -> int:
    """The first 20 bits of a hash of code, zero bits and mark (140 bits, as 18 bytes)."""
    digest = hashlib.sha256(b"sdv1/rescue-check" + number.to_bytes(18)).digest()
    return int.from_bytes(digest[:3]) >> 4


def _fits(number: int) -> bool:
    return _check(number >> 20) == number & 0xFFFFF and number >> 30 & 3 == 0


def _suspect(symbols: str) -> str:
    """The group (1 to 8) in which one wrong symbol, or two swapped ones, would explain the error; else ''."""
    groups = set()
    for place in range(SYMBOLS):
        before, after = symbols[:place], symbols[place + 1 :]
        tries = [before + other + after for other in _ALPHABET]
        if after:
            tries.append(before + after[0] + symbols[place] + after[1:])
        if any(_fits(_number(one)) for one in tries):
            groups.add(place // GROUP + 1)
    return str(groups.pop()) if len(groups) == 1 else ""
