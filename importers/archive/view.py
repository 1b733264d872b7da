"""One view over everything an archive can be. Nothing is ever extracted."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import IO

from importers.archive import names
from importers.archive.errors import ArchiveError, BudgetExceeded, DamagedMember, RefusedArchive
from importers.archive.parts import FilePart, Part
from importers.records import Notice

PIECE = 1 << 20
MOST_MEMBERS = 1_000_000
FREE = 256 << 20
"""Bytes that any archive may unpack to, besides a hundred times its size."""

_WORKBOOK = ("[Content_Types].xml", "mimetype", "doc.kml", "META-INF/")
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


class Budget:
    """How many bytes may still be unpacked, over all members and parts."""

    def __init__(self, size: int) -> None:
        self.left = 100 * size + FREE
        self.done = 0

    def charge(self, count: int) -> None:
        """Count unpacked bytes. Raises BudgetExceeded."""
        self.left -= count
        if self.left < 0:
            raise BudgetExceeded("archive-bomb")


class _Charged(io.RawIOBase):
    """A member's stream that counts against the budget and tells damage by one class."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        super().__init__()
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except _BROKEN as error:
            raise DamagedMember("member-damaged", type(error).__name__) from error
        self._budget.charge(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


class ViewMember:
    """A member of a view; see ``importers.contract.Member``."""

    def __init__(self, archive: View, path: str, size: int, weight: int, open_: Callable[[], IO[bytes]]) -> None:
        self.archive = archive
        self.path = names.clean(path)
        self.size = size
        self.weight = weight
        self._open = open_

    def open(self) -> IO[bytes]:
        """The bytes as a stream. Raises DamagedMember."""
        try:
            stream = self._open()
        except _BROKEN as error:
            raise DamagedMember("member-damaged", type(error).__name__) from error
        self.archive.opened(self)
        return io.BufferedReader(_Charged(stream, self.archive.budget), 1 << 16)

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
    """See ``importers.contract.Archive``. ``notices``: what was odd about the archive itself, with the member's path.

    ``bytes_done``: bytes of the archive that belong to members which were opened, of ``bytes_total``.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.name = parts[0].name if parts else ""
        self.notices: list[tuple[str, Notice]] = []
        self.bytes_total = sum(_size(part) for part in parts)
        self.bytes_done = 0
        self.budget = Budget(self.bytes_total)
        self._memo: dict[str, object] = {}
        self._touched: set[int] = set()
        try:
            self.members: tuple[ViewMember, ...] = tuple(self._members(parts))
        except ArchiveError:
            raise
        except _BROKEN as error:
            raise RefusedArchive("archive-damaged", type(error).__name__) from error

    def find(self, *patterns: str) -> tuple[ViewMember, ...]:
        """Members whose path matches one of the patterns."""
        return tuple(member for member in self.members if names.matches(member.path, *patterns))

    def memo(self, key: str, make: Callable[[], object]) -> object:
        """Made once for each key, kept as long as the view."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    def opened(self, member: ViewMember) -> None:
        """Count a member's bytes as consumed, once."""
        if id(member) not in self._touched:
            self._touched.add(id(member))
            self.bytes_done += member.weight

    def _members(self, parts: Sequence[Part]) -> Iterator[ViewMember]:
        seen: dict[tuple[str, int, int], str] = {}
        for part in parts:
            if not isinstance(part, FilePart):
                for index, (path, size) in enumerate(part.entries):
                    yield ViewMember(self, path, size, size, partial(part.open, index))
                continue
            part.stream.seek(0)
            head = part.stream.read(1024)
            if head.startswith(b"PK\x03\x04") and not _is_document(part):
                yield from self._zip(part, seen)
            elif head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar":
                yield from self._tar(part)
            else:
                yield ViewMember(self, part.name, part.size, part.size, partial(_rewound, part.stream))

    def _zip(self, part: FilePart, seen: dict[tuple[str, int, int], str]) -> Iterator[ViewMember]:
        archive = zipfile.ZipFile(part.stream)
        entries = [info for info in archive.infolist() if info.filename and not info.filename.endswith("/")]
        if len(entries) > MOST_MEMBERS:
            raise RefusedArchive("archive-too-many")
        _refuse_overlaps(entries)
        for info in entries:
            identity = (names.folded(info.filename), info.file_size, info.CRC)
            if identity in seen:
                continue
            seen[identity] = info.filename
            if info.flag_bits & 1:
                self.notices.append((names.clean(info.filename), Notice("member-encrypted")))
            yield ViewMember(self, info.filename, info.file_size, info.compress_size, partial(archive.open, info))

    def _tar(self, part: FilePart) -> Iterator[ViewMember]:
        part.stream.seek(0)
        with tarfile.open(fileobj=part.stream, mode="r:*") as archive:
            entries: list[tarfile.TarInfo] = []
            for info in archive:
                self.budget.charge(512)
                if len(entries) >= MOST_MEMBERS:
                    raise RefusedArchive("archive-too-many")
                if info.isreg():
                    entries.append(info)
                elif not info.isdir():
                    self.notices.append((names.clean(info.name), Notice("member-no-file")))
        for info in entries:
            yield ViewMember(self, info.name, info.size, info.size // 4, partial(_tar_member, part.stream, info.name))


def open_archive(parts: Sequence[Part]) -> View:
    """A view over the parts. Raises ``RefusedArchive`` when the archive breaks a rule."""
    return View(parts)


def _is_document(part: FilePart) -> bool:
    """A workbook, a text document or a map is a zip as well, and yet one file."""
    try:
        first = zipfile.ZipFile(part.stream).infolist()[:4]
    except _BROKEN as error:
        raise RefusedArchive("archive-damaged", type(error).__name__) from error
    return any(info.filename.startswith(_WORKBOOK) for info in first)


def _refuse_overlaps(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Members that share bytes are how a small archive unpacks to a huge one."""
    end = 0
    for info in sorted(entries, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise RefusedArchive("archive-overlap")
        end = info.header_offset + 30 + info.compress_size


def _tar_member(stream: IO[bytes], name: str) -> IO[bytes]:
    stream.seek(0)
    archive = tarfile.open(fileobj=stream, mode="r:*")  # noqa: SIM115 - the member's stream keeps it open
    found = archive.extractfile(name)
    if found is None:
        raise DamagedMember("member-damaged")
    return found


def _rewound(stream: IO[bytes]) -> IO[bytes]:
    stream.seek(0)
    return io.BufferedReader(_Unclosed(stream))


class _Unclosed(io.RawIOBase):
    """A view of a stream that others will read again: closing it closes nothing."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _size(part: Part) -> int:
    return part.size if isinstance(part, FilePart) else sum(size for _, size in part.entries)
