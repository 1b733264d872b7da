"""iCloud Photos from Apple's privacy page: each photo with its row of ``Photo Details.csv``, albums and memories.

Facts: a real archive. Names of columns are English in all languages; a table may be empty, and a large library has
several (``Photo Details-1.csv``). Albums are tables of one column. Times are whole minutes, GMT.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import cast

from importers.apple.stamps import moment
from importers.archive import names
from importers.contract import Archive, Member, Rule, importer, skip
from importers.formats import tables
from importers.formats.json_records import Alike
from importers.records import File, Item, Kind, Notice, Record
from importers.whole import document

_DETAILS = ("imgName", "fileChecksum", "originalCreationDate")
_PICTURES = ("jpg", "jpeg", "heic", "heif", "png", "gif", "tiff", "tif", "dng", "webp", "bmp", "raw", "cr2", "nef")
_FILMS = ("mov", "mp4", "m4v", "avi", "3gp")
_BESIDE = ("**/Photo Details*.csv",)
_TABLE_NAMES = ("**/Photo Details*.csv",)

skip(Rule(members=_TABLE_NAMES, shape="empty", named=True), source="apple", why="apple-empty")


@importer(
    Rule(members=_TABLE_NAMES, header=frozenset(_DETAILS)),
    source="apple",
    reads="photos and videos",
    product="photos",
    status="proven",
)
def photos(member: Member) -> Iterator[Record]:
    """One `photo` or `video` a row, at the time of its making, with the file when this archive has it.

    Two photos of one name differ by their checksum; the file goes with the first of them, as nothing tells which.
    """
    alike = Alike()
    given: set[str] = set()
    with member.open() as stream:
        for row in tables.rows(stream, _DETAILS):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            cells = row.cells
            name = cells.get("imgName", "")
            when = moment(cells.get("originalCreationDate", ""))
            if when is None and cells.get("originalCreationDate"):
                yield Notice("table-date", f"line {row.line}", "originalCreationDate")
            yield Item(
                kind=Kind.VIDEO if _ending(name) in _FILMS else Kind.PHOTO,
                key=alike.key("photo", name, cells.get("fileChecksum", "")),
                when=when,
                title=name,
                details=tables.rest(cells, ()),
                files=() if name in given else _files(member, name),
            )
            given.add(name)


@importer(
    Rule(header=frozenset({"imgName"})),
    source="apple",
    reads="albums and memories",
    product="photos",
    status="proven",
    weight=-1,
)
def albums(member: Member) -> Iterator[Record]:
    """One item an album with the names of its photos. The name of the file is the album's only name."""
    listed: list[str] = []
    more: list[dict[str, str]] = []
    with member.open() as stream:
        for row in tables.rows(stream, ("imgName",)):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            listed.append(row.cells.get("imgName", ""))
            more += [tables.rest(row.cells, {"imgName"})] if len(row.cells) > 1 else []
    folder, _, name = member.path.rpartition("/")
    title = name.rpartition(".")[0] or name
    digest = hashlib.blake2b("\n".join(listed).encode("utf-8", "replace"), digest_size=16).hexdigest()
    yield Item(
        kind=Kind.OTHER,
        key=("album", title, digest),
        title=title,
        details={"folder": folder.rpartition("/")[2], "imgName": listed} | ({"more": more} if more else {}),
    )


@importer(
    Rule(members=tuple(f"**/*.{ending}" for ending in (*_PICTURES, *_FILMS)), beside=_BESIDE, named=True),
    source="apple",
    reads="pictures and films without a description",
    product="photos",
    status="proven",
    first=200,
    weight=-1,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no row of a table names. Read last, when it is known which ones do."""
    if member.path in _carried(member.archive):
        return
    yield document(member, Kind.VIDEO if _ending(member.path) in _FILMS else Kind.PHOTO)


def _files(table: Member, name: str) -> tuple[File, ...]:
    """The file of that name in the folder of the table; other parts of the library may have one of the same name."""
    folder = names.folded(table.path).rpartition("/")[0]
    wanted = names.folded(names.clean(name))
    found = _by_place(table.archive).get(f"{folder}/{wanted}" if folder else wanted)
    if found is None or not wanted:
        return ()
    _carried(table.archive).add(found.path)
    return (File(name, found.pieces, _type(name), found.size if found.size >= 0 else None),)


def _by_place(archive: Archive) -> dict[str, Member]:
    def look() -> dict[str, Member]:
        return {names.folded(member.path): member for member in archive.members}

    return cast("dict[str, Member]", archive.memo("apple.by-place", look))


def _carried(archive: Archive) -> set[str]:
    return cast("set[str]", archive.memo("apple.carried", set))


def _ending(name: str) -> str:
    return name.rpartition(".")[2].casefold()


def _type(name: str) -> str:
    ending = _ending(name)
    ending = {"jpg": "jpeg", "mov": "quicktime", "tif": "tiff"}.get(ending, ending)
    return f"{'video' if _ending(name) in _FILMS else 'image'}/{ending}"
