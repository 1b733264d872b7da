"""Beneath an account: what an archive has that was not known yet, and a text about it that can be given away."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from importers.drift.drift import Drift
from vault_app.intake import drifts
from vault_app.ui import language, picker
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView
from vault_app.ui.screens.screen import button
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping


class DriftNote(QWidget):
    """Says how many fields are new and how many did not come; shows the text before it can be saved."""

    def __init__(self, house: OpenVault, found: list[Drift], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._text = drifts.description(found, _version(), _month())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        new, missing = drifts.counted(found)
        said = []
        if new:
            said.append(self.tr("This archive has %n field(s) that this version did not know. They are kept.", "", new))
        if missing:
            said.append(self.tr("%n field(s) that usually come did not come.", "", missing))
        column.addWidget(PlainLabel(" ".join(said)))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "You can help: a text about the change holds names of fields and rounded numbers, and nothing of"
                    " yours. Read it, save it, and give it to those who make the application."
                ),
                "secondary",
            )
        )
        self.view = PlainView(self.tr("What changed"), self._text)
        self.view.setMinimumHeight(180)
        self.view.hide()
        self.save = button(self.tr("Save this text…"))
        self.save.clicked.connect(self._save)
        self.save.hide()
        self.look = button(self.tr("See what changed"))
        self.look.clicked.connect(self._show)
        self._refused = PlainLabel("", "danger")
        self._refused.hide()
        column.addWidget(wrapping(self.look))
        column.addWidget(self.view)
        column.addWidget(self._refused)
        column.addWidget(wrapping(self.save))

    def _show(self) -> None:
        hidden = self.view.isHidden()
        self.view.setVisible(hidden)
        self.save.setVisible(hidden)

    def _save(self) -> None:
        proposed = Path.home() / self.tr("changed-fields.toml")
        place = picker.choose_new_file(self, self.tr("Save this text"), proposed, self.tr("Text (*.toml)"))
        if place is None:
            return
        text = self._text
        self._refused.hide()
        job = self._house.tasks.read(lambda _: place.write_text(text, encoding="utf-8", newline="\n"))
        job.on_done(lambda _: self._house.announce.emit(self.tr("The text is saved."))).on_error(self._failed).start()

    def _failed(self, error: BaseException) -> None:
        self._refused.say(language.error_sentence("file-not-saved" if isinstance(error, OSError) else "task-broke"))
        self._refused.show()


def _version() -> str:
    try:
        return version("self-data-vault")
    except PackageNotFoundError:
        return "?"


def _month() -> str:
    return QLocale.c().toString(QDate.currentDate(), "yyyy-MM")
