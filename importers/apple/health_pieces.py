"""The pieces of Apple Health records that come again and again, each parsed when it is met first."""

from __future__ import annotations

import re

from importers.apple.health_notes import Note, beats_text, metadata_text, note_of
from importers.apple.health_series import SeriesBook
from importers.formats.xml_stream import Element, ElementParser, XmlError

RECORD = b"<Record "
"""What begins each record."""

LONGEST = 1 << 16
"""Bytes of a head, a value or a rest that are still looked at here."""

HEAD_WIDTH = 31
HEAD_BITS = (1 << HEAD_WIDTH) - 1
"""Where the code of a head stands in one of ``Betweens``."""

_CACHED = 512
_LATER = frozenset({"creationDate", "startDate", "endDate", "value"})
_META = rb'<MetadataEntry key="[^"&<\x00-\x1f]*+" value="[^"&<\x00-\x1f]*+"/>[ \t\r\n]*+'
_BEAT = rb'<InstantaneousBeatsPerMinute bpm="[^"&<\x00-\x1f]*+" time="[^"&<\x00-\x1f]*+"/>[ \t\r\n]*+'
_REST = re.compile(
    rb">[ \t\r\n]*+((?>(?:" + _META + rb")*))"  # not "*+" of a group: wrong before Python 3.11.5
    rb"(?>(?:<HeartRateVariabilityMetadataList>[ \t\r\n]*+((?>(?:" + _BEAT + rb")*))"
    rb"</HeartRateVariabilityMetadataList>[ \t\r\n]*+)?)"
    rb"</Record>[ \t\r\n]*+\Z"
)
_VALUES = re.compile(r'"([^"]*+)" (?:value|time)="([^"]*+)"')


class Heads(dict[bytes, int]):
    """The text before creationDate -> code of the head in the book; -1 for what is left to the parser."""

    def __init__(self, book: SeriesBook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, text: bytes) -> int:
        code = -1
        element = _alone(RECORD + text + b"/>") if len(text) < LONGEST else None
        if element is not None and not element.children and element.attributes.keys().isdisjoint(_LATER):
            code = self._book.head(element.attributes)
        self[text] = code
        return code


class Rests(dict[bytes, int]):
    """The text after the value -> code of the note in the book; -1 for what is left to the parser."""

    def __init__(self, book: SeriesBook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, text: bytes) -> int:
        note = _matched(text) if len(text) < LONGEST else None
        if note is None and len(text) < LONGEST:
            note = _parsed(text)
        code = -1 if note is None else self._book.note(note)
        if len(text) <= _CACHED:
            self[text] = code
        return code


class Betweens(dict[bytes, int]):
    """The text from a value to the next creationDate -> code of the note, ``HEAD_WIDTH`` bits, code of the head; -1
    for what is not the rest of a record and the head of another."""

    def __init__(self, heads: Heads, rests: Rests) -> None:
        super().__init__()
        self._heads = heads
        self._rests = rests

    def __missing__(self, text: bytes) -> int:
        rest, mark, head = text.partition(RECORD)
        code = -1
        if mark and RECORD not in head and len(text) < LONGEST:
            note, next_ = self._rests[rest], self._heads[head]
            code = -1 if note < 0 or next_ < 0 else note << HEAD_WIDTH | next_
        if len(text) <= _CACHED:
            self[text] = code
        return code


def _matched(text: bytes) -> Note | None:
    found = _REST.match(text)
    if found is None or not text.isascii():
        return None
    pairs, beats = found.groups()
    return Note(
        metadata_text(_VALUES.findall(pairs.decode())),
        beats_text(None if beats is None else _VALUES.findall(beats.decode())),
    )


def _parsed(text: bytes) -> Note | None:
    element = _alone(b'<Record _=""' + text)
    if element is None or element.attributes.keys() != {"_"} or element.text:
        return None
    return note_of(element.children)


def _alone(xml: bytes) -> Element | None:
    """The one element that these bytes are; None when they are anything else."""
    parser = ElementParser(frozenset())
    try:
        events = parser.feed(xml)
        events += parser.close()
    except XmlError:
        return None
    return events[0] if len(events) == 1 and isinstance(events[0], Element) else None
