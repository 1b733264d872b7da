"""Locking: the screen is blank at once, the vault is closed, and the process makes place for a new one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.windows import closed_window, frame_of, house_of, press, settings_in, settle, wait_for
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window
from vault_app.vault.errors import VaultBusy
from vault_app.vault.vault import Vault

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A vault that was made before, closed."""
    Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault.close()
    return tmp_path / "Coffre"


@pytest.fixture
def again() -> list[str]:
    """What was asked of the process."""
    return []


@pytest.fixture
def window(qapp: QApplication, place: Path, settings: Settings, again: list[str]) -> Iterator[Window]:
    settings.vault = place
    with closed_window(qapp, settings, lambda: again.append("relaunch")) as made:
        made.open(Vault.open(place, PHRASE))
        settle(made)
        made.activateWindow()
        yield made


def test_ctrl_l_blanks_the_screen_closes_the_vault_and_asks_for_a_new_process(
    window: Window, place: Path, again: list[str]
) -> None:
    with pytest.raises(VaultBusy):
        Vault.open(place, PHRASE)
    assert list(place.rglob("*-wal"))
    press(window, Qt.Key.Key_L, CONTROL)
    assert again == ["relaunch"]
    assert (window.house, window.frame) == (None, None)
    assert not [label for label in window.centralWidget().findChildren(QLabel) if label.text()]
    assert not list(place.rglob("*-wal"))
    assert (place / "lock").read_bytes() == b""
    Vault.open(place, PHRASE).close()


def test_the_lock_button_does_the_same(window: Window, again: list[str]) -> None:
    frame_of(window).lock.emit()
    assert again == ["relaunch"]
    assert window.house is None


def test_locking_twice_asks_once(window: Window, again: list[str]) -> None:
    window.lock()
    window.lock()
    assert again == ["relaunch"]


def test_locking_ends_the_work_that_runs(window: Window, again: list[str]) -> None:
    def work(job: object) -> None:
        while True:
            job.check()  # type: ignore[attr-defined]

    house_of(window).tasks.write(work).named("Import").start()
    window.lock()
    assert again == ["relaunch"]


def test_without_a_key_or_a_click_the_vault_locks_by_itself(window: Window, again: list[str]) -> None:
    window._awake()
    assert window._idle.isActive()
    assert window._idle.interval() == window.settings.idle_minutes * 60_000
    window._idle.start(1)
    wait_for(lambda: again, "the lock")
    assert window.house is None


def test_a_key_keeps_it_open_for_the_whole_time_again(window: Window) -> None:
    window._idle.start(60_000)
    before = window._idle.interval()
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier))
    assert window._idle.interval() > before


@pytest.mark.parametrize(("stored", "minutes"), [("", 5), ("1", 1), ("0", 1), ("60", 60), ("999", 60), ("x", 5)])
def test_the_time_is_between_a_minute_and_an_hour(tmp_path: Path, stored: str, minutes: int) -> None:
    settings = settings_in(tmp_path)
    settings._stored.setValue("idle", stored)
    assert settings.idle_minutes == minutes


def test_nothing_locks_while_no_vault_is_open(qapp: QApplication, settings: Settings, again: list[str]) -> None:
    with closed_window(qapp, settings, lambda: again.append("relaunch")) as window:
        press(window, Qt.Key.Key_L, CONTROL)
        assert again == []
        assert not window._idle.isActive()


ROBOT = """
import os, sys, threading, time

def robot():
    while "PySide6.QtWidgets" not in sys.modules or "vault_app.ui.window" not in sys.modules:
        time.sleep(0.01)
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    from PySide6.QtWidgets import QApplication

    class Hand(QObject):
        def event(self, event):
            if event.type() == QEvent.Type.User:
                act(self)
                return True
            return super().event(event)

    while QCoreApplication.instance() is None:
        time.sleep(0.01)
    time.sleep(0.05)
    hand = Hand()
    hand.moveToThread(QCoreApplication.instance().thread())
    robot.hand = hand
    while not robot.done:
        QCoreApplication.postEvent(hand, QEvent(QEvent.Type.User))
        time.sleep(0.05)

robot.done = False
robot.asked = False
marks = os.environ["ROBOT_MARKS"]

def note(text):
    with open(marks, "a", encoding="utf-8") as file:
        file.write(f"{os.getpid()} {text}\\n")

def act(hand):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    from vault_app.ui.window import Window

    windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, Window) and w.isVisible()]
    if robot.done or not windows:
        return
    (window,) = windows
    unlock = getattr(window.centralWidget(), "unlock", None)
    if unlock is not None and unlock.isVisible() and not robot.asked:
        first = not os.path.exists(marks)
        note(f"unlock page, {len(unlock.field.text())} letters")
        if not first:
            robot.done = True
            QApplication.quit()
            return
        robot.asked = True
        unlock.field.setText(os.environ["ROBOT_PHRASE"])
        unlock.go.click()
    elif window.frame is not None:
        note("open")
        robot.done = True
        window.activateWindow()
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

if "vault_app.ui.app" in " ".join(sys.orig_argv):
    threading.Thread(target=robot, daemon=True).start()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows starts a new process and ends the old one")
def test_a_real_process_that_locks_is_replaced_and_asks_for_the_phrase(place: Path, tmp_path: Path) -> None:
    hands = tmp_path / "hands"
    hands.mkdir()
    (hands / "sitecustomize.py").write_text(ROBOT, encoding="utf-8")
    marks = tmp_path / "marks.txt"
    home = tmp_path / "home"
    home.mkdir()
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(hands),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ROBOT_MARKS": str(marks),
        "ROBOT_PHRASE": PHRASE,
    }
    line = [
        sys.executable,
        "-m",
        "vault_app.ui.app",
        "--vault",
        str(place),
        "--settings",
        str(tmp_path / "s.ini"),
        "--timing",
    ]
    ran = subprocess.run(line, env=surroundings, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    notes = [row.split(" ", 1) for row in marks.read_text(encoding="utf-8").splitlines()]
    assert [text for _, text in notes] == ["unlock page, 0 letters", "open", "unlock page, 0 letters"]
    assert len({pid for pid, _ in notes}) == 1, "the same process, from its beginning"
    assert ran.stdout.count("first paint") == 2
    assert not list(place.rglob("*-wal"))
    Vault.open(place, PHRASE).close()
