"""Pictures, films and sounds that records of an archive name: joined to the record, or else kept by themselves.

Names are data: a file is found among the members of the archive or not at all. A folder that was renamed or wrapped
does no harm, since the end of a path decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from importers.archive import names
from importers.contract import Archive, Member
from importers.records import File, Item, Kind, Moment
from importers.whole import document

_KINDS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic", "heif"), Kind.PHOTO),
    **dict.fromkeys(("mp4", "mov", "webm", "3gp", "m4v"), Kind.VIDEO),
}
ENDINGS = (
    *_KINDS,
    *("mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "amr", "tgs", "pdf", "bin"),
)
"""Endings of files that messages carry."""
_TYPES = {
    **{ending: f"image/{ending}" for ending, kind in _KINDS.items() if kind is Kind.PHOTO},
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "3gp": "video/3gpp",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "amr": "audio/amr",
    "pdf": "application/pdf",
}


class NeighbourFiles:
    """The files of one archive, for the importers of one source. ``missing``: how many addresses led nowhere."""

    def __init__(self, archive: Archive, source: str) -> None:
        self._joined = cast("set[str]", archive.memo(f"{source}.joined", set))
        self._index = cast("dict[str, list[Member]]", archive.memo("neighbour-files", lambda: _index(archive)))
        self._stems = cast("dict[str, Member]", archive.memo("neighbour-stems", lambda: _stems(self._index)))
        self.missing = 0

    def at(self, folder: str, address: str, name: str = "") -> tuple[File, ...]:
        """The file at this address below the folder, or the one whose path ends most alike. ``name``: for display."""
        wanted = names.folded(names.clean(f"{folder}/{address}" if folder else address)).split("/")
        found = max(self._index.get(wanted[-1], ()), key=lambda one: _alike(one, wanted), default=None)
        if found is None or ("/" in address and _alike(found, wanted) < 2):
            self.missing += 1
            return ()
        self._joined.add(found.path)
        return (file(found, name),)

    def stem(self, stem: str, name: str = "") -> tuple[File, ...]:
        """The file whose name without its ending is ``stem``. ``name``: for display."""
        found = self._stems.get(names.folded(stem))
        if found is None:
            self.missing += 1
            return ()
        self._joined.add(found.path)
        return (file(found, name),)

    def is_joined(self, member: Member) -> bool:
        """Whether a record carries this file."""
        return member.path in self._joined


def loose(member: Member, source: str, when: Moment | None = None) -> Iterator[Item]:
    """A file that no record names, as an item of its own; nothing for one that is joined."""
    if not NeighbourFiles(member.archive, source).is_joined(member):
        ending = member.path.rpartition(".")[2].casefold()
        yield document(member, _KINDS.get(ending, Kind.DOCUMENT), when)


def file(member: Member, name: str = "") -> File:
    """The bytes of a member, to be read when they are stored."""
    shown = name or member.path.rpartition("/")[2]
    ending = shown.rpartition(".")[2].casefold()
    size = member.size if member.size >= 0 else None
    return File(shown, member.pieces, _TYPES.get(ending, "application/octet-stream"), size)


def _stems(index: dict[str, list[Member]]) -> dict[str, Member]:
    return {name.rpartition(".")[0] or name: members[0] for name, members in index.items() if not _is_note(name)}


def _is_note(name: str) -> bool:
    """A description beside a file (``photo.json`` beside ``photo.1``) is not the file."""
    return name.endswith(".json")


def _alike(member: Member, wanted: list[str]) -> int:
    """How many steps of two paths agree, from the end."""
    count = 0
    for one, other in zip(reversed(names.folded(member.path).split("/")), reversed(wanted), strict=False):
        if one != other:
            break
        count += 1
    return count


def _index(archive: Archive) -> dict[str, list[Member]]:
    index: dict[str, list[Member]] = {}
    for member in archive.members:
        index.setdefault(names.folded(member.path).rpartition("/")[2], []).append(member)
    return index
