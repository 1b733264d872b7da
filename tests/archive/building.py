"""Archives built byte by byte, so that every field can lie."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zlib
from dataclasses import dataclass

from importers.archive.parts import FilePart
from importers.archive.view import View, open_archive

STORED, DEFLATE, BZIP2, LZMA = 0, 8, 12, 14


@dataclass(frozen=True)
class Entry:
    """A member of a zip. None means: as it truly is."""

    name: bytes
    data: bytes = b""
    method: int = DEFLATE
    flags: int = 0x800
    crc: int | None = None
    packed_size: int | None = None
    size: int | None = None
    offset: int | None = None
    local_name: bytes | None = None
    mode: int = 0
    extra: bytes = b""
    packed: bytes | None = None

    def packed_bytes(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method == DEFLATE:
            squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
            return squeeze.compress(self.data) + squeeze.flush()
        if self.method == BZIP2:
            return bz2.compress(self.data)
        if self.method == LZMA:
            return zip_lzma(self.data)
        return self.data


def zip_lzma(data: bytes, dictionary: int | None = None) -> bytes:
    """LZMA as zip has it; ``dictionary``: what the header claims."""
    settings = {"id": lzma.FILTER_LZMA1, "preset": 6, "dict_size": 1 << 20, "lc": 3, "lp": 0, "pb": 2}
    body = lzma.compress(data, lzma.FORMAT_RAW, filters=[settings])
    return b"\x09\x14\x05\x00" + bytes([93]) + struct.pack("<L", dictionary or 1 << 20) + body


def local(entry: Entry) -> bytes:
    """A member's local header and packed bytes."""
    name = entry.name if entry.local_name is None else entry.local_name
    packed = entry.packed_bytes()
    crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
    length = len(packed) if entry.packed_size is None else entry.packed_size
    size = len(entry.data) if entry.size is None else entry.size
    sizes = (min(length, 0xFFFFFFFF), min(size, 0xFFFFFFFF))
    return (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, entry.flags, entry.method, 0, 33, crc, *sizes, len(name), 0)
        + name
        + packed
    )


def listed(entry: Entry, offset: int) -> bytes:
    """A member's entry in the directory."""
    crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
    length = len(entry.packed_bytes()) if entry.packed_size is None else entry.packed_size
    size = len(entry.data) if entry.size is None else entry.size
    at = offset if entry.offset is None else entry.offset
    return (
        struct.pack(
            "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, entry.flags, entry.method, 0, 33, crc, length, size,
            len(entry.name), len(entry.extra), 0, 0, 0, entry.mode << 16, at,
        )
        + entry.name
        + entry.extra
    )  # fmt: skip


def end(count: int, size: int, start: int, comment: bytes = b"", disk: int = 0) -> bytes:
    """The end record."""
    return struct.pack("<4s4H2LH", b"PK\x05\x06", disk, disk, count, count, size, start, len(comment)) + comment


def end64(count: int, size: int, start: int, at: int) -> bytes:
    """The zip64 end record and its locator; ``at``: where the record begins."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    return record + struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)


def zipped(*entries: Entry, before: bytes = b"", after: bytes = b"") -> bytes:
    """A zip of these members."""
    body, directory = b"", b""
    for entry in entries:
        directory += listed(entry, len(body))
        body += local(entry)
    return before + body + directory + end(len(entries), len(directory), len(body)) + after


def texts(count: int) -> list[Entry]:
    """Honest members with a few lines each."""
    return [Entry(f"folder/{n:04}.txt".encode(), b"a line of text, number %d\n" % n * 20) for n in range(count)]


def info(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """A tar header."""
    made = tarfile.TarInfo(name)
    made.size, made.type, made.linkname = size, kind, link
    return made


def tarred(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.GNU_FORMAT) -> bytes:
    """A tar of these headers and bytes."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for header, data in members:
            archive.addfile(header, io.BytesIO(data))
    return out.getvalue()


def files(count: int, size: int = 3000) -> list[tuple[tarfile.TarInfo, bytes]]:
    """Honest members whose bytes do not pack well."""
    return [(info(f"folder/{n:04}.bin", size), random.Random(n).randbytes(size)) for n in range(count)]


def tgz(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """A packed tar."""
    return gzip.compress(tarred(*members), 6, mtime=0)


def part(name: str, data: bytes) -> FilePart:
    """Bytes as a part."""
    return FilePart(name, io.BytesIO(data), len(data))


def view(data: bytes, name: str = "archive.zip") -> View:
    """A view over one file."""
    return open_archive([part(name, data)])


def paths(archive: View) -> list[str]:
    """All paths in order."""
    return [member.path for member in archive.members]


def reasons(archive: View) -> list[str]:
    """What was told about the archive itself: the ids."""
    return [notice.reason for _, notice in archive.notices]


def whole(archive: View) -> dict[str, bytes]:
    """All members' bytes, read in order."""
    return {member.path: b"".join(member.pieces()) for member in archive.members}
