"""A folder or file on one line; what does not fit is left out in the middle, where it is missed least."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vault_app.ui.plain import PlainLabel, one_line


class ShortPath(PlainLabel):
    """Shows a path after a word or two; screen readers get it whole."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", role, parent, wrap=False)
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say_path(self, text: str, path: Path) -> None:
        """Show another path."""
        self._whole = one_line(f"{text} {path}", 2_000)
        self.setAccessibleName(self._whole)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows more or less of it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.contentsRect().width()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room))


def short_name(name: str, longest: int = 60) -> str:
    """A name for a sentence: beyond so many characters its middle is left out."""
    shown = one_line(name, 2_000)
    if len(shown) <= longest:
        return shown
    kept = longest - 1
    return f"{shown[: kept - kept // 2]}…{shown[-(kept // 2) :]}"
