"""Which photo belongs to which sidecar, told from their names alone.

Facts are those that a photo importer tests. The sidecar of ``X.jpg`` is ``X.jpg.json``, since about the end of 2024
``X.jpg.supplemental-metadata.json``, a name that is cut so that it has 46 characters at most before ``.json``; that of
a photo is cut at 47. The number of a second photo stands at another place: ``IMG(1).JPG`` has ``IMG.JPG(1).json``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_LONG = "supplemental-metadata"
_NUMBER = re.compile(r"(.+?)\((\d{1,4})\)\Z", re.DOTALL)
_CUT = 40
"""Characters from which the name of a sidecar may have been cut; counted in another way they may be some fewer."""

_EDITED = ("edited", "modifié", "bearbeitet", "modificato", "editado", "editada", "bewerkt", "effects", "collage")
_LAST_RESORT = 10
_STILLS = ("heic", "jpg", "jpeg", "heif", "png", "webp", "dng", "gif", "avif")
_MOVING = frozenset({"mp4", "mov", "mp", "mp~2", "cover", "m4v"})


class Name(NamedTuple):
    """``base``: with its ending and without the number of a second one. ``number``: 0 for the first one."""

    base: str
    number: int


def pairs(media: Iterable[str], sidecars: Iterable[str]) -> dict[str, list[str]]:
    """Sidecar to its media, of the names in one folder, in small letters. Originals come first, then edited copies
    and moving parts."""
    known: dict[Name, str] = {}
    for sidecar in sorted(sidecars, key=len, reverse=True):
        for name in _meant(sidecar):
            known[name] = sidecar
    found: dict[str, list[str]] = {}
    later: list[str] = []
    for photo in media:
        sidecar = _own(photo, known)
        if sidecar:
            found.setdefault(sidecar, []).append(photo)
        else:
            later.append(photo)
    for photo in later:
        sidecar = _edited(photo, known) or _moving(photo, known) or _begun(photo, known)
        if sidecar:
            found.setdefault(sidecar, []).append(photo)
    return found


def split(name: str) -> tuple[Name, str]:
    """``IMG(1).JPG`` as its name and number, and its ending without the dot."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    numbered = _NUMBER.match(stem)
    if numbered is None:
        return Name(name, 0), ending
    return Name(f"{numbered[1]}{dot}{ending}", int(numbered[2])), ending


def numbered(sidecar: str) -> Name:
    """The name of a sidecar without ``.json`` and number, and its number."""
    stem = sidecar.removesuffix(".json")
    found = _NUMBER.match(stem)
    return Name(found[1], int(found[2])) if found else Name(stem, 0)


def _meant(sidecar: str) -> Iterator[Name]:
    """Names of media that a sidecar can be of, its own name without the added words last."""
    base, number = numbered(sidecar)
    stem, dot, added = base.rpartition(".")
    if dot and stem and _LONG.startswith(added):
        yield Name(stem, number)
    yield Name(base, number)
    if number:
        yield Name(sidecar.removesuffix(".json"), 0)


def _own(photo: str, known: dict[Name, str]) -> str:
    name, _ = split(photo)
    exact = known.get(Name(photo, 0)) or known.get(name)
    if exact:
        return exact
    for length in range(len(name.base) - 1, _CUT - 1, -1):
        cut = known.get(Name(name.base[:length], name.number))
        if cut:
            return cut
    return ""


def _edited(photo: str, known: dict[Name, str]) -> str:
    (base, number), ending = split(photo)
    stem = base.removesuffix(f".{ending}")
    before, dash, word = stem.rpartition("-")
    whole = word in _EDITED
    cut = len(stem) >= _CUT and any(name.startswith(word) for name in _EDITED)
    if not dash or not before or not (whole or cut):
        return ""
    original = f"{before}({number}).{ending}" if number else f"{before}.{ending}"
    return _own(original, known) or _stills(Name(f"{before}.", number), known)


def _moving(photo: str, known: dict[Name, str]) -> str:
    (base, number), ending = split(photo)
    stem = base.removesuffix(f".{ending}")
    if stem.endswith(".cover"):
        stem, ending = stem[: -len(".cover")], "cover"
    return _stills(Name(f"{stem}.", number), known) if ending in _MOVING else ""


def _stills(begin: Name, known: dict[Name, str]) -> str:
    """The sidecar of a picture that is called alike but for its ending."""
    return next((known[name] for ending in _STILLS if (name := Name(begin.base + ending, begin.number)) in known), "")


def _begun(photo: str, known: dict[Name, str]) -> str:
    """Last resort: the sidecar's name begins the photo's and is less than ten characters shorter."""
    shorter = (photo[:-less] for less in range(1, _LAST_RESORT))
    return next((known[Name(begin, 0)] for begin in shorter if len(begin) >= _CUT and Name(begin, 0) in known), "")
