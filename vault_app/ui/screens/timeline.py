"""The timeline: when did what happen, over all sources, from decades to hours; below, the list of what is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from vault_app import words
from vault_app.explore.density import Density
from vault_app.explore.measured import Measured
from vault_app.explore.rows import Rows
from vault_app.explore.selection import Selection
from vault_app.ui.dates import span_text
from vault_app.ui.language import number, tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView
from vault_app.ui.screens.screen import EVERY_LIMIT, Screen, button
from vault_app.ui.series_names import series_name
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.density_view import Band, DensityView
from vault_app.ui.widgets.fact_table import FactTable, fact_text
from vault_app.ui.widgets.flow import wrapping
from vault_app.ui.widgets.letters import LettersButton
from vault_app.ui.widgets.links import LinksButton
from vault_app.ui.widgets.time_axis import DAY

if TYPE_CHECKING:
    from vault_app.explore.fact import Fact

FINE = 3 * 365 * DAY
"""Below this many us a bin may be shorter than a day, so the facts themselves are read."""


@dataclass(frozen=True, eq=False)
class Counted:
    """What the vault says of a selection."""

    density: Density
    measured: Measured


class TimelineScreen(Screen):
    """Bars by kind and series, and the list of the visible span."""

    name = "timeline"
    follows = EVERY_LIMIT

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._counted: Counted | None = None
        self.view = DensityView()
        self.list = FactTable(house, self.tr("Facts of the visible span, newest first"))
        self.detail = PlainView(self.tr("The fact in full"))
        self.detail.setPlaceholderText(self.tr("Choose a fact in the list to read all that is known of it."))
        self._span = PlainLabel("", "secondary", wrap=False)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(120)
        self._settle.timeout.connect(self._list_span)
        self.view.span_changed.connect(self._span_changed)
        self.view.picked.connect(self._pick)
        self.view.entered.connect(self.list.setFocus)
        self.links = LinksButton(may_open=not house.settings.shared)
        self.letters = LettersButton(house)
        self.list.chosen.connect(self._show_fact)
        self._pages = QStackedWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._pages.addWidget(self._empty())
        self._pages.addWidget(self._body())

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Timeline")

    def arrive(self) -> None:
        """Count anew, then draw."""
        vault, selection = self.house.vault, self.house.selection
        self.house.tasks.read(lambda _: Counted(Density.of(vault, selection), Measured.of(vault, selection))).replacing(
            "timeline"
        ).on_done(self._came).start()

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        tools: list[QWidget] = []
        for text, act in (
            (self.tr("Earlier"), lambda: self.view.pan(-0.5)),
            (self.tr("Later"), lambda: self.view.pan(0.5)),
            (self.tr("Zoom in"), lambda: self.view.zoom(2)),
            (self.tr("Zoom out"), lambda: self.view.zoom(0.5)),
            (self.tr("Everything"), self.view.all_of_it),
            (self.tr("Share what I see"), self._share),
        ):
            made = button(text)
            made.clicked.connect(act)
            tools.append(made)
        column.addWidget(self._span)
        column.addWidget(wrapping(*tools))
        picture = QScrollArea()
        picture.setWidgetResizable(True)
        picture.setWidget(self.view)
        picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lower = QSplitter(Qt.Orientation.Horizontal)
        lower.addWidget(self.list)
        lower.addWidget(self._fact())
        lower.setSizes([760, 240])
        lower.setChildrenCollapsible(False)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(picture)
        split.addWidget(lower)
        split.setSizes([330, 330])
        split.setChildrenCollapsible(False)
        column.addWidget(split, 1)
        return body

    def _empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setContentsMargins(6 * GAP, 6 * GAP, 6 * GAP, 6 * GAP)
        self._nothing = PlainLabel("", "heading")
        column.addWidget(self._nothing)
        go = button(self.tr("Bring in a first archive"), "primary")
        go.clicked.connect(lambda: self.house.go.emit("inbox"))
        column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return empty

    def _came(self, counted: Counted) -> None:
        first, last = _ends(counted)
        if first is None or last is None:
            self._nothing.say(
                self.tr("Your days will appear here, as soon as an archive with dates is in the vault.")
                if self.house.selection.is_everything
                else self.tr("Nothing dated fits this choice. Remove a filter above.")
            )
            self._pages.setCurrentIndex(0)
            return
        self._counted = counted
        self._pages.setCurrentIndex(1)
        margin = max(DAY, (last - first) // 60)
        self.view.show_whole(first - margin, last + margin)
        self._span_changed()

    def _span_changed(self) -> None:
        counted = self._counted
        if counted is None:
            return
        since, until, bins = self.view.since, self.view.until, self.view.bins
        self._span.say(span_text(since, until))
        if (until - since) / bins >= DAY or until - since > FINE:
            self._draw(counted.density.counts(since, until, bins), since, until, bins)
        else:
            vault = self.house.vault
            self.house.tasks.read(lambda _: counted.density.hours(vault, since, until, bins)).replacing(
                "timeline-hours"
            ).on_done(lambda counts: self._draw(counts, since, until, bins)).start()
        self._settle.start()

    def _draw(self, counts: object, since: int, until: int, bins: int) -> None:
        import numpy as np

        counted = self._counted
        if counted is None or (since, until) != (self.view.since, self.view.until):
            return
        table = np.asarray(counts, np.float64)
        dated = counted.density.counts(-(1 << 60), 1 << 60, 1)[:, 0]
        bands = [
            Band(words.kind(kind, tongue()).many, int(row.sum()), row)
            for kind, row, n in zip(counted.density.kinds, table, dated, strict=True)
            if n
        ]
        samples = counted.measured.counts(since, until, bins)
        bands += [
            Band(series_name(name), round(float(row.sum())), row)
            for name, row in zip(counted.measured.names, samples, strict=True)
        ]
        most = ", ".join(f"{band.name} {number(band.count)}" for band in bands[:4])
        summary = self.tr("Timeline, {span}: {most}").format(span=span_text(since, until), most=most)
        self.view.show_bands(tuple(bands), summary)

    def _list_span(self) -> None:
        vault = self.house.vault
        seen = self._seen()
        self.house.tasks.read(lambda _: Rows.of(vault, seen)).replacing("timeline-rows").on_done(
            self.list.show_rows
        ).start()
        self._show_fact(None)

    def _seen(self) -> Selection:
        chosen = self.house.selection
        since = self.view.since if chosen.since is None else max(chosen.since, self.view.since)
        until = self.view.until if chosen.until is None else min(chosen.until, self.view.until)
        return chosen.between(since, until)

    def _pick(self, us: int) -> None:
        rows = self.list.facts.rows
        if rows is not None:
            self.list.go_to(rows.row_of(us))

    def _fact(self) -> QWidget:
        """The fact in full, and below it the ways to its mail and its links."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.detail, 1)
        column.addWidget(self.letters)
        column.addWidget(self.links)
        return holder

    def _show_fact(self, fact: Fact | None) -> None:
        text = fact_text(fact, "") if fact is not None else ""
        self.detail.say(text)
        self.letters.look_at(fact)
        self.links.look_at(text)

    def _share(self) -> None:
        self.house.selection = self._seen()
        self.house.go.emit("share")


def _ends(counted: Counted) -> tuple[int | None, int | None]:
    """First and last time of everything dated, us."""
    days = (counted.density.first_day, counted.density.last_day)
    firsts = [t for t in (counted.measured.first, None if days[0] is None else days[0] * DAY) if t is not None]
    lasts = [t for t in (counted.measured.last, None if days[1] is None else (days[1] + 1) * DAY) if t is not None]
    return (min(firsts, default=None), max(lasts, default=None))
