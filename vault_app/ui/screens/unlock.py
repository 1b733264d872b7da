"""Opening a vault: one field, a way to see what was typed, and the rescue code for those who forgot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from vault_app.ui import language, picker
from vault_app.ui.lock_reasons import LOOK_EVERY, is_there
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button, card, middle, page
from vault_app.ui.settings import Settings
from vault_app.ui.tasks import Job, Tasks
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping
from vault_app.vault import system_keyring

if TYPE_CHECKING:
    from vault_app.vault.vault import Vault

DELAYS = (0, 0, 0, 2, 4, 8, 15, 30)
"""Seconds to wait after so many refusals; only here, nothing of it is kept on disk."""

AFTER_PAINT = 150
"""Milliseconds after which the header is looked at: the first paint waits for nothing."""


class Unlock(QWidget):
    """``opened`` brings the vault; ``other`` asks for another vault or a new one.

    ``damaged`` asks what can be done for a vault that does not open as it should.
    """

    opened = Signal(object, object, str)
    other = Signal()
    damaged = Signal()

    def __init__(self, tasks: Tasks, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._settings = settings
        self._refusals = 0
        self._keyboards: tuple[str, ...] = ()
        self._return = QTimer(self)
        self._return.setInterval(LOOK_EVERY)
        self._return.timeout.connect(self._came_back)
        area, column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        frame, inner = card()
        middle(column, frame, 70)
        inner.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 4 * GAP)
        inner.setSpacing(2 * GAP)
        inner.addWidget(PlainLabel(self.tr("Open my vault"), "title"))
        self._place = PlainLabel("", "secondary")
        inner.addWidget(self._place)
        self._asked = PlainLabel(self.tr("Passphrase"))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.returnPressed.connect(self._open)
        self._asked.setBuddy(self.field)
        inner.addWidget(self._asked)
        inner.addWidget(self.field)
        self.show_typed = QCheckBox(self.tr("Show what I type"))
        self.show_typed.toggled.connect(self._show_typed)
        inner.addWidget(self.show_typed)
        self.problem = PlainLabel("", "danger")
        self.problem.hide()
        inner.addWidget(self.problem)
        self.keyboard = button(self.tr("Try as AZERTY or QWERTY"))
        self.keyboard.clicked.connect(self._other_keyboard)
        self.keyboard.hide()
        inner.addWidget(self.keyboard)
        self.go = button(self.tr("Open"), "primary")
        self.go.clicked.connect(self._open)
        inner.addWidget(self.go)
        self.session = button(self.tr("Open with my session"))
        self.session.clicked.connect(self._open_by_session)
        self.session.hide()
        inner.addWidget(self.session)
        self.rescue = QCheckBox(self.tr("I forgot my passphrase"))
        self.rescue.toggled.connect(self._ask)
        inner.addWidget(self.rescue)
        inner.addWidget(self._others())
        self._ask(False)

    def _others(self) -> QWidget:
        choose = button(self.tr("Open another vault…"))
        choose.clicked.connect(self._choose)
        new = button(self.tr("New vault, or try first"))
        new.clicked.connect(self.other)
        self.mend = button(self.tr("My vault is damaged…"))
        self.mend.clicked.connect(self.damaged)
        return wrapping(choose, new, self.mend)

    def show_vault(self) -> None:
        """Name the vault that would be opened."""
        place = self._settings.vault
        away = self._settings.vanished and place is not None and not is_there(place / "header.a")
        if away:
            self._return.start()
            text = self.tr(
                "The folder of the vault is not there any more: {place}. Put the key back. Then type your passphrase."
                " What was reported as done is kept."
            )
            self._place.say(text.format(place=place))
        else:
            self._return.stop()
            text = self.tr("Folder: {place}").format(place=place) if place else self.tr("No vault chosen yet.")
            self._place.say(text)
        for widget in (self.field, self.go):
            widget.setEnabled(not away)
        self.mend.setEnabled(place is not None and not away)
        self.problem.hide()
        self.field.setFocus()
        self._look_for_session(None if away else place)

    def _look_for_session(self, place: Path | None) -> None:
        """Offer the session's keyring where the vault has a slot for it, but never on a shared computer."""
        self.session.hide()
        if place is not None and self._settings.key is None and system_keyring.offered():
            QTimer.singleShot(AFTER_PAINT, self, self._look_now)

    def _look_now(self) -> None:
        place = self._settings.vault
        if place is None:
            return

        def work(_: Job) -> bool:
            from vault_app.vault import slots

            return slots.has_keyring(place)

        self._tasks.read(work).replacing("session-key").on_done(self.session.setVisible).start()

    def _came_back(self) -> None:
        """The key is there again: the vault may be opened."""
        place = self._settings.vault
        if place is None or is_there(place / "header.a"):
            self.show_vault()

    def _ask(self, rescue: bool) -> None:
        text = self.tr("Rescue code (8 groups of 4)") if rescue else self.tr("Passphrase")
        self._asked.say(text)
        self.field.setAccessibleName(text)
        self.field.clear()
        self._show_typed(self.show_typed.isChecked())

    def _show_typed(self, shown: bool) -> None:
        seen = shown or self.rescue.isChecked()
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password)

    def _choose(self) -> None:
        place = picker.choose_folder(self, self.tr("Folder of the vault"), Path.home())
        if place is not None:
            self._settings.vault = place
            self._settings.vanished = False
            self.show_vault()

    def _open(self) -> None:
        self._try(self.field.text())

    def _other_keyboard(self) -> None:
        if self._keyboards and self.go.isEnabled():
            first, *rest = self._keyboards
            self._keyboards = tuple(rest)
            self._try(first, by_keyboard=True)

    def _try(self, typed: str, *, by_keyboard: bool = False) -> None:
        place = self._settings.vault
        if place is None or not self.go.isEnabled():
            return
        with_code = self.rescue.isChecked()

        def work(_: Job) -> Vault:
            from vault_app.vault.vault import Vault as Opened

            return Opened.open_rescue(place, typed) if with_code else Opened.open(place, typed)

        if not by_keyboard:
            self._keyboards = ()
        self._start(work, "" if by_keyboard else typed)

    def _open_by_session(self) -> None:
        place = self._settings.vault
        if place is None or not self.go.isEnabled():
            return

        def work(_: Job) -> Vault:
            from vault_app.vault import slots

            return slots.open_with_keyring(place)

        self._start(work, "")

    def _start(self, work: Callable[[Job], Vault], typed: str) -> None:
        self._busy(True)
        self.problem.hide()
        job = self._tasks.write(work).on_done(self._opened)
        job.on_error(lambda error: self._refused(error, typed)).start()

    def _opened(self, vault: Vault) -> None:
        self.field.clear()
        self._keyboards = ()
        self.opened.emit(vault, None, "home")

    def _refused(self, error: BaseException, typed: str) -> None:
        from vault_app.vault.errors import BadRescueCode, DamagedVault, VaultBusy, VaultError, WrongPassword
        from vault_app.vault.passphrase import as_other_keyboard

        wrong = isinstance(error, WrongPassword) and str(error) != "keyring"
        if wrong:
            self._refusals += 1
            if typed and not self.rescue.isChecked():
                self._keyboards = as_other_keyboard(typed)
            self.keyboard.setVisible(bool(self._keyboards))
            reason = "wrong-password"
        elif isinstance(error, BadRescueCode):
            reason = error.reason
        elif isinstance(error, VaultBusy):
            reason = "vault-busy"
        elif isinstance(error, FileNotFoundError):
            reason = "no-vault"
        elif isinstance(error, WrongPassword):
            reason = "no-keyring"
        elif isinstance(error, DamagedVault):
            reason = "vault-damaged-here"
        else:
            reason = error.reason if isinstance(error, VaultError) else "task-broke"
        self.problem.say(language.error_sentence(reason, what=getattr(error, "what", "")))
        self.problem.show()
        seconds = DELAYS[min(self._refusals, len(DELAYS) - 1)] if wrong else 0
        if seconds:
            self.go.setText(self.tr("Wait %n second(s)", "", seconds))
        QTimer.singleShot(seconds * 1000, self, lambda: self._busy(False))

    def _busy(self, busy: bool) -> None:
        self.go.setEnabled(not busy)
        self.session.setEnabled(not busy)
        self.field.setReadOnly(busy)
        self.go.setText(self.tr("Opening…") if busy else self.tr("Open"))
        if not busy:
            self.field.setFocus()
            self.field.selectAll()
