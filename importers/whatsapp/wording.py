"""What the words of a message mean when WhatsApp wrote them itself (``wording.toml``)."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import NamedTuple

_TABLE: dict[str, list[str]] = tomllib.loads(
    resources.files("importers.whatsapp").joinpath("wording.toml").read_text(encoding="utf-8")
)
_OMITTED = frozenset(_TABLE["omitted"] + _TABLE["omitted-one"])
_DELETED = frozenset(_TABLE["deleted"])
_KNOWN = _TABLE["group"] + _TABLE["encryption"]
_ENCRYPTION, _POLL, _CALL = tuple(_TABLE["encryption"]), tuple(_TABLE["poll"]), tuple(_TABLE["call"])
_EDITED = tuple(_TABLE["edited"])
_QUOTES = '"“«„'
_MINUTES = re.compile(r",\s*(\d{1,4})\s*min\b")
_EMPTY_COLON = re.compile(r"([^:\n]{1,100}):\Z")
_TIGHT = re.compile(r"([^:\n]{1,100}):(?=\S)")


class Said(NamedTuple):
    """``what``: ``system``, ``omitted``, ``deleted``, ``poll``, ``call`` or '' for words of a person. ``text``:
    without the mark of an edited message. ``minutes``: of a call that tells how long it was."""

    text: str
    what: str = ""
    edited: bool = False
    minutes: int = 0


def split(first: str, authors: set[str]) -> tuple[str, str]:
    """Author and words of a first line; '' for the app's own words. ``authors``: known from earlier lines.

    A quoted group name may hold a colon: words of the app that stand before it tell.
    """
    author, colon, words = first.partition(": ")
    if not colon:
        tight = _EMPTY_COLON.match(first) or _TIGHT.match(first)
        if tight is None or not (tight[0] == first or tight[1] in authors):
            return "", first
        return tight[1], first[tight.end() :]
    return ("", first) if author not in authors and _is_of_the_app(author.casefold()) else (author, words)


def _is_of_the_app(before: str) -> bool:
    """Whether what stands before a colon is no author: a notice, or one that quotes a name with a colon in it."""
    quotes = any(mark in before for mark in _QUOTES)
    return any(phrase in before for phrase in (_KNOWN if quotes else _TABLE["encryption"]))


def said(text: str, *, author: str, marked: bool) -> Said:
    """What a message says. ``marked``: the app marked a part of it as its own words."""
    bare = text.strip()
    plain = bare.casefold()
    end = plain.rstrip(".")
    if author and end.endswith(_EDITED):
        mark = next(mark for mark in _EDITED if end.endswith(mark))
        return Said(bare[: end.rindex(mark)].rstrip(), edited=True)
    what = _what(plain, author=author, own=marked and "\n" not in bare)
    minutes = _MINUTES.search(bare) if what == "call" else None
    return Said(bare if what else text, what, minutes=int(minutes[1]) if minutes else 0)


def _what(plain: str, *, author: str, own: bool) -> str:
    """The first meaning that holds. ``own``: one line, a part of which the app marked as its own."""
    end = plain.rstrip(".")
    if end in _OMITTED:
        return "omitted"
    if end in _DELETED:
        return "deleted"
    if not author or plain.startswith(_ENCRYPTION):
        return "system"
    if plain.startswith(_POLL):
        return "poll"
    return _of_the_app(plain, end) if own else ""


def _of_the_app(plain: str, end: str) -> str:
    """What a line says that the app marked as its own words."""
    if len(plain) < 60 and plain.startswith(_CALL):
        return "call"
    if len(plain) < 300 and any(phrase in plain for phrase in _KNOWN):
        return "system"
    return "omitted" if any(end.endswith(f" {marker}") for marker in _OMITTED) else ""
