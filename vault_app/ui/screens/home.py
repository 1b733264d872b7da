"""Home: the one next step, then what is in the vault, how full each month is, and this day in other years."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from vault_app.ui import figures
from vault_app.ui.blur import hidden
from vault_app.ui.dates import day_text
from vault_app.ui.flows.arrival import Arrival
from vault_app.ui.language import number, size
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, one_line
from vault_app.ui.screens.screen import Screen, button, card, clear, page
from vault_app.ui.source_names import source_name
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.half_note import HalfNote
from vault_app.ui.widgets.month_strip import MonthStrip

if TYPE_CHECKING:
    from vault_app.explore.overview import Overview


class HomeScreen(Screen):
    """What is in the vault, and what next."""

    name = "home"

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        area, self._column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.half = HalfNote(house, self)
        self._column.addWidget(self.half)
        self._next = QVBoxLayout()
        self._column.addLayout(self._next)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(2 * GAP)
        self._column.addLayout(self._rest)
        self._column.addStretch(1)
        self._empty = True
        house.finds.changed.connect(self._show_next)
        house.tasks.read(lambda _: figures.warm_up()).start()

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Home")

    def arrive(self) -> None:
        """Ask what there is."""
        vault = self.house.vault
        now = QDate.currentDate()
        today = date(now.year(), now.month(), now.day())

        def work(_: object) -> tuple[Overview, list[object]]:
            from vault_app.explore.overview import Overview as Found
            from vault_app.explore.overview import this_day

            return Found.of(vault), list(this_day(vault, today))

        self.house.tasks.read(work).replacing("home").on_done(self._came).start()
        self.house.halves.look()
        self._show_next()

    def _came(self, found: tuple[Overview, list[object]]) -> None:
        overview, memories = found
        clear(self._rest)
        self._empty = not (overview.facts or overview.samples)
        self._show_next()
        if self._empty:
            return
        self._rest.addWidget(self._numbers(overview))
        strip = MonthStrip()
        strip.show_months(overview)
        frame, inside = card()
        inside.addWidget(PlainLabel(self.tr("How full each month is"), "heading"))
        inside.addWidget(strip)
        self._rest.addWidget(frame)
        if memories:
            self._rest.addWidget(self._memories(memories))

    def _numbers(self, overview: Overview) -> QWidget:
        cards: list[QWidget] = []
        years = "–"
        if overview.first_year is not None and overview.last_year is not None:
            years = f"{overview.first_year} → {overview.last_year}"
        for value, name in (
            (number(overview.sources), self.tr("source(s)", "", overview.sources)),
            (number(overview.facts), self.tr("facts")),
            (number(overview.samples), self.tr("measurements")),
            (years, self.tr("years")),
        ):
            frame, inside = card()
            inside.addWidget(PlainLabel(value, "number", wrap=False))
            inside.addWidget(PlainLabel(name, "secondary"))
            frame.setAccessibleName(f"{value} {name}")
            frame.setMinimumWidth(180)
            cards.append(frame)
        return wrapping(*cards)

    def _memories(self, memories: list[object]) -> QFrame:
        frame, inside = card()
        inside.addWidget(PlainLabel(self.tr("On this day"), "heading"))
        for fact in memories[:5]:
            start, offset, precision = fact.start, fact.offset, fact.precision  # type: ignore[attr-defined]
            title = hidden(one_line(fact.title or fact.text, 120))  # type: ignore[attr-defined]
            source = source_name(fact.source)  # type: ignore[attr-defined]
            inside.addWidget(PlainLabel(f"{day_text(start, offset, precision)} : {title}  ({source})"))
        return frame

    def _show_next(self) -> None:
        clear(self._next)
        frame, inside = card()
        waiting = [arrival for arrival in self.house.finds.waiting if arrival.ready]
        if waiting:
            self._arrived(inside, waiting[0])
        elif self._empty:
            inside.addWidget(PlainLabel(self.tr("Next step: bring in a first archive."), "heading"))
            inside.addWidget(
                PlainLabel(self.tr("A file from Google, Enedis, Netflix, Spotify or Apple Health is a good beginning."))
            )
            self._button(inside, self.tr("Bring in a first archive"), "inbox")
        else:
            inside.addWidget(PlainLabel(self.tr("Next step: look at your days."), "heading"))
            self._button(inside, self.tr("See the timeline"), "timeline")
        self._next.addWidget(frame)

    def _arrived(self, inside: QVBoxLayout | QHBoxLayout, arrival: Arrival) -> None:
        plan = arrival.plan
        assert plan is not None, "a ready arrival has a plan"
        text = self.tr("Next step: your archive of {source} has arrived ({size}).")
        inside.addWidget(PlainLabel(text.format(source=source_name(plan.source), size=size(plan.size)), "heading"))
        go = button(self.tr("See and import"), "primary")

        def show() -> None:
            self.house.finds.shown = arrival
            self.house.go.emit("bring-in")

        go.clicked.connect(show)
        inside.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)

    def _button(self, inside: QVBoxLayout | QHBoxLayout, text: str, screen: str) -> None:
        go = button(text, "primary")
        go.clicked.connect(lambda: self.house.go.emit(screen))
        inside.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
