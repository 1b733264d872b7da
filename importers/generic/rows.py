"""The second walk over a sheet: rows become records as a mapping says. Every column stays in the record's details."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Table
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from importers.columns import Numbers, Texts, numbers, texts, times
from importers.formats.dates import DateReader
from importers.generic.header import Field, series_name, unit
from importers.generic.mapping import Makes, Mapping, Places
from importers.generic.numerals import degrees, number
from importers.generic.sheets import Line, Sheet
from importers.generic.survey import Survey, row_digest, short_digest
from importers.records import Item, Kind, Moment, Notice, Record, Role, Samples

BATCH = 20_000
"""Rows of a batch of samples."""

NOTICES = 200
"""Rows of one table that are named for one reason; the others are counted."""


def records(sheet: Sheet, survey: Survey, mapping: Mapping) -> Iterator[Record]:
    """All records of a sheet. What cannot be placed in time is kept as an undated item, and said."""
    rows = _Rows(survey, mapping)
    make = {Makes.ITEMS: rows.items, Makes.POSITIONS: rows.positions, Makes.MEASUREMENTS: rows.measurements}
    yield from _bounded(make[mapping.makes](sheet))
    if sheet.around:
        yield around(sheet.around)


def _bounded(found: Iterator[Record]) -> Iterator[Record]:
    """The records with the first notices of each reason, and how many there were where there are more."""
    said: Counter[str] = Counter()
    for record in found:
        if isinstance(record, Notice):
            said[record.reason] += 1
            if said[record.reason] > NOTICES:
                continue
        yield record
    for count in said.values():
        if count > NOTICES:
            yield Notice("row-more", what=str(count))


def undated(sheet: Sheet, survey: Survey) -> Iterator[Record]:
    """The rows of a sheet that has no column of dates, as facts without one."""
    counter = _Alike(survey)
    for line in sheet.walk():
        yield line if isinstance(line, Notice) else counter.item(line, Kind.OTHER)
    if sheet.around:
        yield around(sheet.around)


def around(values: Table[str, Any]) -> Item:
    """What stands above or beside the rows of a table, as one fact without a date."""
    data = msgspec.json.encode(values)
    return Item(kind=Kind.OTHER, key=("around", data.decode("utf-8", "replace")), details=data)


class _Alike:
    """Rows that are alike in every column are several facts: they are numbered."""

    def __init__(self, survey: Survey) -> None:
        self._repeated = survey.repeated
        self._met: Counter[bytes] = Counter()

    def key(self, line: Line) -> tuple[str, str, int]:
        """The identity of a row."""
        digest = row_digest(line.cells)
        if short_digest(digest) not in self._repeated:
            return ("row", digest.hex(), 1)
        self._met[digest] += 1
        return ("row", digest.hex(), self._met[digest])

    def item(self, line: Line, kind: Kind, **more: Any) -> Item:
        """An item of a row."""
        return Item(kind=kind, key=self.key(line), details=line.details, **more)


class _Rows:
    def __init__(self, survey: Survey, mapping: Mapping) -> None:
        self._mapping = mapping
        self._alike = _Alike(survey)
        self._dates = DateReader(mapping.layout, ZoneInfo(mapping.zone))
        self._numeric = {name for name, column in survey.columns.items() if column.numeric}
        own = {Field.TIME, Field.CLOCK, Field.LAT, Field.LON}
        self._kept = [name for name in survey.columns if mapping.fields.get(name) not in own]
        self._names = {held: mapping.column(held) for held in Field}

    def items(self, sheet: Sheet) -> Iterator[Record]:
        for line in sheet.walk():
            if isinstance(line, Notice):
                yield line
                continue
            when = self._when(line)
            if when is None:
                yield from self._unplaced(line, when)
            item = self._item(line, when)
            if not item.amount and self._written_amount(line):
                yield Notice("row-number", line.position)
            yield item

    def positions(self, sheet: Sheet) -> Iterator[Record]:
        """Fixes of the series ``position``, in degrees."""
        batch: list[tuple[Moment, str, str, Line]] = []
        for line in sheet.walk():
            if isinstance(line, Notice):
                yield line
                continue
            when, place = self._when(line), self._place(line)
            if when is None or place is None:
                yield from self._unplaced(line, when)
                yield self._alike.item(line, Kind.OTHER, when=when)
                continue
            batch.append((when, *place, line))
            if len(batch) == BATCH:
                yield self._fixes(batch)
                batch = []
        if batch:
            yield self._fixes(batch)

    def measurements(self, sheet: Sheet) -> Iterator[Record]:
        """A series for each column of values, or for each measure that a column names."""
        batch: list[tuple[Moment, Line]] = []
        for line in sheet.walk():
            if isinstance(line, Notice):
                yield line
                continue
            when = self._when(line)
            if when is None:
                yield from self._unplaced(line, when)
                yield self._alike.item(line, Kind.OTHER)
                continue
            batch.append((when, line))
            if len(batch) == BATCH:
                yield from self._measured(batch)
                batch = []
        if batch:
            yield from self._measured(batch)

    def _unplaced(self, line: Line, when: Moment | None) -> Iterator[Notice]:
        """Says what was not understood; an empty cell needs no word."""
        if when is not None:
            if self._cell(line, Field.LAT) or self._cell(line, Field.LON):
                yield Notice("row-place", line.position, (self._names[Field.LAT] or "")[:200])
        elif self._cell(line, Field.TIME):
            yield Notice("row-date", line.position, (self._names[Field.TIME] or "")[:200])

    def _cell(self, line: Line, wanted: Field) -> str:
        name = self._names[wanted]
        return line.cells.get(name, "").strip() if name is not None else ""

    def _when(self, line: Line) -> Moment | None:
        text = self._cell(line, Field.TIME)
        return self._dates.moment(text, self._cell(line, Field.CLOCK)) if text else None

    def _item(self, line: Line, when: Moment | None) -> Item:
        end = self._cell(line, Field.END)
        ended = self._dates.moment(end) if end else None
        place = self._place(line)
        name = self._cell(line, Field.PARTY)
        amount = self._amount(line)
        currency = self._cell(line, Field.CURRENCY) or self._mapping.currency
        return self._alike.item(
            line,
            self._mapping.kind,
            when=when,
            end=ended.us if ended is not None else None,
            title=self._cell(line, Field.TITLE) or self._mapping.title,
            text=self._cell(line, Field.TEXT),
            lat=float(place[0]) if place is not None else None,
            lon=float(place[1]) if place is not None else None,
            amount=amount,
            currency=currency[:16] if amount else "",
            parties=(Role("with", name),) if name else (),
        )

    def _written_amount(self, line: Line) -> str:
        """The text of the amount; '' for none and for a mere dash."""
        written = self._cell(line, Field.AMOUNT) or self._cell(line, Field.DEBIT) or self._cell(line, Field.CREDIT)
        return written.strip("-–— ")

    def _amount(self, line: Line) -> str:
        """Signed money; '' where there is none. What left is negative whatever its sign in the file."""
        written = self._cell(line, Field.AMOUNT)
        if written:
            return (number(written, self._mapping.decimal) or "")[:64]
        left = number(self._cell(line, Field.DEBIT), self._mapping.decimal) or ""
        if left.strip("-0."):
            return f"-{left.lstrip('-')}"[:64]
        return (number(self._cell(line, Field.CREDIT), self._mapping.decimal) or left)[:64]

    def _place(self, line: Line) -> tuple[str, str] | None:
        small = self._mapping.places is Places.E7
        lat = degrees(self._cell(line, Field.LAT), self._mapping.decimal, 90, ten_millionths=small)
        lon = degrees(self._cell(line, Field.LON), self._mapping.decimal, 180, ten_millionths=small)
        return None if lat is None or lon is None else (lat, lon)

    def _fixes(self, batch: list[tuple[Moment, str, str, Line]]) -> Samples:
        moments = [when for when, _, _, _ in batch]
        columns: dict[str, Numbers | Texts] = {
            "lat": numbers(lat for _, lat, _, _ in batch),
            "lon": numbers(lon for _, _, lon, _ in batch),
        }
        for name in self._kept:
            kept = name if name not in columns else f"{name} (2)"
            columns[kept] = self._column(name, [line for _, _, _, line in batch])
        return Samples(
            series="position",
            unit="deg",
            start=times(moment.us for moment in moments),
            offset=_offsets(moments),
            columns=columns,
        )

    def _measured(self, batch: list[tuple[Moment, Line]]) -> Iterator[Samples]:
        values = self._mapping.columns(Field.VALUE)
        groups: dict[tuple[str, str], list[tuple[Moment, Line]]] = {}
        for when, line in batch:
            named = self._cell(line, Field.SERIES)
            measured = self._cell(line, Field.UNIT) or self._mapping.unit
            groups.setdefault((named[:100], measured[:100]), []).append((when, line))
        for (named, measured), rows in groups.items():
            for place, value in enumerate(values):
                others = [name for name in self._kept if name not in values] if place == 0 else []
                yield self._series(value, named, measured, rows, others)

    def _series(
        self, value: str, named: str, measured: str, rows: list[tuple[Moment, Line]], others: list[str]
    ) -> Samples:
        moments, lines = [when for when, _ in rows], [line for _, line in rows]
        one = len(self._mapping.columns(Field.VALUE)) == 1
        series = series_name(named) if named else (self._mapping.series if one else "") or series_name(value)
        return Samples(
            series=series,
            unit=measured or unit(value),
            start=times(moment.us for moment in moments),
            offset=_offsets(moments),
            value=self._values(value, lines),
            columns={name: self._column(name, lines) for name in others},
        )

    def _values(self, name: str, lines: list[Line]) -> Numbers:
        """Numbers with a dot; what is none stays as written."""
        decimal = self._mapping.decimal
        written = (line.cells.get(name, "").strip() for line in lines)
        return numbers(None if not text else number(text, decimal) or text for text in written)

    def _column(self, name: str, lines: list[Line]) -> Numbers | Texts:
        written = [line.cells.get(name) or None for line in lines]
        return numbers(written) if name in self._numeric and self._mapping.decimal == "." else texts(written)


def _offsets(moments: list[Moment]) -> Numbers | None:
    known = any(moment.offset is not None for moment in moments)
    return numbers(moment.offset for moment in moments) if known else None
