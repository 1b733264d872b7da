"""What every screen is: a page of the frame that looks at the one selection."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel
from vault_app.ui.tokens import GAP

EVERY_LIMIT = frozenset({"span", "source", "kind", "text", "party"})


class Screen(QWidget):
    """A page. ``name`` is its place in the navigation; ``title`` stands in the top bar.

    ``follows``: the limits of the selection to which it keeps, as ``Chip.id`` names them; no others are shown.
    """

    name = ""
    follows: frozenset[str] = frozenset()

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.house = house
        self.fresh = False
        house.changed.connect(self.stale)
        house.selected.connect(self.stale)

    def title(self) -> str:
        """The name of the screen as a person reads it."""
        return ""

    def arrive(self) -> None:
        """The screen is shown, or what it shows has changed while it is."""

    def stale(self) -> None:
        """What it shows may have changed: look again, at once when visible, else on arrival."""
        self.fresh = False
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Arrive, once for each change."""
        if not self.fresh:
            self.fresh = True
            self.arrive()

    def changeEvent(self, event: QEvent) -> None:
        """A change of look draws pictures anew."""
        if event.type() == QEvent.Type.StyleChange:
            self.fresh = False
        super().changeEvent(event)


def page(parent: QWidget) -> tuple[QScrollArea, QVBoxLayout]:
    """A page that scrolls when it does not fit, and the layout to fill."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.setProperty("role", "page")
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(3 * GAP, 3 * GAP, 3 * GAP, 3 * GAP)
    layout.setSpacing(2 * GAP)
    area.setWidget(inner)
    return area, layout


def card(*, across: bool = False) -> tuple[QFrame, QVBoxLayout | QHBoxLayout]:
    """A framed part of a page, and its layout."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout: QVBoxLayout | QHBoxLayout = QHBoxLayout(frame) if across else QVBoxLayout(frame)
    layout.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
    layout.setSpacing(GAP)
    return frame, layout


def middle(column: QVBoxLayout, frame: QWidget, letters: int) -> None:
    """Put a card in the middle of a page, about so many letters wide where there is room."""
    frame.setMaximumWidth(frame.fontMetrics().averageCharWidth() * letters + 8 * GAP)
    frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(frame, 100)
    across.addStretch(1)
    column.addStretch(1)
    column.addLayout(across)
    column.addStretch(2)


def button(text: str, role: str = "", parent: QWidget | None = None) -> QPushButton:
    """A button; ``role`` is ``primary``, ``danger`` or ''."""
    made = QPushButton(text, parent)
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(True)
    return made


def focus_soon(widget: QWidget) -> None:
    """Give a widget the keyboard as soon as it is on screen."""
    QTimer.singleShot(0, widget, widget.setFocus)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def heading(text: str) -> PlainLabel:
    """A heading inside a page."""
    label = PlainLabel(text, "heading")
    label.setAccessibleName(text)
    return label
