"""Measured slots of one meter and quantity, gathered into batches. All that a file says of one stays with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from importers.columns import numbers, texts, times
from importers.records import Item, Kind, Notice, Record, Samples

BATCH = 20_000
"""Slots that are held at once."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?\Z")
_METER = re.compile(r"\d{14}\Z")
MISSING = frozenset({"", "NA", "-"})
"""How files write that there is no measurement; it is not zero."""


def meter(text: object) -> str | None:
    """A PRM of 14 digits; None when a spreadsheet has destroyed it (``1,42E+13``). A number lost its leading zeros."""
    if isinstance(text, float) and text.is_integer():
        text = str(int(text)).zfill(14)
    found = str(text).strip().strip("'\"")
    return found if _METER.match(found) else None


def value(text: str) -> str | None:
    """A measured number as text with a dot; None when the file says that there is none.

    Raises ValueError for everything else, a negative number included.
    """
    text = text.strip()
    if text in MISSING:
        return None
    if not _NUMBER.match(text):
        raise ValueError("no measured number")
    return text.replace(",", ".")


def thousandfold(text: str | None) -> str | None:
    """Kilowatts as watts, kilowatt hours as watt hours: exact, without a rest of zeros."""
    if text is None:
        return None
    try:
        number = (Decimal(text) * 1000).normalize()
    except InvalidOperation as error:
        raise ValueError("no measured number") from error
    return format(number, "f")


def unread(position: str, row: Mapping[str, object] | Iterable[str], what: str = "") -> Iterator[Record]:
    """A row that gives no measurement: it is said, and kept as it stands, in an item without a time."""
    named = row.items() if isinstance(row, Mapping) else ((f"column {at}", cell) for at, cell in enumerate(row, 1))
    cells = {name: cell for name, cell in named if cell is not None and cell != ""}
    yield Notice("energy-row", position, what)
    if cells:
        said = tuple(map(str, cells.values()))
        yield Item(kind=Kind.OTHER, key=("unread-row", *said), title=" · ".join(said)[:200], details=cells)


class Slots:
    """Samples of one exclusive series in the making.

    ``unit``: of the values, as given to ``add``. ``subject``: the PRM, '' when unknown. ``constant``: what the file
    says of all its slots; the period that it names is no part of a slot's identity.
    """

    def __init__(self, series: str, unit: str, subject: str, constant: Mapping[str, str] | None = None) -> None:
        self.series = series
        self.subject = subject
        self._unit = unit
        self._constant = {name: text for name, text in (constant or {}).items() if text}
        self._rows: list[tuple[int, int | None, str | None, int, str | None]] = []
        self._columns: dict[str, list[str | None]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def add(
        self,
        start: int,
        end: int | None,
        value: str | None,
        offset: int,
        quality: str | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> None:
        """One slot: us, us or None for an instant, number as text or None, minutes, the source's mark, other fields."""
        for name, text in (columns or {}).items():
            if name not in self._columns:
                self._columns[name] = [None] * len(self._rows)
            self._columns[name].append(text or None)
        self._rows.append((start, end, value, offset, quality))
        for column in self._columns.values():
            if len(column) < len(self._rows):
                column.append(None)

    def samples(self) -> Iterator[Samples]:
        """What was added so far, as one batch; nothing when there is nothing."""
        if not self._rows:
            return
        start, end, value, offset, quality = zip(*self._rows, strict=True)
        columns = {name: texts(column) for name, column in self._columns.items()}
        columns |= {name: texts([text] * len(start)) for name, text in self._constant.items()}
        self._rows, self._columns = [], {}
        yield Samples(
            series=self.series,
            unit=self._unit,
            subject=self.subject,
            start=times(start),
            end=None if end[0] is None else times(end),
            value=numbers(value),
            offset=numbers(offset),
            quality=texts(quality) if any(quality) else None,
            columns=columns,
            incidental=frozenset(PERIOD & set(columns)),
            exclusive=True,
        )

    def full(self) -> Iterator[Samples]:
        """A batch when one is full."""
        if len(self._rows) >= BATCH:
            yield from self.samples()


PERIOD = frozenset({"Date de debut", "Date de fin", "Date de début"})
"""The period that a file was asked for: it says nothing about a slot."""
