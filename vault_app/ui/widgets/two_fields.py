"""A new passphrase, typed twice: with its strength, a way to see it, and a phrase drawn by chance."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from vault_app import words
from vault_app.ui import language
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button
from vault_app.ui.widgets.flow import wrapping
from vault_app.vault import passphrase


class NewPassphrase(QWidget):
    """``chosen`` brings the phrase once both fields agree and the person has said so; the fields are then empty."""

    chosen = Signal(str)

    def __init__(self, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.first, self.second = QLineEdit(), QLineEdit()
        for field, text in ((self.first, self.tr("New passphrase")), (self.second, self.tr("The same once more"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(text)
            label = PlainLabel(text)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        self.shown = QCheckBox(self.tr("Show what I type"))
        self.shown.toggled.connect(self._show)
        column.addWidget(self.shown)
        self._strength = PlainLabel("", "secondary")
        column.addWidget(self._strength)
        self.problem = PlainLabel("", "danger")
        self.problem.hide()
        column.addWidget(self.problem)
        draw = button(self.tr("Draw a phrase for me"))
        draw.clicked.connect(self._draw)
        go = button(action, "primary")
        go.clicked.connect(self._choose)
        column.addWidget(wrapping(go, draw), 0, Qt.AlignmentFlag.AlignTop)
        self.first.textChanged.connect(self._typed)

    def _show(self, on: bool) -> None:
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _draw(self) -> None:
        phrase = passphrase.draw()
        self.shown.setChecked(True)
        for field in (self.first, self.second):
            field.setText(phrase)

    def _typed(self, text: str) -> None:
        grade = words.sentence("strength", passphrase.strength(text).sentence, language.tongue())
        self._strength.say(self.tr("Strength: {grade}").format(grade=grade) if text else "")
        self.problem.hide()

    def _choose(self) -> None:
        phrase = self.first.text()
        reason = "passphrase-short" if len(phrase.strip()) < passphrase.SHORTEST else ""
        if not reason and phrase != self.second.text():
            reason = "passphrases-differ"
        if reason:
            self.problem.say(language.error_sentence(reason))
            self.problem.show()
            return
        for field in (self.first, self.second):
            field.clear()
        self.chosen.emit(phrase)
