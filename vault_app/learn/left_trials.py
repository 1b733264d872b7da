"""Vaults to try things in that a killed process left in the temporary folder: invented data, but in the way."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

from vault_app.vault.errors import VaultBusy
from vault_app.vault.lock import VaultLock

PREFIX: Final = "selfdata-trial-"
_BEING_MADE: Final = 3600
"""Seconds for which a trial without a vault is taken for one that is being made."""


def sweep(place: Path | None = None) -> int:
    """Remove the trials that no process holds; returns how many. ``place``: another folder than the system's."""
    swept = 0
    for folder in (place or Path(tempfile.gettempdir())).glob(f"{PREFIX}*"):
        if not folder.is_symlink() and folder.is_dir() and not _is_in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def _is_in_use(folder: Path) -> bool:
    lock = folder / "vault" / "lock"
    try:
        if not lock.is_file():
            return time.time() - folder.stat().st_mtime < _BEING_MADE
        VaultLock(lock).release()
    except (OSError, VaultBusy):
        return True
    return False
