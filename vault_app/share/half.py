"""Exports that were interrupted: the half folders that they left, found by the ledger, and deleted when asked.

Nothing else is ever deleted: a folder counts only where an export of this vault was prepared and did not end, under the
name that an export gives to what is not whole yet, and as long as it holds files of an export alone.
"""

from __future__ import annotations

import os
from pathlib import Path

from vault_app.share import files
from vault_app.vault import ledger
from vault_app.vault.driver import DatabaseError
from vault_app.vault.errors import DamagedVault
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

MOST = 1000
"""Lines of the ledger, from the newest on, among which interrupted exports are looked for."""

_ENDS = frozenset({Op.EXPORT_WRITTEN, Op.EXPORT_CANCELLED})


class NotRemoved(Exception):
    """The folder, or a part of it, is still there. ``reason``: id of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def halves(vault: Vault) -> tuple[Path, ...]:
    """The folders that interrupted exports left, the newest first. Blocks: it looks at the places.

    A place that cannot be looked at now, such as one on a drive that is away, is passed over. So is a ledger that does
    not read: that is for Verify to tell.
    """
    try:
        lines = ledger.lines(vault.read())[: -MOST - 1 : -1]
    except (DamagedVault, DatabaseError):
        return ()
    found: list[Path] = []
    for line in _unfinished(lines):
        to = line.detail.get("to")
        out = Path(to) if isinstance(to, str) else Path()
        for part in files.parts(out) if out.is_absolute() else ():
            if part not in found and stands(part):
                found.append(part)
    return tuple(found)


def stands(part: Path) -> bool:
    """Whether a half folder is there and may be deleted: a folder, no link to one, with files of an export alone."""
    try:
        return part.is_dir() and not part.is_symlink() and files.is_ours(part)
    except OSError:
        return False


def remove(part: Path) -> bool:
    """Delete a half folder, file by file; whether it was still there. Raises NotRemoved."""
    try:
        if not os.path.lexists(part):
            return False
        if part.is_symlink() or not part.is_dir():
            raise NotRemoved("half-holds-more")
        held = list(part.iterdir())
        if not all(map(files.is_exported, held)):
            raise NotRemoved("half-holds-more")
        for path in held:
            path.unlink()
        part.rmdir()
    except OSError as error:
        raise NotRemoved("half-not-removed") from error
    return True


def _unfinished(lines: list[ledger.Line]) -> list[ledger.Line]:
    """Of lines, the newest first, those that prepared an export which neither arrived nor was given up afterwards.

    One export of a vault goes on at a time, so the next line about exports is about the same one, or a new one.
    """
    found, ended = [], False
    for line in lines:
        if line.op in _ENDS:
            ended = True
        elif line.op == Op.EXPORT_PREPARED:
            if not ended:
                found.append(line)
            ended = False
    return found
