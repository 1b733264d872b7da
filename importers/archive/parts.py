"""What an archive is made of before it is read: open files, or a folder whose files are opened on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class FilePart:
    """One file: a zip, a tgz or a plain file. ``stream`` is seekable and open; ``name`` is for display only."""

    name: str
    stream: IO[bytes]
    size: int


@dataclass(frozen=True)
class FolderPart:
    """A folder. ``entries``: relative path with ``/`` and size in bytes; ``open`` gives the n-th as a stream."""

    name: str
    entries: tuple[tuple[str, int], ...]
    open: Callable[[int], IO[bytes]]


Part = FilePart | FolderPart
