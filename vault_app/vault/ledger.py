"""The ledger: what was done to the vault, each line chained to the one before by an HMAC.

It shows that no line was changed, removed, reordered or cut since the last head by anyone without the key. The owner
can write it anew, and that is said. The head stands in the header, and eight words of it can be printed.

Searches and views are never written down.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vault_app.vault.driver import Connection
from vault_app.vault.errors import DamagedVault
from vault_app.vault.header import Head
from vault_app.vault.keys import Key, canonical, tag
from vault_app.vault.passphrase import word_list

START: Final = Head(0, bytes(32))
_PRINTED_WORDS: Final = 8


class Op(StrEnum):
    """What a line says was done."""

    CREATE = "create"
    OPEN_WITH_RESCUE = "open-with-rescue"
    IMPORT_DONE = "import-done"
    IMPORT_UNDONE = "import-undone"
    EXPORT_PREPARED = "export-prepared"
    EXPORT_WRITTEN = "export-written"
    EXPORT_CANCELLED = "export-cancelled"
    DELETE = "delete"
    PASSWORD = "password"  # noqa: S105 - a word, not a password
    REKEY = "re-key"
    BACKUP = "backup"
    RESTORE = "restore"
    VERIFY = "verify"
    MIGRATION = "migration"
    SALVAGE = "salvage"


@dataclass(frozen=True)
class Line:
    """One line. ``time``: microseconds since 1970 UTC by this computer's clock; lines are ordered by ``n``."""

    n: int
    time: int
    op: str
    detail: Mapping[str, object]


@dataclass(frozen=True)
class Verdict:
    """``lines``: how many stand. ``broken``: number of the first that is not what was written, None when all are.

    ``lines + 1`` as ``broken`` means that lines were cut off after the last.
    """

    lines: int
    broken: int | None


def append(connection: Connection, key: Key, op: Op, detail: Mapping[str, object] | None = None) -> Head:
    """Add a line in the caller's transaction; returns the new head.

    ``detail`` holds ids, counts, hashes and the folder of an export only.
    """
    last = head(connection)
    text = canonical(dict(detail or {})).decode("ascii")
    now = time.time_ns() // 1000
    n = last.n + 1
    mac = _mac(key, last.mac, n, now, op, text)
    connection.execute(
        "INSERT INTO ledger (n, time, op, detail, mac) VALUES (?, ?, ?, ?, ?)", (n, now, str(op), text, bytearray(mac))
    )
    return Head(n, mac)


def head(connection: Connection) -> Head:
    """The last line as it stands in the database; ``START`` when there is none."""
    row = connection.execute("SELECT n, mac FROM ledger ORDER BY n DESC LIMIT 1").fetchone()
    return Head(int(row[0]), bytes(row[1])) if row else START


def lines(connection: Connection) -> list[Line]:
    """All lines, the oldest first. Raises DamagedVault."""
    try:
        return [
            Line(n, when, op, json.loads(detail))
            for n, when, op, detail in connection.execute("SELECT n, time, op, detail FROM ledger ORDER BY n")
        ]
    except ValueError as error:
        raise DamagedVault("ledger") from error


def verify(connection: Connection, key: Key, pinned: Head = START) -> Verdict:
    """Walk the chain; ``pinned`` is the head that the header vouches for, and must be one of its lines."""
    previous, count = START.mac, 0
    rows = connection.execute("SELECT n, time, op, detail, mac FROM ledger ORDER BY n")
    for n, when, op, detail, mac in rows:
        count += 1
        whole = type(when) is int and isinstance(op, str) and isinstance(detail, str) and isinstance(mac, bytes)
        if n != count or not whole:
            return Verdict(count - 1, count)
        previous = _mac(key, previous, n, when, op, detail)
        pinned_elsewhere = n == pinned.n and not hmac.compare_digest(previous, pinned.mac)
        if pinned_elsewhere or not hmac.compare_digest(previous, mac):
            return Verdict(count - 1, count)
    return Verdict(count, count + 1 if count < pinned.n else None)


def printed(pinned: Head) -> str:
    """A head as its number and eight words, to be kept on paper: it pins the ledger against its owner too."""
    words, number = word_list(), int.from_bytes(pinned.mac)
    size = (len(words) - 1).bit_length()
    chosen = [words[number >> (256 - size * (place + 1)) & (len(words) - 1)] for place in range(_PRINTED_WORDS)]
    return f"{pinned.n} {' '.join(chosen)}"


def _mac(key: Key, previous: bytes, n: int, when: int, op: str, detail: str) -> bytes:
    return tag(key, previous, canonical([n, when, op, detail]))
