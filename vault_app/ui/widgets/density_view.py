"""The picture of the timeline: a row of bars for each kind and series, from decades to hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vault_app.ui import theme
from vault_app.ui.language import number
from vault_app.ui.widgets.time_axis import DAY, HOUR, marks

ROW, AXIS, BAR = 36, 30, 4
"""Pixels: height of a row, of the axis, width of a bar with its gap."""

SHORTEST = 2 * HOUR
LONGEST = 200 * 365 * DAY
_EDGE = 3


@dataclass(frozen=True, eq=False)
class Band:
    """A row: its name, its number of facts in the visible span, and the bars (one number a bin)."""

    name: str
    count: int
    bins: npt.NDArray[np.float64]


class DensityView(QWidget):
    """Shows a span of time. ``span_changed``: the person zoomed or moved; ``picked``: a time (us) was clicked."""

    span_changed = Signal()
    picked = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.since, self.until = 0, DAY
        self._whole = (0, DAY)
        self._bands: tuple[Band, ...] = ()
        self._drag: tuple[QPoint, int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    @property
    def bins(self) -> int:
        """How many bars a row has at this width."""
        return max(10, self._plot().width() // BAR)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(700, AXIS + ROW * max(2, len(self._bands)) + 2 * _EDGE)

    def minimumSizeHint(self) -> QSize:
        """As high as its rows, so that a scroll area can hold them."""
        return QSize(400, self.sizeHint().height())

    def show_whole(self, since: int, until: int) -> None:
        """Set the span that holds everything (us), and show it."""
        self._whole = (since, max(until, since + SHORTEST))
        self.since, self.until = self._whole

    def show_bands(self, bands: tuple[Band, ...], summary: str) -> None:
        """Draw these rows; ``summary`` is what a screen reader says."""
        self._bands = bands
        self.setAccessibleName(summary)
        self.updateGeometry()
        self.update()

    def zoom(self, factor: float, at: int | None = None) -> None:
        """Show ``1 / factor`` of the span, around a time (the middle unless given)."""
        middle = at if at is not None else (self.since + self.until) // 2
        length = max(SHORTEST, min(LONGEST, (self.until - self.since) / factor))
        share = (middle - self.since) / (self.until - self.since)
        since = round(middle - share * length)
        self._move_to(since, round(since + length))

    def pan(self, share: float) -> None:
        """Move by a share of the span, later when positive."""
        step = round((self.until - self.since) * share)
        self._move_to(self.since + step, self.until + step)

    def all_of_it(self) -> None:
        """Show everything."""
        self._move_to(*self._whole)

    def _move_to(self, since: int, until: int) -> None:
        margin = max(self._whole[1] - self._whole[0], until - since)
        since = max(min(since, self._whole[1] - SHORTEST), self._whole[0] - margin // 2)
        self.since, self.until = since, since + (until - since if until > since else SHORTEST)
        self.update()
        self.span_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, + and - zoom, Home shows everything, Enter goes to the list."""
        key = event.key()
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.pan(0.25 if key == Qt.Key.Key_Right else -0.25)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Up}:
            self.zoom(2)
        elif key in {Qt.Key.Key_Minus, Qt.Key.Key_Down}:
            self.zoom(0.5)
        elif key == Qt.Key.Key_Home:
            self.all_of_it()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom where the pointer is; the wheel alone scrolls the page."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 if event.angleDelta().y() > 0 else 0.8, self._time(round(event.position().x())))
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        self._drag = (event.position().toPoint(), self.since, self.until)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the span along."""
        if self._drag is None:
            return
        begin, since, until = self._drag
        moved = event.position().toPoint().x() - begin.x()
        if abs(moved) > 3:
            step = -round(moved * (until - since) / self._plot().width())
            self._move_to(since + step, until + step)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click without a drag picks a time."""
        if self._drag is not None and (event.position().toPoint() - self._drag[0]).manhattanLength() <= 3:
            self.picked.emit(self._time(round(event.position().x())))
        self._drag = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click zooms in."""
        self.zoom(3, self._time(round(event.position().x())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has another number of bars."""
        super().resizeEvent(event)
        self.span_changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axis, rows, focus ring."""
        look, plot = theme.colours(), self._plot()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.surface))
        self._draw_axis(painter, plot)
        for row, band in enumerate(self._bands):
            self._draw_band(painter, plot, row, band)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.focus), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _draw_axis(self, painter: QPainter, plot: QRect) -> None:
        look = theme.colours()
        for us, name in marks(self.since, self.until, max(3, plot.width() // 90)):
            x = self._x(us)
            painter.setPen(QPen(QColor(look.line), 1))
            painter.drawLine(x, AXIS - 8, x, self.height() - _EDGE)
            painter.setPen(QColor(look.secondary))
            painter.drawText(QRect(x + 4, _EDGE, 120, AXIS - 4), Qt.AlignmentFlag.AlignVCenter, name)

    def _draw_band(self, painter: QPainter, plot: QRect, row: int, band: Band) -> None:
        look = theme.colours()
        top, base = AXIS + row * ROW, AXIS + (row + 1) * ROW - 4
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(plot.left(), base, plot.right(), base)
        painter.setPen(QColor(look.text))
        label = QRect(10, top, plot.left() - 18, ROW - 2)
        text = painter.fontMetrics().elidedText(band.name, Qt.TextElideMode.ElideRight, label.width())
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.setPen(QColor(look.secondary))
        right = QRect(plot.right() + 6, top, self.width() - plot.right() - 14, ROW - 2)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number(band.count))
        highest = float(band.bins.max(initial=0.0))
        if highest <= 0:
            return
        heights = np.ceil(np.sqrt(band.bins / highest) * (ROW - 10)).astype(int)
        colour = QColor(look.marks[row % len(look.marks)])
        width = plot.width() / len(band.bins)
        for place in np.flatnonzero(heights).tolist():
            height = int(heights[place])
            left = plot.left() + round(place * width)
            painter.fillRect(left, base - height, max(1, round(width) - 1), height, colour)

    def _plot(self) -> QRect:
        return QRect(QPoint(170, AXIS), QSize(max(100, self.width() - 170 - 96), max(1, self.height() - AXIS)))

    def _x(self, us: int) -> int:
        plot = self._plot()
        return plot.left() + round((us - self.since) / (self.until - self.since) * plot.width())

    def _time(self, x: int) -> int:
        plot = self._plot()
        return self.since + round((x - plot.left()) / plot.width() * (self.until - self.since))
