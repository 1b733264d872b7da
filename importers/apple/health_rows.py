"""The usual shape of a record, read as columns: a hundred times more records a second than element by element.

Apple writes each record the same way: what repeats (type, source, device, unit) stands first, then creationDate,
startDate, endDate and value, then the children. So a record is cut in three: a *head* that is looked up, a *middle*
of fixed width whose digits are read for all records at once, and a *rest* that is looked up or matched. Heads and
rests are parsed by the XML parser when they are met first. A record that differs in any character from this shape is
left to ``importers.apple.health_sections``; a property test compares both ways.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from importers.apple.health_notes import Note, beats_text, metadata_text, note_of
from importers.apple.health_series import Head, Row, Segment, SeriesBook
from importers.columns import Numbers, Times
from importers.formats.digit_columns import STAMP, Characters, characters, decimals, stamps
from importers.formats.xml_stream import Element, ElementParser, XmlError

RECORD = b"<Record "
"""What begins each record."""

_CREATED = b' creationDate="'
_STARTED = b'" startDate="'
_ENDED = b'" endDate="'
_VALUE = b'" value="'
_MIDDLE = STAMP + len(_STARTED) + STAMP + len(_ENDED) + STAMP + len(_VALUE)
_START_AT = STAMP + len(_STARTED)
_END_AT = _START_AT + STAMP + len(_ENDED)
_LITERALS = np.array(
    [
        (place + at, char)
        for place, text in ((STAMP, _STARTED), (_START_AT + STAMP, _ENDED), (_END_AT + STAMP, _VALUE))
        for at, char in enumerate(text)
    ],
    dtype=np.int64,
)
_LATER = frozenset({"creationDate", "startDate", "endDate", "value"})
_PLAIN = bytes(byte for byte in range(32, 127) if byte not in b'&<"')
_LONGEST = 1 << 16
"""Bytes of a head, a value or a rest that are still looked at here."""

_CACHED = 512
_HEAD_WIDTH = 31
_HEAD_BITS = (1 << _HEAD_WIDTH) - 1
_CACHE = 20_000
_META = rb'<MetadataEntry key="[^"&<\x00-\x1f]*+" value="[^"&<\x00-\x1f]*+"/>[ \t\r\n]*+'
_BEAT = rb'<InstantaneousBeatsPerMinute bpm="[^"&<\x00-\x1f]*+" time="[^"&<\x00-\x1f]*+"/>[ \t\r\n]*+'
_REST = re.compile(
    rb">[ \t\r\n]*+((?>(?:" + _META + rb")*))"  # not "*+" of a group: wrong before Python 3.11.5
    rb"(?>(?:<HeartRateVariabilityMetadataList>[ \t\r\n]*+((?>(?:" + _BEAT + rb")*))"
    rb"</HeartRateVariabilityMetadataList>[ \t\r\n]*+)?)"
    rb"</Record>[ \t\r\n]*+\Z"
)
_VALUES = re.compile(r'"([^"]*+)" (?:value|time)="([^"]*+)"')


Codes: TypeAlias = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Found:
    """What the records of one block look like. ``fits``: which of them have the usual shape; may be changed.

    The arrays have one entry for each record whose ``rows`` says where it stands in the block.
    """

    fits: npt.NDArray[np.bool_]
    rows: npt.NDArray[np.intp]
    head: Codes
    note: Codes
    created: Times
    start: Times
    end: Times
    created_offset: npt.NDArray[np.int16]
    offset: npt.NDArray[np.int16]
    end_offset: npt.NDArray[np.int16]
    values: list[bytes]
    alone: deque[int]
    """Places in the arrays of those that belong to no series and have not been handed out."""


class RecordRows:
    """Finds the records of the usual shape in a block and writes them into the book."""

    def __init__(self, book: SeriesBook) -> None:
        self._book = book
        self._heads = _Heads(book)
        self._rests = _Rests(book)
        self._betweens = _Betweens(self._heads, self._rests)
        self._epoch = book.epoch
        self._lines = np.zeros(0, np.int32)

    def look_at_all(self, block: bytes) -> Found | None:
        """What can be read from a block that begins with a record; None unless all of it is records of the usual shape.

        Cut at the creation dates: between two of them stand the rest of a record and the head of the next one, and
        most of these texts come again and again.
        """
        self._forget()
        first, *parts = block.split(_CREATED)
        if not parts:
            return None
        sizes = np.fromiter(map(len, parts), np.int64, len(parts))
        if int(sizes.min()) < _MIDDLE:
            return None
        tails = [part[_MIDDLE:].partition(b'"') for part in parts]
        betweens = self._betweens
        codes = np.array([betweens[tail[2]] for tail in tails[:-1]], np.int64)
        head = np.concatenate([[self._heads[first[len(RECORD) :]]], codes & _HEAD_BITS]).astype(np.int32)
        note = np.concatenate([codes >> _HEAD_WIDTH, [self._rests[tails[-1][2]]]]).astype(np.int32)
        if head[0] < 0 or int(note.min()) < 0:
            return None
        starts = len(first) + len(_CREATED) + np.concatenate([[0], np.cumsum(sizes[:-1] + len(_CREATED))])
        windows = np.lib.stride_tricks.sliding_window_view(np.frombuffer(block, np.uint8), _MIDDLE)
        cells = np.ascontiguousarray(windows[starts].T)
        found = self._found(cells, head, note, [tail[0] for tail in tails], np.arange(len(parts)), len(parts))
        return found if found.fits.all() else None

    def look(self, pieces: Sequence[bytes]) -> Found:
        """What can be read from these pieces, each a record without ``RECORD`` and all that follows it."""
        self._forget()
        parts = [piece.partition(_CREATED) for piece in pieces]
        middles = [part[2][:_MIDDLE] for part in parts]
        rows = np.arange(len(pieces))
        if any(len(middle) != _MIDDLE for middle in middles):
            rows = np.flatnonzero([len(middle) == _MIDDLE for middle in middles])
            parts = [parts[row] for row in rows.tolist()]
            middles = [middles[row] for row in rows.tolist()]
        heads = self._heads
        head = np.array([heads[part[0]] for part in parts], np.int32)
        tails = [part[2][_MIDDLE:].partition(b'"') for part in parts]
        rests = self._rests
        note = np.array([rests[tail[2]] for tail in tails], np.int32)
        values = [tail[0] for tail in tails]
        return self._found(characters(middles, _MIDDLE), head, note, values, rows, len(pieces))

    def _found(
        self, cells: Characters, head: Codes, note: Codes, values: list[bytes], rows: npt.NDArray[np.intp], pieces: int
    ) -> Found:
        """``rows``: where each of these records stands among so many pieces."""
        good: npt.NDArray[np.bool_] = (head >= 0) & (note >= 0)
        for at, char in _LITERALS.tolist():
            good &= cells[at] == char
        created, created_offset, sound = stamps(cells[:STAMP])
        good &= sound
        start, offset, sound = stamps(cells[_START_AT : _START_AT + STAMP])
        good &= sound
        end, end_offset, sound = stamps(cells[_END_AT : _END_AT + STAMP])
        good &= sound
        good &= _are_plain(values)
        fits = np.zeros(pieces, np.bool_)
        fits[rows] = good
        if len(self._lines) != len(self._book.heads):
            self._lines = np.array([head.line for head in self._book.heads], np.int32)
        alone = deque(np.flatnonzero(good & (self._lines[head] < 0)).tolist() if len(self._lines) else ())
        return Found(fits, rows, head, note, created, start, end, created_offset, offset, end_offset, values, alone)

    def take(self, found: Found) -> None:
        """Write the records that still fit into the book, but for those that belong to no series."""
        kept = np.flatnonzero(found.fits[found.rows])
        lines = self._lines[found.head[kept]]
        kept, lines = kept[lines >= 0], lines[lines >= 0]
        if not len(kept):
            return
        order = np.argsort(lines, kind="stable")
        cuts = np.flatnonzero(np.diff(lines[order])) + 1
        for part in np.split(order, cuts):
            self._book.add(self._segment(found, kept[part]))

    def alone(self, found: Found, before: int) -> Iterator[tuple[Head, Note, Row]]:
        """The records that still fit and belong to no series (sleep), up to that place in the block."""
        while found.alone and found.rows[found.alone[0]] < before:
            row = found.alone.popleft()
            if found.fits[found.rows[row]]:
                yield self._row(found, row)

    def _segment(self, found: Found, rows: npt.NDArray[np.intp]) -> Segment:
        values = [found.values[row] for row in rows.tolist()]
        worded = self._book.is_worded(int(found.head[rows[0]]))
        return Segment(
            found.head[rows],
            found.note[rows],
            found.start[rows],
            found.end[rows],
            Numbers(found.created[rows], np.zeros(len(rows), np.uint8)),
            found.offset[rows],
            found.end_offset[rows],
            found.created_offset[rows],
            None if worded else decimals(values),
            tuple(value.decode() for value in values) if worded else (),
        )

    def _row(self, found: Found, row: int) -> tuple[Head, Note, Row]:
        head, note = int(found.head[row]), int(found.note[row])
        return (
            self._book.heads[head],
            self._book.notes[note],
            Row(
                head,
                note,
                int(found.start[row]),
                int(found.end[row]),
                int(found.created[row]),
                int(found.offset[row]),
                int(found.end_offset[row]),
                int(found.created_offset[row]),
                found.values[row].decode(),
            ),
        )

    def _forget(self) -> None:
        """Codes of the book's earlier epochs mean nothing any more; caches stay small."""
        if self._epoch != self._book.epoch:
            self._epoch = self._book.epoch
            self._lines = np.zeros(0, np.int32)
            self._heads.clear()
            self._rests.clear()
            self._betweens.clear()
        if len(self._heads) > _CACHE:
            self._heads.clear()
        if len(self._rests) > _CACHE:
            self._rests.clear()
        if len(self._betweens) > _CACHE:
            self._betweens.clear()


class _Heads(dict[bytes, int]):
    """The text before creationDate -> code of the head in the book; -1 for what is left to the parser."""

    def __init__(self, book: SeriesBook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, text: bytes) -> int:
        code = -1
        element = _alone(RECORD + text + b"/>") if len(text) < _LONGEST else None
        if element is not None and not element.children and element.attributes.keys().isdisjoint(_LATER):
            code = self._book.head(element.attributes)
        self[text] = code
        return code


class _Rests(dict[bytes, int]):
    """The text after the value -> code of the note in the book; -1 for what is left to the parser."""

    def __init__(self, book: SeriesBook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, text: bytes) -> int:
        note = _matched(text) if len(text) < _LONGEST else None
        if note is None and len(text) < _LONGEST:
            note = _parsed(text)
        code = -1 if note is None else self._book.note(note)
        if len(text) <= _CACHED:
            self[text] = code
        return code


class _Betweens(dict[bytes, int]):
    """The text from a value to the next creationDate -> code of the note, ``_HEAD_WIDTH`` bits, code of the head; -1
    for what is not the rest of a record and the head of another."""

    def __init__(self, heads: _Heads, rests: _Rests) -> None:
        super().__init__()
        self._heads = heads
        self._rests = rests

    def __missing__(self, text: bytes) -> int:
        rest, mark, head = text.partition(RECORD)
        code = -1
        if mark and RECORD not in head and len(text) < _LONGEST:
            note, next_ = self._rests[rest], self._heads[head]
            code = -1 if note < 0 or next_ < 0 else note << _HEAD_WIDTH | next_
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


def _are_plain(values: Sequence[bytes]) -> npt.NDArray[np.bool_]:
    """Which values are printable ASCII that XML leaves as it is."""
    good = np.ones(len(values), np.bool_)
    whole = b"".join(values)
    if whole.translate(None, _PLAIN) or len(whole) > _LONGEST * len(values):
        good[:] = [not value.translate(None, _PLAIN) and len(value) < _LONGEST for value in values]
    return good
