"""The workloads, made once, and the runs over them, each in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.perf import health, services, takeout

TIMES = 3
"""Runs of each kind, taken in turn."""

TOP = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Line:
    """One figure: ``met`` is None when it could not be measured here."""

    goal: int
    what: str
    figure: str
    wanted: str
    met: bool | None


@dataclass(frozen=True)
class Sizes:
    """How large the workloads are, in records, activities, positions, and messages of each of ten imports."""

    health: int = 1_000_000
    activities: int = 250_000
    positions: int = 1_000_000
    messages: int = 100_000


LARGE = Sizes(health=10_000_000, positions=7_200_000, messages=1_000_000)


class Bench:
    """Makes the workloads once, keeps them in the temporary folder of the system, runs and remembers."""

    def __init__(self, sizes: Sizes) -> None:
        self.sizes = sizes
        self._home = Path(tempfile.gettempdir()) / f"self-data-vault-perf-{os.getuid() if os.name == 'posix' else 0}"
        self._home.mkdir(mode=0o700, exist_ok=True)

    def health(self) -> Path:
        """The export of an invented watch."""
        rows = self.sizes.health
        return self._made(f"health-{rows}", health, lambda path: health.write_health_export(path, rows))

    def activities(self) -> Path:
        """Google activities."""
        rows = self.sizes.activities
        return self._made(f"activities-{rows}", takeout, lambda path: takeout.write_activities(path, rows))

    def positions(self, rows: int | None = None) -> Path:
        """Google positions."""
        wanted = rows or self.sizes.positions
        return self._made(f"positions-{wanted}", takeout, lambda path: takeout.write_positions(path, wanted))

    def takeout(self) -> Path:
        """The same activities and positions in one archive."""
        many = self.sizes
        return self._made(
            f"takeout-{many.activities}-{many.positions}",
            takeout,
            lambda path: takeout.write_takeout(path, many.activities, many.positions),
        )

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """A place for one vault."""
        with tempfile.TemporaryDirectory(dir=self._home) as place:
            yield Path(place) / "vault"

    def run(self, what: str, how: str, folder: Path, *arguments: object) -> dict[str, Any]:
        """One run in a process of its own."""
        line = [sys.executable, "-m", "tests.perf.run", what, how, str(folder), *map(str, arguments)]
        answer = subprocess.run(line, cwd=TOP, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
        return found

    def imported(self, how: str, *archives: Path) -> dict[str, Any]:
        """Import archives into a new vault."""
        with self.folder() as place:
            return self.run("import", how, place, *archives)

    @cache  # noqa: B019 - one bench a process
    def in_turn(self, *archives: Path) -> dict[str, dict[str, Any]]:
        """Encrypted, plain and floor in turn; of each the run with the median time."""
        runs: dict[str, list[dict[str, Any]]] = {"encrypted": [], "plain": [], "floor": []}
        for _ in range(TIMES):
            runs["encrypted"].append(self.imported("encrypted", *archives))
            runs["plain"].append(self.imported("plain", *archives))
            runs["floor"].append(self.run("floor", "-", self._home, *archives))
        return {how: sorted(found, key=lambda run: run["seconds"])[TIMES // 2] for how, found in runs.items()}

    @cache  # noqa: B019
    def filled(self, how: str) -> tuple[Path, dict[str, Any]]:
        """A vault of ten imports of messages over the same eleven years."""
        place = Path(tempfile.mkdtemp(dir=self._home)) / "vault"
        return place, self.run("fill", how, place, 10, self.sizes.messages)

    @cache  # noqa: B019
    def asked(self, how: str) -> dict[str, Any]:
        """The questions to the filled vault."""
        return self.run("ask", how, self.filled(how)[0])

    def clear(self) -> None:
        """Remove the vaults; the workloads stay for the next time."""
        for path in self._home.iterdir():
            if path.is_dir():
                shutil.rmtree(path)

    def service(self, name: str, ending: str, make: Callable[[Path], object], count: int) -> Path:
        """An archive of another service with so many facts."""
        return self._made(f"{name}-{count}", services, make, ending)

    def place(self, name: str) -> Path:
        """A file of the bench's own folder."""
        return self._home / name

    def _made(self, name: str, maker: ModuleType, make: Callable[[Path], object], ending: str = ".zip") -> Path:
        """A workload; another one when what makes it has changed."""
        assert maker.__file__ is not None
        path = self._home / f"{name}-{zlib.crc32(Path(maker.__file__).read_bytes()):08x}{ending}"
        if not path.exists():
            growing = path.with_suffix(".growing")
            make(growing)
            growing.rename(path)
        return path
