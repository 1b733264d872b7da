"""The black square of the rescue sheet: a QR code of the small print, drawn square by square, no image file.

Symbols only, without hyphens: letters and digits alone make the coarsest squares, which old printers and cameras read.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

Modules = tuple[tuple[bool, ...], ...]
"""Rows of squares, true for black, without the white border."""

BORDER = 4
"""White squares around it, as ISO/IEC 18004 asks for."""


def modules(block: str) -> Modules:
    """The squares for a block as ``rescue.spell_block`` gives it."""
    import segno

    code = segno.make_qr(block.replace("-", ""), error="m")
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def draw(painter: QPainter, squares: Modules, left: float, top: float, side: float) -> None:
    """Draw it with its border into a square of this side; the device's units."""
    step = side / (len(squares) + 2 * BORDER)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(left, top, side, side), Qt.GlobalColor.white)
    for y, row in enumerate(squares):
        for x, black in enumerate(row):
            if black:
                place = QRectF(left + (x + BORDER) * step, top + (y + BORDER) * step, step, step)
                painter.fillRect(place, Qt.GlobalColor.black)
    painter.restore()
