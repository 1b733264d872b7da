"""Meta's HTML pages, cut at every ``div``: blocks of lines that end with a time. Class names are hints, not needed.

The class names change with every few months; what stays is the order within a block: who or what, then words, then the
time. Times are words in the account's own time, to the minute or second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from importers.contract import Member
from importers.formats.html_entries import Line, entries, lines
from importers.meta import times
from importers.records import Moment, Notice

MARKER = b"<div"
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']*)["']""")
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_REACTIONS = re.compile(r"<ul[^>]*>.*?</ul>", re.DOTALL)
_HEADING = "_a6-h"
_LONGEST = 20_000
"""Lines of the longest block; a page without times would be one."""


@dataclass(frozen=True)
class PageBlock:
    """``number``: place in the page, from 1. ``before``: lines above the heading, of the page and not of the block.
    ``head``: who or what. ``body``: what follows. ``reactions``: lines of lists."""

    number: int
    before: list[Line]
    head: Line
    body: list[Line]
    reactions: list[str]
    when: Moment | None

    @property
    def text(self) -> str:
        """The words of the block."""
        return "\n".join(line.text for line in self.body if line.text)

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [link.address for line in (self.head, *self.body) for link in line.links]

    @property
    def media(self) -> list[str]:
        """Addresses of its pictures, films and sounds, and of linked files."""
        return [address for line in (self.head, *self.body) for address in line.media]


def title(member: Member) -> str:
    """What the page calls itself."""
    with member.open() as stream:
        found = _TITLE.search(stream.read(1 << 16).decode("utf-8", "replace"))
    return " ".join(line.text for line in lines(found.group(1))) if found else ""


def blocks(member: Member) -> Iterator[PageBlock | Notice]:
    """Every block of a page; what is left at its end comes without a time."""
    number, style = 1, ""
    said: list[tuple[str, Line]] = []
    reactions: list[str] = []
    last, full = "", False
    for entry in entries(member.pieces(), MARKER):
        if entry.trouble:
            yield Notice(entry.trouble, f"record {number}")
        tag, _, body = entry.text.partition(">")
        found = _CLASS.search(tag)
        style = found.group(1) if found and found.group(1) else style
        for part in _REACTIONS.findall(body):
            reactions += [line.text for line in lines(part)]
        for line in lines(_REACTIONS.sub("", body)):
            when = times.words(line.text) if said and not line.links else None
            if when is None and len(said) < _LONGEST:
                said.append((style, line))
            elif when is None and not full:
                full = True
                yield Notice("meta-page-without-times", f"record {number}")
            elif when is not None:
                yield _block(number, said, reactions, when)
                number, said, reactions = number + 1, [], []
        last = entry.text or last
    if said:
        yield _block(number, said, reactions, None)
    if "</html" not in last:
        yield Notice("meta-page-cut-off", f"record {number}")


def _block(number: int, said: list[tuple[str, Line]], reactions: list[str], when: Moment | None) -> PageBlock:
    at = next((place for place, (style, _) in reversed(list(enumerate(said))) if _HEADING in style.split()), None)
    if at is None:
        at = _after_participants([line for _, line in said]) if number == 1 else 0
    every = [line for _, line in said]
    return PageBlock(number, every[:at], every[at], every[at + 1 :], reactions, when)


def _after_participants(every: list[Line]) -> int:
    """The first line of a conversation may name those who take part: then the next one is among them."""
    for place in range(len(every) - 1):
        _, colon, names = every[place].text.partition(": ")
        if colon and every[place + 1].text and every[place + 1].text in names.split(", "):
            return place + 1
    return 0
