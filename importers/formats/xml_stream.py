"""XML of any size, element by element, from sources that nobody trusts.

Names are local names: prefixes are cut off, declared or not. Document type declarations are blanked out before the
parser sees them (Apple's of iOS 16 are invalid); one that declares an entity is refused. Nothing external is ever
looked up. Depth, size of an element and length of a token are bounded. A damaged end gives what was read before it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias
from xml.parsers import expat

import msgspec

from importers.formats.xml_characters import CleanPieces

DEPTH = 200
"""Deepest nesting of elements."""

NODES = 100_000
"""Elements that one element may hold before it is given up."""

TOKEN = 16 << 20
"""Bytes of the longest tag, and of the text of one element."""

PROLOGUE = 1 << 20
"""Bytes before the root element that are looked at."""

PROBE: Final = "_"
_PROBE: Final = b"<_/>"
_MISMATCH = expat.errors.codes[expat.errors.XML_ERROR_TAG_MISMATCH]


class XmlError(Exception):
    """XML that cannot be read on. ``reason``: id of a sentence in ``resources/words/notices``; ``byte``: where.

    ``misplaced``: a tag, sound in itself, stands where it cannot: an end is missing before it, or a beginning.
    """

    def __init__(self, reason: str, byte: int, *, misplaced: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.byte = byte
        self.misplaced = misplaced


class Element(msgspec.Struct, gc=False):
    """A whole element. ``text``: its own text without outer white space. ``byte``: where it begins (roots only)."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = msgspec.field(default_factory=list)
    text: str = ""
    byte: int = 0

    def child(self, name: str) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def said(self, name: str) -> str:
        """The text of the first child of that name; '' without one."""
        child = self.child(name)
        return child.text if child is not None else ""


class Opened(msgspec.Struct, frozen=True):
    """A container begins."""

    name: str
    attributes: dict[str, str]
    byte: int


class Closed(msgspec.Struct, frozen=True):
    """A container ends."""

    name: str


class Damage(msgspec.Struct, frozen=True):
    """Something is wrong at ``byte``. After ``xml-characters`` reading goes on; after every other reason it ends, but
    where a format knows how to go on. ``lost``: name of the element that the damage stands in, when that is known."""

    reason: str
    byte: int
    lost: str = ""


Event: TypeAlias = Opened | Closed | Element | Damage


class ElementParser:
    """Bytes in UTF-8 go in, whole elements come out.

    ``containers``: local names of the elements that are too large to be held; they come as ``Opened`` and ``Closed``,
    everything directly inside one comes whole when it ends. ``never_inside``: elements that begin only directly inside
    containers, and not within those that stand behind their name; a misplaced tag otherwise. Those of another prefix
    than the root's are other elements.
    """

    def __init__(
        self, containers: frozenset[str], never_inside: Mapping[str, frozenset[str]] = MappingProxyType({})
    ) -> None:
        self._containers = containers
        self._never_inside = never_inside
        self.prefix = ""
        """Of the root element, with its colon."""
        self._events: list[Event] = []
        self._around: list[str] = []
        self._open: list[Element] = []
        self._texts: list[str] = []
        self.section: int | None = None
        """Where a CDATA section begins that has not ended."""
        self._depth = 0
        self._nodes = 0
        self._weight = 0
        self._fed = 0
        self._level: int | None = None
        self._probing = False
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.StartCdataSectionHandler = self._section_starts
        parser.EndCdataSectionHandler = self._section_ends
        self._parser = parser

    @property
    def unfinished(self) -> Element | None:
        """The outermost element that has begun and not ended."""
        self._flush()
        return self._open[0] if self._open else None

    @property
    def innermost(self) -> Element | None:
        """The innermost element that has begun and not ended; None between whole elements."""
        self._flush()
        return self._open[-1] if self._open else None

    @property
    def fed(self) -> int:
        """Bytes that have gone in."""
        return self._fed

    @property
    def at(self) -> int:
        """Where the last tag, text or comment begins that has been seen, finished or not."""
        return max(0, self._parser.CurrentByteIndex)

    def feed(self, data: bytes) -> list[Event]:
        """What these bytes complete. Raises XmlError; ``taken`` then gives what was complete before the damage."""
        self._fed += len(data)
        self._parse(data, last=False)
        if self._fed - self._parser.CurrentByteIndex > TOKEN:
            raise XmlError("xml-too-large", self._parser.CurrentByteIndex)
        return self.taken()

    def close(self) -> list[Event]:
        """The end of the bytes. Raises XmlError when elements are open."""
        self._parse(b"", last=True)
        return self.taken()

    def taken(self) -> list[Event]:
        """Events that have not been handed out."""
        events, self._events = self._events, []
        return events

    def level(self) -> int | None:
        """How many elements are open; None in the middle of a tag, a comment or a CDATA section.

        Puts a mark of 4 bytes into the XML, which ``fed`` counts; not into a section, where it would be text.
        """
        self._level = None
        if self.section is not None:
            return None
        self._probing = True
        self._fed += len(_PROBE)
        self._parse(_PROBE, last=False)
        self._probing = False
        return self._level

    def _parse(self, data: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            self._parser.buffer_text = False  # hands out the text before the damage
            self._let_go()
            misplaced = error.code == _MISMATCH
            raise XmlError("xml-broken", max(0, self._parser.ErrorByteIndex), misplaced=misplaced) from error

    def _let_go(self) -> None:
        """Without handlers the parser and its buffers are freed as soon as nobody holds this object."""
        parser = self._parser
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None
        parser.EntityDeclHandler = parser.StartCdataSectionHandler = parser.EndCdataSectionHandler = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._probing and name == PROBE:
            self._level = self._depth
            return
        self._depth += 1
        if self._depth > DEPTH:
            raise XmlError("xml-too-deep", self._parser.CurrentByteIndex)
        prefix, colon, name = name.rpartition(":")
        if self._depth == 1:
            self.prefix = prefix + colon
        if name in self._never_inside and prefix + colon == self.prefix:
            self._placed(name)
        if not self._open:
            at = self._parser.CurrentByteIndex
            if name in self._containers:
                self._around.append(name)
                self._events.append(Opened(name, attributes, at))
                return
            self._nodes = self._weight = 0
            self._open.append(Element(name, attributes, byte=at))
            return
        self._nodes += 1
        if self._nodes > NODES:
            raise XmlError("xml-too-large", self._parser.CurrentByteIndex)
        self._flush()
        element = Element(name, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, name: str) -> None:
        if self._probing and name == PROBE:
            return
        self._depth -= 1
        if not self._open:
            self._around.pop()
            self._events.append(Closed(name.rpartition(":")[2]))
            return
        self._flush()
        element = self._open.pop()
        element.text = element.text.strip()
        if not self._open:
            self._events.append(element)

    def _text(self, text: str) -> None:
        if self._open:
            self._weight += len(text)
            if self._weight > TOKEN:
                raise XmlError("xml-too-large", self._parser.CurrentByteIndex)
            self._texts.append(text)

    def _flush(self) -> None:
        """Texts are joined once: a long one comes in many small pieces."""
        if self._texts:
            self._open[-1].text += "".join(self._texts)
            self._texts.clear()

    def _placed(self, name: str) -> None:
        if self._open or not self._never_inside[name].isdisjoint(self._around):
            raise XmlError("xml-broken", self._parser.CurrentByteIndex, misplaced=True)

    def _section_starts(self) -> None:
        self.section = self._parser.CurrentByteIndex

    def _section_ends(self) -> None:
        self.section = None

    def _entity(self, *_: object) -> None:
        raise XmlError("xml-entity", self._parser.CurrentByteIndex)


def elements(pieces: Iterable[bytes], containers: frozenset[str]) -> Iterator[Event]:
    """The elements of a document in any of the usual encodings; see ``ElementParser`` for ``containers``.

    Never raises for what the document holds: damage comes as ``Damage``, at the latest as the last event. Whole
    elements before it are handed out, the one that it stands in is not: its last value may be half a value.
    """
    parser = ElementParser(containers)
    clean = CleanPieces(pieces)
    told = False
    try:
        for piece in without_doctype(clean):
            yield from parser.feed(piece)
            if clean.repaired_at is not None and not told:
                told = True
                yield Damage("xml-characters", clean.repaired_at)
        yield from parser.close()
    except XmlError as error:
        yield from parser.taken()
        yield Damage(error.reason, error.byte)


def without_doctype(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes with everything before the root element blanked out: declarations, comments, white space.

    Positions stay as they are. Raises XmlError when the document type declares an entity or never ends.
    """
    source = iter(pieces)
    head = b""
    root: int | None = None
    for piece in source:
        head += piece
        root = _root(head)
        if root is not None or len(head) > PROLOGUE:
            break
    if root is None:
        raise XmlError("xml-broken", 0)
    yield b" " * root + head[root:]
    yield from source


def _root(head: bytes) -> int | None:
    """Where the root element begins; None when it is not in sight yet."""
    at = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    while True:
        at = len(head) - len(head[at:].lstrip())
        if head.startswith(b"<!DOCTYPE", at):
            end = _end_of_doctype(head, at)
            entity = head.find(b"<!ENTITY", at, max(end, at))
            if entity >= 0:
                raise XmlError("xml-entity", entity)
        elif head.startswith(b"<?", at):
            end = _after(head, b"?>", at)
        elif head.startswith(b"<!--", at):
            end = _after(head, b"-->", at)
        else:
            return None if b"<!DOCTYPE".startswith(head[at:]) or b"<!--".startswith(head[at:]) else at
        if end < 0:
            return None
        at = end


def _after(head: bytes, mark: bytes, at: int) -> int:
    found = head.find(mark, at)
    return found + len(mark) if found >= 0 else -1


def _end_of_doctype(head: bytes, start: int) -> int:
    """Where the declaration ends, even when its inside is no valid declaration; -1 when not in sight yet."""
    bracket, close = head.find(b"[", start), head.find(b">", start)
    if close >= 0 and (bracket < 0 or close < bracket):
        return close + 1
    end = re.compile(rb"\]\s*>").search(head, bracket) if bracket >= 0 else None
    return end.end() if end else -1
