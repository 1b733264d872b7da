"""Search: one box, kinds and sources at the left, facts at the right with the words found in bold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from importers.records import KINDS, Kind
from vault_app import words
from vault_app.explore.density import Density
from vault_app.explore.rows import Rows
from vault_app.explore.selection import Selection
from vault_app.explore.tally import tally
from vault_app.ui.language import number, tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView
from vault_app.ui.screens.screen import EVERY_LIMIT, Screen, button, clear
from vault_app.ui.source_names import source_name
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.fact_table import FactTable, fact_text
from vault_app.ui.widgets.found_words import FoundWords
from vault_app.ui.widgets.letters import LettersButton
from vault_app.ui.widgets.links import LinksButton

if TYPE_CHECKING:
    from vault_app.explore.fact import Fact

SHORTEST = 3
"""Letters from which on each key press searches."""


@dataclass(frozen=True, eq=False)
class Facets:
    """How many facts a choice would have: by kind with the kinds let go, by source with the sources let go."""

    kinds: dict[Kind, int]
    sources: dict[str, int]
    total: int


class SearchScreen(Screen):
    """Finds facts by words, kinds and sources: it edits the one selection."""

    name = "search"
    follows = EVERY_LIMIT

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Words, a name, a place… « two words » together"))
        self.box.setAccessibleName(self.tr("Words to find"))
        self.box.setClearButtonEnabled(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(150)
        self._typing.timeout.connect(self._search)
        self.box.textEdited.connect(lambda _: self._typing.start())
        self.box.returnPressed.connect(self._search)
        self.list = FactTable(house, self.tr("Facts found, newest first"))
        self._bold = FoundWords(self.list)
        self.list.setItemDelegateForColumn(3, self._bold)
        self.detail = PlainView(self.tr("The fact in full"))
        self.detail.setPlaceholderText(self.tr("Choose a fact in the list to read all that is known of it."))
        self.links = LinksButton(may_open=not house.settings.shared)
        self.letters = LettersButton(house)
        self.list.chosen.connect(self._show_fact)
        self._count = PlainLabel("", "heading")
        self._help = PlainLabel("", "secondary")
        self._facets = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(3 * GAP, 2 * GAP, 3 * GAP, 2 * GAP)
        outer.setSpacing(GAP)
        row = QHBoxLayout()
        row.addWidget(self.box, 1)
        share = button(self.tr("Share what I see"))
        share.clicked.connect(lambda: house.go.emit("share"))
        row.addWidget(share)
        outer.addLayout(row)
        outer.addWidget(self._count)
        outer.addWidget(self._help)
        outer.addWidget(self._split(), 1)

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Search")

    def arrive(self) -> None:
        """Ask for the rows first, then for the counts."""
        vault, chosen = self.house.vault, self.house.selection
        if self.box.text().strip() != chosen.text:
            self.box.setText(chosen.text)
        self._bold.look_for(chosen.text)
        tasks = self.house.tasks
        tasks.read(lambda _: Rows.of(vault, chosen)).replacing("search-rows").on_done(self.list.show_rows).start()
        tasks.read(lambda _: facets(self.house, chosen)).replacing("search-facets").on_done(self._show_facets).start()
        self._show_fact(None)

    def _split(self) -> QSplitter:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, GAP, 0)
        column.addLayout(self._facets)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(side)
        area.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26 + 60)
        found = QSplitter(Qt.Orientation.Vertical)
        found.addWidget(self.list)
        found.addWidget(self._fact())
        found.setSizes([420, 160])
        found.setChildrenCollapsible(False)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(area)
        split.addWidget(found)
        split.setSizes([240, 800])
        split.setChildrenCollapsible(False)
        return split

    def _search(self) -> None:
        text = self.box.text().strip()
        if not text or len(text) >= SHORTEST:
            self.house.selection = replace(self.house.selection, text=text)

    def _show_facets(self, found: Facets) -> None:
        chosen = self.house.selection
        self._count.say(self.tr("%n fact(s)", "", found.total))
        self._help.say("" if found.total else self._advice(chosen))
        self._help.setVisible(not found.total)
        focus = self.window().focusWidget()
        held = focus.objectName() if isinstance(focus, QCheckBox) else ""
        clear(self._facets)
        self._facets.addWidget(PlainLabel(self.tr("Kinds"), "heading"))
        for kind, count in found.kinds.items():
            box = self._facet(str(kind), words.kind(kind, tongue()).many, count, held)
            box.setChecked(kind in chosen.kinds)
            box.clicked.connect(lambda _=False, kind=kind: self._turn_kind(kind))
        self._facets.addWidget(PlainLabel(self.tr("Sources"), "heading"))
        for source, count in found.sources.items():
            box = self._facet(f"source {source}", source_name(source), count, held)
            box.setChecked(source in chosen.sources)
            box.clicked.connect(lambda _=False, source=source: self._turn_source(source))

    def _facet(self, mark: str, name: str, count: int, held: str) -> QCheckBox:
        """A choice. It gets the keyboard when the one of the same mark, whose place it takes, had it."""
        box = QCheckBox(f"{name}  {number(count)}".replace("&", "&&"))
        box.setObjectName(mark)
        self._facets.addWidget(box)
        if mark == held:
            box.setFocus()
        return box

    def _advice(self, chosen: Selection) -> str:
        if chosen.text and (chosen.kinds or chosen.sources or chosen.since is not None or chosen.until is not None):
            return self.tr("Nothing found. Try without the filters above, or with fewer words.")
        if chosen.text:
            return self.tr("Nothing found. Try fewer words, or only the beginning of a word.")
        return self.tr("Nothing here yet. Bring in an archive from the inbox.")

    def _turn_kind(self, kind: Kind) -> None:
        kinds = self.house.selection.kinds
        chosen = tuple(k for k in kinds if k != kind) if kind in kinds else (*kinds, kind)
        self.house.selection = replace(self.house.selection, kinds=chosen)

    def _turn_source(self, source: str) -> None:
        sources = self.house.selection.sources
        chosen = tuple(s for s in sources if s != source) if source in sources else (*sources, source)
        self.house.selection = replace(self.house.selection, sources=chosen)

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


def facets(house: OpenVault, chosen: Selection) -> Facets:
    """Count the choices. In a thread; words make it slow, so the rows come first."""
    connection = house.vault.read()
    by_kind = tally(connection, replace(chosen, kinds=()), "kind")
    counted = np.bincount(by_kind.codes, by_kind.n, len(KINDS)).astype(np.int64)
    order = [code for code in np.argsort(-counted, kind="stable").tolist() if counted[code]]
    by_source = Density.of(house.vault, replace(chosen, sources=()))
    total = by_source.total if not chosen.sources else Density.of(house.vault, chosen).total
    return Facets({KINDS[code]: int(counted[code]) for code in order}, by_source.by_source(), total)
