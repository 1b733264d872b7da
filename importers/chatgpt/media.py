"""Pictures, sounds and papers: joined to the message that names them by their id, or else kept by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from importers.contract import Archive, Member, Rule, importer
from importers.records import File, Kind, Record
from importers.whole import document, file

NEIGHBOURS = ("**/chat.html", "**/message_feedback.json", "**/shared_conversations.json")
"""Names that only this archive has together with its files."""

_ID = re.compile(r"file[-_][A-Za-z0-9]{6,64}(?=[-.]|\Z)")
_PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "gif", "heic"})


def named(archive: Archive, ids: Iterable[str]) -> tuple[File, ...]:
    """The files with these ids that the archive holds; many are not there."""
    known = cast("dict[str, Member]", archive.memo("chatgpt.files", lambda: _index(archive)))
    found = [known[one] for one in dict.fromkeys(ids) if one in known]
    _joined(archive).update(member.path for member in found)
    return tuple(map(file, found))


def _index(archive: Archive) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in archive.members:
        name = _ID.match(member.path.rpartition("/")[2])
        if name is not None:
            found.setdefault(name[0], member)
    return found


def _joined(archive: Archive) -> set[str]:
    """Paths of the members that messages of this run carry."""
    return cast("set[str]", archive.memo("chatgpt.joined", set))


@importer(
    Rule(
        members=("**/file-*", "**/file_*", "**/dalle-generations/*", "**/user-*/*", "**/audio/*.wav"),
        beside=NEIGHBOURS,
        named=True,
    ),
    source="chatgpt",
    product="media",
    reads="pictures, sounds and papers",
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no message of this archive names. Read last, when it is known which ones do."""
    if member.path not in _joined(member.archive):
        picture = member.path.rpartition(".")[2].casefold() in _PICTURES
        yield document(member, Kind.PHOTO if picture else Kind.DOCUMENT)
