"""Walking folders on a shared computer, without Qt: only below removable drives, the key and the downloads."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import platformdirs

MOST: Final = 2000
"""Names of one folder that are shown."""

_REMOVABLE: Final = 2
"""What Windows calls a removable drive."""


@dataclass
class Places:
    """Where one may look (``roots``), and the folder that is shown. Links that lead elsewhere are not followed."""

    roots: list[Path]
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.roots[0]

    def go(self, folder: Path) -> bool:
        """Show a folder; False, and nothing changes, when it is no folder or lies outside the roots."""
        if not self.allows(folder) or not folder.is_dir():
            return False
        self.here = folder
        return True

    def up(self) -> bool:
        """Show the folder above; False at a root."""
        return self.here not in self.roots and self.go(self.here.parent)

    def allows(self, path: Path) -> bool:
        """Whether a path, with its links followed, lies below a root."""
        try:
            real = path.resolve()
        except OSError:
            return False
        return any(real.is_relative_to(root.resolve()) for root in self.roots)

    def entries(self) -> tuple[list[Path], list[Path]]:
        """Folders and files of the folder that is shown, by name, without hidden ones; none when it cannot be read."""
        folders: list[Path] = []
        files: list[Path] = []
        try:
            found = sorted(self.here.iterdir(), key=lambda path: path.name.casefold())
        except OSError:
            return [], []
        for path in [path for path in found if not path.name.startswith(".")][:MOST]:
            if not self.allows(path):
                continue
            (folders if path.is_dir() else files).append(path)
        return folders, files


def shared_roots(key: Path) -> list[Path]:
    """The key that the application came on, other removable drives, and the download folder if there is one."""
    downloads = Path(platformdirs.user_downloads_dir())
    found = [key, *removable_drives(), downloads]
    return [path for number, path in enumerate(found) if path.is_dir() and path not in found[:number]]


def removable_drives() -> list[Path]:
    """Drives that can be pulled out. Windows and macOS: written after their documentation, not run here."""
    if sys.platform == "win32":
        kind = ctypes.windll.kernel32.GetDriveTypeW
        drives = [f"{letter}:\\" for letter in "DEFGHIJKLMNOPQRSTUVWXYZAB"]
        return [Path(drive) for drive in drives if kind(drive) == _REMOVABLE]
    if sys.platform == "darwin":
        return _folders(Path("/Volumes"), 1)
    return [*_folders(Path("/media"), 2), *_folders(Path("/run/media"), 2)]


def _folders(place: Path, depth: int) -> list[Path]:
    """Where drives are mounted: ``depth`` folders below a place."""
    try:
        return sorted(path for path in place.glob("/".join(["*"] * depth)) if path.is_mount())
    except OSError:
        return []
