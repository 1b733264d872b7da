"""What the window remembers between two starts: language, look, text size, places. No personal data but folder names.

An INI file: beside ``portable.txt`` in shared mode, else in the person's configuration folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
from PySide6.QtCore import QSettings


class Settings:
    """Typed access to the file; every value has a default."""

    def __init__(self, file: Path | None = None) -> None:
        self._stored = QSettings(str(file or default_file()), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """``fr``, ``en`` or '' for the system's."""
        return self._text("language")

    @language.setter
    def language(self, value: str) -> None:
        self._stored.setValue("language", value)

    @property
    def mode(self) -> str:
        """One of ``theme.MODES``."""
        return self._text("mode") or "system"

    @mode.setter
    def mode(self, value: str) -> None:
        self._stored.setValue("mode", value)

    @property
    def text_percent(self) -> int:
        """Text size, 80 to 200."""
        text = self._text("text")
        return int(text) if text.isdigit() else 100

    @text_percent.setter
    def text_percent(self, value: int) -> None:
        self._stored.setValue("text", str(value))

    @property
    def vault(self) -> Path | None:
        """The vault that was open last."""
        text = self._text("vault")
        return Path(text) if text else None

    @vault.setter
    def vault(self, value: Path | None) -> None:
        self._stored.setValue("vault", str(value) if value else "")

    @property
    def watched(self) -> Path | None:
        """The folder that is watched for archives; None: none."""
        text = self._text("watched")
        return Path(text) if text else None

    @watched.setter
    def watched(self, value: Path | None) -> None:
        self._stored.setValue("watched", str(value) if value else "")

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or a click after which the vault locks, 1 to 60."""
        text = self._text("idle")
        return max(1, min(60, int(text))) if text.isdigit() else 5

    def save(self) -> None:
        """Write the file now."""
        self._stored.sync()

    def _text(self, name: str) -> str:
        return str(self._stored.value(name, "") or "")


def portable_folder() -> Path | None:
    """The folder of ``portable.txt`` when the application was started from a key; None otherwise."""
    beside = Path(sys.executable if getattr(sys, "frozen", False) else __file__).resolve().parent
    beside = beside if getattr(sys, "frozen", False) else beside.parents[1]
    return beside if (beside / "portable.txt").is_file() else None


def default_file() -> Path:
    """Where the settings are kept."""
    home = portable_folder()
    return (home or Path(platformdirs.user_config_dir("selfdata", appauthor=False))) / "selfdata.ini"
