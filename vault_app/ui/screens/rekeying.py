"""A new key is being made: nothing else is shown meanwhile, since nothing else may use the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from vault_app.ui import language
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button, card, focus_soon, middle, page
from vault_app.ui.tasks import Job
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.code_shown import CodeShown
from vault_app.ui.widgets.flow import wrapping

if TYPE_CHECKING:
    from vault_app.vault.rekey import Rekeyed


class Rekeying(QWidget):
    """``ended``: it is made, or not; ``over``: the person has seen how it ended.

    While it is ``running`` nobody may close the vault. ``lock_wanted``: the person, or sleep, asked to lock meanwhile.
    """

    ended = Signal()
    over = Signal()

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self.running = True
        self.lock_wanted = False
        area, column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        frame, self._inner = card()
        middle(column, frame, 84)
        self._inner.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 4 * GAP)
        self._inner.setSpacing(2 * GAP)
        self._title = PlainLabel(self.tr("The new key is being made"), "title")
        self._told = PlainLabel(
            self.tr("Leave the computer on and the disk in. If it stops all the same, the vault opens, and is whole.")
        )
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(self._title.text())
        for widget in (self._title, self._told, self._bar):
            self._inner.addWidget(widget)

    def start(self, phrase: str, *, deep: bool) -> None:
        """Begin. ``phrase`` opens the vault afterwards."""
        vault = self._house.vault

        def work(_: Job) -> tuple[Rekeyed, bool]:
            from vault_app.vault import rekey, slots

            place = vault.folder.root
            had = slots.has_keyring(place)
            done = rekey.deep_rekey(vault, phrase) if deep else rekey.rekey(vault, phrase)
            return done, not had or slots.clear_keyring(place)

        job = self._house.tasks.write(work).named(self._title.text())
        job.on_done(self._made).on_error(self._failed).start()

    def lock_afterwards(self) -> None:
        """Say that the vault locks at the end, without showing the code to whoever is there then."""
        self.lock_wanted = True
        self._told.say(
            self.tr(
                "The vault locks as soon as the new key is made. The code of the new rescue sheet is then not shown:"
                " make a new sheet under Security."
            )
        )

    def _made(self, made: tuple[Rekeyed, bool]) -> None:
        result, cleared = made
        self._house.vault = result.vault
        if not self._end(self.tr("The vault has a new key")):
            return
        self._told.say(
            self.tr(
                "This is the code of the new rescue sheet; it is shown only now, and the old sheet opens nothing any"
                " more. Then the vault locks: it opens with the passphrase that you have just typed."
            )
        )
        shown = CodeShown(result.rescue_code, result.vault.folder.root, self.tr("I have it: lock the vault"))
        shown.done.connect(self.over)
        self._inner.addWidget(shown)
        if not cleared:
            self._inner.addWidget(
                PlainLabel(
                    self.tr("The keyring of your session did not answer. It keeps a secret that opens old copies."),
                    "warning",
                )
            )
        focus_soon(shown.field)

    def _failed(self, error: BaseException) -> None:
        from vault_app.vault.errors import DamagedVault, VaultError

        if not self._end(self.tr("The vault has no new key")):
            return
        if isinstance(error, DamagedVault):
            text = self.tr(
                "Something in the vault does not read any more. It was left as it is: verify it, use your backup, or"
                " save what can be read."
            )
        elif isinstance(error, VaultError):
            text = language.error_sentence(error.reason, what=str(error))
        else:
            text = language.error_sentence("no-room-here" if isinstance(error, OSError) else "task-broke")
        self._told.wear("danger")
        self._told.say(text)
        if self._house.vault.closed:
            self._inner.addWidget(
                PlainLabel(
                    self.tr(
                        "The last step was not finished. Open the vault with either passphrase, then make a new rescue"
                        " sheet."
                    )
                )
            )
        lock = button(self.tr("Lock the vault"), "primary")
        lock.clicked.connect(self.over)
        self._inner.addWidget(wrapping(lock))
        focus_soon(lock)

    def _end(self, title: str) -> bool:
        """Tell that it has ended; returns whether there is still somebody to show it to."""
        self.running = False
        self._bar.hide()
        self._title.say(title)
        self.ended.emit()
        return not self.lock_wanted
