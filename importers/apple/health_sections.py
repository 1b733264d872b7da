"""Everything in an Apple Health export that is not a record of the usual shape, element by element, damage included.

Some exports hold invalid characters or are cut; then the damaged element is mended if that is possible, said in any
case, and reading goes on with the next element.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TypeAlias

from importers.formats.xml_characters import is_clean, repaired
from importers.formats.xml_stream import Closed, Element, ElementParser, Event, Opened, XmlError
from importers.records import Notice

ROOT = "HealthData"

_ROOT_TAG = b"<HealthData>"
_TOP = re.compile(
    rb"<(?:Record|Correlation|Workout|ActivitySummary|ClinicalRecord|Audiogram|VisionPrescription|StateOfMind"
    rb"|ExportDate|Me)(?=[ \t\r\n/>])"
)
_NEXT = re.compile(_TOP.pattern + rb"|</HealthData[ \t\r\n]*>")
_COMMENT = re.compile(rb"<[!?]")
_PROBE = b"<_/>"
_HELD = 24 << 20
"""Bytes behind the last whole element that are held, so that reading can go on in the middle of them."""

_MENDABLE = 8 << 20
"""Bytes of the largest element that is mended."""

_EFFORT = 1 << 30
"""Bytes that are looked at anew behind damages; beyond that, what is held is passed over."""

_Place: TypeAlias = tuple[bytes, int]
"""Bytes, and where in the member they stand."""


class Sections:
    """Takes the bytes of the export in order, hands out the elements directly below the root, and notices."""

    def __init__(self) -> None:
        self._parser = ElementParser(frozenset({ROOT}))
        self._held = b""
        self._held_at = 0
        self._fed_before = 0
        self._marks: list[int] = []
        self._skipping = False
        self._told = False
        self._closed = False
        self._effort = 0
        self.between = False
        """Whether all elements that have begun have ended: what follows may be read in another way."""
        self.waiting = False
        """Whether the bytes ended in the middle of a tag or comment, so that more should come at once."""

    def feed(self, data: bytes, at: int) -> Iterator[Element | Opened | Notice]:
        """The next bytes, which stand at ``at`` in the member and end before an element, or with the member."""
        waiting = [_whole(data, at) if self.waiting else _units(data, at)]
        while waiting:
            unit = next(waiting[-1], None)
            if unit is None:
                waiting.pop()
                if not waiting:
                    rest = yield from self._look()
                    waiting.extend([_units(*rest)] if rest else [])
                continue
            rest = yield from self._feed(*unit)
            if rest:
                waiting.append(_units(*rest))

    def close(self) -> Iterator[Element | Opened | Notice]:
        """The end of the member. What was cut off is handed out as far as it was read."""
        while not self._skipping and not self._closed:
            try:
                events = self._parser.close()
            except XmlError as error:
                yield from _known(self._parser.taken())
                rest = yield from self._mended(error)
                if rest:
                    self.waiting = False
                    yield from self.feed(*rest)
            else:
                yield from _known(events)
                return

    def _feed(self, data: bytes, at: int) -> Generator[Element | Opened | Notice, None, _Place | None]:
        """One piece; returns what is left of it behind a damage, and where that stands."""
        if self._skipping:
            found = _NEXT.search(data)
            if found is None:
                return None
            data, at = data[found.start() :], at + found.start()
            self._skipping = False
        if not self.waiting and self._is_unclosed(data):
            yield from self._given_up(at)
        if not self._held:
            self._held_at, self._fed_before, self._marks = at, self._parser.fed, []
        self._held += data
        try:
            events = self._parser.feed(data)
        except XmlError as error:
            yield from _known(self._parser.taken())
            return (yield from self._mended(error))
        for event in events:
            if isinstance(event, Element):
                event.byte = self._place(event.byte)
        yield from _known(events)
        self._told = self._told and not events
        self._closed = self._closed or any(isinstance(event, Closed) for event in events)
        open_ = self._parser.unfinished
        self._cut((open_.byte if open_ is not None else self._parser.at) - self._fed_before)
        return None

    def _place(self, fed: int) -> int:
        """Where in the member a byte stands that the parser counts in its own way (it is fed marks as well)."""
        marks = sum(mark < fed for mark in self._marks)
        return self._held_at + max(0, fed - self._fed_before - marks * len(_PROBE))

    def _cut(self, at: int) -> None:
        """Hold only what belongs to the unfinished element; nothing when it is too large to be mended."""
        if len(self._held) - max(0, at) > _HELD:
            at = len(self._held)
        if at > 0:
            first = self._fed_before + at
            self._held, self._held_at, self._fed_before = self._held[at:], self._place(first), first
            self._marks = [mark for mark in self._marks if mark >= first]

    def _mended(self, error: XmlError) -> Generator[Element | Opened | Notice, None, _Place | None]:
        """Past a damage: mend the element that it stands in, or hand out its sound beginning; go on with the next."""
        parser = self._parser
        wrong = max(0, error.byte - self._fed_before)
        open_ = parser.unfinished
        begin = open_.byte - self._fed_before if open_ is not None else self._held.rfind(b"<", 0, wrong + 1)
        begin = max(0, begin)
        self._effort += len(self._held)
        following = _NEXT.search(self._held, max(wrong, begin + 1)) if self._effort < _EFFORT else None
        end = following.start() if following else len(self._held)
        damaged, rest = (part.replace(_PROBE, b"") for part in (self._held[begin:end], self._held[end:]))
        rest_at = self._place(self._fed_before + end)
        place = f"byte {self._place(error.byte)}"
        elements = _mend(damaged)
        if not elements and open_ is None:
            elements = _parsed(damaged)
            yield from () if self._told else (Notice("apple-health-broken", place, error.reason),)
            yield from elements
        elif elements:
            for element in elements:
                element.byte = self._place(self._fed_before + begin)
                yield element
            yield Notice("apple-health-mended", place)
        elif open_ is not None:
            yield open_
            yield Notice("apple-health-broken", place, open_.name)
        self._told = not elements
        self._begin_anew()
        self._skipping = following is None
        return (rest, rest_at) if rest else None

    def _is_unclosed(self, data: bytes) -> bool:
        """Whether an element that stands below the root begins inside another: the end of that one is missing."""
        around = self._parser.innermost
        if around is None or not _TOP.match(data):
            return False
        return around.name != "Correlation" or not data.startswith(b"<Record")

    def _given_up(self, at: int) -> Iterator[Element | Notice]:
        open_ = self._parser.unfinished
        if open_ is not None:
            yield open_
            yield Notice("apple-health-broken", f"byte {at}", open_.name)
        self._begin_anew()
        self._told = True

    def _begin_anew(self) -> None:
        self._parser = ElementParser(frozenset({ROOT}))
        self._parser.feed(_ROOT_TAG)
        self._parser.taken()
        self._held = b""
        self._closed = False

    def _look(self) -> Generator[Element | Opened | Notice, None, _Place | None]:
        """Find out where the bytes have ended: a tag that was begun there is a damage."""
        self.between, self.waiting = True, False
        if self._skipping or self._closed:
            self._held = b""
            return None
        mark = self._parser.fed
        try:
            level = self._parser.level()
        except XmlError as error:
            yield from _known(self._parser.taken())
            return (yield from self._mended(error))
        self.between = level == 1
        self.waiting = level is None
        if self.between:
            self._held = b""
        elif self._held and self._parser.fed > mark:
            self._held += _PROBE
            self._marks.append(mark)
        return None


def _whole(data: bytes, at: int) -> Iterator[_Place]:
    yield data, at


def _units(data: bytes, at: int) -> Iterator[_Place]:
    """The bytes cut before each element that can stand below the root, so that a damage concerns a small piece.

    Not within and after comments: the parser looks at a long comment anew with each piece.
    """
    begin = 0
    comment = _COMMENT.search(data)
    for found in _TOP.finditer(data, 1, comment.start() if comment else len(data)):
        yield data[begin : found.start()], at + begin
        begin = found.start()
    yield data[begin:], at + begin


def _mend(damaged: bytes) -> list[Element]:
    """The elements of a damaged piece once its characters are repaired; none when that is not enough."""
    if not damaged or len(damaged) > _MENDABLE:
        return []
    mended = repaired(damaged)
    if mended == damaged and is_clean(damaged):
        return []
    return _parsed(mended)


def _parsed(sound: bytes) -> list[Element]:
    parser = ElementParser(frozenset({ROOT}))
    try:
        events = parser.feed(_ROOT_TAG + sound + b"</HealthData>")
        events += parser.close()
    except XmlError:
        return []
    return [event for event in events if isinstance(event, Element)]


def _known(events: list[Event]) -> Iterator[Element | Opened]:
    for event in events:
        if isinstance(event, Element | Opened):
            yield event
