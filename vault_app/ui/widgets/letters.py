"""The way from a fact to the mail that told it, and from a mail to the facts that it tells: a button, then a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from importers.records import Kind
from vault_app import words
from vault_app.explore.letters import SOURCE, related
from vault_app.ui.dates import day_text, time_text
from vault_app.ui.language import tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView
from vault_app.ui.screens.screen import button, page
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.fact_table import fact_text
from vault_app.ui.widgets.flow import wrapping

if TYPE_CHECKING:
    from vault_app.explore.fact import Fact


class LettersButton(QPushButton):
    """Stands below a fact that came out of a mail, and below a mail that tells facts; hidden otherwise."""

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._wanted: int | None = None
        self.found: list[Fact] = []
        self.clicked.connect(self._show)
        self.hide()

    def look_at(self, fact: Fact | None) -> None:
        """Look for what goes with another fact. The question goes through the tasks; the window does not wait."""
        self.found = []
        self.hide()
        self._wanted = None
        if fact is None or fact.source != SOURCE:
            return
        self._wanted = fact.id
        vault, tasks = self._house.vault, self._house.tasks
        asked = tasks.read(lambda _: related(vault, fact)).replacing("letters")
        asked.on_done(lambda found: self._offer(fact.id, found)).start()

    def _offer(self, asked: int, found: list[Fact]) -> None:
        if asked != self._wanted:
            return  # another fact was chosen meanwhile
        self.found = found
        if found and found[0].kind is Kind.MESSAGE:
            self.setText(self.tr("Show the %n mail(s) that say so…", "", len(found)))
        else:
            self.setText(self.tr("Show the %n fact(s) that this mail tells…", "", len(found)))
        self.setVisible(bool(found))

    def _show(self) -> None:
        LettersDialog(self.found, parent=self.window()).open()


class LettersDialog(QDialog):
    """Mails or facts in full, one below the other."""

    def __init__(self, found: list[Fact], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mails = bool(found) and found[0].kind is Kind.MESSAGE
        self.setWindowTitle(self.tr("Mails that say so") if mails else self.tr("What this mail tells"))
        self.setProperty("role", "page")
        self.resize(700, 520)
        area, column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, GAP)
        outer.addWidget(area)
        for fact in found:
            column.addWidget(self._row(fact, 20 if len(found) == 1 else 10))
        column.addStretch(1)
        close = button(self.tr("Close"))
        close.clicked.connect(self.accept)
        outer.addWidget(wrapping(close))

    def _row(self, fact: Fact, lines: int) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, GAP)
        kind = words.kind(fact.kind, tongue()).one
        heading = " · ".join(part for part in (kind, _when(fact)) if part)
        column.addWidget(PlainLabel(heading, "heading"))
        whole = PlainView(heading)
        whole.say(fact_text(fact, ""))
        whole.setMinimumHeight(lines * self.fontMetrics().lineSpacing())
        column.addWidget(whole)
        return row


def _when(fact: Fact) -> str:
    """Day and time of a fact; '' without any."""
    if fact.start is None:
        return ""
    stamp = (fact.start, fact.offset, fact.precision)
    return f"{day_text(*stamp)} {time_text(*stamp)}".strip()
