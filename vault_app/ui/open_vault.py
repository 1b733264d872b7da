"""What the screens share: the open vault, the one selection, what was found outside, and what has changed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vault_app.ui.settings import Settings
from vault_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from vault_app.explore.selection import Selection
    from vault_app.ui.finds import Finds
    from vault_app.ui.half_exports import HalfExports
    from vault_app.vault.vault import Vault


class OpenVault(QObject):
    """One open vault with its window. Signals come in the window's thread.

    ``changed``: facts were added or taken away. ``selected``: another selection. ``go``: show a screen, by its name.
    ``announce``: say a sentence to everybody, screen readers too. ``lock``: lock the vault. ``rekey``: a new data key,
    under this passphrase; whether attachments too.
    """

    changed = Signal()
    selected = Signal()
    go = Signal(str)
    announce = Signal(str)
    lock = Signal()
    rekey = Signal(str, bool)
    _stirred = Signal()

    def __init__(self, vault: Vault, tasks: Tasks, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        from vault_app.explore.selection import Selection as Chosen
        from vault_app.ui.finds import Finds as Found
        from vault_app.ui.half_exports import HalfExports as Halves

        self.vault = vault
        self.tasks = tasks
        self.settings = settings
        self._selection = Chosen()
        self.finds: Finds = Found(vault, tasks, self)
        self.halves: HalfExports = Halves(vault, tasks, self)
        self._stirred.connect(self.changed)
        vault.changed.append(self._stirred.emit)

    @property
    def selection(self) -> Selection:
        """The one selection."""
        return self._selection

    @selection.setter
    def selection(self, chosen: Selection) -> None:
        if chosen != self._selection:
            self._selection = chosen
            self.selected.emit()

    def close(self) -> None:
        """Stop watching, end all work, close the vault. Takes a moment: writes are finished or rolled back."""
        self.finds.stop()
        self.tasks.close()
        self.vault.changed.clear()
        if not self.vault.closed:
            self.vault.close()

    def abandon(self) -> None:
        """The same when the folder has gone: nothing can be written any more, keys are forgotten all the same."""
        from vault_app.vault.driver import DatabaseError

        self.finds.stop()
        self.tasks.close()
        self.vault.changed.clear()
        with suppress(OSError, DatabaseError):
            if not self.vault.closed:
                self.vault.leave()
