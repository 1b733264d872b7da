"""The first start: where, passphrase, rescue code, watched folder. Nothing personal is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from vault_app import words
from vault_app.ui import clipboard, language, picker
from vault_app.ui.flows.first_run import PAGES, FirstRun
from vault_app.ui.plain import PlainLabel
from vault_app.ui.rescue_sheet import print_sheet, save_sheet
from vault_app.ui.screens.screen import button, card, clear, focus_soon, middle, page
from vault_app.ui.settings import Settings
from vault_app.ui.tasks import Job, Step, Tasks
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping

if TYPE_CHECKING:
    from vault_app.learn.trial import Trial
    from vault_app.vault.vault import Created, Vault


class Welcome(QWidget):
    """``opened`` brings a new vault, or Camille's; ``existing`` asks for the place to open one."""

    opened = Signal(object, object, str)
    existing = Signal()
    language_chosen = Signal(str)

    def __init__(self, tasks: Tasks, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._settings = settings
        self.flow = FirstRun(place=settings.vault or FirstRun().place)
        if (self.flow.place / "header.a").exists():
            self.flow.place = self.flow.place.with_name(self.flow.place.name + "-2")
        self._vault: Vault | None = None
        area, column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        frame, self._inner = card()
        middle(column, frame, 84)
        self._inner.setContentsMargins(4 * GAP, 4 * GAP, 4 * GAP, 4 * GAP)
        self._inner.setSpacing(2 * GAP)
        self.show_page()

    def show_page(self) -> None:
        """Show the page that the flow is at."""
        clear(self._inner)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        step = self.tr("Step {n} of {all}").format(n=self.flow.page + 1, all=len(PAGES))
        column.addWidget(PlainLabel(step, "secondary"))
        {
            "place": self._place_page,
            "passphrase": self._passphrase_page,
            "rescue": self._rescue_page,
            "watch": self._watch_page,
        }[self.flow.name](column)
        self._inner.addWidget(body)

    def _place_page(self, column: QVBoxLayout) -> None:
        column.addWidget(PlainLabel(self.tr("Your data, at home."), "title"))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Services hand you your data in files. Put those files here: your vault keeps them encrypted on"
                    " this computer and shows you what they say. Nothing goes to the Internet."
                )
            )
        )
        tongues = QComboBox()
        for code, name in (("fr", "Français"), ("en", "English")):
            tongues.addItem(name, code)
        tongues.setCurrentIndex(words.LANGUAGES.index(language.tongue()))
        tongues.setAccessibleName(self.tr("Language"))
        tongues.activated.connect(lambda _: self.language_chosen.emit(tongues.currentData()))
        column.addWidget(PlainLabel(self.tr("Language")))
        column.addWidget(tongues)
        column.addWidget(PlainLabel(self.tr("Where shall the vault be? A folder on this computer or on your USB key.")))
        row = QHBoxLayout()
        place = QLineEdit(str(self.flow.place))
        place.setAccessibleName(self.tr("Folder of the new vault"))
        change = button(self.tr("Change…"))
        row.addWidget(place, 1)
        row.addWidget(change)
        column.addLayout(row)
        problem = self._problem(column)
        place.textChanged.connect(lambda text: setattr(self.flow, "place", Path(text)))
        change.clicked.connect(lambda: self._choose_place(place))
        start = button(self.tr("Make my vault"), "primary")
        start.clicked.connect(lambda: self._forward(problem))
        trial = button(self.tr("Try with Camille's data (invented)"))
        trial.clicked.connect(lambda: self._try(trial, problem))
        known = button(self.tr("I have a vault"))
        known.clicked.connect(self.existing)
        column.addWidget(wrapping(start, trial, known))
        focus_soon(start)

    def _passphrase_page(self, column: QVBoxLayout) -> None:
        flow = self.flow
        column.addWidget(PlainLabel(self.tr("Choose a passphrase"), "title"))
        column.addWidget(
            PlainLabel(self.tr("Only this phrase opens the vault. We do not know it and cannot find it again for you."))
        )
        offer = button(self.tr("Draw a phrase for me"))
        column.addWidget(offer, 0, Qt.AlignmentFlag.AlignLeft)
        first, second = QLineEdit(flow.typed), QLineEdit(flow.again)
        for field, text in ((first, self.tr("Passphrase")), (second, self.tr("The same once more"))):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(text)
            label = PlainLabel(text)
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        shown = QCheckBox(self.tr("Show what I type"))
        column.addWidget(shown)
        strength = PlainLabel("", "secondary")
        column.addWidget(strength)
        problem = self._problem(column)

        def typed() -> None:
            flow.typed, flow.again = first.text(), second.text()
            grade = words.sentence("strength", flow.strength.sentence, language.tongue())
            strength.say(self.tr("Strength: {grade}").format(grade=grade) if flow.typed else "")
            problem.hide()

        def show(on: bool) -> None:
            for field in (first, second):
                field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

        def draw() -> None:
            phrase = flow.offer()
            shown.setChecked(True)
            first.setText(phrase)
            second.setText(phrase)

        first.textChanged.connect(typed)
        second.textChanged.connect(typed)
        shown.toggled.connect(show)
        offer.clicked.connect(draw)
        self._way(column, self.tr("Make the vault"), lambda go: self._make(go, problem))
        typed()
        focus_soon(first)

    def _rescue_page(self, column: QVBoxLayout) -> None:
        flow = self.flow
        column.addWidget(PlainLabel(self.tr("Keep your rescue code"), "title"))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "This code opens the vault if you forget the passphrase. Write it on paper, or print the sheet,"
                    " and keep it away from this computer. It is shown only now. Without the phrase and without the"
                    " code, nobody can open the vault."
                )
            )
        )
        code = QLineEdit(flow.code)
        code.setReadOnly(True)
        code.setAccessibleName(self.tr("Rescue code"))
        column.addWidget(code)
        saved = QCheckBox(self.tr("I have written it down, printed it or saved it"))
        ways: list[QWidget] = []
        copied = button(self.tr("Copy the code"))
        copied.clicked.connect(lambda: clipboard.copy(flow.code))
        ways.append(copied)
        for text, act in ((self.tr("Print the sheet…"), print_sheet), (self.tr("Save the sheet…"), save_sheet)):
            made = button(text)
            made.clicked.connect(lambda _=False, act=act: self._sheet(act, saved))
            ways.append(made)
        column.addWidget(wrapping(*ways))
        saved.setChecked(flow.saved)
        saved.toggled.connect(lambda on: setattr(flow, "saved", on))
        column.addWidget(saved)
        later = QCheckBox(self.tr("Later, and I know the risk"))
        later.toggled.connect(lambda on: setattr(flow, "later", on))
        column.addWidget(later)
        problem = self._problem(column)
        self._way(column, self.tr("Go on"), lambda _: self._forward(problem), back=False)
        focus_soon(code)

    def _watch_page(self, column: QVBoxLayout) -> None:
        flow = self.flow
        column.addWidget(PlainLabel(self.tr("Where do your downloads arrive?"), "title"))
        column.addWidget(
            PlainLabel(
                self.tr(
                    "The vault can look at the names of new files there and tell you when it knows one."
                    " It opens nothing by itself."
                )
            )
        )
        watch = QCheckBox(self.tr("Watch this folder:"))
        watch.setChecked(flow.watch)
        watch.toggled.connect(lambda on: setattr(flow, "watch", on))
        column.addWidget(watch)
        place = PlainLabel(str(flow.watched))
        column.addWidget(place)
        other = button(self.tr("Another folder…"))
        other.clicked.connect(lambda: self._choose_watched(watch, place))
        column.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        self._way(column, self.tr("Open my vault"), lambda _: self._finish(), back=False)
        focus_soon(watch)

    def _problem(self, column: QVBoxLayout) -> PlainLabel:
        label = PlainLabel("", "danger")
        label.hide()
        column.addWidget(label)
        return label

    def _way(self, column: QVBoxLayout, text: str, act: object, *, back: bool = True) -> None:
        go = button(text, "primary")
        go.clicked.connect(lambda: act(go))  # type: ignore[operator]
        before = button(self.tr("Back"))
        before.clicked.connect(self._back)
        column.addWidget(wrapping(go, before) if back else wrapping(go))

    def _back(self) -> None:
        self.flow.back()
        self.show_page()

    def _forward(self, problem: PlainLabel) -> None:
        if self.flow.problem:
            self._tell(problem, self.flow.problem)
            return
        self.flow.forward()
        self.show_page()

    def _tell(self, problem: PlainLabel, reason: str) -> None:
        problem.say(language.error_sentence(reason))
        problem.show()

    def _choose_place(self, field: QLineEdit) -> None:
        start = self.flow.place.parent if self.flow.place.parent.exists() else Path.home()
        chosen = picker.choose_folder(self, self.tr("Where shall the vault be?"), start)
        if chosen is not None:
            field.setText(str(chosen / self.flow.place.name))

    def _choose_watched(self, watch: QCheckBox, place: PlainLabel) -> None:
        chosen = picker.choose_folder(self, self.tr("Folder to watch"), self.flow.watched)
        if chosen is not None:
            self.flow.watched = chosen
            place.say(str(chosen))
            watch.setChecked(True)

    def _make(self, go: QWidget, problem: PlainLabel) -> None:
        flow = self.flow
        if flow.problem:
            self._tell(problem, flow.problem)
            return
        place, phrase = flow.place, flow.typed

        def work(_: Job) -> Created:
            from vault_app.vault.vault import Vault as Made

            return Made.create(place, phrase)

        def failed(error: BaseException) -> None:
            from vault_app.vault.errors import FolderInUse, TooLittleMemory

            go.setEnabled(True)
            reason = "folder-in-use" if isinstance(error, FolderInUse) else "no-room-here"
            self._tell(problem, "too-little-memory" if isinstance(error, TooLittleMemory) else reason)

        go.setEnabled(False)
        self._tasks.write(work).on_done(self.made).on_error(failed).start()

    def made(self, created: Created) -> None:
        """The vault exists: show its rescue code, once."""
        self._vault = created.vault
        self._settings.vault = self.flow.place
        self.flow.made(created.rescue_code)
        self.show_page()

    def let_go(self) -> None:
        """The person leaves before the last page: close the vault that was made."""
        vault, self._vault = self._vault, None
        if vault is not None:
            vault.close()

    def _sheet(self, act: object, saved: QCheckBox) -> None:
        if act(self, self.flow.code, self.flow.place):  # type: ignore[operator]
            saved.setChecked(True)

    def _finish(self) -> None:
        self._settings.watched = self.flow.watched if self.flow.watch else None
        vault, self._vault = self._vault, None
        self.flow.code = ""
        self.opened.emit(vault, None, "inbox")

    def _try(self, go: QWidget, progress: PlainLabel) -> None:
        def work(job: Job) -> Trial:
            from vault_app.learn.trial import make_trial

            def said(done: int, total: int) -> None:
                job.check()
                job.report(Step(done, total))

            return make_trial(said)

        def step(step: Step) -> None:
            progress.say(self.tr("Preparing Camille's archives: {n} of {all}").format(n=step.done, all=step.total))

        def failed(_: BaseException) -> None:
            go.setEnabled(True)
            self._tell(progress, "no-room-here")

        go.setEnabled(False)
        progress.setProperty("role", "secondary")
        progress.say(self.tr("Preparing Camille's archives…"))
        progress.show()
        job = self._tasks.write(work).on_progress(step)
        job.on_done(lambda trial: self.opened.emit(trial.vault, trial.remove, "timeline")).on_error(failed).start()
