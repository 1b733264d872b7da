"""The session folder: where libraries may leave what they must write while the application runs. Never personal data.

It lies inside the vault folder (``session/<random>``), so that nothing is written beside it: temporary files, caches of
fonts and of matplotlib. It is removed at the end; what a killed process left is swept when the vault is opened next.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Final

SESSION: Final = "session"
"""Its name in the vault folder; it stands here, so that the start of the window loads no cryptography."""

PLACES: Final = {
    "TMPDIR": "tmp",
    "TEMP": "tmp",
    "TMP": "tmp",
    "MPLCONFIGDIR": "matplotlib",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
}
"""Names in the environment, and the folder inside the session that each points to."""

NOWHERE: Final = str(Path(os.devnull, "none"))
"""A folder that nothing can make: a cache that is sent there is not written."""


class SessionFolder:
    """Where this process's libraries write. Before ``into`` caches are refused, and the system's folders are used."""

    def __init__(self) -> None:
        self.home: Path | None = None
        self._own = secrets.token_hex(8)
        self._before: dict[str, str | None] = {}

    @property
    def place(self) -> Path | None:
        """The folder of this session; None while there is none."""
        return None if self.home is None else self.home / SESSION / self._own

    def refuse_caches(self) -> None:
        """No place is known yet: caches are written nowhere. Call it before Qt is imported."""
        for name in ("MPLCONFIGDIR", "XDG_CACHE_HOME"):
            self._set(name, NOWHERE)

    def into(self, home: Path) -> bool:
        """Lay the session inside a folder, and send the libraries there. False when nothing can be written there.

        Call it before matplotlib is imported. Another folder may be given later: the first one is removed.
        """
        inside = self.place is not None and home.is_relative_to(self.place)  # a vault to try, made in our own folder
        if self.home == home or inside:
            return True
        self._remove()
        place = home / SESSION / self._own
        try:
            for folder in set(PLACES.values()):
                (place / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return False
        self.home = home
        for name, folder in PLACES.items():
            self._set(name, str(place / folder))
        tempfile.tempdir = None
        return True

    def sweep(self) -> int:
        """Remove what killed sessions left; returns how many there were. Only while the vault is locked by us."""
        if self.home is None:
            return 0
        left = [path for path in (self.home / SESSION).iterdir() if path.name != self._own]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
        return len(left)

    def end(self) -> None:
        """Remove the folder and give the environment back, so that a process that follows begins like this one."""
        self._remove()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        self._before.clear()
        tempfile.tempdir = None

    def _set(self, name: str, value: str) -> None:
        self._before.setdefault(name, os.environ.get(name))
        os.environ[name] = value

    def _remove(self) -> None:
        place, self.home = self.place, None
        if place is None:
            return
        shutil.rmtree(place, ignore_errors=True)
        try:
            place.parent.rmdir()
        except OSError:  # another session lies there, or the key was pulled out
            return
