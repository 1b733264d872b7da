"""What a process did to the files of a folder, read from the log of ``shim.c``."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_START = struct.Struct("<cQQII")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file was opened; ``made``: it did not exist before. ``inode`` names it in what follows."""

    path: str
    inode: int
    made: bool


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes were written at an offset."""

    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file got a size in bytes."""

    inode: int
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file's bytes and size were brought to the drive."""

    inode: int


@dataclass(frozen=True, slots=True)
class FolderSynced:
    """A folder's names were brought to the drive."""

    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name became another."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A name went."""

    path: str


@dataclass(frozen=True, slots=True)
class FolderMade:
    """A folder was made."""

    path: str


@dataclass(frozen=True, slots=True)
class Done:
    """The process says that something is done: what the person was told."""

    what: str


Event = Opened | Wrote | Cut | Synced | FolderSynced | Renamed | Removed | FolderMade | Done


def read(log: Path, root: Path) -> list[Event]:
    """All events in order; paths are relative to the watched folder. Raises ValueError when the log is broken."""
    top = str(root)
    return list(_events(log.read_bytes(), top))


def _events(content: bytes, top: str) -> Iterator[Event]:
    at = 0
    while at < len(content):
        letter, one, two, length, rest = _START.unpack_from(content, at)
        at += _START.size
        first, second = content[at : at + length], content[at + length : at + length + rest]
        at += length + rest
        if at > len(content):
            raise ValueError("the log ends within a record")
        yield _event(letter, one, two, first, second, top)


def _event(letter: bytes, one: int, two: int, first: bytes, second: bytes, top: str) -> Event:  # noqa: PLR0911 - one return a letter
    def path(raw: bytes) -> str:
        return raw.decode().removeprefix(top).strip("/")

    match letter:
        case b"O":
            return Opened(path(first), one, bool(two))
        case b"W":
            return Wrote(one, two, first)
        case b"T":
            return Cut(one, two)
        case b"S":
            return Synced(one)
        case b"F":
            return FolderSynced(path(first))
        case b"R":
            return Renamed(path(first), path(second))
        case b"U":
            return Removed(path(first))
        case b"D":
            return FolderMade(path(first))
        case b"M":
            return Done(first.decode())
    raise ValueError(f"unknown record {letter!r}")
