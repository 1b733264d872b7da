"""The one selection as chips: what is chosen, each with a way to let it go."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vault_app import words
from vault_app.explore.selection import Selection
from vault_app.ui import icons
from vault_app.ui.blur import hidden
from vault_app.ui.dates import span_text
from vault_app.ui.language import tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import one_line
from vault_app.ui.screens.screen import EVERY_LIMIT, clear
from vault_app.ui.source_names import source_name
from vault_app.ui.widgets.flow import FlowLayout


class Chips(QWidget):
    """Chips for sources, kinds, span, words and party of the selection; a click lets go of one."""

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._follows: frozenset[str] = frozenset()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = FlowLayout(self)
        house.selected.connect(self._show)
        self._show()

    def follow(self, limits: frozenset[str]) -> None:
        """Show only the limits to which the screen below keeps: a chip that changes nothing would mislead."""
        if limits != self._follows:
            self._follows = limits
            self._show()

    def _show(self) -> None:
        clear(self._row)
        parts = chips(self._house.selection, self._follows)
        for text, without in parts:
            self._row.addWidget(self._chip(text, without))
        self.setVisible(bool(parts))

    def _chip(self, text: str, without: Selection) -> QPushButton:
        made = QPushButton(icons.icon("x"), one_line(text, 40))
        made.setProperty("role", "chip")
        made.setAccessibleName(self.tr("Remove the filter {name}").format(name=one_line(text, 40)))
        made.clicked.connect(lambda: self._let_go(without))
        return made

    def _let_go(self, without: Selection) -> None:
        self._house.selection = without


def chips(selection: Selection, limits: frozenset[str] = EVERY_LIMIT) -> list[tuple[str, Selection]]:
    """The parts of a selection as text, each with the selection without it. ``limits``: only parts of these kinds."""
    parts: list[tuple[str, Selection]] = []
    if "span" in limits and (selection.since is not None or selection.until is not None):
        parts.append((span_text(selection.since, selection.until), selection.between(None, None)))
    for source in selection.sources if "source" in limits else ():
        rest = tuple(other for other in selection.sources if other != source)
        parts.append((source_name(source), replace(selection, sources=rest)))
    for kind in selection.kinds if "kind" in limits else ():
        kept = tuple(other for other in selection.kinds if other != kind)
        parts.append((words.kind(kind, tongue()).many, replace(selection, kinds=kept)))
    if selection.text and "text" in limits:
        parts.append((f"« {hidden(selection.text)} »", replace(selection, text="")))
    if selection.names_somebody and "party" in limits:
        parts.append((hidden(selection.party or selection.person), replace(selection, party="", person="")))
    return parts
