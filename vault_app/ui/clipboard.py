"""The one door to the clipboard. What leaves through it is taken back after half a minute, and at lock.

Programs that keep a history of the clipboard are asked not to keep it: KDE's by its own mark (seen to be set here),
Windows' and macOS' by theirs (written after their published names, not run here: no such machine at hand).
"""

from __future__ import annotations

import sys
from hashlib import blake2b
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

SECONDS: Final = 30
"""After so long the text is taken back, if it is still there."""

_KDE: Final = "x-kde-passwordManagerHint"
_WINDOWS: Final = (
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"',
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"',
)
_MAC: Final = ('application/x-apple-uti;value="org.nspasteboard.ConcealedType"',)


class _Lent(QObject):
    """The text that stands on the clipboard because of us, as a digest: the text itself is not kept."""

    def __init__(self) -> None:
        super().__init__()
        self.digest = b""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(take_back)


_lent: list[_Lent] = []
_watched: list[QClipboard] = []


def copy(text: str) -> None:
    """Put a text on the clipboard, for ``SECONDS``. Does nothing for an empty one."""
    if not text:
        return
    if not _lent:
        _lent.append(_Lent())
    _lent[0].digest = _digest(text)
    QGuiApplication.clipboard().setMimeData(marked(text))
    _lent[0].timer.start(SECONDS * 1000)


def watch() -> None:
    """From now on what a person copies out of a field or a text of ours is lent in the same way."""
    if not _watched:
        board = QGuiApplication.clipboard()
        board.dataChanged.connect(_seen)
        _watched.append(board)


def _seen() -> None:
    text = QGuiApplication.clipboard().text()
    if text and text == _selected() and not (_lent and _lent[0].digest == _digest(text)):
        copy(text)


def _selected() -> str:
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        return field.selectedText()
    if isinstance(field, QPlainTextEdit):
        return field.textCursor().selectedText().replace("\u2029", "\n")
    return ""


def take_back() -> None:
    """Empty the clipboard if what stands there is still ours. At lock, and after half a minute."""
    if not _lent or not _lent[0].digest:
        return
    _lent[0].timer.stop()
    board, ours = QGuiApplication.clipboard(), _lent[0].digest
    _lent[0].digest = b""
    modes = [QClipboard.Mode.Clipboard]
    if board.supportsSelection():
        modes.append(QClipboard.Mode.Selection)
    for mode in modes:
        if _digest(board.text(mode)) == ours:
            board.clear(mode)


def marked(text: str) -> QMimeData:
    """A text with the marks that ask other programs not to remember it."""
    data = QMimeData()
    data.setText(text)
    data.setData(_KDE, QByteArray(b"secret"))
    if sys.platform == "win32":
        for name in _WINDOWS:
            data.setData(name, QByteArray(bytes(4)))
    if sys.platform == "darwin":
        for name in _MAC:
            data.setData(name, QByteArray(text.encode()))
    return data


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass")).digest()
