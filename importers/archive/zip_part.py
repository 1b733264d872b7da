"""A zip: its directory decides what is in it, its members are unpacked as they are read."""

from __future__ import annotations

import io
import stat
import struct
from collections.abc import Iterator
from contextlib import closing
from typing import IO

from importers.archive import names, unpack
from importers.archive.content import Found, Watch
from importers.archive.errors import DamagedMember, RefusedArchive
from importers.archive.notes import Notes
from importers.archive.sources import Slice, Source
from importers.archive.zip_rules import ZipEntries, ZipEntry, entries, find_directory, without_overlaps

_LOCAL = 30
_CHUNK = 1 << 16
_STORED, _LZMA = 0, 14
_SPECIAL = {stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK}


class ZipPart:
    """A zip file. Raises RefusedArchive when it breaks a rule of ``zip_rules``."""

    def __init__(self, source: Source, notes: Notes, prefix: str = "") -> None:
        self._source = source
        self._notes = notes
        self._prefix = prefix
        with closing(source.open()) as stream:
            directory = find_directory(stream, source.size)
            if directory is None:
                raise RefusedArchive("archive-damaged", "end")
            self._entries, listed = _once(entries(stream, directory))
        if directory.count and not listed:
            raise RefusedArchive("archive-damaged", "directory")
        whole = (listed - directory.count) % (1 << 16) == 0
        for odd in (*directory.odd, *(() if whole else ("count",))):
            notes.add("archive-odd", prefix.rstrip("/"), odd)
        self._hidden = without_overlaps(self._entries, directory)

    @property
    def document(self) -> bool:
        """Whether this is a workbook, a book, a map or a program: a zip as well, and yet one file."""
        return any(
            raw in {b"[Content_Types].xml", b"doc.kml", b"META-INF/MANIFEST.MF", b"AndroidManifest.xml"}
            or (raw == b"mimetype" and not place)
            for place, raw in enumerate(self._entries.raw)
        )

    def members(self) -> Iterator[Found]:
        """See ``Content``."""
        old = [raw for raw in self._entries.raw if not _is_utf8(raw)]
        codec = names.old_codec(old) if old else "cp437"
        for place in range(len(self._entries)):
            entry = self._entries[place]
            path = self._notes.named(_decoded(entry, codec), self._prefix)
            if place in self._hidden:
                self._notes.add("member-overlap", self._prefix + path)
            elif stat.S_IFMT(entry.mode) in _SPECIAL:
                self._notes.add("member-no-file", self._prefix + path)
            elif entry.size or not (path.endswith("/") or stat.S_ISDIR(entry.mode)):
                check = None if entry.encrypted else entry.crc
                yield Found(path, entry.size, 30 + len(entry.raw) + entry.packed, place, check)
        self._entries.forget_names()

    def open(self, ref: int, watch: Watch) -> io.RawIOBase:
        """See ``Content``."""
        entry = self._entries[ref]
        if entry.encrypted:
            raise DamagedMember("member-encrypted")
        stream = self._source.open()
        try:
            start = self._start(stream, entry, watch)
            decoder, head = _decoder(stream, entry, start)
        except BaseException:
            stream.close()
            raise
        return _Unpacked(stream, decoder, entry, start + head, watch)

    def piece(self, ref: int) -> Source | None:
        """See ``Content``."""
        entry = self._entries[ref]
        if entry.method != _STORED or entry.encrypted or entry.packed != entry.size:
            return None
        with closing(self._source.open()) as stream:
            start = self._start(stream, entry, None)
        return Slice("", self._source, start, entry.size)

    def _start(self, stream: IO[bytes], entry: ZipEntry, watch: Watch | None) -> int:
        """Where the packed bytes begin, behind the local header."""
        if entry.offset >= self._source.size:
            raise DamagedMember("member-cut")
        stream.seek(entry.offset)
        head = stream.read(_LOCAL)
        if len(head) < _LOCAL or head[:4] != b"PK\x03\x04":
            raise DamagedMember("member-damaged", "header")
        name, extra = struct.unpack_from("<2H", head, 26)
        start = entry.offset + _LOCAL + int(name) + int(extra)
        if watch is not None and hash(stream.read(name)) != entry.mark:
            watch.odd("names")
        if start + entry.packed > entry.limit > entry.offset:
            raise DamagedMember("member-overlap")
        return start


class _Unpacked(io.RawIOBase):
    """A member's bytes, checked against what the directory declares."""

    def __init__(self, stream: IO[bytes], decoder: unpack.Decoder, entry: ZipEntry, start: int, watch: Watch) -> None:
        super().__init__()
        self._stream, self._decoder, self._entry, self._watch = stream, decoder, entry, watch
        self._at, self._end = start, max(start, start + entry.packed - (9 if entry.method == _LZMA else 0))
        self._given, self._crc, self._over = 0, 0, False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Up to so many bytes, fewer when that is what one step of unpacking gives."""
        return self._piece(size) if size >= 0 else self.readall()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._piece(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _piece(self, most: int) -> bytes:
        if not most:
            return b""
        data = b"" if self._over else self._next(most)
        left = self._entry.size - self._given
        self._over = self._over or len(data) > left
        data = data[:left]
        if not data:
            self._check()
            return b""
        self._given += len(data)
        self._watch.unpacked(self._given)
        self._watch.progress(self._entry.packed - (self._end - self._at), self._entry.packed)
        self._crc = unpack.crc32(data, self._crc)
        return data

    def close(self) -> None:
        self._stream.close()
        super().close()

    def _next(self, most: int) -> bytes:
        decoder = self._decoder
        idle = 0
        while not decoder.done and idle < 3:
            packed = b""
            if decoder.hungry and self._at < self._end:
                packed = self._packed(min(_CHUNK, self._end - self._at))
            try:
                data = decoder.unpack(packed, most)
            except unpack.BROKEN as error:
                raise DamagedMember("member-damaged", "packing") from error
            except MemoryError as error:
                raise DamagedMember("member-damaged", "memory") from error
            if data:
                return data
            idle = 0 if packed else idle + 1
        return b""

    def _packed(self, count: int) -> bytes:
        self._stream.seek(self._at)
        data = self._stream.read(count)
        if not data:
            raise DamagedMember("member-cut")
        self._at += len(data)
        return data

    def _check(self) -> None:
        """The whole member has been given. Raises DamagedMember when it is not what the directory says."""
        if self._over:
            raise DamagedMember("member-damaged", "size")
        if self._given < self._entry.size:
            raise DamagedMember("member-cut")
        if self._crc != self._entry.crc:
            raise DamagedMember("member-damaged", "crc")
        self._watch.progress(1, 1)


def _decoder(stream: IO[bytes], entry: ZipEntry, start: int) -> tuple[unpack.Decoder, int]:
    """The decoder of a member's method, and how many bytes of settings stand before the packed bytes."""
    match entry.method:
        case 0:
            if entry.packed != entry.size:
                raise DamagedMember("member-damaged", "size")
            return unpack.Stored(), 0
        case 8:
            return unpack.deflate(), 0
        case 12:
            return unpack.bzip2(), 0
        case 14:
            stream.seek(start)
            return unpack.zip_lzma(stream.read(min(9, entry.packed))), 9
        case _:
            raise DamagedMember("member-method", str(entry.method))


def _once(found: Iterator[ZipEntry]) -> tuple[ZipEntries, int]:
    """The entries, those that point to the same bytes under the same name as one; and how many were listed."""
    seen: set[int] = set()
    kept, listed = ZipEntries(), 0
    for entry in found:
        listed += 1
        identity = hash((entry.mark, entry.offset, entry.packed, entry.size))
        if identity not in seen:
            seen.add(identity)
            kept.add(entry)
    return kept, listed


def _is_utf8(raw: bytes) -> bool:
    if raw.isascii():
        return True
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(entry: ZipEntry, codec: str) -> str:
    if entry.unicode is not None:
        return entry.unicode
    if entry.flags & 0x800 or _is_utf8(entry.raw):
        return entry.raw.decode("utf-8", "replace")
    return entry.raw.decode(codec, "replace")
