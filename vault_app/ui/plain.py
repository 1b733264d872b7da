"""Imported text on screen: plain text only. The one place where text that is not ours meets a widget.

Rich text in Qt opens local files and network shares by itself, so nothing from an archive ever reaches it. Direction
and control marks are shown as visible signs, and very long lines are cut.
"""

from __future__ import annotations

import unicodedata
from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPlainTextEdit, QSizePolicy, QWidget

WORD = 320
"""Pixels that one word may ask for at least."""

LONGEST = 2_000
"""Characters of a line that are shown."""

_KEPT = {"\n", "\t"}


def visible(text: str, longest: int = LONGEST) -> str:
    """A text with its control and direction marks as visible signs, each line cut at ``longest`` characters."""
    shown = text if text.isascii() and text.isprintable() else "".join(_sign(char) for char in text)
    if len(shown) <= longest:
        return shown
    return "\n".join(line if len(line) <= longest else line[: longest - 1] + "…" for line in shown.split("\n"))


def one_line(text: str, longest: int = 300) -> str:
    """The same on one line, for lists."""
    shown = visible(" ".join(text[: longest * 4].split()), longest)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _sign(char: str) -> str:
    if char in _KEPT or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs"} or char in "\u200d\u00ad":
        return char
    return "\N{REPLACEMENT CHARACTER}" if ord(char) > 0xFFFF else f"[{ord(char):02X}]"


class PlainLabel(QLabel):
    """A label that shows text as it is. ``role`` names a style of the look; wraps at words."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None, *, wrap: bool = True) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if role:
            self.setProperty("role", role)
        self.say(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(visible(text))

    def wear(self, role: str) -> None:
        """Another style of the look. Qt gives a style's frame its room only when the label's own sheet changes."""
        self.setProperty("role", role)
        self.setStyleSheet("/* measured anew */")
        self.setStyleSheet("")

    def say_place(self, text: str, place: Path | str) -> None:
        """Show a text that ends with a folder or file; a long path may go on below after each of its parts."""
        shown = visible(str(place)).replace("/", "/\u200b").replace("\\", "\\\u200b")
        self.setText(f"{visible(text)} {shown}".strip())
        self.setAccessibleName(f"{visible(text)} {visible(str(place))}".strip())

    def minimumSizeHint(self) -> QSize:
        """Never so wide that a page scrolls sideways because of one long word."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), WORD), hint.height()) if self.wordWrap() else hint


class PlainView(QPlainTextEdit):
    """Longer text to read and copy, never to change."""

    def __init__(self, name: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setPlainText(visible(text))

    def say(self, text: str) -> None:
        """Show another text."""
        self.setPlainText(visible(text))


def plain_tooltip(widget: QWidget, text: str) -> None:
    """A tool tip that shows text as it is."""
    widget.setToolTip(f"<qt>{escape(visible(text, 300))}</qt>" if text else "")


def plain_message(parent: QWidget, title: str, text: str) -> None:
    """A message with one button. Does not block: the window stays alive behind it."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(visible(title))
    box.setText(visible(text))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
