"""A figure on screen: reached by keyboard, named by its sentence for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vault_app.ui import theme


class Picture(QWidget):
    """Shows a PNG that was drawn by this program. ``wanted`` asks for one of another size."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(220)

    def sizeHint(self) -> QSize:
        """A usual size."""
        return QSize(900, 240)

    def show_png(self, data: bytes, summary: str) -> None:
        """Show a picture; ``summary`` is what a screen reader says."""
        self._image = QImage.fromData(data)
        self.setAccessibleName(summary)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size asks for another picture."""
        super().resizeEvent(event)
        self.wanted.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, scaled until the one of the right size comes, and the focus ring."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.colours().surface))
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours().focus), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()
