"""Files that stand beside a note, a message or a photo and belong to it, and those that nothing names."""

from __future__ import annotations

from typing import cast

from importers.archive import names
from importers.contract import Archive, Member
from importers.records import File

_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "amr": "audio/amr",
    "m4a": "audio/mp4",
}


def joined(member: Member) -> File:
    """The file, noted as one that a record carries."""
    carried(member.archive).add(member.path)
    name = base(member)
    ending = name.rpartition(".")[2].casefold()
    size = member.size if member.size >= 0 else None
    return File(name, member.pieces, _TYPES.get(ending, "application/octet-stream"), size)


def carried(archive: Archive) -> set[str]:
    """Paths of the members that records of this run carry."""
    return cast("set[str]", archive.memo("google.carried", set))


def beside(member: Member, name: str) -> Member | None:
    """The member of this name in the same folder; one of another ending when only that is there.

    Services list ``a.jpeg`` or ``a.3gp`` and write ``a.jpg`` or ``a.amr``.
    """
    wanted = names.folded(names.clean(name))
    found = folders(member.archive).get(place(member), {}).get(wanted)
    return found or stemmed(member, wanted.rpartition(".")[0])


def stemmed(member: Member, stem: str) -> Member | None:
    """The one medium in the same folder that is called so but for its ending; None when there are several."""
    alike = _stems(member.archive).get((place(member), names.folded(names.clean(stem))), ()) if stem else ()
    return alike[0] if len(alike) == 1 else None


def folders(archive: Archive) -> dict[str, dict[str, Member]]:
    """All members by folder and name, both folded; made once for an archive."""
    return cast("dict[str, dict[str, Member]]", archive.memo("google.folders-of-files", lambda: _folders(archive)))


def place(member: Member) -> str:
    """The folder of a member, folded."""
    return names.folded(member.path).rpartition("/")[0]


def base(member: Member) -> str:
    """The name of a member without its folders."""
    return member.path.rpartition("/")[2]


def _stems(archive: Archive) -> dict[tuple[str, str], list[Member]]:
    """Media by folder and by name without its ending."""

    def look() -> dict[tuple[str, str], list[Member]]:
        found: dict[tuple[str, str], list[Member]] = {}
        for folder, members in folders(archive).items():
            for name, member in members.items():
                stem, _, ending = name.rpartition(".")
                if stem and ending not in {"json", "html"}:
                    found.setdefault((folder, stem), []).append(member)
        return found

    return cast("dict[tuple[str, str], list[Member]]", archive.memo("google.stems", look))


def _folders(archive: Archive) -> dict[str, dict[str, Member]]:
    found: dict[str, dict[str, Member]] = {}
    for member in archive.members:
        found.setdefault(place(member), {}).setdefault(names.folded(base(member)), member)
    return found
