"""Whether the person's session on this computer opens the vault without the passphrase: off until they want it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from vault_app.ui import language
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel
from vault_app.ui.tasks import Job
from vault_app.vault import slots, system_keyring
from vault_app.vault.errors import NoKeyring


class SessionKey(QWidget):
    """Shown where the session has a keyring, never on a shared computer."""

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        told = PlainLabel(self.tr("Open the vault with my session on this computer"))
        self.on = QCheckBox(self.tr("Yes"))
        self.on.setAccessibleName(told.text())
        self.on.clicked.connect(self._change)
        column.addWidget(told)
        column.addWidget(self.on)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Whoever sits at your open session then opens the vault without the passphrase. Say yes only if"
                    " your session itself asks for a password. The passphrase and the rescue sheet stay: keep them."
                ),
                "secondary",
            )
        )
        self.problem = PlainLabel("", "danger")
        self.problem.hide()
        column.addWidget(self.problem)
        self._offered = house.settings.key is None and system_keyring.offered()
        if not self._offered:
            self.hide()

    def look(self) -> None:
        """Show what the vault's header says."""
        if not self._offered:
            return
        place = self._house.vault.folder.root
        job = self._house.tasks.read(lambda _: slots.has_keyring(place)).replacing("session-key")
        job.on_done(self.on.setChecked).start()

    def _change(self, on: bool) -> None:
        vault = self._house.vault

        def work(_: Job) -> None:
            if on:
                slots.add_keyring(vault)
            else:
                slots.drop_keyring(vault)

        self.on.setEnabled(False)
        self.problem.hide()
        self._house.tasks.write(work).on_done(lambda _: self._changed()).on_error(self._failed).start()

    def _changed(self) -> None:
        self.on.setEnabled(True)
        self.look()

    def _failed(self, error: BaseException) -> None:
        self._changed()
        if isinstance(error, NoKeyring):
            text = self.tr("The keyring of this session does not answer, or it refused.")
        else:
            text = language.error_sentence("no-room-here" if isinstance(error, OSError) else "task-broke")
        self.problem.say(text)
        self.problem.show()
