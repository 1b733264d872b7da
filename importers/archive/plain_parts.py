"""Parts that are not packed: a folder, and a single file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

from importers.archive import names
from importers.archive.content import Found, Watch
from importers.archive.parts import FolderPart
from importers.archive.sources import FolderFile, Source


class FolderContent:
    """The files of a folder, each opened when it is read."""

    def __init__(self, part: FolderPart) -> None:
        self._part = part

    def members(self) -> Iterator[Found]:
        """See ``Content``."""
        for index, (path, size) in enumerate(self._part.entries):
            yield Found(names.clean(path), size, size, index)

    def open(self, ref: int, watch: Watch) -> io.RawIOBase:
        """See ``Content``."""
        return _Plain(self._part.open(ref), self._part.entries[ref][1], watch)

    def piece(self, ref: int) -> Source:
        """See ``Content``."""
        return FolderFile(self._part, ref)


class SingleContent:
    """One file that is its own only member."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def members(self) -> Iterator[Found]:
        """See ``Content``."""
        yield Found(names.clean(self._source.name), self._source.size, self._source.size, None)

    def open(self, ref: None, watch: Watch) -> io.RawIOBase:  # noqa: ARG002 - there is only one
        """See ``Content``."""
        return _Plain(self._source.open(), self._source.size, watch)

    def piece(self, ref: None) -> Source | None:  # noqa: ARG002 - there is only one
        """See ``Content``."""
        return self._source


class _Plain(io.RawIOBase):
    """A file's own bytes."""

    def __init__(self, stream: IO[bytes], size: int, watch: Watch) -> None:
        super().__init__()
        self._stream, self._size, self._watch = stream, size, watch
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._given += len(data)
        self._watch.progress(self._given, max(self._size, self._given))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
