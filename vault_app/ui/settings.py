"""What the window remembers between two starts: language, look, text size, places. No personal data but folder names.

An INI file: beside ``portable.txt`` in shared mode, else in the person's configuration folder. Shared mode is for
computers that others use: the application was started from a key that carries ``portable.txt``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs
from PySide6.QtCore import QSettings


class Settings:
    """Typed access to the file; every value has a default."""

    def __init__(self, file: Path | None = None, key: Path | None = None) -> None:
        self.key = key or portable_folder()
        """The folder of ``portable.txt``; None outside shared mode."""
        self.file = file or default_file()
        self._stored = QSettings(str(self.file), QSettings.Format.IniFormat)

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
    def shared(self) -> bool:
        """Whether this is a computer that others use."""
        return self.key is not None

    @property
    def idle_minutes(self) -> int:
        """Minutes without a key or a click after which the vault locks, 1 to 60; at first 5, in shared mode 2."""
        text = self._text("idle")
        return max(1, min(60, int(text))) if text.isdigit() else 2 if self.shared else 5

    @idle_minutes.setter
    def idle_minutes(self, value: int) -> None:
        self._stored.setValue("idle", str(value))

    @property
    def lock_minimised(self) -> bool:
        """Whether the vault locks when its window is minimised."""
        return self._text("lock-minimised") == "yes"

    @lock_minimised.setter
    def lock_minimised(self, value: bool) -> None:
        self._stored.setValue("lock-minimised", "yes" if value else "no")

    @property
    def blur(self) -> bool:
        """Whether words and numbers of facts are hidden, for a screen that others see."""
        return self._text("blur") == "yes"

    @blur.setter
    def blur(self, value: bool) -> None:
        self._stored.setValue("blur", "yes" if value else "no")

    @property
    def vanished(self) -> bool:
        """Whether the vault's folder went away while it was open: its key was pulled out."""
        return self._text("vanished") == "yes"

    @vanished.setter
    def vanished(self, value: bool) -> None:
        self._stored.setValue("vanished", "yes" if value else "no")

    @property
    def backup(self) -> Path | None:
        """The folder of the last backup; None: none yet."""
        text = self._text("backup")
        return Path(text) if text else None

    @backup.setter
    def backup(self, value: Path | None) -> None:
        self._stored.setValue("backup", str(value) if value else "")

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


def forget_dialogs() -> None:
    """Qt's own settings, where file dialogs note the folders that were visited, are written nowhere.

    On Windows Qt keeps them in the registry, which this does not change: see the picker of shared mode.
    """
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, os.devnull)


def default_file() -> Path:
    """Where the settings are kept."""
    home = portable_folder()
    return (home or Path(platformdirs.user_config_dir("selfdata", appauthor=False))) / "selfdata.ini"
