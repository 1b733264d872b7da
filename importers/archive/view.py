"""One view over everything an archive can be."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO

from importers.archive import names
from importers.archive.errors import DamagedMember
from importers.archive.parts import FilePart, Part

PIECE = 1 << 20


class ViewMember:
    """A member of a view; see ``importers.contract.Member``."""

    def __init__(self, archive: View, path: str, size: int, open_: Callable[[], IO[bytes]]) -> None:
        self.archive = archive
        self.path = names.clean(path)
        self.size = size
        self.open = open_

    def pieces(self) -> Iterator[bytes]:
        """The bytes in blocks of 1 MiB at most."""
        with self.open() as stream:
            while piece := stream.read(PIECE):
                yield piece

    def read(self, limit: int) -> bytes:
        """All bytes; raises DamagedMember when there are more than ``limit``."""
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise DamagedMember("member-too-large")
        return data


class View:
    """See ``importers.contract.Archive``."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.name = parts[0].name if parts else ""
        self.members: tuple[ViewMember, ...] = tuple(self._members(parts))
        self._memo: dict[str, object] = {}

    def find(self, *patterns: str) -> tuple[ViewMember, ...]:
        """Members whose path matches one of the patterns."""
        return tuple(member for member in self.members if names.matches(member.path, *patterns))

    def memo(self, key: str, make: Callable[[], object]) -> object:
        """Made once for each key, kept as long as the view."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    def _members(self, parts: Sequence[Part]) -> Iterator[ViewMember]:
        for part in parts:
            if not isinstance(part, FilePart):
                for index, (path, size) in enumerate(part.entries):
                    yield ViewMember(self, path, size, lambda part=part, index=index: part.open(index))
            elif part.stream.read(4) == b"PK\x03\x04" and not part.name.lower().endswith((".xlsx", ".kmz")):
                archive = zipfile.ZipFile(part.stream)
                for info in archive.infolist():
                    if not info.is_dir():
                        yield ViewMember(
                            self, info.filename, info.file_size, lambda archive=archive, info=info: archive.open(info)
                        )
            else:
                yield ViewMember(self, part.name, part.size, lambda part=part: _rewound(part.stream))


def open_archive(parts: Sequence[Part]) -> View:
    """A view over the parts. Raises ``RefusedArchive`` when the archive breaks a rule."""
    return View(parts)


def _rewound(stream: IO[bytes]) -> IO[bytes]:
    stream.seek(0)
    return stream
