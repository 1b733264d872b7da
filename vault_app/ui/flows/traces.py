"""What libraries like ours leave on a computer, without Qt: where to look, and what has appeared since the start."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

STARTED: Final = time.time()
"""When this process loaded this room, seconds since 1970."""

IN_HOME: Final = (
    ".config/QtProject.conf",
    ".config/matplotlib",
    ".cache/matplotlib",
    ".cache/fontconfig",
    ".cache/mesa_shader_cache",
    ".cache/qt",
    ".matplotlib",
    ".local/share/recently-used.xbel",
    ".local/state/Self Data Vault",
    "Library/Preferences/com.qtproject.plist",
    "Library/Caches/Self Data Vault",
    "AppData/Local/Self Data Vault",
    "AppData/Roaming/QtProject",
)
"""Files and folders in a person's home that Qt, matplotlib and what they use are known to write."""

IN_TEMPORARY: Final = ("selfdata-*", "matplotlib-*", "qt_temp*", "_MEI*")
"""Names in the system's temporary folder that such programs use."""

_ENOUGH: Final = 5000


def left(
    home: Path, temporary: Path, own: Path | None, settings: Path | None, since: float = STARTED
) -> tuple[Path, ...]:
    """What was made or changed since a moment in the places above, and the settings file if there is one.

    ``own``: the vault's folder, whose content is no trace.
    """
    places = [home / name for name in IN_HOME]
    places += [path for pattern in IN_TEMPORARY for path in sorted(temporary.glob(pattern))]
    found = [place for place in places if not _is_inside(place, own) and _changed(place, since)]
    if settings is not None and settings.is_file():
        found.append(settings)
    return tuple(found)


def system_temporary() -> Path:
    """The temporary folder of the system, also while a session folder stands in for it."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home())), "Temp")
    given = Path(tempfile.gettempdir())
    return given if "session" not in given.parts else Path("/tmp")  # noqa: S108 - looked at, never written


def _changed(place: Path, since: float) -> bool:
    return any(_time(path) >= since for path in _all(place))


def _all(place: Path) -> Iterator[Path]:
    yield place
    if place.is_dir() and not place.is_symlink():
        for number, path in enumerate(place.rglob("*")):
            if number > _ENOUGH:
                return
            yield path


def _time(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def _is_inside(path: Path, folder: Path | None) -> bool:
    return folder is not None and (path.is_relative_to(folder) or folder.is_relative_to(path))
