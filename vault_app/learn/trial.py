"""A vault to try things in: Camille's invented archives, imported the usual way, thrown away afterwards."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vault_app.intake.handles import closing_parts, together
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.learn.camille import write_archives
from vault_app.learn.left_trials import PREFIX
from vault_app.vault.keys import NORMAL, Profile
from vault_app.vault.vault import Vault


@dataclass(frozen=True)
class Trial:
    """An open vault with invented data. ``remove``: after the vault was closed, delete everything."""

    vault: Vault
    folder: Path

    def remove(self) -> None:
        """Delete the folder. The vault must be closed."""
        shutil.rmtree(self.folder, ignore_errors=True)


def make_trial(on_step: Callable[[int, int], None] = lambda _done, _all: None, profile: Profile = NORMAL) -> Trial:
    """Write, import, and remove Camille's archives; ``on_step`` is told archives done and all, and may raise to stop.

    The passphrase is drawn and forgotten: nobody opens this vault a second time. Raises OSError when the disk is full.
    """
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        downloads = folder / "downloads"
        downloads.mkdir()
        archives = together(write_archives(downloads))
        vault = Vault.create(folder / "vault", secrets.token_urlsafe(24), profile=profile).vault
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        for done, paths in enumerate(archives):
            on_step(done, len(archives))
            with closing_parts(paths) as parts:
                run_import(vault, recognise(parts))
        shutil.rmtree(downloads)
    except BaseException:
        vault.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Trial(vault, folder)
