"""Real windows over a vault that stays open, and what a person does in them: keys, clicks, waiting for the work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from vault_app.ui import language, theme
from vault_app.ui.frame import Frame
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.screens import all_screens
from vault_app.ui.screens.screen import Screen
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault

SCREENS = tuple(kind.name for kind in Screen.__subclasses__() if kind.__module__.startswith(all_screens.__package__))
"""Names of all screens of an open vault."""

PATIENCE = 30_000
"""Milliseconds after which a test gives up waiting."""


def wait_for(condition: Callable[[], object], what: str, patience: int = PATIENCE) -> None:
    """Let the window live until something is true; fails with ``what`` when it never is."""
    deadline = QDeadlineTimer(patience)
    while not condition():
        assert not deadline.hasExpired(), f"waited in vain for {what}"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        time.sleep(0.001)  # the workers need the interpreter as well


def settle(window: Window) -> None:
    """Wait until no work is left, no short timer runs and everything is painted."""
    still = 0

    def quiet() -> bool:
        nonlocal still
        soon = any(t.isActive() and t.isSingleShot() and t.interval() <= 500 for t in window.findChildren(QTimer))
        still = 0 if window.tasks.busy or soon else still + 1
        return still > 3

    wait_for(quiet, "the window to come to rest")
    delete_what_is_gone()


def delete_what_is_gone() -> None:
    """Carry out every ``deleteLater`` now."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dress(app: QApplication, settings: Settings) -> None:
    """Language and look as the application's start sets them."""
    language.speak(app, settings.language)
    theme.dress(app, settings.mode, settings.text_percent)


@contextmanager
def closed_window(
    app: QApplication, settings: Settings, relaunch: Callable[[], None] = lambda: None
) -> Iterator[Window]:
    """A window at its entrance; closed, and deleted, at the end."""
    dress(app, settings)
    window = Window(settings, relaunch)
    try:
        window.show()
        QApplication.processEvents()
        yield window
    finally:
        window.close()
        window.deleteLater()
        delete_what_is_gone()


@contextmanager
def window_over(
    app: QApplication, vault: Vault, settings: Settings, size: tuple[int, int] = (1280, 800), screen: str = "home"
) -> Iterator[Window]:
    """A window over an open vault; the vault stays open when the window has gone."""
    with closed_window(app, settings) as window:
        window.resize(*size)
        window.open(vault, None, screen)
        try:
            settle(window)
            yield window
        finally:
            leave(window)


def leave(window: Window) -> None:
    """Take the vault out of a window without closing it."""
    house = window.house
    if house is None:
        return
    house.finds.stop()
    for job in window.tasks.jobs:
        job.cancel()
    settle(window)
    house.vault.changed.clear()
    window.house = None


def house_of(window: Window) -> OpenVault:
    """What the screens share."""
    assert window.house is not None, "a vault is open"
    return window.house


def frame_of(window: Window) -> Frame:
    """The frame of the screens."""
    assert window.frame is not None, "a vault is open"
    return window.frame


def go(window: Window, name: str) -> Screen:
    """Show a screen and wait for what it asks the vault."""
    frame_of(window).show_screen(name)
    settle(window)
    return frame_of(window).current


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, where the focus is if the widget is a window."""
    target = widget.focusWidget() if widget.isWindow() else widget
    QTest.keyClick(target or widget, key, modifier)


def seen(parent: QWidget, kind: type[QWidget] = QWidget) -> list[QWidget]:
    """The visible children of a kind."""
    return [child for child in parent.findChildren(kind) if child.isVisible()]


def button_called(parent: QWidget, text: str) -> QAbstractButton:
    """The visible button that shows a text."""
    found = [b for b in seen(parent, QAbstractButton) if isinstance(b, QAbstractButton) and b.text().strip() == text]
    assert len(found) == 1, (text, [b.text() for b in seen(parent, QAbstractButton) if isinstance(b, QAbstractButton)])
    return found[0]


def texts(parent: QWidget) -> str:
    """Everything that visible labels and buttons say."""
    parts = []
    for child in seen(parent):
        said = getattr(child, "text", None) or getattr(child, "toPlainText", None)
        if callable(said):
            parts.append(str(said()))
    return "\n".join(parts)


def settings_in(folder: Path, tongue: str = "fr", mode: str = "light", percent: int = 100) -> Settings:
    """A settings file of its own."""
    settings = Settings(folder / "settings.ini")
    settings.language, settings.mode, settings.text_percent = tongue, mode, percent
    return settings
