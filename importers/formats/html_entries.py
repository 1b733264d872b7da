"""A long HTML page as a stream of entries, and an entry as lines of text with their links. No tree is ever built.

Services write lists of tens of thousands of alike entries into one page, often on a single line. The page is cut at a
text with which every entry begins; no entry is looked at before it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from importers.formats.entities import unescaped

ENTRY = 16 << 20
"""Bytes of the largest entry; a larger one is passed over and reported."""

_CLOSING = 1 << 16
"""Characters at the end of a page among which it is closed."""

_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"</?\s*([a-zA-Z][a-zA-Z0-9]*)")
_ADDRESS = re.compile(r"""\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SIMPLE = re.compile(r"""([^<]*)(?:<a href="([^"<>]*)"[^<>]*>([^<]*)</a>([^<]*))?\Z""")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = frozenset(
    {"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"}
)
_SOURCES = frozenset({"img", "audio", "video", "source", "embed", "iframe"})


class Entry(NamedTuple):
    """``number``: place in the page, from 1. ``text``: what follows the marker up to the next one. ``trouble``: id of
    a notice, or ''; with ``html-bad-text`` unreadable bytes are replaced, with ``html-too-large`` the text is empty."""

    number: int
    text: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, as text: ``text`` is what is shown, ``address`` where it leads, entities decoded."""

    text: str
    address: str


class Line(NamedTuple):
    """A line of an entry. ``text``: all its words, those of links included, entities decoded, outer white space
    gone; no-break spaces stay. ``media``: addresses of pictures and sounds in the line."""

    text: str
    links: tuple[Link, ...] = ()
    media: tuple[str, ...] = ()


def entries(pieces: Iterable[bytes], marker: bytes) -> Iterator[Entry]:
    """Cut a page in UTF-8 at every ``marker``. What stands before the first one is left out."""
    number = 0
    rest = b""
    size = 0
    for piece in pieces:
        parts = (rest + piece).split(marker)
        rest = parts.pop()
        for part in parts:
            if number:
                yield _entry(number, part, size + len(part))
            number += 1
            size = 0
        if len(rest) > ENTRY:
            size += len(rest) - len(marker)
            rest = rest[-len(marker) :]
    if number:
        yield _entry(number, rest, size + len(rest))


def is_cut_off(last: str) -> bool:
    """Whether a page stops too early, by the text of its last entry: nothing closes it."""
    end = last[-_CLOSING:].lower()
    return "</html" not in end and "</body" not in end


def lines(fragment: str) -> list[Line]:
    """The lines of a piece of HTML, empty ones left out. Unknown tags are dropped, their words stay."""
    found: list[Line] = []
    for part in fragment.split("<br>"):
        simple = _SIMPLE.match(part)
        if simple is None:
            found += _walked(part)
            continue
        before, address, shown, after = simple.groups()
        if address is None:
            text = _plain(before)
            if text:
                found.append(Line(text))
        else:
            link = Link(_plain(shown), unescaped(address) if "&" in address else address)
            text = _plain(f"{before}{shown}{after}")
            found.append(Line(text, (link,)))
    return found


def _entry(number: int, data: bytes, size: int) -> Entry:
    if size > ENTRY:
        return Entry(number, "", "html-too-large")
    try:
        return Entry(number, data.decode())
    except UnicodeDecodeError:
        return Entry(number, data.decode("utf-8", "replace"), "html-bad-text")


def _plain(text: str) -> str:
    if "&" in text:
        text = unescaped(text)
    if "\n" in text or "  " in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" \t\r\n\f\u2003\xa0")


class _Words:
    """A line while it grows."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.links: list[Link] = []
        self.media: list[str] = []

    def line(self) -> Line:
        return Line(_plain("".join(self.text)), tuple(self.links), tuple(self.media))


def _walked(fragment: str) -> Iterator[Line]:
    """Any HTML, tag by tag."""
    words = _Words()
    address: str | None = None
    shown = 0
    for place, part in enumerate(_TAG.split(fragment)):
        if not place % 2:
            words.text.append(part)
            continue
        name = _NAME.match(part)
        tag = name.group(1).lower() if name else ""
        closing = part.startswith("</")
        if tag == "a":
            if address is not None:
                words.links.append(Link(_plain("".join(words.text[shown:])), address))
            address = None if closing else _address(part)
            shown = len(words.text)
        elif tag in _SOURCES and not closing:
            source = _address(part)
            words.media += [source] if source else []
        elif tag in _BREAKS:
            if address is not None:
                words.links.append(Link(_plain("".join(words.text[shown:])), address))
                shown = 0
            line = words.line()
            if line.text or line.links or line.media:
                yield line
            words = _Words()
    if address is not None:
        words.links.append(Link(_plain("".join(words.text[shown:])), address))
    line = words.line()
    if line.text or line.links or line.media:
        yield line


def _address(tag: str) -> str | None:
    found = _ADDRESS.search(tag)
    if found is None:
        return None
    return unescaped(next(group for group in found.groups() if group is not None))
