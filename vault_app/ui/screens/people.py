"""People: who is in the archives, over all sources; who may be one person, and what the owner answered to that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from vault_app.explore.people import People
from vault_app.ui.blur import DOTS, hidden, is_on
from vault_app.ui.language import number
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView, one_line
from vault_app.ui.screens.screen import Screen, button, card, clear, focus_soon, heading
from vault_app.ui.source_names import source_name
from vault_app.ui.tokens import GAP, TARGET
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.people_table import PeopleTable, day, handle_text

if TYPE_CHECKING:
    from vault_app.explore.likeness import Said, Suggestion
    from vault_app.explore.people import Person

ANSWERS = 20
"""So many of the owner's answers are shown, the newest of their names first."""


@dataclass(frozen=True, eq=False)
class Likeness:
    """What is asked of the owner, and what was answered."""

    asked: tuple[Suggestion, ...]
    said: tuple[Said, ...]


class PeopleScreen(Screen):
    """The list at the left; at the right the person chosen, and below the questions and answers."""

    name = "people"
    follows = frozenset({"source"})

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._person: Person | None = None
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("A name, an address, a number…"))
        self.box.setAccessibleName(self.tr("Find somebody"))
        self.box.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(200)
        self._typing.timeout.connect(self._list)
        self.box.textChanged.connect(lambda _: self._typing.start())
        self.box.returnPressed.connect(self._list)
        self.list = PeopleTable(house, self.tr("People, most mentioned first"))
        self.list.chosen.connect(self._show_person)
        self.list.entered.connect(self._to_timeline)
        self.detail = PlainView(self.tr("What is known of the person"))
        self.detail.setPlaceholderText(self.tr("Choose somebody in the list."))
        self.detail.setMinimumHeight(5 * TARGET)
        self.show_facts = button(self.tr("Show in the timeline"), "primary")
        self.show_facts.setEnabled(False)
        self.show_facts.clicked.connect(lambda: self._to_timeline(self._person))
        self._count = PlainLabel("", "heading")
        self._choices: list[QPushButton] = []
        self._asked = QWidget()
        self._questions = QVBoxLayout(self._asked)
        self._questions.setContentsMargins(0, 0, 0, 0)
        self._questions.setSpacing(GAP)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        outer.setSpacing(GAP)
        outer.addWidget(self.box)
        outer.addWidget(self._count)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        self._inner = self._side()
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._beside.setWidget(self._inner)
        split.addWidget(self._beside)
        split.setSizes([720, 380])
        split.setChildrenCollapsible(False)
        outer.addWidget(split, 1)

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("People")

    def arrive(self) -> None:
        """The list first, then who may be one person."""
        self._list()
        vault = self.house.vault

        def work(_: object) -> Likeness:
            from vault_app.explore import likeness

            people = People.of(vault)
            return Likeness(tuple(likeness.suggestions(vault, people)), tuple(likeness.said(vault, people)))

        self.house.tasks.read(work).replacing("people-likeness").on_done(self._show_likeness).start()

    def _list(self) -> None:
        vault, sources, text = self.house.vault, self.house.selection.sources, self.box.text()
        self.house.tasks.read(lambda _: People.of(vault, sources, text)).replacing("people").on_done(self._came).start()

    def _came(self, people: People) -> None:
        self._count.say(
            self.tr("%n person(s)", "", len(people)) if len(people) else self._nobody(bool(self.box.text().strip()))
        )
        self._show_person(None)
        self.list.show_people(people)

    def _nobody(self, searched: bool) -> str:
        if searched:
            return self.tr("Nobody found. Try a part of the name.")
        return self.tr("Nobody yet. Messages, calls and address books bring people here.")

    def _side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(GAP, 0, GAP, 0)
        column.setSpacing(GAP)
        column.addWidget(self.detail)
        column.addWidget(self.show_facts, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._asked)
        column.addStretch(1)
        return side

    def _fit(self) -> None:
        """The page beside the list is as wide as its widest part, so that it never scrolls sideways."""
        layout = self._inner.layout()
        if layout is not None:
            layout.activate()
        bar = self._beside.verticalScrollBar().sizeHint().width()
        self._beside.setMinimumWidth(self._inner.minimumSizeHint().width() + bar + 2 * self._beside.frameWidth())

    def _show_person(self, person: Person | None) -> None:
        self._person = person
        self.show_facts.setEnabled(person is not None and bool(person.mentions))
        self.detail.say(self._told(person) if person is not None else "")

    def _told(self, person: Person) -> str:
        """All that is known of a person; names and handles are dots while facts are hidden."""
        lines = [hidden(person.name)]
        if person.names:
            lines += ["", self.tr("Also called:"), *(f"– {hidden(name)}" for name in person.names)]
        if person.handles:
            lines += [
                "",
                self.tr("Addresses and numbers:"),
                *(f"– {hidden(handle_text(key))}" for key in person.handles),
            ]
        if person.mentions:
            lines += ["", self.tr("Mentions by source:")]
            lines += [f"– {source_name(source)} : {number(n)}" for source, n in person.mentions.items()]
        if person.first is not None:
            lines += ["", self.tr("From {first} to {last}").format(first=day(person.first), last=day(person.last))]
        if person.has_card:
            lines += ["", self.tr("In an address book or profile.")]
        return "\n".join(lines)

    def _to_timeline(self, person: Person | None) -> None:
        if person is None or not person.mentions:
            return
        self.house.selection = replace(self.house.selection, party=one_line(person.name, 80), person=person.key)
        self.house.go.emit("timeline")

    def _show_likeness(self, found: Likeness) -> None:
        """Who answers by keyboard stays among the questions."""
        focus = self.window().focusWidget()
        answering = focus is not None and self._asked.isAncestorOf(focus)
        clear(self._questions)
        self._choices.clear()
        self._questions.addWidget(heading(self.tr("Perhaps one person")))
        self._questions.addWidget(PlainLabel(self._advice(bool(found.asked)), "secondary"))
        for suggestion in found.asked:
            self._questions.addWidget(self._question(suggestion))
        if found.said:
            self._questions.addWidget(heading(self.tr("Your answers")))
        for said in found.said[:ANSWERS]:
            self._questions.addWidget(self._answer(said))
        QTimer.singleShot(0, self, self._fit)
        if answering:
            focus_soon(self._choices[0] if self._choices else self.list)

    def _advice(self, some: bool) -> str:
        if some:
            return self.tr("A name alone proves nothing: you decide, and you can take it back.")
        return self.tr("No question now. The same address or number makes one person by itself.")

    def _question(self, suggestion: Suggestion) -> QFrame:
        frame, inside = card()
        one, other = (hidden(one_line(person.name, 80)) for person in (suggestion.one, suggestion.other))
        pair = self.tr("{one} and {other}").format(one=one, other=other)
        frame.setAccessibleName(pair)
        for person in (suggestion.one, suggestion.other):
            inside.addWidget(PlainLabel(self._who(person)))
        inside.addWidget(PlainLabel(self._why(suggestion), "secondary"))
        same, two = button(self.tr("Same person")), button(self.tr("Two people"))
        same.setAccessibleName(self.tr("Same person: {pair}").format(pair=pair))
        two.setAccessibleName(self.tr("Two people: {pair}").format(pair=pair))
        same.clicked.connect(lambda: self._decide(suggestion.keys, same=True))
        two.clicked.connect(lambda: self._decide(suggestion.keys, same=False))
        inside.addWidget(wrapping(same, two))
        self._choices += [same, two]
        return frame

    def _who(self, person: Person) -> str:
        """Name, first handle and sources, on as few lines as they need."""
        handle = one_line(handle_text(person.handles[0]), 80) if person.handles else ""
        name = one_line(person.name, 80)
        sources = ", ".join(map(source_name, person.mentions)) or self.tr("address book")
        shown = handle if handle.startswith(name) else " · ".join(filter(None, (name, handle)))
        return f"{hidden(shown)} – {one_line(sources, 120)}"

    def _why(self, suggestion: Suggestion) -> str:
        one, other = (DOTS if is_on() else one_line(text, 80) for text in suggestion.shared)
        reasons = [self._reason(suggestion.why, equal=one == other).format(one=one, other=other)]
        if suggestion.same_days:
            reasons.append(self.tr("Both appear on %n same day(s).", "", suggestion.same_days))
        if suggestion.together:
            reasons.append(self.tr("Both stand in %n fact(s) together: perhaps two people.", "", suggestion.together))
        return " ".join(reasons)

    def _reason(self, why: str, *, equal: bool) -> str:
        if why == "number":
            return self.tr("The same number, once without its country: {one} and {other}.")
        if why == "address":
            return self.tr("The same address but for capital letters: {one} and {other}.")
        return self.tr("Both bear the name {one}.") if equal else self.tr("The same name: {one} and {other}.")

    def _answer(self, said: Said) -> QFrame:
        frame, inside = card()
        one, other = hidden(one_line(said.one, 80)), hidden(one_line(said.other, 80))
        if said.decision.same:
            text = self.tr("{one} and {other} are one person.").format(one=one, other=other)
        else:
            text = self.tr("{one} and {other} are two people.").format(one=one, other=other)
        if not said.holds:
            text += " " + self.tr("But an address or number that both have makes them one.")
        inside.addWidget(PlainLabel(text))
        back = button(self.tr("Take back"))
        back.setAccessibleName(self.tr("Take back: {answer}").format(answer=text))
        back.clicked.connect(lambda: self._decide((said.decision.one, said.decision.other), same=None))
        inside.addWidget(wrapping(back))
        self._choices.append(back)
        return frame

    def _decide(self, keys: tuple[str, str], *, same: bool | None) -> None:
        """Keep an answer; the screen looks again when the vault says that it has changed."""
        vault = self.house.vault
        said = {True: self.tr("One person."), False: self.tr("Two people."), None: self.tr("Taken back.")}[same]
        self.house.tasks.write(lambda _: vault.decide(*keys, same=same)).on_done(
            lambda _: self.house.announce.emit(said)
        ).start()
