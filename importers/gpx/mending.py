"""A GPX file read past its damages: behind one, reading goes on at the next point, track, route or end of one.

What has begun and not ended is handed out as far as it is sound. Work is bounded: bytes are read a second time only
while that stays in proportion to the file, and only the bytes since the last sound element are held.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from importers.formats.xml_characters import CleanPieces, repaired
from importers.formats.xml_stream import (
    TOKEN,
    Closed,
    Damage,
    Element,
    ElementParser,
    Event,
    Opened,
    XmlError,
    without_doctype,
)

PATHS = frozenset({"trk", "rte", "trkseg"})
CONTAINERS = PATHS | {"gpx"}
"""Elements that are too large to be held."""

NEVER_INSIDE: dict[str, frozenset[str]] = {
    "wpt": frozenset(),
    "trkpt": frozenset(),
    "rtept": frozenset(),
    "trkseg": frozenset({"trkseg"}),
    "trk": PATHS,
    "rte": PATHS,
}
"""Elements that begin inside no element but a container, and not inside these: there the end of that one is missing."""

_AROUND = {
    "wpt": ["gpx"],
    "trkpt": ["gpx", "trk", "trkseg"],
    "rtept": ["gpx", "rte"],
    "trkseg": ["gpx", "trk"],
    "trk": ["gpx"],
    "rte": ["gpx"],
}
_NEXT = re.compile(
    rb"<(?:[\w.-]{1,40}:)?(wpt|trkpt|rtept|trkseg|trk|rte)(?=[ \t\r\n/>])"
    rb"|</(?:[\w.-]{1,40}:)?(trkseg|trk|rte|gpx)[ \t\r\n]{0,40}>"
)
_TAG = 100
"""Bytes of the longest match of ``_NEXT``."""

_NAME = re.compile(rb"</?([A-Za-z_][\w.:-]{0,60})")
_PROBE = b"<_/>"
_SMALL, _LARGE = 4096, 1 << 20
_MENDABLE = 1 << 20
_AGAIN = 64 << 20
_DAMAGES = 1_000_000

_Rest: TypeAlias = Generator[Event, None, bytes]


@dataclass
class _Wound:
    """A damage whose end is not in sight yet. ``sound``: what of the element that it stands in can be kept.
    ``mendable``: whether other characters may make that element whole. ``told``: whether both were handed out."""

    place: int
    lost: str
    sound: Element | None
    mendable: bool
    searched: int
    told: bool = False


class MendingParser:
    """Bytes in UTF-8 go in, events come out; a damage comes as ``Damage`` and ends nothing.

    ``byte`` of a ``Damage`` counts within the file. Raises XmlError for what must not be read on: declarations of
    entities, and a file that is nothing but damage.
    """

    def __init__(self) -> None:
        self._parser = ElementParser(CONTAINERS, NEVER_INSIDE)
        self._open: list[str] = []
        self._prefix = ""
        self._at = 0
        self._held = bytearray()
        self._held_at = 0
        self._base = 0
        self._size = _LARGE
        self._wound: _Wound | None = None
        self._damages = 0
        self._begun_at = -1
        self.passes = 0
        """Bytes that were parsed, those that were parsed again among them."""
        self.between = False
        """Whether all elements but the containers had ended when ``look`` was called last."""
        self.waiting = False
        """Whether it was in the middle of a tag or comment."""

    @property
    def container(self) -> str:
        """The innermost container that is open; '' outside of all."""
        return self._open[-1] if self._open else ""

    def feed(self, data: bytes, at: int) -> Iterator[Event]:
        """The next bytes, which stand at ``at``. Bytes may be left out only where ``between`` holds."""
        self._at = at
        waiting = [memoryview(data)] if data else []
        while waiting:
            whole = waiting.pop()
            piece, left = whole[: self._size], whole[self._size :]
            if left:
                waiting.append(left)
            rest = yield from self._piece(bytes(piece))
            if rest:
                waiting.append(memoryview(rest))

    def look(self) -> Iterator[Event]:
        """Find out where the bytes have ended; see ``between`` and ``waiting``."""
        self.between = self.waiting = False
        if self._wound is not None or not self._open:
            return
        if not self._held:
            self._held_at, self._base = self._at, self._parser.fed
        before = self._parser.fed
        try:
            level = self._parser.level()
        except XmlError as error:
            self._held += _PROBE
            yield from self._noted(self._parser.taken())
            rest = yield from self._broken(error)
            yield from self.feed(rest, self._at)
            return
        self.between = level == len(self._open)
        self.waiting = level is None
        if self.between:
            self._held.clear()
        elif self._parser.fed > before:
            self._held += _PROBE

    def close(self) -> Iterator[Event]:
        """The end of the file."""
        while self._wound is None and (self._open or self._held.strip()):
            try:
                events = self._parser.close()
            except XmlError as error:
                yield from self._noted(self._parser.taken())
                rest = yield from self._broken(error, at_end=True)
                yield from self.feed(rest, self._at)
            else:
                yield from self._noted(events)
                return
        if self._wound is not None:
            yield from self._told(self._wound, bytes(self._held), "xml-broken")

    def _piece(self, piece: bytes) -> _Rest:
        """One piece; returns what must be read again behind a damage."""
        at, self._at = self._at, self._at + len(piece)
        if self._wound is not None:
            self._held += piece
            return (yield from self._behind(self._wound))
        if not self._held:
            self._held_at, self._base = at, self._parser.fed
        self._held += piece
        self.passes += len(piece)
        try:
            events = self._parser.feed(piece)
        except XmlError as error:
            yield from self._noted(self._parser.taken())
            unread = self._base + len(self._held) - error.byte
            self.passes -= min(len(piece), max(0, unread)) if error.reason == "xml-broken" else 0
            return (yield from self._broken(error))
        yield from self._noted(events)
        self._size = min(_LARGE, 2 * self._size)
        open_, section = self._parser.unfinished, self._parser.section
        if open_ is not None:
            sound = open_.byte - self._base
        elif section is not None:
            sound = section - self._base
            if len(self._held) > TOKEN:
                return (yield from self._broken(XmlError("xml-too-large", section), at_end=True))
        else:
            sound = self._parser.at - self._base
        if sound > 0:
            self._held_at, self._base = self._place(sound), self._base + sound
            del self._held[:sound]
        return b""

    def _noted(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            if isinstance(event, Opened):
                self._open.append(event.name)
                self._prefix = self._parser.prefix
            elif isinstance(event, Closed):
                self._open.pop()
            yield event

    def _place(self, at: int) -> int:
        """Where in the file a byte of what is held stands: marks are not counted."""
        return self._held_at + at - len(_PROBE) * self._held.count(_PROBE, 0, at)

    def _broken(self, error: XmlError, *, at_end: bool = False) -> _Rest:
        """A damage: find out what it costs, and where reading can go on. ``at_end``: a tag or comment has no end."""
        held = self._held
        wrong = min(max(0, error.byte - self._base), len(held))
        place = self._place(wrong)
        self._damages += 1
        if error.reason == "xml-entity" or self._damages > _DAMAGES:
            raise XmlError(error.reason, place)
        self._size = _SMALL
        if error.misplaced and held[max(0, wrong - 2) : wrong] == b"</":
            wrong -= 2
        open_ = self._parser.unfinished
        before = held.rfind(b"<", 0, wrong + (error.misplaced or at_end))
        begin = max(0, open_.byte - self._base if open_ is not None else before)
        search = max(begin + 1, len(held) - _TAG) if self._is_tired() else self._swallowed(wrong, wrong + at_end)
        sound = _sound(self._parser, whole_text=error.misplaced) if open_ is not None else None
        lost = open_.name if open_ is not None else _tag(held, begin, wrong)
        begin = min(begin, search)
        self._held_at = self._place(begin)
        search -= begin + len(_PROBE) * held.count(_PROBE, begin, search)
        self._held = held[begin:].replace(_PROBE, b"")
        search = max(0, search, self._begun_at + 1 - self._held_at)
        self._wound = _Wound(place, lost, sound, mendable=not error.misplaced, searched=search)
        return (yield from self._behind(self._wound))

    def _swallowed(self, wrong: int, search: int) -> int:
        """Where to look from: a comment or section without end has swallowed what comes before the damage as well."""
        held, section = self._held, self._parser.section
        comment = held.find(b"<!--", max(0, held.rfind(b"-->", 0, wrong)), wrong)
        if comment >= 0:
            search = min(search, comment + 1)
        return search if section is None else min(search, section - self._base + 1)

    def _is_tired(self) -> bool:
        """Whether so much has been read again that what was seen must be left behind."""
        return self.passes > _AGAIN + 4 * self._at

    def _behind(self, wound: _Wound) -> _Rest:
        """Look for the place where reading goes on; returns the bytes from there."""
        held = self._held
        found = next((found for found in _NEXT.finditer(held, wound.searched) if self._continues(found)), None)
        if found is None:
            wound.searched = max(wound.searched, len(held) - _TAG)
            if len(held) > _MENDABLE:
                yield from self._told(wound, b"", "gpx-damaged")
                self._held_at += wound.searched
                del held[: wound.searched]
                wound.searched = 0
            return b""
        yield from self._told(wound, bytes(held[: found.start()]), "gpx-damaged")
        if found[2] is not None:
            end = found.end()
            yield from self._closed_down_to(self._open.index(found[2].decode()))
        else:
            end = found.start()
            yield from self._opened_up_to(_AROUND[found[1].decode()])
        self._begun_at = self._held_at + end
        if not self._open:
            self._held, self._held_at = held[end:], self._begun_at
            self._wound = _Wound(self._begun_at, "", None, mendable=False, searched=0, told=True)
            return (yield from self._behind(self._wound))
        self._at = self._begun_at
        rest = bytes(held[end:])
        self._parser = _within(self._open, self._prefix)
        self._held = bytearray()
        self._wound = None
        return rest

    def _continues(self, found: re.Match[bytes]) -> bool:
        return found[2] is None or found[2].decode() in self._open

    def _told(self, wound: _Wound, damaged: bytes, reason: str) -> Iterator[Event]:
        """What can be kept of a damaged element, and the damage itself."""
        if wound.told:
            return
        wound.told = True
        mended = self._mended(damaged) if wound.mendable else []
        yield from self._noted(mended)
        if mended:
            yield Damage("xml-characters", wound.place)
            return
        if wound.sound is not None:
            yield wound.sound
        yield Damage(reason, wound.place, wound.lost)

    def _mended(self, damaged: bytes) -> list[Event]:
        """The events of a damaged piece once its characters are repaired; none when that is not enough."""
        mended = repaired(damaged)
        if mended == damaged or len(damaged) > _MENDABLE:
            return []
        parser = _within(self._open, self._prefix)
        try:
            events = parser.feed(mended)
            level = parser.level()
        except XmlError:
            return []
        return events if level is not None and parser.unfinished is None else []

    def _closed_down_to(self, depth: int) -> Iterator[Event]:
        while len(self._open) > depth:
            yield Closed(self._open.pop())

    def _opened_up_to(self, around: list[str]) -> Iterator[Event]:
        same = 0
        while same < min(len(around), len(self._open)) and around[same] == self._open[same]:
            same += 1
        yield from self._closed_down_to(same)
        for name in around[same:]:
            self._open.append(name)
            yield Opened(name, {}, 0)


def mended_events(pieces: Iterable[bytes]) -> Iterator[Event]:
    """The events of a GPX file in any of the usual encodings. Never raises for what the file holds."""
    clean = CleanPieces(pieces)
    parser = MendingParser()
    at = 0
    told = False
    try:
        for piece in without_doctype(clean):
            yield from parser.feed(piece, at)
            at += len(piece)
            if clean.repaired_at is not None and not told:
                told = True
                yield Damage("xml-characters", clean.repaired_at)
        yield from parser.close()
    except XmlError as error:
        yield Damage(error.reason, error.byte)


def _tag(data: bytearray, begin: int, wrong: int) -> str:
    """The name of a tag that begins and does not end before the damage; ``text`` for what stands between tags."""
    found = _NAME.match(data, begin)
    ended = begin < wrong and data.find(b">", begin, wrong) >= 0
    return "text" if found is None or ended else found[1].decode("ascii", "replace")


def _within(containers: list[str], prefix: str) -> ElementParser:
    """A parser that has read the beginnings of these containers."""
    parser = ElementParser(CONTAINERS, NEVER_INSIDE)
    parser.feed("".join(f"<{prefix}{name}>" for name in containers).encode())
    return parser


def _sound(parser: ElementParser, *, whole_text: bool) -> Element | None:
    """The element that has begun and not ended, without what may be half of something; None when nothing is left.

    ``whole_text``: the damage is a tag at the wrong place, so that the text before it is all of the text.
    """
    outer, inner = parser.unfinished, parser.innermost
    if outer is None or inner is None:
        return None
    parent, node = None, outer
    while node is not inner:
        node.text = node.text.strip()
        parent, node = node, node.children[-1]
    inner.text = inner.text.strip() if whole_text else ""
    if parent is not None and not (inner.text or inner.children or inner.attributes):
        parent.children.pop()
    return outer if outer.attributes or outer.children or outer.text else None
