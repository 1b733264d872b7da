"""Watching a folder: names and sizes only. An archive is told once, when it has settled."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs

from vault_app.intake.handles import together

SETTLED = 2.0
"""Seconds without a change after which a file counts as complete."""

CANDIDATES = frozenset(
    [
        ".zip",
        ".tgz",
        ".gz",
        ".tar",
        ".csv",
        ".json",
        ".ndjson",
        ".jsonl",
        ".xml",
        ".xlsx",
        ".xls",
        ".ods",
        ".mbox",
        ".eml",
        ".ics",
        ".vcf",
        ".gpx",
        ".html",
        ".htm",
        ".txt",
    ]
)
"""Endings of files that an importer could read. Documents and pictures alone are not announced."""

_UNFINISHED = (".crdownload", ".part", ".download", ".tmp", ".opdownload", ".partial")
_State = tuple[int, int]


def downloads() -> Path:
    """The person's downloads folder."""
    return Path(platformdirs.user_downloads_dir())


class Finds:
    """Tells settled files apart from those that still grow. Ask ``look`` again and again."""

    def __init__(self, folder: Path, settled: float = SETTLED) -> None:
        self._folder = folder
        self._settled = settled
        self._since: dict[Path, tuple[_State, float]] = {}
        self._told: dict[Path, _State] = {}

    def look(self) -> list[list[Path]]:
        """Archives that have settled since the last look; parts of one set come together."""
        now = time.monotonic()
        states = dict(self._states())
        self._since = {path: entry for path, entry in self._since.items() if path in states}
        ready = []
        for path, state in states.items():
            before = self._since.get(path)
            if before is None or before[0] != state:
                self._since[path] = (state, now)
            elif now - before[1] >= self._settled and self._told.get(path) != state:
                self._told[path] = state
                ready.append(path)
        return together(ready)

    def _states(self) -> Iterator[tuple[Path, _State]]:
        try:
            entries = sorted(self._folder.iterdir())
        except OSError:
            return
        for path in entries:
            name = path.name.lower()
            if name.startswith(".") or name.endswith(_UNFINISHED) or path.suffix.lower() not in CANDIDATES:
                continue
            try:
                status = path.lstat()
            except OSError:
                continue
            if path.is_file() and not path.is_symlink() and status.st_size:
                yield path, (status.st_size, status.st_mtime_ns)


class Watcher:
    """Looks at a folder in a thread of its own and calls ``on_found`` with the paths of each archive."""

    def __init__(
        self, folder: Path, on_found: Callable[[list[Path]], None], *, settled: float = SETTLED, every: float = 1.0
    ) -> None:
        self._finds = Finds(folder, settled)
        self._on_found = on_found
        self._every = every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; no thread is left when this returns."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            for paths in self._finds.look():
                self._on_found(paths)


def watch_once(folder: Path) -> Iterator[list[Path]]:
    """Each archive in a folder as it settles, without end."""
    finds = Finds(folder)
    while True:
        yield from finds.look()
        time.sleep(1.0)
