"""The ledger as its owner reads it: what was done to the vault and when, the newest first, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from vault_app import words
from vault_app.ui.language import locale, number, tongue
from vault_app.ui.plain import one_line
from vault_app.ui.tokens import TARGET
from vault_app.vault.ledger import Line, Op

MOST = 1000
"""Lines that are shown."""


class LedgerList(QTableWidget):
    """Two columns: when, and what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 2, parent)
        self.setAccessibleName(self.tr("Register of what was done to the vault, newest first"))
        self.setHorizontalHeaderLabels([self.tr("When"), self.tr("What was done")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(TARGET - 8)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setMinimumHeight(6 * TARGET)

    def show_lines(self, lines: list[Line]) -> None:
        """Show the newest of them."""
        shown = lines[: -MOST - 1 : -1]
        self.setRowCount(len(shown))
        for row, line in enumerate(shown):
            for column, text in enumerate((when(line), what(line))):
                self.setItem(row, column, QTableWidgetItem(one_line(text)))


def when(line: Line) -> str:
    """The time of a line, in the computer's zone."""
    moment = QDateTime.fromSecsSinceEpoch(line.time // 1_000_000)
    return locale().toString(moment, QLocale.FormatType.ShortFormat)


def what(line: Line) -> str:
    """A line as a sentence."""
    name = f"{line.op}-to" if line.op == Op.EXPORT_PREPARED and "to" in line.detail else line.op
    return words.sentence("ledger", name, tongue(), **_values(line.detail))


def _values(detail: Mapping[str, object]) -> dict[str, str]:
    return {name: number(value) if type(value) is int else str(value) for name, value in detail.items()}
