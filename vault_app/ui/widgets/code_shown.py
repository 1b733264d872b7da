"""A rescue code, shown once: to print, to save, to copy by hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from vault_app.ui import clipboard, rescue_sheet
from vault_app.ui.screens.screen import button
from vault_app.ui.widgets.flow import wrapping


class CodeShown(QWidget):
    """``code``: that of the vault in the folder ``root``, as it is spelled. ``done``: the person has it.

    ``last``: what the button says with which the person tells so.
    """

    done = Signal()

    def __init__(self, code: str, root: Path, last: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.field = QLineEdit(code)
        self.field.setReadOnly(True)
        self.field.setAccessibleName(self.tr("Rescue code"))
        column.addWidget(self.field)
        printed, saved = button(self.tr("Print the sheet…")), button(self.tr("Save the sheet…"))
        copied, had = button(self.tr("Copy the code")), button(last, "primary")
        printed.clicked.connect(lambda: rescue_sheet.print_sheet(self, code, root))
        saved.clicked.connect(lambda: rescue_sheet.save_sheet(self, code, root))
        copied.clicked.connect(lambda: clipboard.copy(code))
        had.clicked.connect(self.done)
        column.addWidget(wrapping(printed, saved, copied, had))
