"""Writing files that leave the vault: a ``.part`` beside the place, synced, then renamed. Never a temporary file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class FileExists(Exception):
    """A file of that name is there already; nothing is written over."""


class Hashed:
    """A file being written, with the hash and size of what was written so far."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> None:
        """Write text as UTF-8."""
        data = text.encode("utf-8", "replace")
        self._stream.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Hash of all bytes so far, hex."""
        return self._hash.hexdigest()


@contextmanager
def leaving(path: Path) -> Iterator[Hashed]:
    """A new file at ``path``; it appears whole or not at all. Raises FileExists and OSError."""
    if path.exists():
        raise FileExists
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as stream:
            yield Hashed(stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
