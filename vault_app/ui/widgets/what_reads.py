"""Pages of a vault do not read any more: what does is saved into a new vault beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from vault_app import words
from vault_app.ui import language, picker
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import button, focus_soon
from vault_app.ui.tasks import Job, Step, Tasks
from vault_app.ui.widgets.flow import wrapping

if TYPE_CHECKING:
    from vault_app.vault.salvage import Salvaged


class WhatReads(QWidget):
    """``chosen`` brings the folder of the new vault, when the person wants to open it."""

    chosen = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = Path()
        self._tasks = tasks
        self._job: Job | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(self.tr("Save what can be read into a new vault"), "heading"))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "The damaged vault is not changed. The new one opens with the same passphrase and the same rescue"
                    " sheet. It may take some minutes."
                ),
                "secondary",
            )
        )
        self._asked = PlainLabel("")
        self.field = QLineEdit()
        self._asked.setBuddy(self.field)
        self.rescue = QCheckBox(self.tr("I have the rescue code, not the passphrase"))
        self.rescue.toggled.connect(self._ask)
        label = PlainLabel(self.tr("Folder of the new vault"))
        self.to = QLineEdit()
        self.to.setAccessibleName(label.text())
        label.setBuddy(self.to)
        change = button(self.tr("Change…"))
        change.clicked.connect(self._change)
        row = QHBoxLayout()
        row.addWidget(self.to, 1)
        row.addWidget(change)
        self.form = QWidget()
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(0, 0, 0, 0)
        for widget in (self._asked, self.field, self.rescue, label):
            inner.addWidget(widget)
        inner.addLayout(row)
        column.addWidget(self.form)
        self.told = PlainLabel("", "secondary")
        self.told.hide()
        column.addWidget(self.told)
        self.go, self.stop = button(self.tr("Save what can be read"), "primary"), button(self.tr("Stop"))
        self.open = button(self.tr("Open the new vault"), "primary")
        self.go.clicked.connect(self._salvage)
        self.stop.clicked.connect(lambda: self._job.cancel() if self._job is not None else None)
        self.open.clicked.connect(lambda: self.chosen.emit(Path(self.to.text())))
        column.addWidget(wrapping(self.go, self.stop, self.open))
        self.stop.hide()
        self.open.hide()
        self._ask(False)

    def show_place(self, place: Path) -> None:
        """The damaged vault's folder; a new one beside it is proposed."""
        if place != self._place:
            self._place = place
            self.to.setText(str(place.with_name(self.tr("{name}-saved").format(name=place.name))))
            for widget in (self.form, self.go):
                widget.show()
            for widget in (self.told, self.open):
                widget.hide()

    def _ask(self, code: bool) -> None:
        text = self.tr("Rescue code (8 groups of 4)") if code else self.tr("Passphrase")
        self._asked.say(text)
        self.field.setAccessibleName(text)
        self.field.clear()
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if code else QLineEdit.EchoMode.Password)

    def _change(self) -> None:
        chosen = picker.choose_folder(self, self.tr("Folder in which the new vault is made"), self._place.parent)
        if chosen is not None:
            self.to.setText(str(chosen / Path(self.to.text()).name))

    def _salvage(self) -> None:
        place, to, typed, with_code = self._place, Path(self.to.text()), self.field.text(), self.rescue.isChecked()

        def work(job: Job) -> Salvaged:
            from vault_app.vault import header, passphrase, rescue, salvage

            if with_code:
                code = rescue.read(typed, header.read(place)[0].header.vault_id)
                unlocked = header.unlock_with_rescue(place, code)
            else:
                unlocked = header.unlock(place, passphrase.prepared(typed))
            counts: dict[str, int] = {}

            def tell(table: str, count: int) -> None:
                counts[table] = count
                job.check()
                job.report(Step(0, 0, count=sum(counts.values())))

            return salvage.salvage(place, unlocked, to, tell)

        self._busy(True)
        self._show("secondary", self.tr("Reading…"))
        job = self._tasks.write(work).on_progress(self._step)
        self._job = job.on_done(self._done).on_error(self._failed).on_cancelled(self._stopped)
        job.start()

    def _step(self, step: Step) -> None:
        if self.stop.isVisible():
            self._show("secondary", self.tr("%n row(s) saved so far", "", step.count))

    def _done(self, done: Salvaged) -> None:
        self._busy(False)
        lost = bool(done.holes or done.lost_files)
        numbers = {"items": done.kept["item"], "holes": done.holes, "files": done.lost_files}
        given = {name: language.number(number) for name, number in numbers.items()}
        text = words.sentence("care", "salvaged-parts" if lost else "salvaged-whole", language.tongue(), **given)
        if done.verdict.problems:
            text += " " + words.sentence("verdicts", "wrong", language.tongue())
        self._show("warning" if lost or done.verdict.problems else "good", text)
        for widget in (self.form, self.go):
            widget.hide()
        self.open.show()
        focus_soon(self.open)

    def _failed(self, error: BaseException) -> None:
        from vault_app.vault.errors import DamagedVault, VaultError, WrongPassword

        self._busy(False)
        if isinstance(error, WrongPassword) and self.rescue.isChecked():
            text = self.tr("This code does not open this vault: a newer sheet was made since. Look for that one.")
        elif isinstance(error, DamagedVault):
            text = self.tr("Not even the first page of this vault reads: nothing can be saved from it. Use a backup.")
        elif isinstance(error, VaultError):
            text = language.error_sentence(error.reason, what=error.what)
        else:
            text = language.error_sentence("no-room-here" if isinstance(error, OSError) else "task-broke")
        self._show("danger", text)
        focus_soon(self.field)

    def _stopped(self) -> None:
        self._busy(False)
        self._show("secondary", self.tr("Stopped. Nothing was kept of the new vault."))

    def _busy(self, busy: bool) -> None:
        if not busy:
            self._job = None
            self.field.clear()
        self.form.setEnabled(not busy)
        self.go.setEnabled(not busy)
        self.stop.setVisible(busy)

    def _show(self, role: str, text: str) -> None:
        self.told.wear(role)
        self.told.say(text)
        self.told.show()
