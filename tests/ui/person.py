"""A computer with the real application on it, and a list of all files before and after."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

ROOT = Path(__file__).resolve().parents[2]

Listing = dict[str, tuple[int, int]]


def listing(place: Path) -> Listing:
    """Every file and folder below a place: size and time of change of files, for folders only that they are there."""
    found = {}
    for path in sorted(place.rglob("*")):
        status = path.lstat()
        found[path.relative_to(place).as_posix()] = (0, 0) if path.is_dir() else (status.st_size, status.st_mtime_ns)
    return found


def changes(before: Listing, after: Listing) -> set[str]:
    """Names that were created, changed or removed."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@dataclass(frozen=True)
class Person:
    """A computer of one person: a home with some files, and a temporary folder; the vault lies beside."""

    world: Path
    program: Path = ROOT

    @property
    def vault(self) -> Path:
        return self.world / "key" / "Coffre"

    def start(self, steps: str, *arguments: str | Path) -> subprocess.Popen[str]:
        """The application with steps of ``tests.ui.driven``."""
        line = [sys.executable, "-m", "tests.ui.driven", steps, "--", *map(str, arguments)]
        environment = {
            "HOME": str(self.world / "home"),
            "TMPDIR": str(self.world / "home" / "tmp"),
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join([str(self.program), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "LANG": "fr_FR.UTF-8",
        }
        return subprocess.Popen(line, env=environment, cwd=self.program, stdout=subprocess.PIPE, text=True)

    def run(self, steps: str, *arguments: str | Path, patience: float = 60) -> None:
        """The same to its end, within ``patience`` seconds."""
        with self.start(steps, *arguments) as process:
            watch = Timer(patience, process.kill)
            watch.start()
            out, _ = process.communicate()
            watch.cancel()
        assert process.returncode == 0, out
        assert out.split() == steps.split(",")[:-1], "all steps but the last, which ends it"

    def run_until_killed(self, steps: str, word: str, *arguments: str | Path) -> None:
        """The same, killed as soon as it says a word."""
        with self.start(steps, *arguments) as process:
            assert process.stdout is not None
            watch = Timer(60, process.kill)
            watch.start()
            assert any(line.strip() == word for line in process.stdout)
            process.kill()
            watch.cancel()


def shared_program(person: Person) -> Person:
    """The same person with the program on the key beside the vault, as on a computer that others use."""
    program = person.world / "key" / "programme"
    for name in ("vault_app", "importers", "resources"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__", "samples"))
    (program / "portable.txt").touch()
    return Person(person.world, program)
