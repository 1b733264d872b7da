"""On Home after an interrupted export: which folder is incomplete, and whether it goes or stays."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vault_app.ui import language
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button, card
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.short_path import ShortPath, short_name


class HalfNote(QWidget):
    """One interrupted export at a time; hidden when there is none."""

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card()
        outer.addWidget(frame)
        self._said = PlainLabel()
        self._place = ShortPath("secondary")
        self._problem = PlainLabel("", "danger")
        self.delete, self.keep = button(self.tr("Delete this folder")), button(self.tr("Keep it"))
        self.delete.clicked.connect(self._delete)
        self.keep.clicked.connect(self._keep)
        inside.addWidget(self._said)
        inside.addWidget(self._place)
        inside.addWidget(
            PlainLabel(
                self.tr(
                    "Its files are not encrypted. They are copies of what the vault held: the folder can be deleted."
                ),
                "secondary",
            )
        )
        inside.addWidget(self._problem)
        inside.addWidget(wrapping(self.delete, self.keep))
        house.halves.changed.connect(self._show)
        house.halves.removed.connect(self._tell_removed)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody may have deleted the folder since; screen readers are told that the note is there."""
        super().showEvent(event)
        self._house.halves.look()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._said.text()))

    def _show(self) -> None:
        halves = self._house.halves
        part = halves.first
        self.setVisible(part is not None)
        if part is None:
            return
        name = short_name(part.name)
        self._said.say(self.tr("An export was interrupted: the folder “{name}” is incomplete.").format(name=name))
        self._place.say_path(self.tr("In:"), part.parent)
        self.delete.setAccessibleName(self.tr("Delete the incomplete folder {name}").format(name=name))
        self.keep.setAccessibleName(self.tr("Keep the incomplete folder {name}").format(name=name))
        self._problem.say(language.error_sentence(halves.problem) if halves.problem else "")
        self._problem.setVisible(bool(halves.problem))
        for made in (self.delete, self.keep):
            made.setEnabled(not halves.busy)

    def _delete(self) -> None:
        if part := self._house.halves.first:
            self._house.halves.delete(part, self.tr("Deleting an incomplete folder"))

    def _keep(self) -> None:
        if part := self._house.halves.first:
            self._house.halves.keep(part)

    def _tell_removed(self, was_there: bool) -> None:
        text = self.tr("The folder is deleted.") if was_there else self.tr("The folder was gone already.")
        self._house.announce.emit(text)
