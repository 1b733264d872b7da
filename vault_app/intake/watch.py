"""Watching a folder: names and sizes only. An archive is told once, when it has settled.

What was told already is known by name, size and time of change. That memory belongs into the vault, because it says
which services a person has an account with: ``Seen`` never touches a disk, its owner keeps what ``kept`` gives.
"""

from __future__ import annotations

import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from vault_app.intake.handles import together
from vault_app.intake.plan import Plan

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

UNFINISHED = (".crdownload", ".part", ".download", ".tmp", ".opdownload", ".partial", ".!ut", ".aria2", ".filepart")
"""Endings that browsers and download programs give to a file while it comes in."""

MOST_SEEN = 10_000
"""Files that are remembered; the oldest are forgotten first."""

_State = tuple[int, int]
Clock = Callable[[], float]


class Seen:
    """Files that were told already. A file is known by a digest of its name, size and time of change."""

    def __init__(self, kept: Iterable[str] = ()) -> None:
        """``kept``: what an earlier ``kept`` gave."""
        self._known = dict.fromkeys(kept)

    def __contains__(self, file: SeenFile) -> bool:
        return file.mark in self._known

    def add(self, file: SeenFile) -> None:
        """Remember a file."""
        self._known.pop(file.mark, None)
        self._known[file.mark] = None
        while len(self._known) > MOST_SEEN:
            del self._known[next(iter(self._known))]

    def kept(self) -> tuple[str, ...]:
        """What the vault is to keep, oldest first. Digests can be guessed from names: never put them elsewhere."""
        return tuple(self._known)


@dataclass(frozen=True)
class SeenFile:
    """A file as it was: its name, bytes, and nanoseconds since 1970 of its last change. No folder: it may be moved."""

    name: str
    size: int
    changed: int

    @property
    def mark(self) -> str:
        """32 hex digits."""
        return hashlib.blake2b(
            f"{self.name}\0{self.size}\0{self.changed}".encode(errors="replace"), digest_size=16
        ).hexdigest()


@dataclass(frozen=True)
class Find:
    """An archive that has settled: all its parts that are there. ``told``: those of them that were told before."""

    paths: tuple[Path, ...]
    told: tuple[Path, ...] = ()


class Finds:
    """Tells settled files apart from those that still grow. Ask ``look`` again and again."""

    def __init__(
        self, folder: Path, settled: float = SETTLED, *, seen: Seen | None = None, clock: Clock = time.monotonic
    ) -> None:
        """``clock``: seconds, never going back."""
        self._folder = folder
        self._settled = settled
        self._seen = Seen() if seen is None else seen
        self._clock = clock
        self._since: dict[Path, tuple[_State, float]] = {}

    def look(self) -> list[Find]:
        """Archives that have settled since the last look.

        Parts of one set come together; a part that comes later brings the earlier ones with it.
        """
        now = self._clock()
        states = dict(self._states())
        self._since = {path: entry for path, entry in self._since.items() if path in states}
        still = []
        for path, state in states.items():
            before = self._since.get(path)
            if before is None or before[0] != state:
                self._since[path] = (state, now)
            elif now - before[1] >= self._settled:
                still.append(path)
        files = {path: SeenFile(path.name, *states[path]) for path in still}
        fresh = {path for path, file in files.items() if file not in self._seen}
        finds = [
            Find(tuple(paths), tuple(path for path in paths if path not in fresh))
            for paths in together(still)
            if not fresh.isdisjoint(paths)
        ]
        for path in fresh:
            self._seen.add(files[path])
        return finds

    def _states(self) -> Iterator[tuple[Path, _State]]:
        try:
            with os.scandir(self._folder) as entries:
                names = sorted(entry.name for entry in entries)
        except OSError:
            return
        coming = {
            name.lower().removesuffix(ending)
            for name in names
            for ending in UNFINISHED
            if name.lower().endswith(ending)
        }
        for name in names:
            path = self._folder / name
            if name.startswith(".") or path.suffix.lower() not in CANDIDATES or name.lower() in coming:
                continue
            try:
                status = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode) and status.st_size:
                yield path, (status.st_size, status.st_mtime_ns)


class Watcher:
    """Looks at a folder in a thread of its own and calls ``on_found`` with the paths of each archive."""

    def __init__(
        self,
        folder: Path,
        on_found: Callable[[list[Path]], None],
        *,
        settled: float = SETTLED,
        every: float = 1.0,
        seen: Seen | None = None,
    ) -> None:
        self._finds = Finds(folder, settled, seen=seen)
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
            for find in self._finds.look():
                self._on_found(list(find.paths))


def worth_telling(plan: Plan) -> bool:
    """Whether a file that was found is announced: an importer that knows its service or standard reads it.

    A table of unknown origin, or a file that would only be kept whole, is taken when the person brings it, and never
    offered: a downloads folder is full of them.
    """
    return plan.understood and any(not reader.startswith("generic.") for reader in plan.readers)


def downloads() -> Path:
    """The person's downloads folder."""
    return Path(platformdirs.user_downloads_dir())


def watch_once(folder: Path) -> Iterator[Find]:
    """Each archive in a folder as it settles, without end."""
    finds = Finds(folder)
    while True:
        yield from finds.look()
        time.sleep(1.0)
