"""A vault reader written from ``docs/vault-format.md`` alone. It imports nothing of the application.

Usage: ``python independent_reader.py FOLDER`` with the passphrase (or the 39 characters of a rescue code) on standard
input prints what is inside. Needs PyNaCl and sqlcipher3; everything else is Python's own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import struct
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path

import nacl.pwhash
import sqlcipher3
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt as open_sealed
from nacl.exceptions import CryptoError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PIECE = 65_536


class CannotRead(Exception):
    """Why a vault does not open."""


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def hkdf(material: bytes, info: str) -> bytes:
    extracted = hmac.new(bytes(32), material, "sha256").digest()
    return hmac.new(extracted, info.encode("ascii") + b"\x01", "sha256").digest()


def header_copies(folder: Path) -> list[tuple[int, dict, bytes]]:
    """Whole copies as (generation, JSON, bytes up to the end of the MAC), the highest generation first."""
    found = []
    for name in ("header.a", "header.b"):
        try:
            content = (folder / name).read_bytes()
        except FileNotFoundError:
            continue
        if len(content) != 4096 or content[:4] != b"SDVH":
            continue
        if zlib.crc32(content[:4092]) != struct.unpack(">I", content[4092:])[0]:
            continue
        _, least, length = struct.unpack(">HHI", content[4:12])
        if least > 1:
            raise CannotRead("a newer reader is needed")
        plain = json.loads(content[12 : 12 + length])
        found.append((plain["generation"], plain, content[: 12 + length + 32]))
    if not found:
        raise CannotRead("no whole header")
    return sorted(found, key=lambda copy: -copy[0])


def unwrap(slot: dict, by: bytes, vault: str, kdf: dict | None) -> bytes:
    bound = canonical(["sdv1", vault, slot["format"], slot["kind"], kdf if slot["kind"] == "password" else None])
    try:
        return open_sealed(bytes.fromhex(slot["wrapped"]), bound, bytes.fromhex(slot["nonce"]), by)
    except CryptoError as error:
        raise CannotRead("wrong password or code") from error


def from_password(passphrase: str, kdf: dict) -> bytes:
    memory, passes = kdf["memory_kib"] * 1024, kdf["passes"]
    if (kdf["name"], kdf["version"], kdf["lanes"]) != ("argon2id", 19, 1):
        raise CannotRead("unknown derivation")
    if not (64 << 20 <= memory <= 1 << 30 and 3 <= passes <= 16):
        raise CannotRead("derivation out of bounds")
    text = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    stretched = nacl.pwhash.argon2id.kdf(32, text, bytes.fromhex(kdf["salt"]), opslimit=passes, memlimit=memory)
    return hkdf(stretched, "sdv1/kek/password")


def base32(text: str) -> int:
    number = 0
    for symbol in text.upper().replace("O", "0").replace("I", "1").replace("L", "1"):
        if symbol not in "- ":
            number = number << 5 | ALPHABET.index(symbol)
    return number


def from_code(code: str) -> bytes:
    number = base32(code)
    above, check = number >> 20, number & 0xFFFFF
    if int.from_bytes(hashlib.sha256(b"sdv1/rescue-check" + above.to_bytes(18)).digest()[:3]) >> 4 != check:
        raise CannotRead("a typing error in the code")
    return hkdf((above >> 12).to_bytes(16), "sdv1/kek/rescue")


class Vault:
    """An open vault."""

    def __init__(self, folder: Path, data_key: bytes, database: str, salt: str, header: dict | None) -> None:
        self.folder, self.header, self._data_key = folder, header, data_key
        key = self.subkey("db")
        self.database = sqlcipher3.connect(str(folder / database))
        self.database.execute(f"PRAGMA key = \"x'{key.hex()}{salt}'\"")
        self.database.execute("PRAGMA cipher_page_size = 8192")
        self.database.execute("PRAGMA query_only = ON")
        try:
            self.database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher3.DatabaseError as error:
            self.database.close()
            raise CannotRead("the database does not open") from error

    @classmethod
    def open(cls, folder: Path, passphrase: str = "", code: str = "") -> Vault:
        """With a passphrase or a rescue code."""
        copies = header_copies(folder)
        best = copies[0][1]
        kind, by = ("password", from_password(passphrase, best["kdf"])) if passphrase else ("rescue", from_code(code))
        slot = next(slot for slot in best["slots"] if slot["kind"] == kind)
        data_key = unwrap(slot, by, best["vault"], best["kdf"])
        mac_key = hkdf(data_key, "sdv1/header")
        for _, plain, content in copies:
            if hmac.compare_digest(hmac.new(mac_key, content[:-32], "sha256").digest(), content[-32:]):
                return cls(folder, data_key, plain["database"]["file"], plain["database"]["salt"], plain)
        raise CannotRead("no header is proven")

    @classmethod
    def open_with_sheet(cls, folder: Path, code: str, block: str) -> Vault:
        """Without any header: with the rescue code and the small print of the sheet."""
        content = (base32(block) >> 4).to_bytes(97)
        if zlib.crc32(content[:93]) != int.from_bytes(content[93:]) or content[0] != 1:
            raise CannotRead("a typing error in the block")
        slot = {"format": 1, "kind": "rescue", "nonce": content[17:29].hex(), "wrapped": content[29:77].hex()}
        data_key = unwrap(slot, from_code(code), content[1:17].hex(), None)
        for path in sorted(folder.glob("vault-*.db")):
            try:
                return cls(folder, data_key, path.name, content[77:93].hex(), None)
            except CannotRead:
                continue
        raise CannotRead("no database opens")

    def subkey(self, use: str) -> bytes:
        return hkdf(self._data_key, f"sdv1/{use}")

    def object(self, n: int) -> bytes:
        """The plaintext of an object, proven by its id."""
        object_id, key, length = self.database.execute(
            "SELECT id, key, length FROM object WHERE n = ?", (n,)
        ).fetchone()
        pieces = max(1, -(-length // PIECE))
        places = self.database.execute(
            "SELECT p.id, e.offset, e.pieces FROM extent e JOIN pack p ON p.n = e.pack"
            " WHERE e.object = ? ORDER BY e.part",
            (n,),
        ).fetchall()
        plain, number = b"", 0
        for pack, start, count in places:
            with (self.folder / "packs" / f"{pack.hex()}.pack").open("rb") as file:
                for offset in range(start, start + count * (PIECE + 16), PIECE + 16):
                    last = number == pieces - 1
                    size = length - number * PIECE if last else PIECE
                    file.seek(offset)
                    nonce = number.to_bytes(11) + bytes([last])
                    plain += open_sealed(file.read(size + 16), pack + offset.to_bytes(8), nonce, key)
                    number += 1
        found = hashlib.blake2b(plain, key=self.subkey("object-id"), digest_size=32).digest()
        if number != pieces or found != object_id:
            raise CannotRead("an object is not what was written")
        return plain

    def damaged_packs(self) -> list[str]:
        key, wrong = self.subkey("digest"), []
        for pack, length, digest in self.database.execute("SELECT id, length, hash FROM pack"):
            content = (self.folder / "packs" / f"{pack.hex()}.pack").read_bytes()
            if len(content) != length or hashlib.blake2b(content, key=key, digest_size=32).digest() != digest:
                wrong.append(pack.hex())
        return wrong

    def ledger(self) -> Iterator[tuple[int, int, str, dict]]:
        """All lines, each proven by the chain, and the header's head among them."""
        key, previous, macs = self.subkey("ledger"), bytes(32), [bytes(32)]
        rows = self.database.execute("SELECT n, time, op, detail, mac FROM ledger ORDER BY n")
        for expected, (n, time, op, detail, mac) in enumerate(rows, 1):
            previous = hmac.new(key, previous + canonical([n, time, op, detail]), "sha256").digest()
            if n != expected or previous != mac:
                raise CannotRead(f"line {expected} of the ledger is not what was written")
            macs.append(mac)
            yield n, time, op, json.loads(detail)
        if self.header is not None:
            head = self.header["ledger"]
            if head["n"] >= len(macs) or macs[head["n"]].hex() != head["mac"]:
                raise CannotRead("the ledger was cut")

    def close(self) -> None:
        self.database.close()


def main() -> None:
    secret = sys.stdin.readline().rstrip("\n")
    vault = Vault.open(Path(sys.argv[1]), **({"code": secret} if secret.count("-") == 7 else {"passphrase": secret}))
    for line in vault.ledger():
        print(*line)  # noqa: T201
    vault.close()


if __name__ == "__main__":
    main()
