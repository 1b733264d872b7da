"""The real application in a process of its own, driven from inside: ``python -m tests.ui.driven STEPS -- ARGUMENTS``.

Steps are names of functions below, joined by commas, carried out one after the other in the window's thread. Each says
its name on the output when it is done. The application then leaves, or locks, or waits to be killed.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PHRASE = "un matin de brume claire"


def main(arguments: list[str]) -> int:
    """Run the application with the steps."""
    from vault_app.ui import app

    steps, rest = arguments[0].split(","), arguments[2:]
    threading.Thread(target=_carry_out, args=(steps,), daemon=True).start()
    return app.main(rest)


def _carry_out(names: list[str]) -> None:
    from PySide6.QtCore import QCoreApplication, QTimer

    while QCoreApplication.instance() is None or not _windows():
        time.sleep(0.01)
    application = QCoreApplication.instance()
    assert application is not None
    waits = _all_steps(names)

    def go_on() -> None:
        for _ in waits:
            QTimer.singleShot(20, application, go_on)
            return

    QTimer.singleShot(0, application, go_on)


def _windows() -> list[object]:
    from PySide6.QtWidgets import QApplication

    from vault_app.ui.window import Window

    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window) and widget.isVisible()]


def _all_steps(names: list[str]) -> Iterator[None]:
    (window,) = _windows()
    for name in names:
        yield from STEPS[name](window)
        _say(name)


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def unlock(window: object) -> Iterator[None]:
    """Type the passphrase."""
    entrance = window.centralWidget()  # type: ignore[attr-defined]
    entrance.unlock.field.setText(PHRASE)
    entrance.unlock.go.click()
    while window.house is None:  # type: ignore[attr-defined]
        yield
    yield from _rest(window)


def screens(window: object) -> Iterator[None]:
    """Show every screen, and paint it."""
    for name in ("home", "inbox", "timeline", "search", "charts", "share"):
        window.frame.show_screen(name)  # type: ignore[attr-defined]
        yield from _rest(window)
        window.grab()  # type: ignore[attr-defined]


def pick(window: object) -> Iterator[None]:
    """Open Qt's own file dialog, look around, and leave it: it would note the folder."""
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(window, "?", str(Path.home()))  # type: ignore[arg-type]
    dialog.show()
    yield
    dialog.accept()
    dialog.deleteLater()
    yield


def trial(window: object) -> Iterator[None]:
    """Make Camille's vault."""
    from PySide6.QtWidgets import QPushButton

    welcome = window.centralWidget().show_welcome()  # type: ignore[attr-defined]
    (found,) = [made for made in welcome.findChildren(QPushButton) if "Camille" in made.text()]
    found.click()
    while window.house is None:  # type: ignore[attr-defined]
        yield
    yield from _rest(window)


def lock(window: object) -> Iterator[None]:
    """Lock: the process is replaced."""
    window.lock()  # type: ignore[attr-defined]
    yield


def leave(window: object) -> Iterator[None]:
    """Close the window."""
    window.close()  # type: ignore[attr-defined]
    yield


def wait(window: object) -> Iterator[None]:
    """Until somebody kills the process."""
    _say("waiting")
    while window is not None:
        yield


def ask(window: object) -> Iterator[None]:
    """Until somebody writes a line."""
    said: list[str] = []
    threading.Thread(target=lambda: said.append(sys.stdin.readline()), daemon=True).start()
    _say("waiting")
    while window is not None and not said:
        yield


def _rest(window: object) -> Iterator[None]:
    still = 0
    while still < 5:
        still = 0 if window.tasks.busy else still + 1  # type: ignore[attr-defined]
        yield


STEPS: dict[str, Callable[[object], Iterator[None]]] = {
    step.__name__: step for step in (unlock, screens, pick, trial, lock, leave, wait, ask)
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
