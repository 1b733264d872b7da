"""What may be left on a drive when the power goes: the model, and the states that it allows.

Written bytes and sizes are sure after the file was synced, names after their folder was synced, and nothing else is:
of the rest any part may be there, in 512-byte sectors. That is more than journalling file systems ever lose, and what
FAT on a stick may lose. States are drawn from a seed that the caller gives.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.promises.trace import (
    Cut,
    Event,
    FolderMade,
    FolderSynced,
    Opened,
    Removed,
    Renamed,
    Synced,
    Wrote,
)

SECTOR = 512


@dataclass(eq=False)
class File:
    """One file, whatever its name: what is sure, and what came since, with the number of its event."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, Wrote | Cut]] = field(default_factory=list)

    def sync(self) -> None:
        """Everything is sure."""
        for _, change in self.since:
            _apply(self.sure, change)
        self.since.clear()


@dataclass(frozen=True)
class NameChange:
    """A change of names that is not sure yet: ``gone`` and ``there`` are paths; ``file`` None: a folder, or nothing."""

    number: int
    gone: str | None
    there: str | None
    file: File | None


@dataclass(frozen=True)
class State:
    """One state of the watched folder: contents by path, and the folders in it."""

    files: dict[str, bytes]
    folders: frozenset[str]

    def mark(self) -> bytes:
        """The same for equal states."""
        found = hashlib.blake2b(digest_size=16)
        for path in sorted(self.files):
            found.update(path.encode() + b"\0" + len(self.files[path]).to_bytes(8))
            found.update(self.files[path])
        return found.digest()

    def write(self, place: Path) -> None:
        """Lay it out in an empty folder."""
        for folder in sorted(self.folders):
            (place / folder).mkdir()
        for path, content in self.files.items():
            (place / path).write_bytes(content)


class Disk:
    """The watched folder while events pass."""

    def __init__(self, base: Path) -> None:
        """``base``: the folder as it was, all of it sure."""
        self._names: dict[str, File] = {}
        self._sure_folders: set[str] = set()
        for path in sorted(base.rglob("*")):
            name = path.relative_to(base).as_posix()
            if path.is_dir():
                self._sure_folders.add(name)
            else:
                self._names[name] = File(bytearray(path.read_bytes()))
        self._sure_names = dict(self._names)
        self._changes: list[NameChange] = []
        self._inodes: dict[int, File] = {}
        self._number = 0

    def take(self, event: Event) -> None:
        """The next thing that the process does."""
        self._number += 1
        match event:
            case Opened(path, inode, made):
                if made:
                    self._names[path] = File()
                    self._changes.append(NameChange(self._number, None, path, self._names[path]))
                self._inodes[inode] = self._names[path]
            case Wrote(inode) | Cut(inode):
                self._inodes[inode].since.append((self._number, event))
            case Synced(inode):
                self._inodes[inode].sync()
            case FolderSynced(path):
                self._sync_names(path)
            case Renamed(old, new):
                self._names[new] = self._names.pop(old)
                self._changes.append(NameChange(self._number, old, new, self._names[new]))
            case Removed(path):
                self._names.pop(path, None)
                self._changes.append(NameChange(self._number, path, None, None))
            case FolderMade(path) if path:
                self._changes.append(NameChange(self._number, None, path, None))

    def nothing_more(self) -> State:
        """Only what is sure."""
        return self._state(self._sure_names_after([]), {})

    def everything(self) -> State:
        """All that was done, synced or not."""
        return self._until(self._number)

    def a_prefix(self, chance: random.Random) -> State:
        """Everything up to some moment since the oldest thing that is not sure."""
        numbers = [number for file in self._all_files() for number, _ in file.since]
        numbers += [change.number for change in self._changes]
        return self._until(chance.randint(min(numbers, default=self._number) - 1, self._number))

    def a_mixture(self, chance: random.Random) -> State:
        """Some writes and not others, some in part; some names and not others."""
        names = self._sure_names_after(_some(self._changes, chance))
        share = chance.choice((0.1, 0.5, 0.9))
        chosen: dict[File, list[Wrote | Cut]] = {}
        for file in self._all_files():
            chosen[file] = [
                part for _, change in file.since if chance.random() < share for part in _torn(change, chance)
            ]
        return self._state(names, chosen)

    def _until(self, number: int) -> State:
        names = self._sure_names_after([change for change in self._changes if change.number <= number])
        chosen = {
            file: [change for at, change in file.since if at <= number] for file in self._all_files() if file.since
        }
        return self._state(names, chosen)

    def _all_files(self) -> list[File]:
        found = dict.fromkeys((*self._names.values(), *self._sure_names.values()))
        found.update(dict.fromkeys(change.file for change in self._changes if change.file is not None))
        return list(found)

    def _sync_names(self, folder: str) -> None:
        here = [change for change in self._changes if _parent(change.there or change.gone or "") == folder]
        names, folders = self._sure_names_after(here)
        self._sure_names, self._sure_folders = names, folders
        self._changes = [change for change in self._changes if change not in here]

    def _sure_names_after(self, changes: list[NameChange]) -> tuple[dict[str, File], set[str]]:
        names, folders = dict(self._sure_names), set(self._sure_folders)
        for change in changes:
            if change.gone is not None:
                names.pop(change.gone, None)
            if change.there is None:
                continue
            if change.file is None:
                folders.add(change.there)
            else:
                names[change.there] = change.file
        return names, folders

    @staticmethod
    def _state(found: tuple[dict[str, File], set[str]], chosen: dict[File, list[Wrote | Cut]]) -> State:
        names, folders = found
        files = {}
        for path, file in names.items():
            if _parent(path) and _parent(path) not in folders:
                continue
            content = file.sure
            if chosen.get(file):
                content = bytearray(content)
                for change in chosen[file]:
                    _apply(content, change)
            files[path] = bytes(content)
        return State(files, frozenset(folders))


def _apply(content: bytearray, change: Wrote | Cut) -> None:
    if isinstance(change, Cut):
        del content[change.size :]
        content.extend(bytes(change.size - len(content)))
        return
    if change.offset > len(content):
        content.extend(bytes(change.offset - len(content)))
    content[change.offset : change.offset + len(change.data)] = change.data


def _torn(change: Wrote | Cut, chance: random.Random) -> Iterator[Wrote | Cut]:
    """A change whole, or some of its sectors."""
    if isinstance(change, Cut) or chance.random() < 0.5:
        yield change
        return
    sectors = list(_sectors(change))
    if chance.random() < 0.5:
        yield from sectors[: chance.randint(0, len(sectors))]
        return
    yield from (sector for sector in sectors if chance.random() < 0.5)


def _sectors(change: Wrote) -> Iterator[Wrote]:
    at = 0
    while at < len(change.data):
        end = at + SECTOR - (change.offset + at) % SECTOR
        yield Wrote(change.inode, change.offset + at, change.data[at:end])
        at = end


def _some(changes: list[NameChange], chance: random.Random) -> list[NameChange]:
    """Of the changes that touch the same names a prefix, independent of the others."""
    groups: list[tuple[set[str], list[NameChange]]] = []
    for change in changes:
        touched = {name for name in (change.gone, change.there) if name is not None}
        joined = [change]
        for group in [group for group in groups if group[0] & touched]:
            groups.remove(group)
            touched |= group[0]
            joined = group[1] + joined
        groups.append((touched, joined))
    kept = [change for _, group in groups for change in group[: chance.randint(0, len(group))]]
    return sorted(kept, key=lambda change: change.number)


def _parent(path: str) -> str:
    parent = PurePosixPath(path).parent.as_posix()
    return "" if parent == "." else parent
