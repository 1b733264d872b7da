"""A page of text on paper or as a PDF: lines with a size each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QDialog, QWidget

from vault_app.ui import theme

Lines = Sequence[tuple[str, float, bool]]
"""Each line with its size in points, and whether it is in fixed width."""


def print_lines(parent: QWidget, lines: Lines) -> bool:
    """Ask for a printer and print; returns whether the person agreed."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    _draw(printer, lines)
    return True


def write_pdf(path: Path, title: str, lines: Lines) -> None:
    """Write a PDF of A4 pages."""
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    margins = QMarginsF(20, 20, 20, 20)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter))
    _draw(writer, lines)


def _draw(device: QPagedPaintDevice, lines: Lines) -> None:
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
    finally:
        painter.end()
