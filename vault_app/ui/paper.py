"""A page of text on paper or as a PDF: lines with a size each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QDialog, QWidget

from vault_app.ui import theme

Lines = Sequence[tuple[str, float, bool]]
"""Each line with its size in points, and whether it is in fixed width."""


@dataclass(frozen=True)
class Square:
    """A drawing below the lines. ``side``: millimetres; ``draw``: painter, left, top and side in the device's units."""

    side: float
    draw: Callable[[QPainter, float, float, float], None]


def print_lines(parent: QWidget, lines: Lines, below: Square | None = None) -> bool:
    """Ask for a printer and print; returns whether the person agreed."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    _draw(printer, lines, below)
    return True


def write_pdf(path: Path, title: str, lines: Lines, below: Square | None = None) -> None:
    """Write a PDF of A4 pages."""
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    margins = QMarginsF(20, 20, 20, 20)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter))
    _draw(writer, lines, below)


def _draw(device: QPagedPaintDevice, lines: Lines, below: Square | None) -> None:
    painter = QPainter(device)
    try:
        view, dpi, y = painter.viewport(), painter.device().logicalDpiY(), 0.0
        for text, points, fixed in lines:
            font = QFont("monospace") if fixed else QFont(theme.FAMILY)
            font.setPointSizeF(points)
            painter.setFont(font)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
            box = painter.boundingRect(QRectF(0, y, view.width(), 1e6), flags, text)
            if box.bottom() > view.height() and y:
                device.newPage()
                box.moveTop(0)
            painter.drawText(box, flags, text)
            y = box.bottom() + dpi * 0.22
        if below is not None:
            side = below.side / 25.4 * dpi
            if y + side > view.height():
                device.newPage()
                y = 0.0
            below.draw(painter, 0.0, y, side)
    finally:
        painter.end()
