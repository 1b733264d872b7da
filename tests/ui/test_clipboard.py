"""What is copied out of the application does not stay on the clipboard, and programs are asked not to remember it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.ui.windows import closed_window, wait_for
from vault_app.ui import clipboard
from vault_app.ui.plain import PlainView
from vault_app.ui.settings import Settings

UI = Path(clipboard.__file__).parent


@pytest.fixture
def board(qapp: QApplication) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


def test_a_copied_text_is_there_and_carries_the_marks(board: QClipboard) -> None:
    clipboard.copy("A1B2-C3D4")
    assert board.text() == "A1B2-C3D4"
    assert bytes(board.mimeData().data("x-kde-passwordManagerHint").data()) == b"secret"


def test_it_is_taken_back_after_half_a_minute(board: QClipboard) -> None:
    assert clipboard.SECONDS == 30
    clipboard.copy("A1B2-C3D4")
    (lent,) = clipboard._lent
    assert (lent.timer.isActive(), lent.timer.interval()) == (True, 30_000)
    lent.timer.start(1)
    wait_for(lambda: not board.text(), "the clipboard to be emptied", 2_000)


def test_what_somebody_else_copied_since_stays(board: QClipboard) -> None:
    clipboard.copy("A1B2-C3D4")
    board.setText("other")
    clipboard.take_back()
    assert board.text() == "other"


def test_a_second_copy_has_its_own_half_minute(board: QClipboard) -> None:
    clipboard.copy("one")
    clipboard.copy("two")
    clipboard.take_back()
    assert not board.text()


def test_an_empty_text_changes_nothing(board: QClipboard) -> None:
    board.setText("other")
    clipboard.copy("")
    clipboard.take_back()
    assert board.text() == "other"


def test_locking_and_leaving_take_it_back(board: QClipboard, qapp: QApplication, settings: Settings) -> None:
    with closed_window(qapp, settings):
        clipboard.copy("A1B2-C3D4")
    assert not board.text()


def test_what_is_copied_by_the_keyboard_is_lent_too(board: QClipboard, qapp: QApplication) -> None:
    clipboard.watch()
    window = QWidget()
    line, view = QLineEdit("secret words", window), PlainView("name", "first\nsecond", window)
    window.show()
    window.activateWindow()
    for field, text in ((line, "secret words"), (view, "first\nsecond")):
        field.setFocus()
        wait_for(field.hasFocus, "the focus", 2_000)
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert board.text() == text
        assert board.mimeData().hasFormat("x-kde-passwordManagerHint")
        clipboard.take_back()
        assert not board.text()
    window.close()


@pytest.mark.parametrize(
    ("system", "mark"),
    [("win32", "ExcludeClipboardContentFromMonitorProcessing"), ("darwin", "org.nspasteboard.ConcealedType")],
)
def test_other_systems_get_their_own_marks(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, system: str, mark: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert any(mark in name for name in clipboard.marked("x").formats())


def test_nothing_else_in_the_window_touches_the_clipboard() -> None:
    touching = re.compile(r"QClipboard|\.clipboard\(\)")
    found = {path.name for path in UI.rglob("*.py") if touching.search(path.read_text(encoding="utf-8"))}
    assert found == {"clipboard.py"}
