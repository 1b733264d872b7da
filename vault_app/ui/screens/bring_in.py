"""One archive on its way in: the plan, then the progress, then the account, with undo."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from vault_app import plan_words, words
from vault_app.intake.plan import Plan
from vault_app.ui import language
from vault_app.ui.dates import short_day
from vault_app.ui.flows.arrival import Arrival, State
from vault_app.ui.language import number, size, tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView, one_line
from vault_app.ui.reader_names import reader_name
from vault_app.ui.screens.screen import Screen, button, card, clear, focus_soon, heading, page
from vault_app.ui.series_names import series_name
from vault_app.ui.source_names import source_name
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.drift_note import DriftNote
from vault_app.ui.widgets.flow import wrapping


class BringInScreen(Screen):
    """Shows the arrival that was chosen in the inbox."""

    name = "bring-in"

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        area, self._column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._bar = QProgressBar()
        self._passing = PlainLabel("", "secondary")
        self._percent = PlainLabel("", "heading")
        self._shown: Arrival | None = None
        self._quarters: dict[int, int] = {}
        self._told = {id(arrival) for arrival in house.finds.arrivals if arrival.state is not State.RUNNING}
        house.finds.changed.connect(self.stale)
        house.finds.changed.connect(self._tell_ends)
        house.finds.stepped.connect(self._step)

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Import")

    def look(self) -> None:
        """Another archive than the one that is shown makes the page anew."""
        if self.house.finds.shown is not self._shown:
            self.fresh = False
        super().look()

    def arrive(self) -> None:
        """Show the page that fits the arrival's state."""
        clear(self._column)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        arrival = self._shown = self.house.finds.shown
        if arrival is None or arrival.plan is None:
            column.addWidget(PlainLabel(self.tr("Choose an archive in the inbox."), "heading"))
            self._buttons(column, (self.tr("Inbox"), "primary", lambda: self.house.go.emit("inbox")))
        else:
            column.addWidget(heading(source_name(arrival.plan.source)))
            column.addWidget(PlainLabel(f"{one_line(arrival.name, 120)}   {size(arrival.plan.size)}", "secondary"))
            if arrival.state is State.RUNNING:
                self._progress_page(column, arrival)
            elif arrival.state in {State.DONE, State.UNDONE}:
                self._account_page(column, arrival)
            else:
                self._plan_page(column, arrival)
        self._column.addWidget(body)
        self._column.addStretch(1)

    def _plan_page(self, column: QVBoxLayout, arrival: Arrival) -> None:
        plan = arrival.plan
        assert plan is not None, "the page is of a planned arrival"
        if arrival.reason:
            column.addWidget(PlainLabel(language.error_sentence(arrival.reason, what=arrival.what), "danger"))
        if plan.total.total or plan.uncounted:
            column.addWidget(self._expected(plan))
        frame, inside = card()
        inside.addWidget(PlainLabel(self.tr("Which files are read"), "heading"))
        told = {one.reader: f", {plan_words.total_text(one, tongue())}" for one in plan.expected if one.total}
        for reader, count in sorted(plan.readers.items(), key=lambda pair: (-pair[1], pair[0])):
            files = self.tr("%n file(s)", "", count)
            inside.addWidget(PlainLabel(f"{reader_name(reader)} : {files}{told.get(reader, '')}"))
        rest = plan.members - sum(plan.readers.values())
        if rest > 0:
            inside.addWidget(
                PlainLabel(
                    self.tr("%n other file(s), kept whole or left out; the account says which.", "", rest), "secondary"
                )
            )
        column.addWidget(frame)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Nothing has been written yet. What you import stays encrypted in your vault; you can undo it."
                ),
                "secondary",
            )
        )
        if plan.by_kept:
            column.addWidget(PlainLabel(self.tr("It is read with a recipe that your vault keeps."), "secondary"))
        later = (self.tr("Not now"), "", lambda: self.house.go.emit("inbox"))
        look = (self.tr("Look inside"), "", lambda: self.house.go.emit("mapping"))
        more = (look, later) if any(table.recipe for table in plan.tables) else (later,)
        if plan.by_kept:
            more = ((self.tr("See my recipes"), "", lambda: self.house.go.emit("recipes")), *more)
        if plan.understood:
            first = self._buttons(column, (self.tr("Import now"), "primary", lambda: self._start(arrival)), *more)
            focus_soon(first)
        else:
            self._buttons(column, *more)

    def _expected(self, plan: Plan) -> QFrame:
        """How much there is, by kind."""
        frame, inside = card()
        inside.addWidget(PlainLabel(self.tr("What is in it"), "heading"))
        for line in plan_words.lines(plan.total, tongue()):
            inside.addWidget(PlainLabel(line))
        if plan.total.total and not plan.total.exact:
            guessed = self.tr(
                "“About” is an estimate, from the beginning of each file. The account gives the exact numbers."
            )
            inside.addWidget(PlainLabel(guessed, "secondary"))
        if plan.uncounted:
            shown = words.sentence("plan", "uncounted", tongue(), n=number(plan.uncounted))
            inside.addWidget(PlainLabel(shown, "secondary"))
        return frame

    def _progress_page(self, column: QVBoxLayout, arrival: Arrival) -> None:
        self._percent = PlainLabel(self.tr("Beginning…"), "heading")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName(self.tr("Progress of the import"))
        self._passing = PlainLabel("", "secondary")
        for widget in (self._percent, self._bar, self._passing):
            column.addWidget(widget)
        column.addWidget(
            PlainLabel(self.tr("You can go on with something else: the import continues. Pause and Cancel are below."))
        )
        self._show_progress(arrival)

    def _account_page(self, column: QVBoxLayout, arrival: Arrival) -> None:
        account = arrival.account
        assert account is not None, "the page is of a complete import"
        if arrival.state is State.UNDONE:
            column.addWidget(
                PlainLabel(self.tr("This import was undone. Nothing of it is left in the vault."), "heading")
            )
            self._buttons(column, (self.tr("Inbox"), "primary", lambda: self.house.go.emit("inbox")))
            return
        known = self.tr("{known} were known already.").format(known=number(account.known)) if account.known else ""
        column.addWidget(
            PlainLabel(self.tr("Done. {new} new facts.").format(new=number(account.new)) + f" {known}", "heading")
        )
        if account.first is not None and account.last is not None:
            column.addWidget(
                PlainLabel(
                    self.tr("From {first} to {last}.").format(
                        first=short_day(account.first), last=short_day(account.last)
                    )
                )
            )
        first = self._buttons(
            column,
            (self.tr("See the timeline"), "primary", lambda: self._see("timeline")),
            (self.tr("See the charts"), "", lambda: self._see("charts")),
            (self.tr("Undo this import"), "danger", lambda: self._undo(arrival)),
        )
        frame, inside = card()
        from vault_app.explore.selection import kind

        for name, count in sorted(account.items.items(), key=lambda pair: -pair[1]):
            named = words.kind(kind(name), tongue())
            inside.addWidget(PlainLabel(f"{number(count)}  {named.one if count == 1 else named.many}"))
        for name, count in sorted(account.samples.items(), key=lambda pair: -pair[1]):
            inside.addWidget(PlainLabel(f"{number(count)}  {series_name(name)}"))
        if account.parties:
            inside.addWidget(PlainLabel(self.tr("%n person(s) or organisation(s)", "", account.parties)))
        column.addWidget(frame)
        column.addWidget(PlainLabel(self._members(account.members), "secondary"))
        if account.notices:
            column.addWidget(PlainLabel(self.tr("%n thing(s) could not be read:", "", len(account.notices)), "heading"))
            lines = [
                f"{one_line(row.member, 80)} : "
                + words.sentence("notices", row.reason, tongue(), position=row.position, what=row.what)
                for row in account.notices[:200]
            ]
            view = PlainView(self.tr("What could not be read"), "\n".join(lines))
            view.setMinimumHeight(140)
            column.addWidget(view)
        if account.drift:
            column.addWidget(DriftNote(self.house, account.drift))
        focus_soon(first)

    def _members(self, members: dict[str, int]) -> str:
        return self.tr(
            "Files inside: {read} read, {skipped} left out on purpose, {kept} kept whole, {unknown} not understood."
        ).format(**{name: number(members.get(name, 0)) for name in ("read", "skipped", "kept", "unknown")})

    def _buttons(self, column: QVBoxLayout, *wanted: tuple[str, str, object]) -> QWidget:
        made = []
        for text, role, act in wanted:
            one = button(text, role)
            one.clicked.connect(act)
            made.append(one)
        column.addWidget(wrapping(*made))
        return made[0]

    def _start(self, arrival: Arrival) -> None:
        assert arrival.plan is not None, "only a planned arrival is imported"
        title = self.tr("Import {source}").format(source=source_name(arrival.plan.source))
        self._quarters[id(arrival)] = 0
        self._told.discard(id(arrival))
        self.house.finds.start(arrival, title)

    def _step(self, arrival: Arrival) -> None:
        if arrival is self._shown and arrival.state is State.RUNNING and self.fresh:
            self._show_progress(arrival)
        percent = _percent(arrival)
        if percent // 25 > self._quarters.get(id(arrival), 0):
            self._quarters[id(arrival)] = percent // 25
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, f"{percent} %"))

    def _show_progress(self, arrival: Arrival) -> None:
        progress = arrival.progress
        if progress is None or not progress.total:
            return
        percent = _percent(arrival)
        self._bar.setValue(percent)
        self._percent.say(self.tr("{percent} %, {count} facts").format(percent=percent, count=number(progress.records)))
        self._passing.say(self.tr("Reading: {name}").format(name=progress.member))

    def _tell_ends(self) -> None:
        """Say once how an import ended, whichever screen is shown."""
        for arrival in self.house.finds.arrivals:
            if id(arrival) in self._told or arrival.state not in {State.DONE, State.FAILED}:
                continue
            self._told.add(id(arrival))
            if arrival.account is not None:
                self.house.announce.emit(self.tr("Done. {new} new facts.").format(new=number(arrival.account.new)))
            elif arrival.reason:
                self.house.announce.emit(language.error_sentence(arrival.reason, what=arrival.what))

    def _see(self, screen: str) -> None:
        self.house.go.emit(screen)

    def _undo(self, arrival: Arrival) -> None:
        assert arrival.plan is not None, "only a planned arrival was imported"
        title = self.tr("Undo the import {source}").format(source=source_name(arrival.plan.source))
        self.house.finds.undo(arrival, title)


def _percent(arrival: Arrival) -> int:
    progress = arrival.progress
    return min(100, 100 * progress.done // progress.total) if progress is not None and progress.total else 0
