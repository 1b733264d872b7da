"""Draws a cell with the words that were looked for in bold: painted, never rich text."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vault_app.explore.excerpt import excerpt


class FoundWords(QStyledItemDelegate):
    """For the column that holds a fact's title."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ""

    def look_for(self, words: str) -> None:
        """The words that are shown in bold from now on."""
        self._words = words

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The cell as usual, its text piece by piece."""
        if not self._words:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text = option.text
        option.text = ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        rect = option.rect.adjusted(11, 0, -8, 0)
        letters = rect.width() // max(1, QFontMetrics(option.font).averageCharWidth()) - 2
        shown = excerpt(text, self._words, letters)
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text) or QColor())
        plain, bold = QFont(option.font), QFont(option.font)
        bold.setWeight(QFont.Weight.Bold)
        left = rect.left()
        for piece, found in _pieces(shown.text, shown.spans):
            font = bold if found else plain
            painter.setFont(font)
            rect.setLeft(left)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, piece)
            left += QFontMetrics(font).horizontalAdvance(piece)
        painter.restore()


def _pieces(text: str, found: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in found:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, bold) for piece, bold in [*pieces, (text[at:], False)] if piece]
