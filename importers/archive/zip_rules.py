"""The rules that a zip must keep before a byte of it is unpacked. Our own, because interpreters differ in theirs.

The directory at the end of a zip decides what is in it. Layout as in the format's public specification: end record
(``PK 5 6``), zip64 end record (``PK 6 6``) with its locator (``PK 6 7``), directory entries (``PK 1 2``).
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, NamedTuple

from importers.archive.errors import RefusedArchive

LARGEST_DIRECTORY = 512 << 20
MOST_MEMBERS = 1_000_000

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s4B4HL2L5H2L")
_BLOCK = 1 << 20
_FARTHEST = (1 << 63) - 1
_FULL16, _FULL32 = 0xFFFF, 0xFFFFFFFF


@dataclass(frozen=True)
class Directory:
    """Where the directory lies, and what was odd on the way there.

    ``start`` and ``size`` in bytes; ``count``: declared number of members; ``shift``: bytes before the zip, which
    every offset inside it must be moved by; ``wrapped``: the archive is larger than its 32-bit offsets can tell, as
    macOS writes it; ``odd``: what is unusual (``two-ends``, ``data-before``, ``data-after``).
    """

    start: int
    size: int
    count: int
    shift: int
    wrapped: bool
    odd: tuple[str, ...]


class ZipEntry(NamedTuple):
    """One member as the directory describes it.

    ``raw``: name in bytes, b"" when it is no longer needed; ``mark``: what tells it from other names, in this process
    only; ``unicode``: name of the extra field for it, or None; ``mode``: Unix file type and rights;
    ``packed``, ``size``, ``offset``: bytes; ``limit``: first byte that belongs to something else, 0 when not known yet.
    """

    raw: bytes
    mark: int
    unicode: str | None
    flags: int
    method: int
    mode: int
    crc: int
    packed: int
    size: int
    offset: int
    limit: int = 0

    @property
    def encrypted(self) -> bool:
        """Whether the bytes, or the headers, are behind a password."""
        return bool(self.flags & 0x2041)


class ZipEntries:
    """All members of a directory in its order, as columns: a third of a million of them take little memory."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self._mark = array("q")
        self.unicode: dict[int, str] = {}
        self._small = tuple(array("H") for _ in range(3))
        self._crc = array("L")
        self.packed, self.size, self.offset, self.limit = (array("Q") for _ in range(4))

    def __len__(self) -> int:
        return len(self.offset)

    def forget_names(self) -> None:
        """Let go of the names: whoever needed them has them."""
        self.raw = []
        self.unicode = {}

    def add(self, entry: ZipEntry) -> None:
        """Add a member."""
        if entry.unicode is not None:
            self.unicode[len(self.raw)] = entry.unicode
        self.raw.append(entry.raw)
        self._mark.append(entry.mark)
        for column, value in zip(self._small, (entry.flags, entry.method, entry.mode), strict=True):
            column.append(value)
        self._crc.append(entry.crc)
        self.packed.append(entry.packed)
        self.size.append(entry.size)
        self.offset.append(min(entry.offset, _FARTHEST))
        self.limit.append(0)

    def __getitem__(self, place: int) -> ZipEntry:
        flags, method, mode = (column[place] for column in self._small)
        sizes = self.packed[place], self.size[place], self.offset[place], self.limit[place]
        raw = self.raw[place] if self.raw else b""
        unicode = self.unicode.get(place)
        return ZipEntry(raw, self._mark[place], unicode, flags, method, mode, self._crc[place], *sizes)

    def least_end(self, place: int) -> int:
        """The first byte after a member when its local header has the shortest possible name."""
        return self.offset[place] + 30 + self.packed[place]


def find_directory(stream: IO[bytes], size: int) -> Directory | None:
    """Look for the end of a zip; None when there is none. Raises RefusedArchive when it breaks a rule.

    Of several end records the last one counts whose directory is where it says, before any that announces nothing.
    """
    tail_at = max(0, size - _END.size - _FULL16)
    stream.seek(tail_at)
    tail = stream.read(size - tail_at)
    ends = [(tail_at + at, tail_at + end) for at, end in _ends(tail)]
    empty: Directory | None = None
    refusal: RefusedArchive | None = None
    for at, end in sorted(ends, key=lambda found: (found[1] == size, found[0]), reverse=True):
        try:
            found = _directory(stream, at, tail[at - tail_at :])
        except RefusedArchive as error:
            refusal = refusal or error
            continue
        odd = list(found.odd)
        if any(other != at and other >= found.start for other, _ in ends):
            odd.append("two-ends")
        if end < size:
            odd.append("data-after")
        found = replace(found, odd=tuple(odd))
        if found.size:
            return found
        empty = empty or found
    if refusal is not None:
        raise refusal
    return empty


def _directory(stream: IO[bytes], position: int, record: bytes) -> Directory:
    """The directory that an end record names. Raises RefusedArchive."""
    _, disk, first_disk, here, count, length, start, _ = _END.unpack_from(record)
    if _FULL16 in {here, count, disk} or _FULL32 in {length, start}:
        found = _zip64(stream, position)
        if found is not None:
            position, disk, first_disk, here, count, length, start = found
    if disk or first_disk or here != count:
        raise RefusedArchive("archive-split")
    shift = position - length - start
    if shift < 0 or length > position:
        raise RefusedArchive("archive-damaged", "directory")
    if length > LARGEST_DIRECTORY or count * _ENTRY.size > length:
        raise RefusedArchive("archive-damaged", "directory-size")
    if count > MOST_MEMBERS:
        raise RefusedArchive("archive-too-many")
    stream.seek(start + shift)
    if length and stream.read(4) != b"PK\x01\x02":
        raise RefusedArchive("archive-damaged", "directory")
    wrapped = bool(shift) and shift % (1 << 32) == 0
    odd = ("data-before",) if shift and not wrapped else ()
    return Directory(start + shift, length, count, 0 if wrapped else shift, wrapped=wrapped, odd=odd)


def _ends(tail: bytes) -> Iterator[tuple[int, int]]:
    """All end records whose comment fits: where each begins and ends."""
    at = tail.find(b"PK\x05\x06")
    while at >= 0:
        if at + _END.size <= len(tail):
            end = at + _END.size + int.from_bytes(tail[at + 20 : at + 22], "little")
            if end <= len(tail):
                yield at, end
        at = tail.find(b"PK\x05\x06", at + 1)


def _zip64(stream: IO[bytes], end_at: int) -> tuple[int, int, int, int, int, int, int] | None:
    """The zip64 end record: where it begins, then its disk numbers, counts, length and start of the directory."""
    if end_at < _LOCATOR.size:
        return None
    stream.seek(end_at - _LOCATOR.size)
    data = stream.read(_LOCATOR.size)
    if data[:4] != b"PK\x06\x07":
        return None
    _, _, claimed, disks = _LOCATOR.unpack(data)
    if disks > 1:
        raise RefusedArchive("archive-split")
    # The record ends where its locator begins; the offset in the locator is wrong by any bytes before the zip.
    for at in (claimed, end_at - _LOCATOR.size - _END64.size):
        if not 0 <= at <= end_at - _LOCATOR.size - _END64.size:
            continue
        stream.seek(at)
        record = stream.read(_END64.size)
        if len(record) == _END64.size and record[:4] == b"PK\x06\x06":
            _, _, _, _, disk, first_disk, here, count, length, start = _END64.unpack(record)
            return at, disk, first_disk, here, count, length, start
    raise RefusedArchive("archive-damaged", "zip64")


def entries(stream: IO[bytes], directory: Directory) -> Iterator[ZipEntry]:
    """The members that the directory names, in its order; ends early where it is damaged.

    The directory is read in blocks, so that its size is not held in memory. Raises RefusedArchive when there are more
    members than an archive may hold.
    """
    stream.seek(directory.start)
    left, data, at, number = directory.size, b"", 0, 0
    before, shift = 0, directory.shift
    while True:
        if len(data) - at < _ENTRY.size + 3 * _FULL16 and left:
            block = stream.read(min(_BLOCK, left))
            left = left - len(block) if block else 0
            data, at = data[at:] + block, 0
        if len(data) - at < _ENTRY.size or data[at : at + 4] != b"PK\x01\x02":
            return
        fields = _ENTRY.unpack_from(data, at)
        at += _ENTRY.size
        name, extra, comment = fields[12:15]
        if at + name + extra + comment > len(data):
            return
        number += 1
        if number > MOST_MEMBERS:
            raise RefusedArchive("archive-too-many")
        if directory.wrapped and fields[18] < before:
            shift += 1 << 32
        before = fields[18]
        yield _entry(fields, data[at : at + name], data[at + name : at + name + extra], shift)
        at += name + extra + comment


def _entry(fields: tuple[int, ...], raw: bytes, extra: bytes, shift: int) -> ZipEntry:
    flags, method, crc, packed, size = fields[5], fields[6], fields[9], fields[10], fields[11]
    mode, offset = fields[17] >> 16, fields[18]
    unicode = None
    if extra and (_FULL32 in (packed, size, offset) or not raw.isascii()):
        for kind, body in _extras(extra):
            if kind == 1:
                size, rest = _wide(size, body)
                packed, rest = _wide(packed, rest)
                offset, _ = _wide(offset, rest)
            elif kind == 0x7075 and body[:1] == b"\x01" and body[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
                unicode = body[5:].decode("utf-8", "replace")
    return ZipEntry(raw, hash(raw), unicode, flags, method, mode, crc, packed, size, offset + shift)


def _extras(extra: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + length]
        at += 4 + length


def _wide(value: int, body: bytes) -> tuple[int, bytes]:
    """A size or offset of the zip64 field, when the plain one says that it stands there."""
    if value != _FULL32 or len(body) < 8:
        return value, body
    return int.from_bytes(body[:8], "little"), body[8:]


def without_overlaps(found: ZipEntries, directory: Directory) -> set[int]:
    """Places of members that share bytes with another one or with the directory; sets the ``limit`` of all.

    Members that share bytes are how a small archive unpacks to a huge one. Raises RefusedArchive when that is more
    than one in a hundred.
    """
    order = sorted(range(len(found)), key=found.offset.__getitem__)
    bad: set[int] = set()
    end, holder, limit = 0, -1, directory.start
    for place in order:
        offset, least_end = found.offset[place], found.least_end(place)
        if offset < end:
            bad.update((place, holder))
        if least_end > end:
            end, holder = least_end, place
        if least_end > directory.start and offset < directory.start + directory.size:
            bad.add(place)
    for place in reversed(order):
        found.limit[place] = limit
        limit = min(limit, found.offset[place])
    if len(bad) * 100 > len(found):
        raise RefusedArchive("archive-overlap")
    return bad
