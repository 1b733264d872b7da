"""Files that lie beside a chat: joined to the message that names them, or else kept by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

from importers.archive import names
from importers.contract import Archive, Member, Rule, importer
from importers.records import File, Kind, Moment, Precision, Record
from importers.whole import document

CHATS = ("**/_chat.txt", "**/*whatsapp*.txt")
_KINDS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "webp", "gif", "heic"), Kind.PHOTO),
    **dict.fromkeys(("mp4", "mov", "3gp", "webm"), Kind.VIDEO),
    **dict.fromkeys(("opus", "m4a", "mp3", "aac", "ogg", "amr", "wav", "pdf"), Kind.DOCUMENT),
}
_TYPES = {
    "jpg": "image/jpeg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "pdf": "application/pdf",
}
_TYPES |= {ending: f"image/{ending}" for ending in ("jpeg", "png", "webp", "gif", "heic")}
_TYPES |= {"opus": "audio/ogg", "ogg": "audio/ogg", "m4a": "audio/mp4", "mp3": "audio/mpeg", "aac": "audio/aac"}
_ATTACHED = re.compile(r"<[^:<>\n]{1,30}: ?([^<>\n]{1,200})>")
_BEFORE = re.compile(r"(\S[^\n]{0,199}?\.\w{1,5}) \([^()\n]{1,40}\)(?:\n|\Z)")
_DAY = re.compile(r"(?:-|\A)(\d{4})(\d\d)(\d\d)-WA\d+|-(\d{4})-(\d\d)-(\d\d)-\d\d-\d\d-\d\d")


def named(text: str) -> str:
    """The file that a message names, in any language: ``<attached: f>`` or ``f (file attached)``; '' for none."""
    found = _BEFORE.match(text) or _ATTACHED.search(text)
    return found[1].strip() if found is not None and "." in found[1] else ""


def files(member: Member, name: str) -> tuple[File, ...]:
    """The file of that name which the archive holds, of several the one beside the chat."""
    index = cast("dict[str, list[Member]]", member.archive.memo("whatsapp.files", lambda: _index(member.archive)))
    found = index.get(names.folded(names.clean(name)), [])
    folder = member.path.rpartition("/")[0]
    beside = [one for one in found if one.path.rpartition("/")[0] == folder] or found
    if not beside:
        return ()
    _joined(member.archive).add(beside[0].path)
    ending = name.rpartition(".")[2].casefold()
    size = beside[0].size if beside[0].size >= 0 else None
    return (File(name, beside[0].pieces, _TYPES.get(ending, "application/octet-stream"), size),)


def _index(archive: Archive) -> dict[str, list[Member]]:
    index: dict[str, list[Member]] = {}
    for member in archive.members:
        index.setdefault(names.folded(member.path).rpartition("/")[2], []).append(member)
    return index


def _joined(archive: Archive) -> set[str]:
    return cast("set[str]", archive.memo("whatsapp.joined", set))


@importer(
    Rule(members=tuple(f"**/*.{ending}" for ending in _KINDS), beside=CHATS, named=True),
    source="whatsapp",
    product="media",
    reads="pictures, films and sounds",
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no message names. Read last, when it is known which ones do; dated by its name, to the day."""
    if member.path in _joined(member.archive):
        return
    ending = member.path.rpartition(".")[2].casefold()
    yield document(member, _KINDS.get(ending, Kind.DOCUMENT), _day(member.path.rpartition("/")[2]))


def _day(name: str) -> Moment | None:
    found = _DAY.search(name)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return Moment(int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 1_000_000, None, Precision.DAY)
    except ValueError:
        return None
