"""Bookmarks in the Netscape format, token by token: it looks like HTML and is none.

``<DT>`` and ``<p>`` are never closed, ``<DD>`` follows the link that it describes, and the contents of a folder are
the next ``<DL>`` after its ``<H3>``. Programs leave out the outer list, fold lines, or forget to close a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from importers.formats.entities import unescaped
from importers.formats.text_lines import text_lines

LINE = 4 << 20
"""Bytes of the longest line: pictures stand in the page as long texts."""

_HELD = 8 << 20
_TAG = re.compile(
    r"""<(/?)(a|h3|h1|title|dl|dt|dd|hr|p|meta|html|head|body|!doctype|!--)\b((?:[^<>"']|"[^"]*"|'[^']*')*)>|<!--.*?-->""",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][-A-Za-z0-9_:]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_SPACES = re.compile(r"\s+")
_DEEPEST = 100


@dataclass
class Mark:
    """A bookmark or a folder. ``line``: where it begins. ``folder``: names of the folders that it stands in.
    ``attributes``: names in capitals; '' for those without a value. ``trouble``: it was not ended."""

    line: int
    is_folder: bool
    folder: tuple[str, ...]
    attributes: dict[str, str]
    title: str = ""
    text: str = ""
    trouble: bool = False
    words: list[str] = field(default_factory=list, repr=False)


@dataclass(frozen=True)
class Lost:
    """Something at this line is far too long and was not read; ``error`` is what ended the stream, if it did."""

    line: int
    error: Exception | None = None


class _Page:
    """The state between two tokens."""

    def __init__(self) -> None:
        self.stack: list[str | None] = []
        self.next_folder: str | None = None
        self.open: Mark | None = None
        self.describes: Mark | None = None
        self.described = False
        self.ended = False

    @property
    def folder(self) -> tuple[str, ...]:
        return tuple(name for name in self.stack if name is not None)

    def words(self, text: str) -> None:
        if self.open is not None:
            self.open.words.append(text)
        elif self.described and self.describes is not None:
            self.describes.words.append(text)

    def token(self, closing: bool, name: str, rest: str, line: int) -> Iterator[Mark]:  # noqa: FBT001 - one of the token's three parts
        if self.open is not None and (name not in {"p", "!--"}):
            self._title(whole=closing and name in {"a", "h3"})
        if closing:
            if name == "dl":
                yield from self.done()
                if self.stack:
                    self.stack.pop()
                self.ended = not self.stack
        elif name in {"a", "h3"}:
            yield from self.done()
            self.open = Mark(line, name == "h3", self.folder, _attributes(rest))
        elif name == "dl":
            yield from self.done()
            if len(self.stack) < _DEEPEST:
                self.stack.append(self.next_folder)
            self.next_folder, self.ended = None, False
        elif name == "dd":
            self.described = self.describes is not None
        elif name in {"dt", "hr"}:
            yield from self.done()

    def done(self) -> Iterator[Mark]:
        mark, self.describes, self.described = self.describes, None, False
        if mark is not None:
            mark.text = "\n".join(_SPACES.sub(" ", part).strip() for part in "".join(mark.words).strip().split("\n"))
            mark.text = unescaped(mark.text).strip()
            yield mark

    def _title(self, *, whole: bool) -> None:
        mark = self.open
        if mark is None:
            return
        mark.title = unescaped(_SPACES.sub(" ", "".join(mark.words))).strip()
        mark.words = []
        mark.trouble = not whole
        if mark.is_folder:
            self.next_folder = mark.title
        self.open, self.describes, self.described = None, mark, False

    def rest(self) -> Iterator[Mark]:
        self._title(whole=False)
        yield from self.done()


def marks(stream: IO[bytes]) -> Iterator[Mark | Lost]:
    """All bookmarks and folders in the order of the page. An error of the stream comes last, as ``Lost``."""
    page = _Page()
    held, start, number = "", 1, 0
    for line in text_lines(stream, LINE):
        if line.error is not None:
            yield from page.rest()
            yield Lost(line.number, line.error)
            return
        if line.lost:
            yield Lost(line.number)
            continue
        if not held:
            start = line.number
        held += line.text
        number = line.number
        at = 0
        for found in _TAG.finditer(held):
            page.words(held[at : found.start()])
            at = found.end()
            if found[2]:
                yield from page.token(bool(found[1]), found[2].lower(), found[3], start)
        held = held[at:]
        opened = held.rfind("<")
        if opened < 0 or len(held) > _HELD:
            page.words(held)
            held = ""
        elif opened:
            page.words(held[:opened])
            held = held[opened:]
    page.words(held)
    cut = not page.ended
    yield from page.rest()
    if cut:
        yield Lost(number)


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text):
        plain = value[1:-1] if value[:1] in {'"', "'"} else value
        found.setdefault(name.upper(), unescaped(plain))
    return found
