"""The usual shape of a record, read as columns: a hundred times more records a second than element by element.

Apple writes each record the same way: what repeats (type, source, device, unit) stands first, then creationDate,
startDate, endDate and value, then the children. So a record is cut in three: a *head* that is looked up, a *middle*
of fixed width whose digits are read for all records at once, and a *rest* that is looked up or matched. Heads and
rests are parsed by the XML parser when they are met first (``health_pieces``). A record that differs in any character
from this shape is left to ``importers.apple.health_sections``; a property test compares both ways.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from importers.apple.health_notes import Note
from importers.apple.health_pieces import HEAD_BITS, HEAD_WIDTH, LONGEST, RECORD, Betweens, Heads, Rests
from importers.apple.health_series import Head, Row, Segment, SeriesBook
from importers.columns import Numbers, Times
from importers.formats.digit_columns import STAMP, Words, decimals_at, stamps, windows, words

_CREATED = b' creationDate="'
_STARTED = b'" startDate="'
_ENDED = b'" endDate="'
_VALUE = b'" value="'
_START_AT = STAMP + len(_STARTED)
_END_AT = _START_AT + STAMP + len(_ENDED)
_MIDDLE = _END_AT + STAMP + len(_VALUE)
_WINDOW = 40
"""Characters of a stamp and of what follows it."""

_RARE = _CREATED.index(b"D")
"""The character of ``_CREATED`` that is looked for: there are few others of it."""

_PLAIN = bytes(byte for byte in range(32, 127) if byte not in b'&<"')
_STOPS = np.array([byte not in _PLAIN for byte in range(256)])
_SHORT = 24
"""Most values have fewer characters."""

_CACHE = 20_000
Codes: TypeAlias = npt.NDArray[np.int32]
Places: TypeAlias = npt.NDArray[np.int64]


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
    block: bytes
    value: Places
    value_end: Places
    alone: deque[int]
    """Places in the arrays of those that belong to no series and have not been handed out."""

    def text(self, row: int) -> str:
        """The value of a record that fits."""
        return self.block[self.value[row] : self.value_end[row]].decode()


class RecordRows:
    """Finds the records of the usual shape in a block and writes them into the book."""

    def __init__(self, book: SeriesBook) -> None:
        self._book = book
        self._heads = Heads(book)
        self._rests = Rests(book)
        self._betweens = Betweens(self._heads, self._rests)
        self._epoch = book.epoch
        self._lines, self._worded = np.zeros(0, np.int32), np.zeros(0, np.bool_)
        """For each head the place of its series, and whether the values there are words."""

    def look_at_all(self, block: bytes) -> Found | None:
        """What can be read from a block that begins with a record; None unless all of it is records of the usual shape.

        Cut at the creation dates: between two of them stand the rest of a record and the head of the next one, and
        most of these texts come again and again.
        """
        self._forget()
        created = _creations(block)
        ends = np.append(created[1:], len(block))
        middle = created + len(_CREATED)
        if not len(created) or int((ends - middle).min()) < _MIDDLE:
            return None
        value = middle + _MIDDLE
        value_end, plain = _values(block, value)
        if (value_end >= ends).any():
            return None
        between = [block[at:end] for at, end in zip((value_end[:-1] + 1).tolist(), ends[:-1].tolist(), strict=True)]
        codes = np.fromiter(map(self._betweens.__getitem__, between), np.int64, len(between))
        head = np.append(self._heads[block[len(RECORD) : created[0]]], codes & HEAD_BITS).astype(np.int32)
        note = np.append(codes >> HEAD_WIDTH, self._rests[block[value_end[-1] + 1 :]]).astype(np.int32)
        if head[0] < 0 or int(note.min()) < 0:
            return None
        found = self._found(block, middle, value_end, plain & (head >= 0), head, note, np.arange(len(head)), len(head))
        return found if found.fits.all() else None

    def look(self, pieces: Sequence[bytes]) -> Found:
        """What can be read from these pieces, each a record without ``RECORD`` and all that follows it."""
        self._forget()
        parts = [piece.partition(_CREATED) for piece in pieces]
        rows = np.flatnonzero([len(part[2]) >= _MIDDLE for part in parts])
        parts = [parts[row] for row in rows.tolist()]
        tails = [part[2][_MIDDLE:].partition(b'"') for part in parts]
        head = np.array([self._heads[part[0]] for part in parts], np.int32)
        note = np.array([self._rests[tail[2]] for tail in tails], np.int32)
        block = b"".join([part[2] for part in parts])
        sizes = np.array([len(part[2]) for part in parts], np.int64)
        middle = np.cumsum(sizes) - sizes
        value_end = middle + _MIDDLE + np.array([len(tail[0]) for tail in tails], np.int64)
        good = _are_plain([tail[0] for tail in tails]) & (head >= 0) & (note >= 0)
        return self._found(block, middle, value_end, good, head, note, rows, len(pieces))

    def _found(
        self,
        block: bytes,
        middle: Places,
        value_end: Places,
        good: npt.NDArray[np.bool_],
        head: Codes,
        note: Codes,
        rows: npt.NDArray[np.intp],
        pieces: int,
    ) -> Found:
        """``middle``: where it begins; ``good``: which may fit; ``rows``: where each stands among the pieces."""
        columns = []
        for at, after in ((0, _STARTED), (_START_AT, _ENDED), (_END_AT, _VALUE)):
            cells = words(windows(block, middle + at, _WINDOW))
            us, offset, sound = stamps(cells)
            good &= sound & _are_followed(cells, after)
            columns.append((us, offset))
        (created, created_offset), (start, offset), (end, end_offset) = columns
        fits = np.zeros(pieces, np.bool_)
        fits[rows] = good
        self._know_heads()
        alone = deque(np.flatnonzero(good & (self._lines[head] < 0)).tolist() if len(self._lines) else ())
        return Found(
            fits,
            rows,
            head,
            note,
            created,
            start,
            end,
            created_offset,
            offset,
            end_offset,
            block,
            middle + _MIDDLE,
            value_end,
            alone,
        )

    def take(self, found: Found) -> None:
        """Write the records that still fit into the book, but for those that belong to no series."""
        kept = np.flatnonzero(found.fits[found.rows])
        lines = self._lines[found.head[kept]]
        kept, lines = kept[lines >= 0], lines[lines >= 0]
        if not len(kept):
            return
        order = np.argsort(lines.astype(np.uint16) if int(lines.max()) < 1 << 16 else lines, kind="stable")
        kept, lines = kept[order], lines[order]
        head = found.head[kept]
        worded = self._worded[head]
        numbered = kept[~worded]
        value = decimals_at(found.block, found.value[numbered], found.value_end[numbered])
        columns: list[npt.NDArray[Any]] = [
            found.note,
            found.start,
            found.end,
            found.created,
            found.offset,
            found.end_offset,
            found.created_offset,
        ]
        note, start, end, created, offset, end_offset, created_offset = (column[kept] for column in columns)
        cuts = [0, *(np.flatnonzero(np.diff(lines)) + 1).tolist(), len(lines)]
        taken = 0
        for at, until in pairwise(cuts):
            part = slice(at, until)
            words_ = tuple(map(found.text, kept[part].tolist())) if worded[at] else ()
            self._book.add(
                Segment(
                    head[part].copy(),
                    note[part].copy(),
                    start[part].copy(),
                    end[part].copy(),
                    Numbers(created[part].copy(), np.zeros(until - at, np.uint8)),
                    offset[part].copy(),
                    end_offset[part].copy(),
                    created_offset[part].copy(),
                    None if worded[at] else value.take(np.arange(taken, taken + until - at)),
                    words_,
                )
            )
            taken += 0 if worded[at] else until - at

    def alone(self, found: Found, before: int) -> Iterator[tuple[Head, Note, Row]]:
        """The records that still fit and belong to no series (sleep), up to that place in the block."""
        while found.alone and found.rows[found.alone[0]] < before:
            row = found.alone.popleft()
            if found.fits[found.rows[row]]:
                yield self._row(found, row)

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
                found.text(row),
            ),
        )

    def _know_heads(self) -> None:
        heads = self._book.heads
        if len(self._lines) != len(heads):
            self._lines = np.array([head.line for head in heads], np.int32)
            self._worded = np.array(
                [head.line >= 0 and self._book.is_worded(code) for code, head in enumerate(heads)], np.bool_
            )

    def _forget(self) -> None:
        """Codes of the book's earlier epochs mean nothing any more; caches stay small."""
        if self._epoch != self._book.epoch:
            self._epoch = self._book.epoch
            self._lines, self._worded = np.zeros(0, np.int32), np.zeros(0, np.bool_)
            self._heads.clear()
            self._rests.clear()
            self._betweens.clear()
        if len(self._heads) > _CACHE:
            self._heads.clear()
        if len(self._rests) > _CACHE:
            self._rests.clear()
        if len(self._betweens) > _CACHE:
            self._betweens.clear()


def _creations(block: bytes) -> Places:
    """Where each ``_CREATED`` stands in a block."""
    cells = np.frombuffer(block, np.uint8)
    marks = np.flatnonzero(cells == _CREATED[_RARE])
    marks = marks[cells[marks - 1] == _CREATED[_RARE - 1]]
    places = marks[(marks >= _RARE) & (marks < len(block) - (len(_CREATED) - 1 - _RARE))] - _RARE
    wanted = np.frombuffer(_CREATED, np.uint8)
    sound: npt.NDArray[np.bool_] = (windows(block, places, len(_CREATED)) == wanted).all(axis=1)
    found: Places = places[sound]
    return found


def _values(block: bytes, starts: Places) -> tuple[Places, npt.NDArray[np.bool_]]:
    """Where the values end that begin here, with the next quote or the block; and which are as ``_are_plain`` says."""
    stops = _STOPS[windows(block, starts, _SHORT)]
    sizes = stops.argmax(axis=1)
    ends = starts + sizes
    plain = np.ones(len(starts), np.bool_)
    short = np.flatnonzero(np.frombuffer(block, np.uint8)[np.minimum(ends, len(block) - 1)] == ord('"'))
    long = np.ones(len(starts), np.bool_)
    long[short] = False
    for row in np.flatnonzero(long).tolist():
        at = int(starts[row])
        end = block.find(b'"', at)
        ends[row] = end if end >= 0 else len(block)
        plain[row] = bool(_are_plain([block[at : ends[row]]])[0])
    return ends, plain


def _are_followed(cells: Words, after: bytes) -> npt.NDArray[np.bool_]:
    """Whether this text follows the stamps."""
    begin, rest = (int.from_bytes(part, "little") for part in (after[:7], after[7:]))
    good: npt.NDArray[np.bool_] = cells[3] >> 8 == begin
    good &= cells[4] & ((1 << 8 * len(after[7:])) - 1) == rest
    return good


def _are_plain(values: Sequence[bytes]) -> npt.NDArray[np.bool_]:
    """Which values are printable ASCII that XML leaves as it is."""
    good = np.ones(len(values), np.bool_)
    whole = b"".join(values)
    if whole.translate(None, _PLAIN) or len(whole) > LONGEST * len(values):
        good[:] = [not value.translate(None, _PLAIN) and len(value) < LONGEST for value in values]
    return good
