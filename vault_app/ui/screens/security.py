"""Security: where the vault is, the ways in, whether it is sound, its backup, locking, and what was done to it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from vault_app import words
from vault_app.ui import language, paper, picker
from vault_app.ui.closing_report import paper_lines, report
from vault_app.ui.language import tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel
from vault_app.ui.screens.screen import Screen, button, card, clear, page
from vault_app.ui.tasks import Job, Step
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.code_shown import CodeShown
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.ledger_list import LedgerList
from vault_app.ui.widgets.new_key import NewKey
from vault_app.ui.widgets.session_key import SessionKey
from vault_app.ui.widgets.two_fields import NewPassphrase
from vault_app.vault import backup, ledger, slots
from vault_app.vault.errors import VaultError
from vault_app.vault.ledger import Line, Op

if TYPE_CHECKING:
    from vault_app.vault.backup import Copied
    from vault_app.vault.verify import Progress, Verdict

OLD_BACKUP = 30
"""Days after which a backup is called old."""

DAY = 86_400_000_000
"""Microseconds of a day."""


@dataclass(frozen=True)
class Known:
    """What the vault says of itself. ``backed_up``: us since 1970, None: never. ``words``: the head of the ledger."""

    lines: list[Line]
    backed_up: int | None
    words: str
    report: list[str]


class SecurityScreen(Screen):
    """The care of the vault."""

    name = "security"

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._report: list[str] = []
        area, self._column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        for part in (self._place, self._soundness, self._backup, self._ways_in, self._key, self._locking, self._system):
            frame, inside = card()
            part(inside)
            self._column.addWidget(frame)
        self.ledger = LedgerList()
        frame, inside = card()
        self._register(inside)
        self._column.addWidget(frame)
        frame, inside = card()
        self._end(inside)
        self._column.addWidget(frame)
        self._column.addStretch(1)

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Security")

    def arrive(self) -> None:
        """Ask the vault about itself."""
        self.session_key.look()
        vault, settings = self.house.vault, self.house.settings

        def work(_: Job) -> Known:
            connection = vault.read()
            pinned = ledger.printed(ledger.head(connection))
            return Known(
                ledger.lines(connection), backup.last_backup(vault), pinned, report(settings, vault.folder.root)
            )

        self.house.tasks.read(work).replacing("security").on_done(self._came).start()

    def _came(self, known: Known) -> None:
        self.ledger.show_lines(known.lines)
        self._head.say(self.tr("Today's head of the register: {words}").format(words=known.words))
        self._tell_backup(known.backed_up)
        self._report = known.report
        clear(self._told)
        for text in known.report[1:]:
            self._told.addWidget(PlainLabel(text))

    def _place(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        inside.addWidget(PlainLabel(self.tr("Where the vault is"), "heading"))
        place = PlainLabel()
        place.say_place("", self.house.vault.folder.root)
        inside.addWidget(place)
        inside.addWidget(
            PlainLabel(
                self.tr("All that is in this folder is encrypted. To move it: lock, then copy the whole folder."),
                "secondary",
            )
        )

    def _soundness(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        inside.addWidget(PlainLabel(self.tr("Is it sound?"), "heading"))
        self.verdict = PlainLabel(self.tr("Not verified since it was opened."), "secondary")
        inside.addWidget(self.verdict)
        self._found = PlainLabel("", "secondary")
        self._found.hide()
        inside.addWidget(self._found)
        self.verify = button(self.tr("Verify the vault"))
        self.verify.clicked.connect(self._verify)
        self.mend = button(self.tr("Lock the vault"))
        self.mend.clicked.connect(self.house.lock)
        self.mend.hide()
        inside.addWidget(wrapping(self.verify, self.mend))
        self._way = PlainLabel("", "secondary")
        self._way.say(self.tr("To save what can be read: lock the vault, then choose « My vault is damaged… »."))
        self._way.hide()
        inside.addWidget(self._way)

    def _backup(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        inside.addWidget(PlainLabel(self.tr("Backup"), "heading"))
        self.age = PlainLabel("")
        inside.addWidget(self.age)
        place = self.house.settings.backup
        self.copy = button(self.tr("Back up again to {place}").format(place=place.name) if place else "", "primary")
        self.copy.setVisible(place is not None)
        self.copy.clicked.connect(lambda: self._back_up(self.house.settings.backup))
        other = button(self.tr("Back up elsewhere…"))
        other.clicked.connect(self._choose_backup)
        inside.addWidget(wrapping(self.copy, other))
        inside.addWidget(
            PlainLabel(
                self.tr("Choose another disk or key. The copy is encrypted, and opens with the same passphrase."),
                "secondary",
            )
        )

    def _ways_in(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        inside.addWidget(PlainLabel(self.tr("Passphrase and rescue sheet"), "heading"))
        self.changed = PlainLabel("", "secondary")
        self.changed.hide()
        change, sheet = button(self.tr("Change the phrase…")), button(self.tr("New sheet…"))
        self.phrase = NewPassphrase(self.tr("Change the passphrase"))
        self.phrase.hide()
        change.clicked.connect(lambda: self.phrase.setVisible(self.phrase.isHidden()))
        sheet.clicked.connect(self._renew)
        self.phrase.chosen.connect(self._change)
        inside.addWidget(wrapping(change, sheet))
        inside.addWidget(self.phrase)
        inside.addWidget(self.changed)
        self._sheet = QVBoxLayout()
        inside.addLayout(self._sheet)
        self.session_key = SessionKey(self.house)
        inside.addWidget(self.session_key)

    def _key(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        self.new_key = NewKey()
        self.new_key.wanted.connect(self._make_key)
        inside.addWidget(self.new_key)

    def _locking(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        settings = self.house.settings
        inside.addWidget(PlainLabel(self.tr("Locking"), "heading"))
        self.minutes = QSpinBox()
        self.minutes.setRange(1, 60)
        self.minutes.setValue(settings.idle_minutes)
        self.minutes.setSuffix(" " + self.tr("min"))
        label = PlainLabel(self.tr("Lock after so many minutes without a key or a click"))
        label.setBuddy(self.minutes)
        self.minutes.setAccessibleName(label.text())
        self.minutes.valueChanged.connect(lambda value: setattr(settings, "idle_minutes", value))
        inside.addWidget(label)
        inside.addWidget(self.minutes, 0, Qt.AlignmentFlag.AlignLeft)
        told = PlainLabel(self.tr("Lock when the window is minimised"))
        inside.addWidget(told)
        self.minimised = QCheckBox(self.tr("Yes"))
        self.minimised.setAccessibleName(told.text())
        self.minimised.setChecked(settings.lock_minimised)
        self.minimised.toggled.connect(lambda on: setattr(settings, "lock_minimised", on))
        inside.addWidget(self.minimised)
        inside.addWidget(
            PlainLabel(
                self.tr("It also locks with Ctrl+L, when the computer wakes up, and when the key is pulled out."),
                "secondary",
            )
        )

    def _system(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        from vault_app.intake import fence

        inside.addWidget(PlainLabel(self.tr("What this computer holds"), "heading"))
        for layer in fence.available():
            text = words.sentence("ledger", layer.name, tongue())
            sign = self.tr("Yes:") if layer.holds else self.tr("No, this system does not offer it:")
            untried = "" if layer.tried else " " + self.tr("(never tried by the authors on such a system)")
            inside.addWidget(PlainLabel(f"{sign} {text}{untried}", "" if layer.holds else "warning"))

    def _register(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        inside.addWidget(PlainLabel(self.tr("What was done to the vault"), "heading"))
        inside.addWidget(self.ledger)
        self._head = PlainLabel("", "secondary")
        inside.addWidget(self._head)
        inside.addWidget(
            PlainLabel(
                self.tr(
                    "Nobody without your passphrase can change this register unseen. Searches are never written down."
                    " Copy the head on paper to be able to show later that no line was changed since."
                ),
                "secondary",
            )
        )

    def _end(self, inside: QVBoxLayout | QHBoxLayout) -> None:
        inside.addWidget(PlainLabel(self.tr("On a computer that others use: before you leave"), "heading"))
        self._told = QVBoxLayout()
        self._told.setSpacing(GAP)
        inside.addLayout(self._told)
        look = button(self.tr("Look again"))
        look.clicked.connect(self.arrive)
        printed = button(self.tr("Print…"))
        printed.clicked.connect(lambda: paper.print_lines(self, paper_lines(self._report)))
        saved = button(self.tr("Save…"))
        saved.clicked.connect(self._save_report)
        inside.addWidget(wrapping(look, printed, saved))

    def _verify(self) -> None:
        vault = self.house.vault

        def work(job: Job) -> Verdict:
            def tell(progress: Progress) -> None:
                job.check()
                job.report(Step(progress.done, progress.total, progress.look))

            verdict = vault.verify(tell)
            vault.note(Op.VERIFY, {"problems": list(verdict.problems)})
            return verdict

        self.verify.setEnabled(False)
        job = self.house.tasks.write(work).named(self.tr("Verifying the vault"))
        job.on_done(self._verified).on_error(self._verify_failed).on_cancelled(self._stopped).start()

    def _verified(self, verdict: Verdict) -> None:
        self.verify.setEnabled(True)
        wrong = bool(verdict.problems)
        text = words.sentence("verdicts", "wrong" if wrong else "sound", tongue())
        self._judge(self.verdict, "danger" if wrong else "good", text)
        looks = [f"{name}-wrong" for name in verdict.problems] if wrong else list(verdict.checked)
        self._found.say("\n".join("– " + words.sentence("verdicts", look, tongue()) for look in looks))
        self._found.show()
        self._offer_mending(wrong)
        self.house.announce.emit(text)
        self.arrive()

    def _verify_failed(self, _: BaseException) -> None:
        self.verify.setEnabled(True)
        self._judge(self.verdict, "danger", words.sentence("verdicts", "wrong", tongue()))
        self._offer_mending(True)

    def _offer_mending(self, wrong: bool) -> None:
        self.mend.setVisible(wrong)
        self._way.setVisible(wrong)

    def _stopped(self) -> None:
        self.verify.setEnabled(True)

    def _judge(self, label: PlainLabel, role: str, text: str) -> None:
        """A sentence with its colour, and the colour in words."""
        sign = {"danger": self.tr("Red: "), "warning": self.tr("Amber: "), "good": self.tr("Green: ")}[role]
        label.wear(role)
        label.say(sign + text)

    def _tell_backup(self, when: int | None) -> None:
        if when is None:
            self._judge(self.age, "warning", self.tr("there is no backup yet. If this disk breaks, all is lost."))
            return
        days = max(0, (time.time_ns() // 1000 - when) // DAY)
        text = self.tr("last backup: %n day(s) ago", "", days) if days else self.tr("last backup: today")
        self._judge(self.age, "warning" if days > OLD_BACKUP else "good", text)

    def _choose_backup(self) -> None:
        place = picker.choose_folder(self, self.tr("Folder in which the backup is made"), Path.home())
        if place is not None:
            self._back_up(place / f"{self.house.vault.folder.root.name}-copie")

    def _back_up(self, place: Path | None) -> None:
        if place is None:
            return
        vault = self.house.vault

        def work(job: Job) -> Copied:
            def tell(done: int, total: int) -> None:
                job.check()
                job.report(Step(done, total))

            return backup.back_up(vault, place, tell)

        def copied(result: Copied) -> None:
            if result.verdict.problems:
                self._judge(self.age, "danger", self.tr("the copy is not sound. Use another disk or key."))
                return
            self.house.settings.backup = place
            self.copy.setText(self.tr("Back up again to {place}").format(place=place.name))
            self.copy.show()
            self.house.announce.emit(self.tr("The backup is made and verified."))
            self.arrive()

        job = self.house.tasks.write(work).named(self.tr("Backing up"))
        job.on_done(copied).on_error(self._backup_failed).start()

    def _backup_failed(self, error: BaseException) -> None:
        self._judge(self.age, "danger", _sentence(error))

    def _change(self, phrase: str) -> None:
        vault = self.house.vault
        self._told_change(self.tr("Changing…"))
        job = self.house.tasks.write(lambda _: slots.change_password(vault, phrase))
        job.on_done(lambda _: self._phrase_changed()).on_error(self._not_changed).start()

    def _phrase_changed(self) -> None:
        self.phrase.hide()
        self._told_change(
            self.tr(
                "The passphrase is changed; the rescue sheet stays. Old copies of the vault still open with the old"
                " phrase: make the backup again."
            )
        )
        self.arrive()

    def _make_key(self, phrase: str, deep: bool) -> None:
        if self.house.tasks.jobs:
            self.new_key.refuse(self.tr("Work is going on below. Wait until it has ended, or stop it."))
            return
        self.house.rekey.emit(phrase, deep)

    def _renew(self) -> None:
        vault = self.house.vault
        job = self.house.tasks.write(lambda _: slots.renew_rescue(vault))
        job.on_done(self._renewed).on_error(self._not_changed).start()

    def _renewed(self, code: str) -> None:
        clear(self._sheet)
        self._told_change(self.tr("The sheet of before opens the vault no more. This code is shown only now:"))
        shown = CodeShown(code, self.house.vault.folder.root, self.tr("I have it: hide the code"))
        shown.done.connect(lambda: clear(self._sheet))
        self._sheet.addWidget(shown)
        shown.field.setFocus()
        self.arrive()

    def _not_changed(self, error: BaseException) -> None:
        self._told_change(_sentence(error))

    def _told_change(self, text: str) -> None:
        self.changed.say(text)
        self.changed.show()
        self.house.announce.emit(text)

    def _save_report(self) -> None:
        name = Path.home() / self.tr("closing-report.pdf")
        chosen = picker.choose_new_file(self, self.tr("Save this report"), name, "PDF (*.pdf)")
        if chosen is not None:
            paper.write_pdf(chosen, self._report[0], paper_lines(self._report))


def _sentence(error: BaseException) -> str:
    if isinstance(error, VaultError):
        return language.error_sentence(error.reason, what=str(error))
    return language.error_sentence("no-room-here" if isinstance(error, OSError) else "task-broke")
