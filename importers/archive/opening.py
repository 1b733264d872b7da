"""What kind of archive a file is, by its bytes, and the part that reads it."""

from __future__ import annotations

from contextlib import closing

from importers.archive import unpack
from importers.archive.budget import Budget, Meter
from importers.archive.content import Content
from importers.archive.errors import ArchiveError, DamagedMember, RefusedArchive
from importers.archive.forward import PackedTape, PlainTape
from importers.archive.notes import Notes
from importers.archive.sources import Source
from importers.archive.tar_headers import BLOCK, parsed
from importers.archive.tar_part import LonePart, TarPart
from importers.archive.zip_part import ZipPart
from importers.archive.zip_rules import find_directory

_DOCUMENTS = (
    ".xlsx", ".xlsm", ".xltx", ".xlsb", ".docx", ".docm", ".dotx", ".pptx", ".pptm", ".ods", ".odt", ".odp", ".odg",
    ".epub", ".kmz", ".apk", ".jar", ".war", ".ipa", ".xpi", ".pages", ".numbers", ".key", ".vsdx", ".cbz", ".svgz",
)  # fmt: skip
"""Files that are zips (or gzip) as well, and yet are one document."""

_INNER = (".zip", ".tgz", ".tar", ".gz", ".bz2", ".tbz2", ".xz", ".txz")
_PACKED: tuple[tuple[bytes, unpack.Maker], ...] = (
    (b"\x1f\x8b\x08", unpack.gzip),
    (b"BZh", unpack.bzip2),
    (b"\xfd7zXZ\x00", unpack.xz),
)


def names_an_archive(path: str) -> bool:
    """Whether a member's name says that it is an archive itself, and no document."""
    return path.lower().endswith(_INNER)


def opened(source: Source, budget: Budget, notes: Notes, prefix: str = "") -> Content | None:
    """The part that reads an archive; None when the file is no archive, or a document.

    ``prefix``: path of the file inside another archive, with a slash. Raises RefusedArchive.
    """
    name = source.name.lower()
    if name.endswith(_DOCUMENTS):
        return None
    with closing(source.open()) as stream:
        head = stream.read(BLOCK)
        zipped = head[:4] in {b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"}
        if not zipped and name.endswith(".zip") and stream.seekable():
            zipped = find_directory(stream, source.size) is not None
    if zipped:
        part = ZipPart(source, notes, prefix)
        return None if part.document else part
    for magic, make in _PACKED:
        if head.startswith(magic):
            return _packed(source, make, magic, budget, notes, prefix)
    if parsed(head) is not None and any(head) and (head[257:262] == b"ustar" or name.endswith(".tar")):
        return TarPart(source, PlainTape(source, Meter(budget)), notes, prefix)
    return None


def _packed(source: Source, make: unpack.Maker, magic: bytes, budget: Budget, notes: Notes, prefix: str) -> Content:
    """A packed tar, or a packed file that is none."""
    tape = PackedTape(source, make, magic, Meter(budget))
    named = source.name.lower().endswith((".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz"))
    block = b""
    try:
        while len(block) < BLOCK and (data := tape.read(BLOCK - len(block))):
            block += data
    except DamagedMember as error:
        if not block or named:
            raise RefusedArchive("archive-damaged", error.what) from error
    try:
        tape.seek(0)
    except ArchiveError as error:
        raise RefusedArchive("archive-damaged", error.what) from error
    if named or parsed(block) is not None:
        return TarPart(source, tape, notes, prefix)
    return LonePart(source, tape)
