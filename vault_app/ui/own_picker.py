"""Our own dialog for files and folders, for computers that others use. It writes nothing down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vault_app.ui import icons
from vault_app.ui.flows.places import Places
from vault_app.ui.plain import PlainLabel, one_line
from vault_app.ui.screens.screen import button
from vault_app.ui.tokens import GAP


class OwnPicker(QDialog):
    """``wanted``: ``folder``, ``files`` or ``new`` (a new file, with a proposed ``name``). Result in ``chosen``."""

    def __init__(self, title: str, places: Places, wanted: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: list[Path] = []
        self._places = places
        self._wanted = wanted
        self.setWindowTitle(title)
        self.resize(720, 520)
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        self.roots = QComboBox()
        self.roots.setAccessibleName(self.tr("Drive or download folder"))
        for root in places.roots:
            self.roots.addItem(one_line(str(root)), root)
        self.roots.activated.connect(lambda _: self._go(self.roots.currentData()))
        self.up = button(self.tr("Folder above"))
        self.up.clicked.connect(self._up)
        top = QHBoxLayout()
        top.addWidget(self.roots, 1)
        top.addWidget(self.up)
        column.addLayout(top)
        self._here = PlainLabel("", "secondary")
        column.addWidget(self._here)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files and folders"))
        many = QAbstractItemView.SelectionMode.ExtendedSelection
        self.list.setSelectionMode(many if wanted == "files" else QAbstractItemView.SelectionMode.SingleSelection)
        self.list.itemActivated.connect(self._activated)
        column.addWidget(self.list, 1)
        self.name = QLineEdit(name)
        self.name.setAccessibleName(self.tr("Name of the new file"))
        self.name.setVisible(wanted == "new")
        column.addWidget(self.name)
        column.addLayout(self._buttons())
        self._show()

    def _buttons(self) -> QHBoxLayout:
        texts = {"folder": self.tr("Take this folder"), "files": self.tr("Take"), "new": self.tr("Save here")}
        self.take = button(texts[self._wanted], "primary")
        self.take.clicked.connect(self._take)
        leave = button(self.tr("Cancel"))
        leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.take)
        row.addWidget(leave)
        return row

    def _show(self) -> None:
        self._here.say(str(self._places.here))
        self.up.setEnabled(self._places.here not in self._places.roots)
        self.list.clear()
        folders, files = self._places.entries()
        for path in folders:
            self._add(path, "folder-open")
        for path in files:
            self._add(path, "")

    def _add(self, path: Path, icon: str) -> None:
        item = QListWidgetItem(one_line(path.name))
        item.setData(Qt.ItemDataRole.UserRole, path)
        if icon:
            item.setIcon(icons.icon(icon))
        elif self._wanted != "files":
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _go(self, folder: Path) -> None:
        if self._places.go(folder):
            self._show()

    def _up(self) -> None:
        if self._places.up():
            self._show()

    def _activated(self, item: QListWidgetItem) -> None:
        path = item.data(Qt.ItemDataRole.UserRole)
        if path.is_dir():
            self._go(path)
        else:
            self._take()

    def _take(self) -> None:
        if self._wanted == "new":
            name = self.name.text().strip()
            if Path(name).name != name or name in {"", ".."}:
                return
            self.chosen = [self._places.here / name]
        else:
            marked = [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]
            self.chosen = marked or ([self._places.here] if self._wanted == "folder" else [])
        if self.chosen:
            self.accept()
