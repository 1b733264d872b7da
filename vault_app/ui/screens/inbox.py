"""The inbox: which archives were found, what they are, import or ignore. Nothing is opened without the person."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from importers.recipes.recipe import RecipeError
from vault_app import plan_words
from vault_app.intake import own_recipes
from vault_app.intake.plan import Plan
from vault_app.ui import icons, language, picker, theme
from vault_app.ui.flows.arrival import Arrival, State
from vault_app.ui.language import number, size
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, one_line
from vault_app.ui.screens.screen import Screen, button, card, clear, page
from vault_app.ui.source_names import source_name
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping

HINTS = ("google", "enedis", "netflix", "spotify", "apple", "mail")
"""Services whose archive is easy to get, and how; ids of the group ``hints``."""


class InboxScreen(Screen):
    """Archives on their way in."""

    name = "inbox"

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        area, self._column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._head = PlainLabel("", "heading")
        self._column.addWidget(self._head)
        self._column.addWidget(self._drop())
        self._list = QVBoxLayout()
        self._list.setSpacing(GAP)
        self._column.addLayout(self._list)
        self._column.addWidget(self._hints())
        self._column.addStretch(1)
        house.finds.changed.connect(self.stale)

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Inbox")

    def arrive(self) -> None:
        """Show what was found, newest first."""
        finds = self.house.finds
        shown = [arrival for arrival in finds.arrivals if arrival.state is not State.IGNORED]
        watched = self.house.settings.watched
        found = self.tr("%n file(s) found. Nothing is opened without your consent.", "", len(shown))
        waiting = self.tr("Nothing has arrived yet.")
        place = (
            self.tr("Watched folder: {place}").format(place=watched) if watched else self.tr("No folder is watched.")
        )
        self._head.say(f"{found if shown else waiting}  {place}")
        clear(self._list)
        for arrival in shown:
            self._list.addWidget(self._row(arrival))

    def _drop(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "drop")
        row = QHBoxLayout(frame)
        row.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 3 * GAP)
        row.setSpacing(2 * GAP)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("download", theme.colours().accent, 36))
        row.addWidget(picture)
        inside = QVBoxLayout()
        inside.addWidget(PlainLabel(self.tr("Drop a file or folder here that you received from a service.")))
        row.addLayout(inside, 1)
        choose = button(self.tr("Choose a file…"))
        choose.clicked.connect(self._choose)
        folder = button(self.tr("Choose a folder…"))
        folder.clicked.connect(self._choose_folder)
        recipes = button(self.tr("Recipes of tables…"))
        recipes.clicked.connect(lambda: self.house.go.emit("recipes"))
        inside.addWidget(wrapping(choose, folder, recipes))
        return frame

    def _hints(self) -> QFrame:
        from vault_app import words

        frame, column = card()
        column.addWidget(PlainLabel(self.tr("Where do such files come from?"), "heading"))
        for name in HINTS:
            column.addWidget(PlainLabel(words.sentence("hints", name, language.tongue())))
        return frame

    def _row(self, arrival: Arrival) -> QFrame:
        frame, column = card()
        column.addWidget(PlainLabel(self._what(arrival), "heading"))
        column.addWidget(PlainLabel(one_line(self._files(arrival), 160), "secondary"))
        column.addWidget(PlainLabel(self._state(arrival), "danger" if arrival.reason else ""))
        made = self._buttons(arrival)
        for one in made:
            one.setAccessibleName(f"{one.text()} : {one_line(arrival.name, 60)}")
        if made:
            column.addWidget(wrapping(*made))
        return frame

    def _buttons(self, arrival: Arrival) -> list[QPushButton]:
        made: list[QPushButton] = []
        if arrival.state is State.RUNNING:
            watch = button(self.tr("Watch"))
            watch.clicked.connect(lambda: self._show(arrival))
            return [watch]
        if arrival.state in {State.DONE, State.UNDONE}:
            account = button(self.tr("Account"))
            account.clicked.connect(lambda: self._show(arrival))
            return [account] if arrival.account else []
        if arrival.ready:
            go = button(self.tr("See and import"), "primary")
            go.clicked.connect(lambda: self._show(arrival))
            made.append(go)
        if self._maybe_recipe(arrival):
            take = button(self.tr("Take in as a recipe"), "primary")
            take.clicked.connect(lambda: self._take_recipe(arrival))
            made.append(take)
        if arrival.state is not State.LOOKING:
            ignore = button(self.tr("Ignore"))
            ignore.clicked.connect(lambda: self.house.finds.ignore(arrival))
            made.append(ignore)
        return made

    def _what(self, arrival: Arrival) -> str:
        plan = arrival.plan
        if plan is None:
            return one_line(arrival.name, 80)
        return source_name(plan.source) if plan.understood and not plan.kept_whole else self.tr("Not recognised")

    def _files(self, arrival: Arrival) -> str:
        names = " + ".join(path.name for path in arrival.paths)
        return f"{names}   {size(arrival.plan.size)}" if arrival.plan else names

    def _state(self, arrival: Arrival) -> str:
        plan, account = arrival.plan, arrival.account
        if arrival.reason:
            return language.error_sentence(arrival.reason, what=arrival.what)
        if arrival.state is State.DONE and account is not None:
            text = self.tr("Imported: {new} new, {known} known already.")
            return text.format(new=number(account.new), known=number(account.known))
        if arrival.state is State.PLANNED and plan is not None and plan.kept_whole:
            return self.tr("Nobody here can read this file yet. It can be kept whole, as a document.")
        if arrival.state is State.PLANNED and plan is not None:
            text = self.tr("Recognised: {known} of {all} files inside.")
            shown = text.format(known=number(plan.recognised), all=number(plan.members))
            if not plan.understood:
                return language.error_sentence("nothing-understood")
            return f"{shown} {self._expected(plan)}".rstrip()
        return {
            State.LOOKING: self.tr("Being looked at…"),
            State.RUNNING: self.tr("Being imported…"),
            State.UNDONE: self.tr("This import was undone."),
        }.get(arrival.state, "")

    def _expected(self, plan: Plan) -> str:
        """How much there is, in one number; '' when that cannot be told."""
        if not plan.total.total:
            return ""
        return self.tr("In it: {facts}.").format(facts=plan_words.total_text(plan.total, language.tongue()))

    def _show(self, arrival: Arrival) -> None:
        self.house.finds.shown = arrival
        self.house.go.emit("bring-in")

    def _maybe_recipe(self, arrival: Arrival) -> bool:
        """Whether a file that is read as nothing else is called like a recipe."""
        plan = arrival.plan
        nothing = plan is not None and (not plan.understood or plan.kept_whole)
        return nothing and len(arrival.paths) == 1 and arrival.name.lower().endswith(own_recipes.ENDING)

    def _take_recipe(self, arrival: Arrival) -> None:
        vault, path = self.house.vault, arrival.paths[0]

        def kept(_: object) -> None:
            self.house.finds.ignore(arrival)
            self.house.go.emit("recipes")

        def refused(error: BaseException) -> None:
            reason = error.reason if isinstance(error, RecipeError) else "no-such-file"
            arrival.failed(reason, one_line(error.what, 60) if isinstance(error, RecipeError) else "")
            self.stale()

        job = self.house.tasks.write(lambda _: own_recipes.keep(vault, own_recipes.read_file(path), path.stem))
        job.on_done(kept).on_error(refused).start()

    def _choose(self) -> None:
        chosen = picker.choose_files(self, self.tr("Files received from a service"), self._start())
        if chosen:
            self.house.finds.add(chosen)

    def _choose_folder(self) -> None:
        chosen = picker.choose_folder(self, self.tr("Folder received from a service"), self._start())
        if chosen is not None:
            self.house.finds.add([chosen])

    def _start(self) -> Path:
        return self.house.settings.watched or Path.home()
