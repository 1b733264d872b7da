"""Both headers of a vault are lost: the code and the small print of the rescue sheet bring it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from vault_app import words
from vault_app.ui import language
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button, focus_soon
from vault_app.ui.tasks import Job, Tasks
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.two_fields import NewPassphrase

if TYPE_CHECKING:
    from vault_app.vault.vault import Vault

LINES = 5
"""Of the small print in its field."""


class FromSheet(QWidget):
    """``place``: the vault's folder. ``recovered`` brings the open vault, ``opened`` says that the person goes on."""

    recovered = Signal(object)
    opened = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = Path()
        self._tasks = tasks
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(self.tr("Bring it back with the rescue sheet"), "heading"))
        self.code, self.block = QLineEdit(), QPlainTextEdit()
        self.block.setTabChangesFocus(True)
        self.block.setFixedHeight(self.block.fontMetrics().lineSpacing() * (LINES + 1))
        for field, text in (
            (self.code, self.tr("Rescue code (8 groups of 4)")),
            (
                self.block,
                self.tr("Small print of the sheet (156 characters; spaces do not matter)"),
            ),
        ):
            label = PlainLabel(text)
            label.setBuddy(field)
            field.setAccessibleName(text)
            column.addWidget(label)
            column.addWidget(field)
        self.phrase = NewPassphrase(self.tr("Bring the vault back"))
        self.phrase.chosen.connect(self._recover)
        column.addWidget(self.phrase)
        self.told = PlainLabel("", "danger")
        self.told.hide()
        column.addWidget(self.told)
        self.go = button(self.tr("Open my vault"), "primary")
        self.go.clicked.connect(self.opened)
        self._last = wrapping(self.go)
        self._last.hide()
        column.addWidget(self._last)

    def _recover(self, phrase: str) -> None:
        place, code, block = self.place, self.code.text(), self.block.toPlainText()

        def work(_: Job) -> Vault:
            from vault_app.vault import lost_headers

            return lost_headers.recover(place, code, block, phrase)

        self._busy(True)
        self._show("secondary", self.tr("The headers are being written anew…"))
        self._tasks.write(work).on_done(self._done).on_error(self._failed).start()

    def _done(self, vault: Vault) -> None:
        for field in (self.code, self.block):
            field.clear()
            field.hide()
        self.phrase.hide()
        self._last.show()
        focus_soon(self.go)
        text = words.sentence("care", "headers-rebuilt", language.tongue())
        if vault.at_opening is not None and vault.at_opening.problems:
            self._show("warning", text + " " + words.sentence("verdicts", "wrong", language.tongue()))
        else:
            self._show("good", text)
        self.recovered.emit(vault)

    def _failed(self, error: BaseException) -> None:
        from vault_app.vault.errors import BadRescueCode, DamagedVault, VaultError, WrongPassword

        self._busy(False)
        if isinstance(error, WrongPassword):
            text = self.tr("This code does not open this vault: a newer sheet was made since. Look for that one.")
        elif isinstance(error, DamagedVault):
            text = self.tr("No file of this folder opens with this sheet. Use a backup.")
        elif isinstance(error, VaultError):
            text = language.error_sentence(error.reason, what=error.what)
        else:
            text = language.error_sentence("no-room-here" if isinstance(error, OSError) else "task-broke")
        self._show("danger", text)
        in_block = isinstance(error, BadRescueCode) and error.reason.startswith("rescue-block")
        focus_soon(self.block if in_block else self.code)

    def _busy(self, busy: bool) -> None:
        self.phrase.setEnabled(not busy)
        self.code.setReadOnly(busy)
        self.block.setReadOnly(busy)

    def _show(self, role: str, text: str) -> None:
        self.told.wear(role)
        self.told.say(text)
        self.told.show()
