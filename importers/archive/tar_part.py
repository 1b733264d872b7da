"""A tar, packed or not: one pass lists its members, and they are read in the order in which they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from importers.archive import names
from importers.archive.content import Found, Watch
from importers.archive.errors import DamagedMember, RefusedArchive
from importers.archive.forward import PackedTape, PlainTape, Tape
from importers.archive.notes import Notes
from importers.archive.sources import Slice, Source
from importers.archive.tar_headers import BLOCK, LONGEST, Header, parsed, pax
from importers.archive.unpack import crc32
from importers.archive.zip_rules import MOST_MEMBERS

_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class TarEntry:
    """Where a member's bytes stand in the unpacked tar."""

    start: int
    size: int


class TarPart:
    """The members of a tar. ``prefix``: path of the tar itself inside another archive, with a slash."""

    def __init__(self, source: Source, tape: Tape, notes: Notes, prefix: str = "") -> None:
        self._source, self._tape, self._notes, self._prefix = source, tape, notes, prefix
        self._damaged = False

    def members(self) -> Iterator[Found]:
        """See ``Content``. Of a tar that is cut, all that stands before the cut, and a notice."""
        packed = 0
        for count, found in enumerate(self._listed()):
            if count >= MOST_MEMBERS:
                raise RefusedArchive("archive-too-many")
            share = BLOCK + _padded(found.size)
            if not isinstance(self._tape, PlainTape):
                packed, share = self._tape.packed, self._tape.packed - packed
            yield Found(found.path, found.size, share, found.ref, found.check)

    def open(self, ref: TarEntry, watch: Watch) -> io.RawIOBase:
        """See ``Content``."""
        self._tape.seek(ref.start)
        self._tape.remember()
        return _TarStream(self._tape, ref, watch)

    def piece(self, ref: TarEntry) -> Source | None:
        """See ``Content``."""
        if not isinstance(self._tape, PlainTape):
            return None
        return Slice("", self._source, ref.start, ref.size)

    def _listed(self) -> Iterator[Found]:
        position = 0
        try:
            for start, header in self._headers():
                position = start
                entry = TarEntry(start, header.size)
                path = self._notes.named(_decoded(header.raw), self._prefix)
                if header.special:
                    self._notes.add("member-no-file", self._prefix + path)
                elif header.type == ord("S"):
                    self._notes.add("member-method", self._prefix + path, "sparse")
                elif header.file and not header.folder:
                    check, whole = self._check(entry)
                    yield Found(path, header.size, 0, entry, check)
                    if not whole:
                        self._cut(start)
                        return
        except DamagedMember:
            self._cut(position)

    def _headers(self) -> Iterator[tuple[int, Header]]:
        """Each header that names a member, its long name and size applied, and where its bytes begin."""
        at, ended = 0, False
        name: bytes | None = None
        size: int | None = None
        sparse = False
        while block := self._block(at):
            at += BLOCK
            if not any(block):
                ended = True
                continue
            header = parsed(block)
            if header is None:
                self._odd("data-after" if ended else "header")
                name, size, sparse = None, None, False
                continue
            if header.type in b"LKxgX":
                data = self._bytes(at, header.size)
                if header.type == ord("L"):
                    name = data.split(b"\0", 1)[0] or None
                elif header.type in b"xX":
                    records = pax(data)
                    name = records.get("GNU.sparse.name", records.get("path", name))
                    size = _digits(records.get("size"), size)
                    sparse = any(key.startswith("GNU.sparse.") for key in records)
                at += _padded(header.size)
                continue
            if ended:
                self._odd("data-after")
            extended = header.extended
            while extended and (block := self._block(at)):
                at += BLOCK
                extended = block[504] != 0
            whole = header.size if size is None or header.type in b"12" else size
            kind = ord("S") if sparse else header.type
            yield at, Header(header.raw if name is None else name, whole, kind, extended=False)
            at += _padded(whole)
            name, size, sparse = None, None, False

    def _block(self, at: int) -> bytes:
        data = self._exactly(at, BLOCK)
        if data and len(data) < BLOCK:
            raise DamagedMember("member-cut")
        return data

    def _bytes(self, at: int, size: int) -> bytes:
        if size > LONGEST:
            self._odd("header-size")
            return b""
        data = self._exactly(at, size)
        if len(data) < size:
            raise DamagedMember("member-cut")
        return data

    def _exactly(self, at: int, size: int) -> bytes:
        """Bytes from a position on; fewer only at the end."""
        if self._tape.at != at:
            self._tape.seek(at)
        pieces: list[bytes] = []
        while size and (data := self._tape.read(size)):
            pieces.append(data)
            size -= len(data)
        return b"".join(pieces)

    def _check(self, entry: TarEntry) -> tuple[int | None, bool]:
        """CRC-32 of a member and whether all of it is there. An unpacked tar is not read for that."""
        if isinstance(self._tape, PlainTape):
            return None, entry.start + entry.size <= self._source.size
        check, left = 0, entry.size
        try:
            if self._tape.at != entry.start:
                self._tape.seek(entry.start)
            while left and (data := self._tape.read(min(_PIECE, left))):
                check = crc32(data, check)
                left -= len(data)
        except DamagedMember:
            return None, False
        return check, not left

    def _cut(self, position: int) -> None:
        self._notes.add("archive-cut", self._prefix.rstrip("/"), f"byte {max(position, self._tape.at)}")

    def _odd(self, what: str) -> None:
        if not self._damaged:
            self._notes.add("archive-odd", self._prefix.rstrip("/"), what)
            self._damaged = True


class LonePart:
    """A packed file that holds one file and no tar: ``list.csv.gz``."""

    def __init__(self, source: Source, tape: PackedTape) -> None:
        self._source, self._tape = source, tape

    def members(self) -> Iterator[Found]:
        """See ``Content``."""
        name = names.clean(self._source.name).rsplit("/", 1)[-1]
        stem, dot, ending = name.rpartition(".")
        inner = stem if dot and ending.lower() in {"gz", "bz2", "xz"} else name
        yield Found(inner, -1, self._source.size, TarEntry(0, -1))

    def open(self, ref: TarEntry, watch: Watch) -> io.RawIOBase:
        """See ``Content``."""
        self._tape.seek(0)
        return _LoneStream(self._tape, self._source.size, ref, watch)

    def piece(self, ref: TarEntry) -> Source | None:  # noqa: ARG002 - it is packed
        """See ``Content``."""
        return None


class _TarStream(io.RawIOBase):
    """A member's bytes. Several may be read by turns: each goes back to its own place on the tape."""

    def __init__(self, tape: Tape, entry: TarEntry, watch: Watch) -> None:
        super().__init__()
        self._tape, self._entry, self._watch = tape, entry, watch
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        left = self._entry.size - self._given
        if not left or not len(buffer):
            self._watch.progress(self._given, max(1, self._entry.size))
            return 0
        place = self._entry.start + self._given
        if self._tape.at != place:
            self._tape.seek(place)
        data = self._tape.read(min(len(buffer), left))
        if not data:
            raise DamagedMember("member-cut")
        self._given += len(data)
        self._watch.progress(self._given, self._entry.size)
        buffer[: len(data)] = data
        return len(data)


class _LoneStream(io.RawIOBase):
    """The unpacked bytes of a lone packed file."""

    def __init__(self, tape: PackedTape, size: int, entry: TarEntry, watch: Watch) -> None:
        super().__init__()
        self._tape, self._size, self._at, self._watch = tape, size, entry.start, watch

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._tape.at != self._at:
            self._tape.seek(self._at)
        data = self._tape.read(len(buffer))
        self._at += len(data)
        self._watch.progress(self._tape.packed, max(1, self._size))
        if not data and self._tape.trailing:
            self._watch.odd("data-after")
        buffer[: len(data)] = data
        return len(data)


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _digits(text: bytes | None, otherwise: int | None) -> int | None:
    return int(text[:18]) if text and text.isdigit() else otherwise


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(names.old_codec([raw]), "replace")
