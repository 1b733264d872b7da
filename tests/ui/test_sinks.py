"""Forty ways to the screen, thirty hostile texts: no file is opened for any of them. The system calls are counted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.sinks import SINKS, hostile
from vault_app import ui

ROOT = Path(__file__).resolve().parents[2]
UI = Path(ui.__file__).parent
CALL = re.compile(r'(?:open|openat|openat2|stat|lstat|newfstatat|statx|access|faccessat2?|readlink)\([^"]*"([^"]*)"')

CONTROL = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["control"])
label = QLabel(f'<img src="file://{sys.argv[1]}"><img src="//bait-host/share/y.png">')
label.grab()
"""


@pytest.fixture(scope="module")
def strace() -> str:
    found = shutil.which("strace")
    if found is None:
        pytest.skip("the command strace is not on this machine")
    tried = subprocess.run([found, "-qq", "true"], capture_output=True, text=True, timeout=20, check=False)
    if tried.returncode:
        pytest.skip(f"this machine refuses system-call traces: {tried.stderr.strip()[:200]}")
    return found


def paths(strace: str, place: Path, *line: str) -> list[str]:
    """The paths that a command asked the system for, in their order."""
    trace = place / "calls"
    environment = {
        "HOME": str(place),
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [strace, "-f", "--seccomp-bpf", "-qq", "-s", "300", "-e", "trace=%file", "-o", str(trace), sys.executable]
    done = subprocess.run([*command, *line], env=environment, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    return [found[1] for call in calls if (found := CALL.search(call))]


@pytest.fixture
def bait(tmp_path: Path) -> Path:
    place = tmp_path / "bait.png"
    place.write_bytes(b"\x89PNG\r\n")
    return place


def test_there_are_forty_sinks_and_thirty_texts() -> None:
    assert len(SINKS) >= 40
    assert len(set(hostile("/x"))) == 30


def test_rich_text_would_open_the_bait_and_a_share(strace: str, bait: Path) -> None:
    """The control: without it the next test could not fail."""
    asked = paths(strace, bait.parent, "-c", CONTROL, str(bait))
    assert str(bait) in asked
    assert any("bait-host" in path for path in asked)


def test_no_sink_opens_anything(strace: str, bait: Path) -> None:
    asked = paths(strace, bait.parent, "-m", "tests.ui.sinks", str(bait))
    begin, end = (max(n for n, path in enumerate(asked) if path == str(bait.with_name(w))) for w in ("begin", "end"))
    assert begin < end
    assert [path for path in asked if "bait-host" in path or "bait.example" in path or path == str(bait)] == []
    during = asked[begin + 1 : end]
    ours = (str(ROOT), sys.prefix, sys.base_prefix, "/usr/", "/etc/", "/proc/", "/dev/", "/sys/")
    above = {"", *map(str, ROOT.parents)}  # asked for on the way to our own folder, never opened
    assert {path for path in during if not path.startswith(ours) and path not in above} == set()
    assert [path for path in during if path.startswith("//")] == []


def test_no_picture_from_elsewhere_is_given_to_qt() -> None:
    """Qt's reader of SVG opens the files that a picture names; only our own icons reach it."""
    readers = re.compile(r"QSvg|QImageReader|QImage\.fromData|loadFromData|QPixmap\([^)\d]*path|QMovie")
    found = {path.name: readers.findall(path.read_text(encoding="utf-8")) for path in UI.rglob("*.py")}
    assert set().union(*(set(hits) for hits in found.values() if hits)) <= {"QSvg", "loadFromData", "QImage.fromData"}
    assert {name for name, hits in found.items() if "QSvg" in hits} == {"icons.py"}
    assert {name for name, hits in found.items() if {"loadFromData", "QImage.fromData"} & set(hits)} <= {"picture.py"}
