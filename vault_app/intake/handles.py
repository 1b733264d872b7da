"""Opening archives: once, regular files only, no link followed; and which files belong together."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from importers.archive.names import natural
from importers.archive.parts import FilePart, FolderPart, Part
from importers.archive.sets import numbered

MOST_ENTRIES = 1_000_000
"""Files of the largest folder that is taken."""


class HandleError(Exception):
    """A file or folder cannot be taken: not there, not regular, a link, or too many files."""


@contextmanager
def closing_parts(paths: Sequence[Path]) -> Iterator[tuple[Part, ...]]:
    """Files and folders as the open parts of one archive. Raises HandleError."""
    with ExitStack() as stack:
        parts: list[Part] = []
        for path in paths:
            if path.is_dir():
                parts.append(_folder(path))
                continue
            stream = _opened(path)
            stack.enter_context(stream)
            parts.append(FilePart(path.name, stream, os.fstat(stream.fileno()).st_size))
        yield tuple(parts)


def together(paths: Sequence[Path]) -> list[list[Path]]:
    """Files as archives: the parts of one export are one archive, in order; all others stand alone.

    A file that is named twice counts once.
    """
    sets: dict[str, list[Path]] = {}
    for path in dict.fromkeys(paths):
        found = numbered(path.name)
        key = f"{path.parent}/{found.set}" if found else f"{path.absolute()}"
        sets.setdefault(key, []).append(path)
    return [sorted(paths, key=lambda path: natural(path.name)) for paths in sets.values()]


def _opened(path: Path) -> IO[bytes]:
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        stream = os.fdopen(os.open(path, flags), "rb")
    except OSError as error:
        raise HandleError(error.strerror or "") from error
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise HandleError("not a regular file")
    return stream


def _folder(path: Path) -> FolderPart:
    files: list[Path] = []
    for place, _folders, names in os.walk(path, followlinks=False):
        for name in names:
            file = Path(place, name)
            if file.is_file() and not file.is_symlink():
                files.append(file)
        if len(files) > MOST_ENTRIES:
            raise HandleError("too many files")
    files.sort()
    try:
        entries = tuple((file.relative_to(path).as_posix(), file.lstat().st_size) for file in files)
    except OSError as error:
        raise HandleError(error.strerror or "") from error
    return FolderPart(path.name, entries, lambda index: _opened(files[index]))
