"""The manifest of a backup: which files it is made of, and their keyed hashes, so that a changed backup is told.

One line of canonical JSON, a line feed, and the HMAC-SHA-256 of that line (hex) under the subkey ``digest``.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from vault_app.vault import durable, objects
from vault_app.vault.folder import VaultFolder
from vault_app.vault.inside import Inside
from vault_app.vault.keys import canonical, tag
from vault_app.vault.packs import PackRow

NAME: Final = "manifest"
_BLOCK: Final = 1 << 20


def write(inside: Inside, home: VaultFolder, database: Path, packs: Sequence[PackRow], when: int) -> None:
    """Write it. ``when``: seconds since 1970 UTC, a label."""
    plain = {
        "database": {"file": database.name, "hash": _hash(inside, database), "length": database.stat().st_size},
        "packs": [[row.id.hex(), row.length, row.hash.hex()] for row in packs],
        "time": when,
        "vault": inside.header.vault_id.hex(),
    }
    line = canonical(plain)
    mac = tag(inside.digest_key, b"manifest", line).hex()
    growing = home.root / f"{NAME}.tmp"
    durable.write_whole(growing, line + b"\n" + mac.encode("ascii"))
    durable.rename(growing, home.root / NAME)


def agrees(inside: Inside) -> bool | None:
    """Whether an open backup is the one that was completed; None when it has no manifest: a vault, or a plain copy."""
    try:
        line, _, mac = (inside.folder.root / NAME).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if not hmac.compare_digest(tag(inside.digest_key, b"manifest", line).hex().encode("ascii"), mac):
        return False
    plain = json.loads(line)
    packs = [[row.id.hex(), row.length, row.hash.hex()] for row in objects.pack_rows(inside.connection)]
    database = {
        "file": inside.header.database,
        "hash": _hash(inside, inside.database.path),
        "length": inside.database.path.stat().st_size,
    }
    return bool(plain["database"] == database and plain["packs"] == packs)


def _hash(inside: Inside, path: Path) -> str:
    state = hashlib.blake2b(key=bytes(inside.digest_key.bytes), digest_size=32)
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            state.update(block)
    return state.hexdigest()
