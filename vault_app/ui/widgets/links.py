"""Links of a fact: the text itself is never clickable. A button shows each address in full, with Copy.

Opening is a second step of its own, and not offered on a shared computer.
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from vault_app.ui import clipboard
from vault_app.ui.flows.addresses import Address, addresses, open_in_browser
from vault_app.ui.plain import PlainLabel, PlainView
from vault_app.ui.screens.screen import button, page
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping


class LinksButton(QPushButton):
    """Stands below a text that has links; hidden otherwise. ``may_open``: whether a link may be opened here."""

    def __init__(self, *, may_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_open = may_open
        self.found: list[Address] = []
        self.clicked.connect(self._show)
        self.hide()

    def look_at(self, text: str) -> None:
        """Look for links in another text."""
        self.found = addresses(text)
        self.setText(self.tr("%n link(s) in this text…", "", len(self.found)))
        self.setVisible(bool(self.found))

    def _show(self) -> None:
        LinksDialog(self.found, may_open=self._may_open, parent=self.window()).open()


class LinksDialog(QDialog):
    """The addresses in full."""

    def __init__(self, found: list[Address], *, may_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Links in this text"))
        self.setProperty("role", "page")
        self.resize(700, 460)
        self._may_open = may_open
        area, column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, GAP)
        outer.addWidget(area)
        if may_open:
            told = self.tr(
                "A link opens in your browser, not here. Its owner then knows that you came. The browser starts without"
                " the Internet if it was not open before: then copy the address instead."
            )
        else:
            told = self.tr("On a shared computer links are not opened from here. You can copy them.")
        column.addWidget(PlainLabel(told, "secondary"))
        for address in found:
            column.addWidget(self._row(address))
        column.addStretch(1)
        close = button(self.tr("Close"))
        close.clicked.connect(self.accept)
        outer.addWidget(wrapping(close))

    def _row(self, address: Address) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, GAP)
        column.addWidget(PlainLabel(self.tr("Site: {site}").format(site=address.site), "heading"))
        whole = PlainView(self.tr("The whole address"), address.text)
        whole.setMaximumHeight(4 * self.fontMetrics().lineSpacing())
        column.addWidget(whole)
        copied = button(self.tr("Copy the address"))
        copied.clicked.connect(lambda: clipboard.copy(address.text))
        ways: list[QWidget] = [copied]
        if self._may_open:
            opened = button(self.tr("Open in the browser"))
            opened.clicked.connect(lambda: self._open(address, opened))
            ways.append(opened)
        column.addWidget(wrapping(*ways))
        return row

    def _open(self, address: Address, way: QPushButton) -> None:
        if not open_in_browser(address):
            way.setText(self.tr("No browser was found"))
