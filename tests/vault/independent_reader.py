"""A vault reader written from ``docs/vault-format.md`` alone. It imports nothing of the application.

Usage: ``python independent_reader.py FOLDER`` with the passphrase (or the 39 characters of a rescue code) on standard
input prints what is inside. Needs PyNaCl and sqlcipher3; everything else is Python's own.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import itertools
import json
import struct
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nacl.pwhash
import sqlcipher3
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt as open_sealed
from nacl.exceptions import CryptoError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PIECE = 65_536
KINDS = [
    "message", "call", "post", "reaction", "search", "page-visit", "watch", "listen", "read", "play", "purchase",
    "transaction", "subscription", "stay", "trip", "workout", "sleep", "measurement", "consumption", "photo",
    "video", "document", "event", "task", "note", "bookmark", "sign-in", "device", "setting", "inference", "ad",
    "consent", "review", "location-share", "other",
]  # fmt: skip


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
        if use != "db" and self.database.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept_key'").fetchone():
            kept = self.database.execute("SELECT key FROM kept_key WHERE use = ?", (use,)).fetchone()
            if kept:
                return kept[0]
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

    def items(self) -> Iterator[dict]:
        """All visible items, newest first, with kind and parties in words."""
        rows = self.database.execute(
            "SELECT i.id, i.kind, s.name, i.start, i.title, i.text, i.details, i.parties FROM item i"
            " JOIN source s ON s.id = i.source JOIN import b ON b.id = i.import"
            " WHERE b.state = 'complete' ORDER BY i.id DESC"
        ).fetchall()
        for item, kind, source, start, title, text, details, parties in rows:
            cast = []
            for role, number in (pair.split(":") for pair in parties.split(",") if pair):
                name, handle, value = self.database.execute(
                    "SELECT name, type, value FROM actor WHERE id = ?", (int(number),)
                ).fetchone()
                cast.append([role, name, handle, value])
            yield {
                "id": item, "kind": KINDS[kind], "source": source, "start": start, "title": title, "text": text,
                "details": self.details(item, details), "parties": cast,
            }  # fmt: skip

    def details(self, item: int, own: str) -> dict:
        """The details of an item, with those that other imports add."""
        found = json.loads(own or "{}")
        others = self.database.execute(
            "SELECT a.details FROM added a JOIN import b ON b.id = a.import WHERE a.item = ? AND b.state = 'complete'"
            " ORDER BY b.id",
            (item,),
        ).fetchall()
        for field, value in (pair for (other,) in others for pair in json.loads(other or "{}").items()):
            name, number = field, 1
            while name in found and found[name] != value:
                number += 1
                name = f"{field} ({number})"
            found[name] = value
        return found

    def people(self) -> list[set[str]]:
        """The keys of each person, over all sources, as certain evidence and the owner's own word tie them together."""
        ties: dict[str, set[str]] = {key: set() for (key,) in self.database.execute("SELECT key FROM acting")}
        named: dict[int, set[str]] = {}
        for party, key in self.database.execute("SELECT party, key FROM card_key"):
            named.setdefault(party, set()).add(key)
        said = self.database.execute("SELECT one, other FROM same_party WHERE same = 1")
        for group in (*named.values(), *map(set, said)):
            for key in group:
                ties.setdefault(key, set()).update(group)
        found: list[set[str]] = []
        while ties:
            person, waiting = set(), {next(iter(ties))}
            while waiting:
                key = waiting.pop()
                person.add(key)
                waiting |= ties.pop(key, set()) & ties.keys()
            found.append(person)
        return sorted(found, key=min)

    def series(self) -> list[tuple[int, str, str]]:
        """Number, name and unit of each series."""
        return self.database.execute("SELECT id, name, unit FROM series ORDER BY name").fetchall()

    def samples(self, series: int) -> Iterator[dict]:
        """The samples of a series, in order; each value the text that the archive had."""
        rows = self.database.execute("SELECT n, imports, data FROM chunk WHERE series = ? ORDER BY t0, id", (series,))
        running = {str(number) for (number,) in self.database.execute("SELECT id FROM import WHERE state = 'running'")}
        for n, imports, data in rows.fetchall():
            _, start, columns = msgpack(data)
            known = {1: whole_column(start, {})}
            table = {"start": known[1]}
            for name, column in columns.items():
                if column[0] == "t":
                    table[name] = words(column[1], n)
                    continue
                mantissas = whole_column(column[1], known)
                if name == "@end":
                    known[2] = mantissas
                decimals = byte_column(column[2], n, 1)
                table[name] = [spelled(*pair) for pair in zip(mantissas, decimals, strict=True)]
                if column[4] is not None:
                    odd = whole_column(column[3], {})
                    for row, text in zip(odd, words(column[4], len(odd)), strict=True):
                        table[name][row] = text
            for row, having in enumerate(words(msgpack(imports), n)):
                if not set(having.split(",")) <= running:
                    yield {name: values[row] for name, values in table.items()}

    def close(self) -> None:
        self.database.close()


def spelled(mantissa: int, decimals: int) -> str:
    digits = str(abs(mantissa)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return "-" + text if mantissa < 0 else text


def planes(data: bytes, n: int, width: int) -> list[int]:
    raw = zlib.decompress(data) if width else b""
    return [sum(raw[plane * n + row] << 8 * plane for plane in range(width)) for row in range(n)]


def byte_column(data: bytes, n: int, width: int) -> list[int]:
    return planes(data[1:], n, width) if data[0] else [int.from_bytes(data[1:], "little")] * n


def whole_column(data: bytes, known: dict[int, list[int]]) -> list[int]:
    flags, width, n, base, step = struct.unpack("<BBHqQ", data[:20])
    numbers = planes(data[20:], n, width)
    if flags & 2:
        numbers = [(number >> 1) ^ -(number & 1) for number in numbers]
    if flags & 1:
        numbers = list(itertools.accumulate(numbers))
    numbers = [number * step + base for number in numbers]
    if flags >> 2 & 3:
        scale = (1, 1000, 1_000_000)[flags >> 4 & 3]
        numbers = [number + other // scale for number, other in zip(numbers, known[flags >> 2 & 3], strict=True)]
    return [(number + (1 << 63)) % (1 << 64) - (1 << 63) for number in numbers]


def words(stored: list, n: int) -> list[str | None]:
    codes, size, listed = stored
    found = msgpack(zlib.decompress(listed) if size else listed)
    if len(found) == 1 and not codes:
        return found * n
    return [found[code] for code in byte_column(codes, n, 1 if len(found) <= 256 else 2)]


def msgpack(data: bytes) -> Any:
    """The part of MessagePack that chunks use."""
    stream = io.BytesIO(data)

    def number(size: int) -> int:
        return int.from_bytes(stream.read(size))

    def value() -> Any:  # noqa: PLR0911 - one answer for each tag
        tag = number(1)
        if tag < 0x80:
            return tag
        if tag < 0x90 or tag in {0xDE, 0xDF}:
            count = tag & 15 if tag < 0x90 else number(2 if tag == 0xDE else 4)
            return {value(): value() for _ in range(count)}
        if tag < 0xA0 or tag in {0xDC, 0xDD}:
            return [value() for _ in range(tag & 15 if tag < 0xA0 else number(2 if tag == 0xDC else 4))]
        if tag < 0xC0 or 0xD9 <= tag <= 0xDB:
            return stream.read(tag & 31 if tag < 0xC0 else number(1 << tag - 0xD9)).decode()
        if tag == 0xC0:
            return None
        if 0xC4 <= tag <= 0xC6:
            return stream.read(number(1 << tag - 0xC4))
        if 0xCC <= tag <= 0xCF:
            return number(1 << tag - 0xCC)
        raise CannotRead(f"MessagePack {tag:x}")

    return value()


def main() -> None:
    secret = sys.stdin.readline().rstrip("\n")
    vault = Vault.open(Path(sys.argv[1]), **({"code": secret} if secret.count("-") == 7 else {"passphrase": secret}))
    for line in (*vault.ledger(), *(tuple(item.values()) for item in vault.items())):
        print(*line)  # noqa: T201
    for series, name, unit in vault.series():
        print(name, unit, sum(1 for _ in vault.samples(series)))  # noqa: T201
    vault.close()


if __name__ == "__main__":
    main()
