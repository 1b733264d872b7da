"""A vault that does not open, or that Verify found damaged: what can still be done for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button, card, focus_soon, page
from vault_app.ui.settings import Settings
from vault_app.ui.tasks import Tasks
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.from_sheet import FromSheet
from vault_app.ui.widgets.what_reads import WhatReads

if TYPE_CHECKING:
    from vault_app.vault.vault import Vault


@dataclass(frozen=True)
class Seen:
    """What lies in the folder. ``header``: one of the two headers is whole; ``database``: there is one."""

    header: bool
    database: bool


class Damaged(QWidget):
    """``opened`` brings a vault that the sheet brought back; ``back`` returns to the place where vaults are opened."""

    opened = Signal(object, object, str)
    back = Signal()

    def __init__(self, tasks: Tasks, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._settings = settings
        self._vault: Vault | None = None
        area, column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        column.addWidget(PlainLabel(self.tr("My vault is damaged"), "title"))
        self._place = PlainLabel("", "secondary")
        column.addWidget(self._place)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "First copy the whole folder to another disk: whatever happens then, you can begin again. If you"
                    " have a backup, go back and open it: nothing is missing there but what came later."
                )
            )
        )
        self.found = PlainLabel("", "warning")
        column.addWidget(self.found)
        self.sheet = FromSheet(tasks)
        self.sheet.recovered.connect(self._recovered)
        self.reads = WhatReads(tasks)
        self.reads.chosen.connect(self._choose)
        self._cards = []
        for part in (self.sheet, self.reads):
            frame, inside = card()
            inside.addWidget(part)
            column.addWidget(frame)
            self._cards.append(frame)
        self.leave = button(self.tr("Back"))
        self.leave.clicked.connect(self.back)
        column.addWidget(wrapping(self.leave))
        column.addStretch(1)

    def show_vault(self) -> None:
        """Look what lies in the folder, and offer what helps."""
        place = self._settings.vault
        self._place.say_place(self.tr("Folder:"), place or "")
        for frame in self._cards:
            frame.hide()
        self.found.hide()
        focus_soon(self.leave)
        if place is not None:
            self.sheet.place = place
            self.reads.show_place(place)
            self._tasks.read(lambda _: look(place)).replacing("damaged").on_done(self._looked).start()

    def let_go(self) -> None:
        """The window closes: close a vault that was brought back and not handed on."""
        vault, self._vault = self._vault, None
        if vault is not None:
            vault.close()

    def _looked(self, seen: Seen) -> None:
        if not seen.database:
            text = self.tr("The file that holds the facts is not in this folder. Only a backup helps.")
        elif seen.header:
            text = self.tr(
                "The header of this vault is whole: its passphrase or its rescue code opens it. If it does not open"
                " all the same, or Verify found damage, save what can be read."
            )
        else:
            text = self.tr("Both header files are lost or damaged. The rescue sheet replaces them.")
        self.found.say(text)
        self.found.show()
        sheet, reads = self._cards
        sheet.setVisible(seen.database and not seen.header)
        reads.setVisible(seen.database and seen.header)
        if seen.database:
            focus_soon(self.reads.field if seen.header else self.sheet.code)

    def _recovered(self, vault: Vault) -> None:
        self._vault = vault
        self.found.hide()
        self.leave.hide()
        self.sheet.opened.connect(self._open)

    def _open(self) -> None:
        vault, self._vault = self._vault, None
        self.opened.emit(vault, None, "security")

    def _choose(self, place: Path) -> None:
        self._settings.vault = place
        self.back.emit()


def look(place: Path) -> Seen:
    """What lies in a vault's folder. Needs no key."""
    from vault_app.vault import header
    from vault_app.vault.errors import NewerVault, VaultError

    try:
        whole = bool(header.read(place))
    except NewerVault:
        whole = True
    except (VaultError, OSError):
        whole = False
    return Seen(whole, any(place.glob("vault-*.db")))
