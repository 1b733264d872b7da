"""How full each month is, a row a source: the darker and the higher, the fuller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from vault_app.ui import theme
from vault_app.ui.language import number
from vault_app.ui.source_names import source_name

if TYPE_CHECKING:
    from vault_app.explore.overview import Overview

ROW, AXIS, LEFT = 30, 24, 190
"""Pixels: height of a row and of the years above, width of the names."""


class MonthStrip(QWidget):
    """Shows an ``Overview``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview: Overview | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_months(self, overview: Overview) -> None:
        """Draw an overview; a screen reader hears each source with its count and span."""
        self._overview = overview
        parts = [f"{source_name(strip.source)} {number(sum(strip.counts))}" for strip in overview.strips]
        span = f"{overview.months[0]} → {overview.months[-1]}" if overview.months else ""
        self.setAccessibleName(self.tr("Months {span}: {parts}").format(span=span, parts=", ".join(parts)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        rows = len(self._overview.strips) if self._overview else 1
        return QSize(700, AXIS + ROW * rows + 6)

    def minimumSizeHint(self) -> QSize:
        """The same, narrower."""
        return QSize(360, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, years, cells, focus ring."""
        look = theme.colours()
        painter = QPainter(self)
        overview = self._overview
        if overview is not None and overview.months:
            self._draw(painter, overview)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.focus), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _draw(self, painter: QPainter, overview: Overview) -> None:
        look = theme.colours()
        width = max(1.0, (self.width() - LEFT - 12) / len(overview.months))
        every = max(1, -(-60 // max(1, round(width * 12))))
        painter.setPen(QColor(look.secondary))
        for place, month in enumerate(overview.months):
            if month.endswith("-01") and int(month[:4]) % every == 0:
                left = LEFT + round(place * width)
                painter.drawText(QRect(left, 0, 80, AXIS), Qt.AlignmentFlag.AlignVCenter, month[:4])
        for row, strip in enumerate(overview.strips):
            top = AXIS + row * ROW
            painter.setPen(QColor(look.text))
            box = QRect(QPoint(6, top), QSize(LEFT - 14, ROW))
            name = painter.fontMetrics().elidedText(source_name(strip.source), Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            colour = QColor(look.marks[row % len(look.marks)])
            for place, full in enumerate(strip.fullness):
                left, right = LEFT + round(place * width), LEFT + round((place + 1) * width)
                cell = QRect(left, top + 3, max(1, right - left - (1 if width > 3 else 0)), ROW - 7)
                if full <= 0:
                    painter.fillRect(cell.left(), cell.bottom() - 1, cell.width(), 1, QColor(look.line))
                    continue
                height = max(3, round(cell.height() * full))
                painter.fillRect(cell.left(), cell.bottom() - height, cell.width(), height, colour)
