"""Records of Apple Health as columns, series by series, in batches of bounded size.

What repeats from record to record (type, unit, source, device) is a *head*, kept once; what hangs below a record
(metadata, beat list) is a *note*, kept once for each different text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from importers.apple import health_names
from importers.apple.health_notes import Note, device_name
from importers.columns import Numbers, Texts, Times, in_use, joined, numbers, texts
from importers.records import Samples

ROWS = 50_000
"""Samples in a batch."""

HELD_ROWS = 400_000
"""Samples that are held over all series."""

HELD_TEXT = 3 << 20
"""Characters of notes and heads that are held; a batch never carries more, so that it fits into a frame."""

SEEN = 1_000_000
"""Records of one series that are remembered, so that correlations do not count them twice."""

INCIDENTAL = frozenset(
    {"device", "offset", "endDateOffset", "creationDateOffset", "MetadataEntry", "HeartRateVariabilityMetadataList"}
)
"""What may differ between two exports of one record: Apple writes another pointer into the device, the zone and the
language of the phone at the time of the export into offsets and beat lists, and the units of the settings."""

Codes = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int16]


class Head(NamedTuple):
    """The attributes that records share. None: absent. ``extra``: further attributes as JSON text. ``line``: the
    place of the series in the book, -1 for sleep, which becomes items."""

    type: str
    unit: str | None
    source: str | None
    version: str | None
    device: str | None
    extra: str | None
    line: int


@dataclass(frozen=True, eq=False)
class Segment:
    """Rows of one series. Times in us, offsets in minutes; ``value`` for numbers, ``words`` for categories."""

    head: Codes
    note: Codes
    start: Times
    end: Times
    created: Numbers
    offset: Offsets
    end_offset: Offsets
    created_offset: Offsets
    value: Numbers | None
    words: tuple[str | None, ...] = ()


class Row(NamedTuple):
    """One record that came alone. ``created``: us, the text when it is no stamp, or None."""

    head: int
    note: int
    start: int
    end: int
    created: int | str | None
    offset: int
    end_offset: int
    created_offset: int
    value: str | None


@dataclass(eq=False)
class _Line:
    """What is held of one series."""

    name: str
    unit: str
    worded: bool
    remembered: bool
    segments: list[Segment] = field(default_factory=list)
    loose: list[Row] = field(default_factory=list)
    rows: int = 0
    seen: set[int] = field(default_factory=set)


class SeriesBook:
    """Takes rows of all series and hands them out as samples, before they grow too many."""

    def __init__(self) -> None:
        self.heads: list[Head] = []
        self.notes: list[Note] = []
        self.epoch = 0
        """Counts up when heads and notes are forgotten: codes of an earlier epoch mean nothing any more."""
        self._lines: list[_Line] = []
        self._line_codes: dict[tuple[str, str, bool], int] = {}
        self._head_codes: dict[tuple[str | None, ...], int] = {}
        self._note_codes: dict[Note, int] = {}
        self._text = 0

    def head(self, attributes: Mapping[str, str]) -> int:
        """The code of a head; ``attributes`` without dates and value."""
        rest = dict(attributes)
        type_ = rest.pop("type", "")
        unit, source, version = (rest.pop(name, None) for name in ("unit", "sourceName", "sourceVersion"))
        device = rest.pop("device", None)
        device = None if device is None else device_name(device)
        extra = msgspec.json.encode(rest).decode() if rest else None
        identity = (type_, unit, source, version, device, extra)
        code = self._head_codes.get(identity)
        if code is None:
            line = -1 if type_ == health_names.SLEEP else self._line(type_, unit or "")
            code = self._head_codes[identity] = len(self.heads)
            self.heads.append(Head(type_, unit, source, version, device, extra, line))
            self._text += sum(len(text) for text in identity if text)
        return code

    def is_worded(self, head: int) -> bool:
        """Whether the values of this head's series are words."""
        return self._lines[self.heads[head].line].worded

    def note(self, note: Note) -> int:
        """The code of a note."""
        code = self._note_codes.get(note)
        if code is None:
            code = self._note_codes[note] = len(self.notes)
            self.notes.append(note)
            self._text += sum(len(text) for text in note if text)
        return code

    def add(self, segment: Segment) -> None:
        """Rows that all belong to the series of their heads."""
        line = self._lines[self.heads[int(segment.head[0])].line]
        line.segments.append(segment)
        line.rows += len(segment.start)
        if line.remembered and len(line.seen) < SEEN:
            line.seen.update(self._fingerprints(segment))

    def add_row(self, row: Row) -> None:
        """One row."""
        line = self._lines[self.heads[row.head].line]
        line.loose.append(row)
        line.rows += 1
        if line.remembered and len(line.seen) < SEEN:
            line.seen.update(self._fingerprints(_segment([row], worded=line.worded)))

    def has_seen(self, row: Row) -> bool:
        """Whether a record with these stamps, value and source has come before; only for types of correlations."""
        line = self._lines[self.heads[row.head].line]
        return line.remembered and line.seen.issuperset(self._fingerprints(_segment([row], worded=line.worded)))

    def due(self) -> Iterator[Samples]:
        """What has grown large enough to go; everything when too much is held."""
        if self._text > HELD_TEXT or sum(line.rows for line in self._lines) > HELD_ROWS:
            yield from self.rest()
            return
        for line in self._lines:
            if line.rows >= ROWS:
                yield from self._taken(line)

    def rest(self) -> Iterator[Samples]:
        """Everything that is held."""
        for line in self._lines:
            if line.rows:
                yield from self._taken(line)
        if self._text > HELD_TEXT:
            self.heads, self.notes, self._text = [], [], 0
            self._head_codes, self._note_codes = {}, {}
            self.epoch += 1

    def _line(self, type_: str, unit: str) -> int:
        key = (type_, unit, health_names.is_worded(type_))
        code = self._line_codes.get(key)
        if code is None:
            code = self._line_codes[key] = len(self._lines)
            name = health_names.series_name(type_)
            self._lines.append(_Line(name, unit, key[2], health_names.in_correlations(type_)))
        return code

    def _fingerprints(self, segment: Segment) -> Iterator[int]:
        sources = [self.heads[code].source for code in segment.head.tolist()]
        value = segment.value.texts() if segment.value is not None else iter(segment.words)
        return map(hash, zip(segment.start.tolist(), segment.end.tolist(), value, sources, strict=True))

    def _taken(self, line: _Line) -> Iterator[Samples]:
        segments, line.segments = line.segments, []
        if line.loose:
            segments.append(_segment(line.loose, worded=line.worded))
            line.loose = []
        line.rows = 0
        whole = _joined(segments)
        for at in range(0, len(whole.start), ROWS):
            rows = np.arange(at, min(at + ROWS, len(whole.start)))
            yield self._samples(line, _part(whole, rows) if len(whole.start) > ROWS else whole)

    def _samples(self, line: _Line, rows: Segment) -> Samples:
        used, at = in_use(rows.head, len(self.heads))
        heads = [self.heads[code] for code in used.tolist()]

        def shared(words: Iterable[str | None]) -> Texts:
            table = texts(words)
            return Texts(table.codes[at], table.words)

        columns: dict[str, Numbers | Texts] = {
            "type": shared(head.type for head in heads),
            "sourceName": shared(head.source for head in heads),
            "sourceVersion": shared(head.version for head in heads),
            "device": shared(head.device for head in heads),
            "creationDate": rows.created,
        }
        if any(head.extra for head in heads):
            columns["attributes"] = shared(head.extra for head in heads)
        if line.unit == "" and any(head.unit is not None for head in heads):
            columns["unit"] = shared(head.unit for head in heads)
        if len(line.unit) > _UNIT:
            columns["unit"] = shared(head.unit for head in heads)
        if (rows.end_offset != rows.offset).any():
            columns["endDateOffset"] = _whole_numbers(rows.end_offset)
        if (rows.created_offset != rows.offset).any():
            columns["creationDateOffset"] = _whole_numbers(rows.created_offset)
        columns |= self._noted(rows.note)
        if line.worded:
            columns["value"] = texts(rows.words)
        return Samples(
            series=line.name,
            unit=line.unit[:_UNIT],
            start=rows.start,
            end=rows.end,
            value=None if line.worded else rows.value,
            offset=_whole_numbers(rows.offset),
            columns=columns,
            incidental=INCIDENTAL,
        )

    def _noted(self, codes: Codes) -> Iterator[tuple[str, Texts]]:
        used, at = in_use(codes, len(self.notes))
        notes = [self.notes[code] for code in used.tolist()]
        for name, words in zip(Note.COLUMNS, zip(*notes, strict=True), strict=True):
            if any(words) or name == "MetadataEntry":
                table = texts(words)
                yield name, Texts(table.codes[at], table.words)


_UNIT = 100


def _segment(rows: Sequence[Row], *, worded: bool) -> Segment:
    head, note, start, end, created, offset, end_offset, created_offset, value = zip(*rows, strict=True)
    return Segment(
        np.array(head, np.int32),
        np.array(note, np.int32),
        np.array(start, np.int64),
        np.array(end, np.int64),
        numbers(created),
        np.array(offset, np.int16),
        np.array(end_offset, np.int16),
        np.array(created_offset, np.int16),
        None if worded else numbers(value),
        value if worded else (),
    )


def _joined(segments: Sequence[Segment]) -> Segment:
    if len(segments) == 1:
        return segments[0]

    def column(name: str) -> Any:
        return np.concatenate([getattr(segment, name) for segment in segments])

    values = [segment.value for segment in segments if segment.value is not None]
    return Segment(
        column("head"),
        column("note"),
        column("start"),
        column("end"),
        joined([segment.created for segment in segments]),
        column("offset"),
        column("end_offset"),
        column("created_offset"),
        joined(values) if values else None,
        tuple(word for segment in segments for word in segment.words),
    )


def _part(segment: Segment, rows: npt.NDArray[np.intp]) -> Segment:
    return Segment(
        segment.head[rows],
        segment.note[rows],
        segment.start[rows],
        segment.end[rows],
        segment.created.take(rows),
        segment.offset[rows],
        segment.end_offset[rows],
        segment.created_offset[rows],
        None if segment.value is None else segment.value.take(rows),
        tuple(segment.words[row] for row in rows.tolist()) if segment.words else (),
    )


def _whole_numbers(values: Offsets) -> Numbers:
    return Numbers(values.astype(np.int64), np.zeros(len(values), np.uint8))
