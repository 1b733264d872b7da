"""The entrance: what is shown while no vault is open. Welcome the first time, else the place to open the vault."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vault_app.ui.screens.unlock import Unlock
from vault_app.ui.screens.welcome import Welcome
from vault_app.ui.settings import Settings
from vault_app.ui.tasks import Tasks


class Entrance(QWidget):
    """``opened`` brings the open vault, what to do after closing it (or None), and the screen to begin with."""

    opened = Signal(object, object, str)
    language_chosen = Signal(str)

    def __init__(self, tasks: Tasks, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        self.welcome = Welcome(tasks, settings)
        self.unlock = Unlock(tasks, settings)
        for page in (self.welcome, self.unlock):
            self._pages.addWidget(page)
            page.opened.connect(self.opened)
        self.welcome.language_chosen.connect(self.language_chosen)
        self.unlock.other.connect(lambda: self._pages.setCurrentWidget(self.welcome))
        self.welcome.existing.connect(self.show_unlock)
        known = settings.vault
        if known is not None and (known / "header.a").exists():
            self._pages.setCurrentWidget(self.unlock)
        self.unlock.show_vault()

    def show_unlock(self) -> None:
        """Ask for the passphrase of a vault that exists."""
        self.unlock.show_vault()
        self._pages.setCurrentWidget(self.unlock)
