"""The records of a backup, cut out as bytes: what the app writes is nearly XML, and no parser of XML accepts it.

Emoji stand there as two halves (``&#55357;&#56832;``), control characters as references, line breaks within
attributes. A record ends where the next one begins, so that a damaged one costs itself only.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from importers.formats.entities import unescaped

LARGEST = 64 << 20
"""Bytes of the largest record: pictures and films stand in it as text."""

_BEGIN = re.compile(rb"<(?:sms|mms|call)\s")
_NEAR = 8
_ATTRIBUTE = r"""\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')"""
_TAG = re.compile(rf"<([a-z]+)((?>(?:{_ATTRIBUTE})*))\s*/?>")
_NAMED = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
_ABSENT = frozenset({"null"})
codecs.lookup("utf-16")  # loaded now: later the reading process can load nothing


class Tag(NamedTuple):
    """``name``: of the element. ``fields``: its attributes, without those that say ``null``."""

    name: str
    fields: dict[str, str]


class Found(NamedTuple):
    """A record: its own tag first, then those within it. ``number``: from 1. ``lost``: why it cannot be read (the id
    of a notice), or ''."""

    number: int
    tags: list[Tag]
    lost: str = ""


def records(pieces: Iterable[bytes]) -> Iterator[Found]:
    """All records of a backup, in order."""
    number = 0
    end = _End(pieces)
    for data in _cut(end):
        number += 1
        if data is None:
            yield Found(number, [], "sms-too-large")
            continue
        tags = [_tag(found) for found in _TAG.finditer(data.decode("utf-8", "replace"))]
        whole = bool(tags) and tags[0].name in {"sms", "mms", "call"} and _is_whole(tags[0].name, data)
        yield Found(number, tags if whole else [], "" if whole else "sms-broken")
    if not end.closes(number):
        yield Found(number, [], "sms-cut-off")


class _End:
    """Pieces on their way, of which the last bytes are remembered: a whole backup ends with its root."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._last = b""

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._last = (self._last + piece)[-64:]
            yield piece

    def closes(self, number: int) -> bool:
        """Whether the end is that of a backup with so many records; one without any may have one tag only."""
        last = self._last.rstrip()
        return last.endswith((b"</smses>", b"</calls>")) or (not number and last.endswith(b"/>"))


def _is_whole(name: str, data: bytes) -> bool:
    return name != "mms" or b"</mms>" in data or b"<parts" not in data


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    """The bytes from each beginning to the next; None for a record that is too large. ``held`` starts with one."""
    held, began, passing = b"", False, False
    for piece in pieces:
        looked = max(1 if began and not passing else 0, len(held) - _NEAR)
        held += piece
        begins = [found.start() for found in _BEGIN.finditer(held, looked)]
        if began and begins and not passing:
            begins = [0, *begins]
        elif began and begins:
            yield None
            passing = False
        began = began or bool(begins)
        for at, beyond in pairwise(begins):
            yield held[at:beyond]
        if begins:
            held = held[begins[-1] :]
        elif not began or passing:
            held = held[-_NEAR:]
        if len(held) > LARGEST:
            held, passing = held[-_NEAR:], True
    if began:
        yield None if passing else held


def _tag(found: re.Match[str]) -> Tag:
    fields: dict[str, str] = {}
    for attribute in _NAMED.finditer(found[2]):
        name, double, single = attribute.groups()
        value = _text(double if double is not None else single)
        if value not in _ABSENT:
            fields[name] = value
    return Tag(found[1], fields)


def _text(value: str) -> str:
    """An attribute as text: halves of characters joined, what is no character left out."""
    if "&" not in value:
        return value
    value = unescaped(_REFERENCE.sub(_character, value))
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    if code in {9, 10, 13} or 32 <= code < 0x110000:
        return "&amp;" if code == 38 else chr(code)
    return ""
