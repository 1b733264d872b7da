"""Icons: our own SVG files, coloured when they are loaded. No SVG from elsewhere is ever given to Qt."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vault_app.ui import theme
from vault_app.words import RESOURCES

SIZE = 22
"""Pixels of an icon at 100 %."""


def icon(name: str, colour: str = "") -> QIcon:
    """The icon of a file in ``resources/icons``, in the look's text colour unless another is given."""
    return QIcon(pixmap(name, colour or theme.colours().text, SIZE * 2))


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The same as a picture of ``size`` pixels."""
    text = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture
