"""Apple Health: ``export.xml`` in every language, whatever its name: the file whose root element is ``HealthData``.

Records become series (sleep becomes items), day summaries series, everything else items. Routes are GPX files beside
it and are read by ``importers.gpx``; ``export_cda.xml`` is a second copy of a part of the records and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
import numpy as np

from importers.apple import health_names
from importers.apple.health_days import DaySummaries
from importers.apple.health_elements import Elements, is_misdated, record_details
from importers.apple.health_notes import Note, note_of
from importers.apple.health_pieces import RECORD
from importers.apple.health_rows import Found, RecordRows
from importers.apple.health_sections import Sections
from importers.apple.health_series import Head, Row, SeriesBook
from importers.contract import Member, Rule, importer, skip
from importers.formats.digit_columns import stamp, stamp_text
from importers.formats.few_notices import few_notices
from importers.formats.xml_stream import Element, Opened, XmlError, without_doctype
from importers.records import Item, Notice, Record

BLOCK = 4 << 20
"""Bytes that are looked at together."""

_LONGEST_BLOCK = 24 << 20
_OTHER_STARTS = (b"<Workout ", b"<ActivitySummary ", b"<Correlation ", b"<ClinicalRecord ")
_CHILDREN_HELD = 100_000
_LARGE = 1 << 18
_DATES = ("startDate", "endDate", "creationDate")

skip(
    Rule(root="ClinicalDocument", contains=("Health Export CDA",)),
    Rule(root="ClinicalDocument", members=("**/apple_health_export/*cda*.xml",), named=True),
    source="apple",
    why="apple-health-cda",
)


@importer(Rule(root="HealthData"), source="apple", reads="health records", product="health", status="proven")
def health(member: Member) -> Iterator[Record]:
    """Everything that the Health app holds. Times carry the offset of the phone at the time of the export."""
    yield from read_export(member.pieces())


def read_export(pieces: Iterable[bytes], block: int = BLOCK) -> Iterator[Record]:
    """The records of an export, looked at in blocks of that many bytes."""
    yield from few_notices(_Export(block, looks=True).records(pieces))


def read_export_by_parser(pieces: Iterable[bytes], block: int = BLOCK) -> Iterator[Record]:
    """The same records, every one through the XML parser: slower, and what the tests compare with."""
    yield from few_notices(_Export(block, looks=False).records(pieces))


class _Export:
    """One export being read."""

    def __init__(self, block: int, *, looks: bool) -> None:
        self._size = block
        self._book = SeriesBook()
        self._rows = RecordRows(self._book) if looks else None
        self._sections = Sections()
        self._elements = Elements()
        self._days = DaySummaries()
        self._children: list[Element] = []
        self._root: dict[str, str] = {}

    def records(self, pieces: Iterable[bytes]) -> Iterator[Record]:
        try:
            for block, at in _blocks(without_doctype(pieces), self._size):
                yield from self._block(block, at)
                yield from self._book.due()
                yield from self._days.due()
        except XmlError as error:
            yield Notice(error.reason, f"byte {error.byte}")
            return
        for found in self._sections.close():
            yield from self._found(found)
        self._children_alone()
        if self._root:
            yield self._elements.item(Element("HealthData", self._root))
        yield from self._book.rest()
        yield from self._days.rest()

    def _block(self, block: bytes, at: int) -> Iterator[Record]:
        first = block.find(RECORD)
        before = block if first < 0 else block[:first]
        if before.strip() or not self._sections.between:
            yield from self._section(before, at)
        if first < 0:
            return
        if self._rows is not None and self._sections.between:
            found = self._rows.look_at_all(block[first:] if first else block)
            if found is not None:
                yield from self._slept(found, len(found.fits))
                self._rows.take(found)
                return
        pieces = block[first:].split(RECORD)[1:]
        found = self._rows.look(pieces) if self._rows is not None else None
        fits = found.fits if found is not None else np.zeros(len(pieces), np.bool_)
        unfit = np.flatnonzero(~fits).tolist()
        if unfit or not self._sections.between:
            places = at + np.cumsum([len(before)] + [len(RECORD) + len(piece) for piece in pieces])
        at_unfit, piece, together = 0, 0, 1
        while piece < len(pieces):
            if self._sections.between:
                while at_unfit < len(unfit) and unfit[at_unfit] < piece:
                    at_unfit += 1
                if at_unfit == len(unfit):
                    break
                piece = unfit[at_unfit]
            together = together * 2 if self._sections.waiting else 1
            last = min(piece + together, len(pieces))
            fits[piece:last] = False
            yield from self._slept(found, piece)
            data = b"".join(RECORD + text for text in pieces[piece:last])
            yield from self._section(data, int(places[piece]))
            piece = last
        yield from self._slept(found, len(pieces))
        if self._rows is not None and found is not None:
            self._rows.take(found)

    def _section(self, data: bytes, at: int) -> Iterator[Record]:
        for found in self._sections.feed(data, at):
            yield from self._found(found)

    def _found(self, found: Element | Opened | Notice) -> Iterator[Record]:
        if isinstance(found, Notice):
            yield found
        elif isinstance(found, Opened):
            self._root |= found.attributes
        elif found.name == "Record":
            yield from self._record(found)
        elif found.name == "ExportDate":
            yield self._elements.export(self._root, found)
            self._root = {}
        elif found.name != "ActivitySummary" or not self._days.add(found):
            if found.name == "Correlation":
                self._children += [child for child in found.children if child.name == "Record"]
                if len(self._children) > _CHILDREN_HELD:
                    self._children_alone()
            if is_misdated(found):
                yield Notice("apple-health-no-time", f"byte {found.byte}", health_names.short(found.name))
            yield self._elements.item(found)

    def _record(self, element: Element) -> Iterator[Record]:
        row = self._row(element)
        if row is not None:
            self._book.add_row(row)
            return
        if not all(stamp(element.attributes.get(name, "")) for name in ("startDate", "endDate")):
            yield Notice("apple-health-no-time", f"byte {element.byte}", health_names.short(_type(element)))
        yield self._elements.item(element)

    def _row(self, element: Element) -> Row | None:
        """A record as a row of its series; None when it is sleep, or has no times, or is too large for a row."""
        attributes = dict(element.attributes)
        texts = [attributes.pop(name, None) for name in _DATES]
        value = attributes.pop("value", None)
        start, end, created = (None if text is None else stamp(text) for text in texts)
        if start is None or end is None or element.text or _type(element) == health_names.SLEEP:
            return None
        note = note_of(element.children)
        if sum(len(text) for text in (*note, *attributes.values(), value, texts[2]) if text) > _LARGE:
            return None
        head = self._book.head(attributes)
        made: int | str | None = created[0] if created is not None else texts[2]
        made_offset = created[1] if created is not None else start[1]
        return Row(head, self._book.note(note), start[0], end[0], made, start[1], end[1], made_offset, value)

    def _slept(self, found: Found | None, before: int) -> Iterator[Item]:
        if self._rows is not None and found is not None:
            for head, note, row in self._rows.alone(found, before):
                yield self._sleep(head, note, row)

    def _sleep(self, head: Head, note: Note, row: Row) -> Item:
        attributes = {"type": head.type, "sourceName": head.source, "sourceVersion": head.version}
        attributes |= {"device": head.device, "unit": head.unit}
        attributes |= msgspec.json.decode(head.extra) if head.extra else {}
        attributes |= {"creationDate": stamp_text(int(row.created or 0), row.created_offset), "value": row.value}
        if row.end_offset != row.offset:
            attributes["endDate"] = stamp_text(row.end, row.end_offset)
        known = {name: text for name, text in attributes.items() if text is not None}
        start, end = (row.start, row.offset), (row.end, row.end_offset)
        return self._elements.sleep(record_details(known, note), start, end, row.created)

    def _children_alone(self) -> None:
        """Records inside correlations that do not stand at the top level as well (Apple writes them twice)."""
        children, self._children = self._children, []
        for child in children:
            row = self._row(child)
            if row is not None and not self._book.has_seen(row):
                self._book.add_row(row)


def _blocks(pieces: Iterable[bytes], block: int) -> Iterator[tuple[bytes, int]]:
    """Blocks of about ``block`` bytes that end before an element or with the member, and where they stand."""
    held: list[bytes | memoryview] = []
    size = at = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size < block:
            continue
        last = memoryview(piece)
        cut = piece.rfind(RECORD)
        if cut > 0:
            held[-1] = last[:cut]
            yield b"".join(held), at
            at += size - len(piece) + cut
            held, size = [last[cut:]], len(piece) - cut
            continue
        data = b"".join(held)
        cut = data.rfind(RECORD)
        if cut <= 0:
            cut = max(data.rfind(start) for start in _OTHER_STARTS)
        if cut <= 0 and size > _LONGEST_BLOCK:
            cut = data.rfind(b">") + 1 or size
        if cut > 0:
            yield data[:cut], at
            at += cut
        held = [data[max(cut, 0) :]]
        size = len(held[0])
    yield b"".join(held), at


def _type(element: Element) -> str:
    return element.attributes.get("type", "")
