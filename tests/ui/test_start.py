"""The start of the real process: nothing heavy before the first paint, nothing written but the settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.vault.vault import Vault

HEAVY = (
    "numpy",
    "pandas",
    "matplotlib",
    "nacl",
    "sqlcipher3",
    "PySide6.QtNetwork",
    "PySide6.QtQml",
    "PySide6.QtPrintSupport",
)
"""What nobody needs in order to see the first page."""

LOOK = """
import builtins, json, os, sys

if "vault_app.ui.app" in " ".join(sys.orig_argv):
    told = builtins.print

    def tell(*words, **more):
        if words and str(words[0]).startswith("first paint"):
            with open(os.environ["LOOK_MODULES"], "w", encoding="utf-8") as file:
                json.dump(sorted(sys.modules), file)
        told(*words, **more)

    builtins.print = tell
"""
"""Notes which modules are loaded when the first paint is told (``sitecustomize`` of the started process)."""


@dataclass(frozen=True)
class Start:
    """One start that left after the first paint. ``written``: files that are new below its home, and beside it."""

    code: int
    modules: frozenset[str]
    written: frozenset[str]
    output: str
    errors: str


def start(world: Path, *arguments: str) -> Start:
    """Start the window in an empty home and leave after the first paint."""
    home, hands = world / "home", world / "hands"
    for folder in (home, hands, home / "tmp"):
        folder.mkdir()
    (hands / "sitecustomize.py").write_text(LOOK, encoding="utf-8")
    surroundings = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_RUNTIME_DIR": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(hands),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LOOK_MODULES": str(world / "modules.json"),
    }
    before = {path for path in world.rglob("*") if path.is_file()}
    line = [
        sys.executable,
        "-m",
        "vault_app.ui.app",
        "--settings",
        str(world / "s.ini"),
        "--timing",
        "--leave",
        *arguments,
    ]
    ran = subprocess.run(line, env=surroundings, capture_output=True, text=True, timeout=60, check=False)
    written = {path for path in world.rglob("*") if path.is_file()} - before - {world / "modules.json"}
    modules = json.loads((world / "modules.json").read_text(encoding="utf-8"))
    names = frozenset(path.relative_to(world).as_posix() for path in written)
    return Start(ran.returncode, frozenset(modules), names, ran.stdout, ran.stderr)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The very first start: no vault, no settings."""
    return start(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """A start with a vault that is closed."""
    world = tmp_path_factory.mktemp("later")
    Vault.create(world / "Coffre", PHRASE, profile=QUICK).vault.close()
    return start(world, "--vault", str(world / "Coffre"))


@pytest.mark.parametrize("which", ["first", "later"])
def test_nothing_heavy_is_loaded_before_the_first_paint(which: str, request: pytest.FixtureRequest) -> None:
    modules = request.getfixturevalue(which).modules
    assert "vault_app.ui.window" in modules, "the look was taken"
    assert [name for name in HEAVY if name in modules] == []


@pytest.mark.parametrize("which", ["first", "later"])
def test_the_process_ends_with_code_0_and_without_complaint(which: str, request: pytest.FixtureRequest) -> None:
    run = request.getfixturevalue(which)
    assert run.code == 0, run.errors
    assert "Traceback" not in run.errors
    assert "first paint" in run.output


def test_a_first_start_writes_its_settings_and_nothing_else(first: Start) -> None:
    assert first.written <= {"s.ini"}


def test_a_start_that_opens_nothing_leaves_the_vault_as_it_was(later: Start) -> None:
    assert later.written <= {"s.ini"}
