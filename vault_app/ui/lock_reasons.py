"""Why the vault locks by itself: its folder has gone (the key was pulled out), or the computer slept.

The system's own messages about sleep and locked screens come over the session bus on Linux, which this application does
not speak; so sleep is seen by the clocks, in the moment the computer wakes. Idle time is the window's own business.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

LOOK_EVERY: Final = 500
"""Milliseconds between two looks at the folder; a system may answer from memory for a second after it has gone."""

CLOCKS_EVERY: Final = 2000
"""Milliseconds between two looks at the clocks."""

SLEPT: Final = 5.0
"""Seconds by which the clocks must differ for a sleep."""


class Presence(QObject):
    """Looks whether a vault's folder is there. ``gone`` is told once."""

    gone = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._header = folder / "header.a"
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> bool:
        """Look now; returns whether the folder is there."""
        if is_there(self._header):
            return True
        if self._timer.isActive():
            self._timer.stop()
            self.gone.emit()
        return False

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()


def is_there(header: Path) -> bool:
    """Whether a vault's header can be reached; a read-out error counts as no."""
    try:
        return header.stat().st_size > 0
    except OSError:
        return False


class Sleep(QObject):
    """Compares a clock that stands still while the computer sleeps with one that does not. ``woke`` after a sleep."""

    woke = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = gap()
        self._timer = QTimer(self)
        self._timer.setInterval(CLOCKS_EVERY)
        self._timer.timeout.connect(lambda: self.compare(gap()))
        self._timer.start()

    def compare(self, now: float) -> None:
        """``now``: by how many seconds the clock that goes on is ahead of the other."""
        slept, self._last = now - self._last > SLEPT, now
        if slept:
            self.woke.emit()

    def stop(self) -> None:
        """Compare no more."""
        self._timer.stop()


def gap() -> float:
    """Seconds by which the clock that goes on during sleep is ahead of the one that does not.

    Linux has both clocks. Elsewhere the clock of the wall stands in for the first (not run here): setting it forward
    locks the vault too, which does no harm.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    if boot is not None:
        return time.clock_gettime(boot) - time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.time() - time.monotonic()
