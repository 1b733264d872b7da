"""The entrance: what is shown while no vault is open. Welcome the first time, else the place to open the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vault_app.ui.lock_reasons import is_there
from vault_app.ui.settings import Settings
from vault_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from vault_app.ui.screens.damaged import Damaged
    from vault_app.ui.screens.unlock import Unlock
    from vault_app.ui.screens.welcome import Welcome


TRACES = ("header.a", "header.b", "LISEZ-MOI.txt")
"""Files of a vault's folder; any one of them tells that a vault is, or was, there."""


class Entrance(QWidget):
    """``opened`` brings the open vault, what to do after closing it (or None), and the screen to begin with.

    Only the page that is shown is made: the first paint waits for nothing else.
    """

    opened = Signal(object, object, str)
    language_chosen = Signal(str)

    def __init__(self, tasks: Tasks, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._settings = settings
        self._pages = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.welcome: Welcome | None = None
        self.unlock: Unlock | None = None
        self.damaged: Damaged | None = None
        known = settings.vault
        if known is not None and (settings.vanished or any(is_there(known / name) for name in TRACES)):
            self.show_unlock()
        else:
            self.show_welcome()

    def show_welcome(self) -> Welcome:
        """Begin a new vault, or try."""
        if self.welcome is None:
            from vault_app.ui.screens.welcome import Welcome as Made

            self.welcome = Made(self._tasks, self._settings)
            self.welcome.opened.connect(self.opened)
            self.welcome.existing.connect(self.show_unlock)
            self.welcome.language_chosen.connect(self.language_chosen)
            self._pages.addWidget(self.welcome)
        self._pages.setCurrentWidget(self.welcome)
        return self.welcome

    def let_go(self) -> None:
        """Close what a page has made and not handed on."""
        for page in (self.welcome, self.damaged):
            if page is not None:
                page.let_go()

    def show_unlock(self) -> Unlock:
        """Ask for the passphrase of a vault that exists."""
        if self.unlock is None:
            from vault_app.ui.screens.unlock import Unlock as Made

            self.unlock = Made(self._tasks, self._settings)
            self.unlock.opened.connect(self.opened)
            self.unlock.other.connect(self.show_welcome)
            self.unlock.damaged.connect(self.show_damaged)
            self._pages.addWidget(self.unlock)
        self.unlock.show_vault()
        self._pages.setCurrentWidget(self.unlock)
        return self.unlock

    def show_damaged(self) -> Damaged:
        """What can be done for a damaged vault."""
        if self.damaged is None:
            from vault_app.ui.screens.damaged import Damaged as Made

            self.damaged = Made(self._tasks, self._settings)
            self.damaged.opened.connect(self.opened)
            self.damaged.back.connect(self.show_unlock)
            self._pages.addWidget(self.damaged)
        self.damaged.show_vault()
        self._pages.setCurrentWidget(self.damaged)
        return self.damaged
