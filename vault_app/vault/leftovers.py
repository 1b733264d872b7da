"""Files of a vault that are not needed any more, or not yet: noted before, removed after, found again after a crash.

A file goes when the rows that need it are durably gone, never before. Between these two moments its name stands in the
table ``leftover``, so that a crash leaves nothing behind for good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from vault_app.vault import durable, objects
from vault_app.vault.driver import Connection, transaction
from vault_app.vault.packs import PackFolder

_DATABASE: Final = re.compile(r"vault-[0-9a-f]{8}\.db")
_PACK: Final = re.compile(r"packs/([0-9a-f]{32})\.pack")


def pack_name(pack: bytes) -> str:
    """The name of a pack's file inside the vault folder."""
    return f"packs/{pack.hex()}.pack"


def note(connection: Connection, names: Iterable[str]) -> None:
    """These files are to go, once the caller's transaction is committed."""
    connection.executemany("INSERT OR IGNORE INTO leftover (name) VALUES (?)", [(name,) for name in names])


def clear(connection: Connection, root: Path) -> int:
    """Remove the noted files of the vault folder ``root`` that no row needs; returns how many were noted."""
    names = [str(name) for (name,) in connection.execute("SELECT name FROM leftover").fetchall()]
    if not names:
        return 0
    database = Path(connection.execute("PRAGMA database_list").fetchone()[2]).name
    needed = {pack_name(row.id) for row in objects.pack_rows(connection)}
    for name in names:
        if name != database and _DATABASE.fullmatch(name):
            for end in ("-wal", "-shm", ".before", ".before.tmp", ""):
                durable.remove(root / f"{name}{end}")
        elif _PACK.fullmatch(name) and name not in needed:
            durable.remove(root / name)
    with transaction(connection):
        connection.executemany("DELETE FROM leftover WHERE name = ?", [(name,) for name in names])
    return len(names)


def sweep_packs(connection: Connection, packs: PackFolder) -> int:
    """Remove unfinished packs and those that no row knows: a crash left them. Returns how many.

    Only at opening, and only in a vault that is sound: the keys of such packs are nowhere. When an object lies in a
    pack that is not listed, an old page of that list was put back; then nothing but unfinished packs goes.
    """
    swept = packs.sweep()
    if connection.execute("SELECT 1 FROM extent WHERE pack NOT IN (SELECT n FROM pack) LIMIT 1").fetchone():
        return swept
    known = {row.id for row in objects.pack_rows(connection)}
    for pack in [one for one in packs.finished() if one not in known]:
        packs.remove(pack)
        swept += 1
    return swept
