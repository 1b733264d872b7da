"""Keep: one JSON file a note, beside it the same note as a page, its pictures and sounds. Seen in notes of 2023."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer, skip
from importers.google.elements import Element, single, words
from importers.google.fields import objects
from importers.google.joined import beside, joined
from importers.records import File, Handle, Item, Kind, Moment, Notice, Precision, Record, Role

_LAST = 10**17

skip(
    Rule(members=("**/Keep/*.html",), shape="html", beside=("**/Keep/*.json",), named=True),
    source="google",
    why="google-keep-page",
    weight=1,
)


@importer(
    Rule(shape="json-object", keys=frozenset({"isTrashed", "isPinned", "isArchived", "title"})),
    Rule(shape="json-object", keys=frozenset({"userEditedTimestampUsec"})),
    source="google",
    product="keep",
    reads="notes",
    status="proven",
)
def keep_notes(member: Member) -> Iterator[Record]:
    """One note from the time it was made. A list is its lines with ``[x]`` before what is ticked.

    A note has no id, and the time it was made is absent from older exports: its title and the time of its last change
    are its identity, so that a note that was changed since the last export comes in as well.
    """
    for found in single(member):
        if not isinstance(found, Element):
            yield found
            continue
        made, edited = (_stamp(found.fields.get(f"{name}TimestampUsec")) for name in ("created", "userEdited"))
        when = made or edited
        if when is None:
            yield Notice("google-no-time")
        title, text = words(found.fields, "title"), words(found.fields, "textContent")
        listed = objects(found.fields.get("listContent"))
        last = edited or made
        key = ("keep-note", last.us if last else None, title)
        yield Item(
            kind=Kind.NOTE,
            key=key if last else (*key, found.plain),
            when=when,
            title=title,
            text=text or "\n".join(map(_line, listed)),
            parties=tuple(_sharees(found.fields)),
            details=found.details("title", "textContent"),
            files=tuple(_files(member, found.fields)),
        )


def _line(entry: dict[str, Any]) -> str:
    return f"{'[x]' if entry.get('isChecked') is True else '[ ]'} {words(entry, 'text')}"


def _sharees(fields: dict[str, Any]) -> Iterator[Role]:
    for person in objects(fields.get("sharees")):
        address = words(person, "email")
        if address:
            yield Role("owner" if person.get("isOwner") is True else "with", "", Handle("email", address))


def _files(member: Member, fields: dict[str, Any]) -> Iterator[File]:
    """Attachments that lie beside the note; a sound is listed as ``.3gp`` and written as ``.amr``, or the reverse."""
    for attachment in objects(fields.get("attachments")):
        found = beside(member, words(attachment, "filePath"))
        if found is not None:
            yield joined(found)


def _stamp(given: Any) -> Moment | None:
    if not isinstance(given, int) or isinstance(given, bool) or not 0 < given < _LAST:
        return None
    return Moment(given, None, Precision.MILLISECOND if given % 1000 == 0 else Precision.MICROSECOND)
