"""Pictures, films and sounds: joined to the message or post that names them, or else kept by themselves.

An address is relative to the root of an export of its era, which re-packing and newer layouts have moved: it is joined
by its end. A file may be in another part of the export that nobody has added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, cast

from importers.archive import names
from importers.contract import Archive, Member, Rule, importer
from importers.meta import neighbours
from importers.records import File, Kind, Notice, Record
from importers.whole import document

PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "heic", "heif")
FILMS = ("mp4", "mov", "webm", "3gp")
_TYPES = {
    **{ending: f"image/{ending}" for ending in PICTURES},
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "aac": "audio/aac",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "pdf": "application/pdf",
}
_FOLDERS = ("messages", "media", "posts", "photos_and_videos", "stories", "your_*_activity*", "your_activity_*")
_ENDINGS = ("???", "jpeg", "webp", "heic", "heif", "webm", "opus")
_TOLD = 20
_MOST = 1000
_GLOBS = tuple(f"**/{folder}/**/*.{ending}" for folder in _FOLDERS for ending in _ENDINGS)


class Joined:
    """Finds the files that the records of one member name, and counts those that are not there."""

    def __init__(self, member: Member) -> None:
        self._archive = member.archive
        self._folder = member.path.rpartition("/")[0]
        self._missing = 0

    def files(self, addresses: Iterable[str]) -> tuple[File, ...]:
        """The files of these addresses that the archive holds."""
        found: dict[str, File] = {}
        for address in addresses:
            if not address or "://" in address or "/" not in address:
                continue
            member = _nearest(self._archive, address, self._folder)
            if member is None:
                self._missing += 1
            elif member.path not in found:
                _joined(self._archive).add(member.path)
                found[member.path] = _file(member)
        return tuple(found.values())

    def told(self) -> Iterator[Notice]:
        """One notice when files are missing: another part of the export has them. Only for the first members of it."""
        told = cast("list[str]", self._archive.memo("meta.media-missing", list))
        if self._missing and len(told) < _TOLD:
            told.append(self._folder)
            yield Notice("meta-media-missing", what=str(self._missing))


def addresses(value: Any) -> Iterator[str]:
    """All ``uri`` in a JSON value, at any depth, in order."""
    if isinstance(value, list):
        for entry in value:
            yield from addresses(entry)
    elif isinstance(value, dict):
        for name, entry in value.items():
            if name == "uri" and isinstance(entry, str):
                yield entry
            elif isinstance(entry, list | dict):
                yield from addresses(entry)


def _nearest(archive: Archive, address: str, folder: str) -> Member | None:
    """The member that shares most of the address's end, its folder at least; of several the nearest to the record."""
    here = names.folded(folder).split("/")
    wanted = [part for part in names.folded(names.clean(address)).split("/") if part not in {"", ".", ".."}]
    wanted = wanted if len(wanted) > 1 else [*here, *wanted]
    index = cast("dict[tuple[str, ...], list[Member]]", archive.memo("meta.media", lambda: _index(archive)))
    best: tuple[int, int] = (0, 0)
    nearest: Member | None = None
    for member in index.get(tuple(wanted[-2:]), ()):
        parts = names.folded(member.path).split("/")
        rank = (_alike(reversed(parts), reversed(wanted)), _alike(parts, here))
        if rank > best:
            best, nearest = rank, member
    return nearest


def _alike(first: Iterable[str], second: Iterable[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count


def _index(archive: Archive) -> dict[tuple[str, ...], list[Member]]:
    """Members by their name and the folder that they lie in; of very many alike the first ones."""
    found: defaultdict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in archive.members:
        if not member.path.endswith((".json", ".html")):
            alike = found[tuple(names.folded(member.path).split("/")[-2:])]
            if len(alike) < _MOST:
                alike.append(member)
    return found


def _joined(archive: Archive) -> set[str]:
    """Paths of the members that records of this run carry."""
    return cast("set[str]", archive.memo("meta.joined", set))


def _file(member: Member) -> File:
    name = member.path.rpartition("/")[2]
    ending = name.rpartition(".")[2].casefold()
    size = member.size if member.size >= 0 else None
    return File(name, member.pieces, _TYPES.get(ending, "application/octet-stream"), size)


@importer(
    Rule(members=_GLOBS, beside=neighbours.INSTAGRAM, named=True),
    source="instagram",
    product="media",
    reads="pictures, films and sounds",
    status="proven",
    first=200,
)
def media_of_instagram(member: Member) -> Iterator[Record]:
    """A file that no message or post of this archive names. Read last, when it is known which ones do."""
    yield from _alone(member)


@importer(
    Rule(members=_GLOBS, beside=neighbours.EITHER, named=True),
    source="facebook",
    product="media",
    reads="pictures, films and sounds",
    status="proven",
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """The same of an archive of Facebook or Messenger."""
    yield from _alone(member)


def _alone(member: Member) -> Iterator[Record]:
    if member.path in _joined(member.archive):
        return
    ending = member.path.rpartition(".")[2].casefold()
    yield document(member, Kind.PHOTO if ending in PICTURES else Kind.VIDEO if ending in FILMS else Kind.DOCUMENT)
