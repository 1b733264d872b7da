"""KMZ: a zip whose ``doc.kml``, or else the first file that ends so, is the KML; pictures may lie beside it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.kml.places import read_kml
from importers.records import Item, Notice, Record
from importers.whole import document

LARGEST = 64 << 20
"""Bytes of the largest KMZ that is opened."""

UNPACKED = 512 << 20
"""Bytes of KML that are read out of one."""

_PIECE = 1 << 20
_ENTRIES = 10_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@importer(
    Rule(members=("**/*.kmz",), shape="zip", named=True),
    source="kml",
    reads="places and tracks (KMZ)",
    product="places",
    status="proven",
)
def packed_places(member: Member) -> Iterator[Record]:
    """The same as of a KML file; the file itself is kept whole when it holds more than that."""
    if member.size > LARGEST:
        yield Notice("kmz-too-large")
        yield document(member)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(member.read(LARGEST))) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            names = [entry.filename for entry in entries[:_ENTRIES]]
            found = next((name for name in names if name.casefold().endswith("doc.kml")), "")
            found = found or next((name for name in names if name.casefold().endswith(".kml")), "")
            if found:
                yield from read_kml(_pieces(archive, found))
    except _BROKEN:
        yield Notice("kmz-damaged")
        yield document(member)
        return
    if not found or len(entries) > 1:
        yield _whole(member, names)


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    left = UNPACKED
    with archive.open(name) as stream:
        while left > 0 and (piece := stream.read(_PIECE)):
            left -= len(piece)
            yield piece


def _whole(member: Member, names: list[str]) -> Item:
    kept = document(member)
    return Item(kind=kept.kind, key=kept.key, title=kept.title, files=kept.files, details={"files": names})
