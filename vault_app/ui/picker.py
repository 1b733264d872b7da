"""The one door for choosing files and folders.

At home it is the system's dialog. On a shared computer it is our own: it shows removable drives, the key that the
application came on, and the download folder, and it tells nobody what was chosen: no list of recent files.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from vault_app.ui.settings import portable_folder


def choose_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """A folder; None when the person changed their mind."""
    key = portable_folder()
    if key is not None:
        return _first(_own(parent, title, "folder", key))
    name = QFileDialog.getExistingDirectory(parent, title, str(start))
    return Path(name) if name else None


def choose_files(parent: QWidget, title: str, start: Path) -> list[Path]:
    """Files; none when the person changed their mind."""
    key = portable_folder()
    if key is not None:
        return _own(parent, title, "files", key)
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(start))
    return [Path(name) for name in names]


def choose_new_file(parent: QWidget, title: str, proposed: Path, pattern: str) -> Path | None:
    """A place and name for a new file. ``pattern``: as Qt writes filters, ``PDF (*.pdf)``."""
    key = portable_folder()
    if key is not None:
        return _first(_own(parent, title, "new", key, proposed.name))
    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), pattern)
    return Path(name) if name else None


def _own(parent: QWidget, title: str, wanted: str, key: Path, name: str = "") -> list[Path]:
    from vault_app.ui.flows.places import Places, shared_roots
    from vault_app.ui.own_picker import OwnPicker

    dialog = OwnPicker(title, Places(shared_roots(key)), wanted, name, parent)
    try:
        return dialog.chosen if dialog.exec() else []
    finally:
        dialog.deleteLater()


def _first(chosen: list[Path]) -> Path | None:
    return chosen[0] if chosen else None
