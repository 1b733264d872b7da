"""The vault folder: what lies in it under which name, and how a new one is laid out.

The folder's own name is the only thing that a person chooses. Everything else is fixed or random, so that names tell
nothing about what is inside.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault_app.vault import durable, header
from vault_app.vault.errors import FolderInUse
from vault_app.vault.session_folder import SESSION

README: Final = "LISEZ-MOI.txt"
PACKS: Final = "packs"
LOCK: Final = "lock"
BALLAST: Final = "ballast"
BALLAST_BYTES: Final = 2 << 20
"""Bytes kept occupied, to be given back when the disk is full: deleting and closing need room too."""

FAT_FILE_BYTES: Final = (39 << 30) // 10
"""FAT32 ends at 4 GiB a file; the database stops before, with a clean error."""

_TEXT: Final = """\
CECI EST UN COFFRE (Self Data Vault)

Ce dossier contient des données personnelles chiffrées. Sans la phrase de passe
ou la fiche de secours, personne ne peut les lire.

- Pour l'ouvrir : lancez Self Data Vault et choisissez ce dossier.
- Pour le sauvegarder ou le déplacer : fermez d'abord le coffre, puis copiez le
  dossier ENTIER.
- Ne modifiez, ne renommez et ne supprimez aucun fichier à l'intérieur.
- Le format est public : voir docs/vault-format.md dans le logiciel (format 1).

THIS IS A VAULT (Self Data Vault)

This folder holds encrypted personal data. Without the passphrase or the rescue
sheet, nobody can read it.

- To open it: start Self Data Vault and choose this folder.
- To back it up or move it: close the vault first, then copy the WHOLE folder.
- Do not edit, rename or delete any file inside.
- The format is public: see docs/vault-format.md in the application (format 1).
"""


_OWN: Final = re.compile(
    "|".join([*map(re.escape, (README, LOCK, BALLAST, *header.NAMES)), r"vault-[0-9a-f]{8}\.db(-wal|-shm)?"])
)
_PACK: Final = re.compile(r"[0-9a-f]{2,64}\.pack(\.part)?")


@dataclass(frozen=True)
class VaultFolder:
    """The places inside one vault folder."""

    root: Path

    @property
    def packs(self) -> Path:
        """The folder of the pack files."""
        return self.root / PACKS

    @property
    def lock(self) -> Path:
        """The file that one process holds."""
        return self.root / LOCK

    def database(self, name: str) -> Path:
        """The database; its name stands in the header and changes at re-key."""
        return self.root / name

    def exists(self) -> bool:
        """Whether a vault lies here."""
        return header.exists(self.root)

    def create(self) -> None:
        """Lay out a new vault but for its header and database. Raises FolderInUse when anything lies here already.

        An unfinished attempt of before, which has no header, is no obstacle.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        left = {path.name for path in self.root.iterdir()} - {README, PACKS, LOCK, BALLAST, SESSION}
        if left or (self.packs.is_dir() and any(self.packs.iterdir())):
            raise FolderInUse(str(len(left)))
        self.packs.mkdir(mode=0o700, exist_ok=True)
        durable.write_whole(self.root / README, _TEXT.replace("\n", "\r\n").encode("utf-8-sig"))
        self.take_ballast()
        durable.sync_folder(self.root)

    def unmake(self) -> None:
        """Remove the vault's own files by their names, and the folder when it is empty then; nothing else, ever.

        Only after a failure, in a folder that ``create`` has just accepted as new or empty. As far as the disk lets.
        """
        if self.packs.is_dir() and not self.packs.is_symlink():
            _remove(path for path in self.packs.iterdir() if _PACK.fullmatch(path.name))
            with suppress(OSError):
                self.packs.rmdir()
        _remove(path for path in self.root.iterdir() if _OWN.fullmatch(path.name))
        with suppress(OSError):
            self.root.rmdir()

    def take_ballast(self) -> bool:
        """Occupy the reserve if it is not; False when there is no room for it. Random bytes: no disk packs them."""
        path = self.root / BALLAST
        if path.is_file() and path.stat().st_size == BALLAST_BYTES:
            return True
        try:
            durable.write_whole(path, os.urandom(BALLAST_BYTES))
        except OSError:
            durable.remove(path)
            return False
        return True

    def release_ballast(self) -> None:
        """Give the reserve back to the disk, at ENOSPC, so that closing and deleting work."""
        durable.remove(self.root / BALLAST)

    def strangers(self, database: str) -> list[str]:
        """Names in the folder that belong to no vault with this database, sorted; the session's own are not told."""
        known = {README, PACKS, LOCK, BALLAST, SESSION, *header.NAMES, database}
        known |= {f"{database}{end}" for end in ("-wal", "-shm", ".before", ".before.tmp")}
        return sorted(path.name for path in self.root.iterdir() if path.name not in known)


def largest_file(folder: Path) -> int | None:
    """Bytes that a file in a folder may have where its file system has a low bound (FAT), None elsewhere.

    Asked of the mount table on Linux; macOS and Windows are not asked yet.
    """
    if sys.platform != "linux":
        return None
    try:
        table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return FAT_FILE_BYTES if _file_system(table, folder.resolve()) in {"vfat", "msdos"} else None


def _file_system(table: str, folder: Path) -> str:
    """The type of the file system that a folder lies on, by ``/proc/self/mountinfo`` (see proc(5))."""
    best, kind = -1, ""
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        fields = left.split(" ")
        if len(fields) < 5 or not right:
            continue
        place = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
        if folder.is_relative_to(place) and len(place) >= best:
            best, kind = len(place), right.split(" ")[0]
    return kind


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        with suppress(OSError):
            path.unlink()
