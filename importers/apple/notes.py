"""iCloud Notes from Apple's privacy page: a text file a note in a folder of its own, and a table of all notes.

Facts: other people's fixtures and parsers. Times have no zone and are taken as UTC; formatting is lost; U+FFFC stands
where something hangs on the note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from importers.apple.stamps import moment
from importers.archive.errors import ArchiveError
from importers.contract import Archive, Member, Rule, importer
from importers.formats import tables
from importers.formats.json_records import Alike
from importers.formats.sniff import decode
from importers.records import File, Item, Kind, Moment, Notice, Record
from importers.whole import document

_DETAILS = ("Title", "Created On", "Modified On", "Pinned", "Deleted")
_TABLES = ("**/Notes Details.csv",)
_LONGEST = 16 << 20


@importer(
    Rule(members=("**/*Notes*/**/*.txt", "**/Recently Deleted/**/*.txt"), beside=_TABLES, named=True),
    source="apple",
    reads="notes",
    product="notes",
    first=90,
)
def notes(member: Member) -> Iterator[Record]:
    """One `note` a text, at the time of its making when the table names it, with what lies in its folder."""
    if 0 <= member.size > _LONGEST:
        yield Notice("table-row", "byte 0")
        yield document(member)
        return
    text = decode(member.read(_LONGEST))
    folder, _, name = member.path.rpartition("/")
    title = name.rpartition(".")[0]
    row = _rows(member.archive).get(title, {})
    others = [other for other in _folders(member.archive).get(folder, ()) if _hangs_on(other, title, folder)]
    for other in others:
        _carried(member.archive).add(other.path)
    made = moment(row.get("Created On", ""))
    yield Item(
        kind=Kind.NOTE,
        key=("note", title, made.us) if made else ("note", title, text[:10_000]),
        when=made,
        title=title,
        text=text,
        details={"file": name} | tables.rest(row, ()),
        files=tuple(
            File(other.path.rpartition("/")[2], other.pieces, size=other.size if other.size >= 0 else None)
            for other in others
        ),
    )


@importer(
    Rule(header=frozenset({"Title", "Created On", "Modified On", "Pinned"})),
    source="apple",
    reads="list of notes",
    product="notes",
    first=95,
)
def note_list(member: Member) -> Iterator[Record]:
    """The rows of notes whose text is not in this archive; those of the others stand with their note."""
    alike = Alike()
    texts = {other.path.rpartition("/")[2].rpartition(".")[0] for other in member.archive.find("**/*.txt")}
    seen: set[str] = set()
    with member.open() as stream:
        for row in tables.rows(stream, _DETAILS[:3]):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            title = row.cells.get("Title", "")
            if title in texts and title not in seen:
                seen.add(title)
                continue
            made: Moment | None = moment(row.cells.get("Created On", ""))
            yield Item(
                kind=Kind.NOTE,
                key=alike.key("note", title, made.us if made else None),
                when=made,
                title=title,
                details=tables.rest(row.cells, {"Title"}),
            )


@importer(
    Rule(members=("**/*Notes*/**/*.*",), beside=_TABLES, named=True),
    source="apple",
    reads="attachments of notes",
    product="notes",
    weight=-1,
    first=210,
)
def note_files(member: Member) -> Iterator[Record]:
    """A file that hangs on no note that was read."""
    if member.path not in _carried(member.archive):
        yield document(member)


def _hangs_on(other: Member, title: str, folder: str) -> bool:
    return not other.path.endswith((".txt", ".csv")) and bool(folder) and folder.rpartition("/")[2].startswith(title)


def _rows(archive: Archive) -> dict[str, dict[str, str]]:
    """Title to the first row of that title."""

    def look() -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for member in archive.find(*_TABLES):
            try:
                with member.open() as stream:
                    for row in tables.rows(stream, _DETAILS[:3]):
                        if isinstance(row, tables.Row):
                            found.setdefault(row.cells.get("Title", ""), row.cells)
            except ArchiveError:
                continue  # said when the table itself is read
        return found

    return cast("dict[str, dict[str, str]]", archive.memo("apple.notes", look))


def _folders(archive: Archive) -> dict[str, list[Member]]:
    def look() -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in archive.members:
            found.setdefault(member.path.rpartition("/")[0], []).append(member)
        return found

    return cast("dict[str, list[Member]]", archive.memo("apple.folders", look))


def _carried(archive: Archive) -> set[str]:
    return cast("set[str]", archive.memo("apple.note-files", set))
