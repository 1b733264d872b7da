"""The start of the window against that of a window with one label, and against the same with heavy libraries."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from tests.perf import clock
from tests.perf.bench import TOP, Line

TURNS = 7
"""Starts of each kind, taken in turn."""

_LABEL = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("x")
label.resize(1280, 800)
label.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
_HEAVY = """
import numpy, matplotlib.pyplot
import runpy, sys
sys.argv = ["app", *sys.argv[1:]]
runpy.run_module("vault_app.ui.app", run_name="__main__")
"""


def lines() -> Iterator[Line]:
    """Whole processes: start, first paint, end."""
    with tempfile.TemporaryDirectory() as place:
        options = ["--settings", str(Path(place) / "s.ini"), "--leave"]
        kinds = {
            "ours": ["-m", "vault_app.ui.app", *options],
            "label": ["-c", _LABEL],
            "heavy": ["-c", _HEAVY, *options],
        }
        spent: dict[str, list[float]] = {kind: [] for kind in kinds}
        for _ in range(TURNS):
            for kind, line in kinds.items():
                spent[kind].append(_seconds(line, Path(place)))
    ours, label, heavy = (median(spent[kind]) for kind in ("ours", "label", "heavy"))
    what = "start to first paint and end, against a window with one label"
    yield Line(14, what, f"{ours / label:.2f} x ({ours:.2f} s, {label:.2f} s)", "<= 1.4 x", ours <= 1.4 * label)
    what = "the same, with numpy and pyplot loaded before, against ours (goal with pandas as well: 4 x)"
    yield Line(14, what, f"{heavy / ours:.1f} x", "-", met=None)


def _seconds(line: list[str], home: Path) -> float:
    surroundings = {**os.environ, "HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    start = clock.now()
    subprocess.run([sys.executable, *line], cwd=TOP, env=surroundings, check=True, stdout=subprocess.DEVNULL)
    return clock.now() - start
