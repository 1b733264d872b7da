"""Pictures and films of chats: ``2024-05-01_b~ABC.jpg`` belongs to the message whose ``Media IDs`` hold ``b~ABC``.

Memories are links that live for some days; their pictures are only in archives that hold a folder of them. Nothing
in an archive says which overlay lies over which picture: both are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from importers.contract import Archive, Member, Rule, importer
from importers.formats.named_fields import moment
from importers.records import File, Kind, Record
from importers.whole import document

_BESIDE = ("**/chat_history.json", "**/memories_history.json", "**/snap_history.json")
_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp4": "video/mp4",
}


def of(member: Member, numbers: str) -> tuple[File, ...]:
    """The files of a message, by its media ids (joined by ``|``)."""
    index = cast("dict[str, Member]", member.archive.memo("snapchat.media", lambda: _index(member.archive)))
    found = [index[number.strip()] for number in numbers.split("|") if number.strip() in index]
    _joined(member.archive).update(one.path for one in found)
    return tuple(_file(one) for one in found)


def _index(archive: Archive) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in archive.find("**/chat_media/*"):
        name = member.path.rpartition("/")[2]
        found.setdefault(name.partition("_")[2].rpartition(".")[0], member)
    return found


def _joined(archive: Archive) -> set[str]:
    return cast("set[str]", archive.memo("snapchat.joined", set))


def _file(member: Member) -> File:
    name = member.path.rpartition("/")[2]
    size = member.size if member.size >= 0 else None
    return File(name, member.pieces, _TYPES.get(name.rpartition(".")[2].casefold(), "application/octet-stream"), size)


@importer(
    Rule(members=("**/chat_media/*", "**/memories/*"), named=True, beside=_BESIDE),
    Rule(members=("**/chat_media/????-??-??_*", "**/memories/????-??-??_*"), named=True),
    source="snapchat",
    reads="pictures and films",
    first=200,
    weight=2,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no message names, on the day that its name begins with. Read last."""
    if member.path in _joined(member.archive):
        return
    name = member.path.rpartition("/")[2]
    ending = name.rpartition(".")[2].casefold()
    kind = Kind.VIDEO if ending == "mp4" else Kind.PHOTO if ending in _TYPES else Kind.DOCUMENT
    yield document(member, kind, moment(name[:10]))
