"""Asking for a new data key: for when somebody may have an old copy of the vault together with its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.two_fields import NewPassphrase


class NewKey(QWidget):
    """``wanted`` brings the passphrase of the vault under its new key, and whether attachments are written anew."""

    wanted = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(self.tr("Somebody may have an old copy and the passphrase"), "heading"))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Another passphrase does not help then: the old copy gives the key. A new key encrypts the vault"
                    " anew, so that what you add from now on stays closed to them. What the old copy holds, they have."
                ),
                "secondary",
            )
        )
        self.ask = button(self.tr("Make a new key…"))
        self.ask.setCheckable(True)
        column.addWidget(wrapping(self.ask))
        self.form = QWidget()
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(
            PlainLabel(
                self.tr(
                    "The vault is copied within its folder, so the disk needs room for that. You get a new rescue"
                    " sheet; the old one opens nothing any more. Afterwards the vault locks. Backups made before keep"
                    " the old key: make a new one, then delete them."
                )
            )
        )
        told = PlainLabel(self.tr("Write photos and documents anew too (safer, takes longer)"))
        self.deep = QCheckBox(self.tr("Yes"))
        self.deep.setAccessibleName(told.text())
        self.deep.setChecked(True)
        inner.addWidget(told)
        inner.addWidget(self.deep)
        self.phrase = NewPassphrase(self.tr("Make the new key"))
        self.phrase.chosen.connect(lambda phrase: self.wanted.emit(phrase, self.deep.isChecked()))
        inner.addWidget(self.phrase)
        self.form.hide()
        column.addWidget(self.form)
        self.problem = PlainLabel("", "danger")
        self.problem.hide()
        column.addWidget(self.problem)
        self.ask.toggled.connect(self.form.setVisible)

    def refuse(self, text: str) -> None:
        """Say why it cannot be done now."""
        self.problem.say(text)
        self.problem.show()
