"""OFX in both writings, as one stream of tags: SGML (1.x), whose values have no end tag, and XML (2.x).

Own reading, as neither a strict SGML nor an XML parser takes what banks write: a bare ``&``, end tags for some values
and not for others, empty values without an end, a header that says USASCII over Windows-1252. A tag is an aggregate
when its end comes later and no text follows it; all others are values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO, Any, NamedTuple

from importers.formats.entities import unescaped
from importers.formats.text_lines import text_lines

LINE = 16 << 20
"""Bytes of the longest line: some files have one only."""

_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9._:-]{0,63})(?:\s[^<>]*?)?(/?)>|<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<[?!][^>]*>"
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-fA-F]{1,6});")


class Tag(NamedTuple):
    """``name``: upper case. ``ends``: an end tag. ``text``: what follows up to the next tag. ``line``: from 1."""

    name: str
    ends: bool
    text: str
    line: int


class Before(NamedTuple):
    """A line before the first tag: the header."""

    text: str


class Lost(NamedTuple):
    """A line that is far too long."""

    line: int


def tags(stream: IO[bytes]) -> Iterator[Tag | Before | Lost]:
    """All tags in order. Texts over several lines are joined with spaces."""
    held: Tag | None = None
    said: list[str] = []
    for number, text, lost, error in text_lines(stream, LINE):
        if error is not None:
            yield from _handed(held, said)
            raise error
        if lost:
            yield Lost(number)
            continue
        for piece in _pieces(text, number):
            if isinstance(piece, Tag):
                yield from _handed(held, said)
                held, said = piece, []
            elif held is not None:
                said.append(piece)
            else:
                yield Before(piece)
    yield from _handed(held, said)


def _pieces(text: str, line: int) -> Iterator[Tag | str]:
    """The tags of a line and the texts between them; a declaration is a text of the header."""
    at = 0
    for found in _TAG.finditer(text):
        yield from _said(text[at : found.start()])
        at = found.end()
        if found[2] is None:
            yield from _said(found[4] or (found[0] if found[0].startswith("<?") else ""))
            continue
        yield Tag(found[2].upper(), bool(found[1]), "", line)
        if found[3]:
            yield Tag(found[2].upper(), ends=True, text="", line=line)
    yield from _said(text[at:])


def _said(text: str) -> Iterator[str]:
    if text.strip():
        yield text.strip()


def _handed(held: Tag | None, said: list[str]) -> Iterator[Tag]:
    if held is not None:
        yield held._replace(text=_ENTITY.sub(lambda found: unescaped(found[0]), " ".join(said)).strip())


def tree(found: Sequence[Tag]) -> dict[str, Any]:
    """Tags as nested names and texts; what occurs several times becomes a list. Ends that are missing cost nothing."""
    root: dict[str, Any] = {}
    open_: list[tuple[str, dict[str, Any]]] = [("", root)]
    ends = _ends(found)
    for at, tag in enumerate(found):
        if tag.ends:
            names = [name for name, _ in open_[1:]]
            if tag.name in names:
                del open_[len(names) - names[::-1].index(tag.name) :]
            if tag.text:
                _put(open_[-1][1], "#text", tag.text)
            continue
        inner: dict[str, Any] = {}
        is_aggregate = not tag.text and tag.name in ends[at] and len(open_) < 64
        _put(open_[-1][1], tag.name, inner if is_aggregate else tag.text)
        if is_aggregate:
            open_.append((tag.name, inner))
    return root


def _ends(found: Sequence[Tag]) -> list[set[str]]:
    """For each tag its own name, when its end comes later, behind something else."""
    later: dict[str, int] = {}
    closed: list[set[str]] = [set() for _ in found]
    for at in range(len(found) - 1, -1, -1):
        tag = found[at]
        if tag.ends:
            later[tag.name] = later.get(tag.name, 0) + 1
        elif later.get(tag.name):
            later[tag.name] -= 1
            if found[at + 1].name != tag.name:
                closed[at] = {tag.name}
    return closed


def _put(into: dict[str, Any], name: str, value: Any) -> None:
    if name not in into:
        into[name] = value
    elif isinstance(into[name], list):
        into[name].append(value)
    else:
        into[name] = [into[name], value]
