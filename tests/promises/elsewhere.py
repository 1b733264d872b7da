"""Rows whose harness is the tests of another room: they are run, and their count is the figure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.promises.level import Level
from tests.promises.row import Row

_TOP = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Elsewhere:
    """``tests``: files of them; none: there is no harness. ``short``: quick enough for a run of a minute."""

    id: str
    goal: str
    tests: tuple[str, ...]
    missing: str = ""
    """What of the goal these tests do not try."""
    short: bool = False


ROWS = (
    Elsewhere("R7", "salvage: >= 99.9 % of rows at one bad page", ("vault/test_salvage.py",)),
    Elsewhere(
        "R8",
        "backup, restore, migration: equal, whatever interrupts them",
        ("vault/test_backup.py", "vault/test_migrations.py"),
        "two schemas so far",
    ),
    Elsewhere("S3", "sandbox: 20 hostile actions refused", ("intake/test_fence.py",), "Linux only", short=True),
    Elsewhere("S4", "network: 0 sockets over a whole run", ("cli/test_offline.py",), "the command, not the screens"),
    Elsewhere("S5", "display: 40 sinks x 30 hostile strings", ("ui/test_sinks.py",)),
    Elsewhere("S7", "memory: 0 hits after lock", ("ui/test_memory.py",)),
    Elsewhere("S13", "format: the independent reader opens the vault", ("vault/test_format.py",), short=True),
)


TRACES = Elsewhere("S6", "traces: 0 files outside the vault", ("cli/test_canaries.py", "ui/test_traces.py"))
"""Part of S6; the other part is ``traces.py``."""


WINDOW_PULLED = Elsewhere("R5", "the window answers", ("ui/test_pulled.py",))
"""Part of R5; the other part is ``pulling.py``."""


def row(one: Elsewhere, level: Level) -> Row:
    """Run the tests, unless they are too long for the level."""
    if not one.tests:
        return Row(one.id, one.goal, one.missing, None)
    if not (level.tests or one.short):
        return Row(one.id, one.goal, f"not in a run of a minute; --ci runs {', '.join(one.tests)}", None)
    line = [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", "-p", "no:cacheprovider"]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    surroundings.pop("LD_PRELOAD", None)
    files = [f"tests/{name}" for name in one.tests]
    done = subprocess.run([*line, *files], cwd=_TOP, env=surroundings, capture_output=True, text=True, check=False)
    counts = _counts(done.stdout)
    figure = f"{counts}{f'; {one.missing}' if one.missing else ''}"
    broken = [text for text in done.stdout.splitlines() if text.startswith(("FAILED", "ERROR"))]
    return Row(one.id, one.goal, figure, done.returncode == 0, broken)


def _counts(said: str) -> str:
    found = re.findall(r"(\d+) (passed|failed|skipped|error|errors|xfailed|xpassed)\b", said)
    return ", ".join(f"{n} tests {what}" for n, what in found) or "no test ran"
