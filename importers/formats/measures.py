"""Samples of several series in the making, gathered row by row into batches of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from importers.columns import Numbers, Texts, numbers, texts, times
from importers.records import Samples

ROWS = 50_000
"""Samples that are held over all series."""

TEXT = 3 << 20
"""Characters of other fields that are held, so that a batch fits into a frame."""

_PLACE = frozenset({"lat", "lon"})

Number: TypeAlias = str | int | float | None
"""A measured number: as text it is kept to the letter; None where the archive has none."""


class _Name(NamedTuple):
    series: str
    unit: str
    subject: str
    spans: bool


class _Row(NamedTuple):
    start: int
    end: int
    value: Number
    offset: int | None
    quality: str | None
    more: Mapping[str, str]


class Measures:
    """Gathers samples. ``exclusive`` and ``incidental``: as in ``Samples``, for all of its series.

    Rows of one series with an end and rows without one come as batches of their own.
    """

    def __init__(self, *, exclusive: bool = False, incidental: frozenset[str] = frozenset()) -> None:
        self._exclusive, self._incidental = exclusive, incidental
        self._rows: dict[_Name, list[_Row]] = {}
        self._count = self._text = 0

    def add(
        self,
        series: str,
        unit: str,
        start: int,
        value: Number,
        *,
        end: int | None = None,
        subject: str = "",
        offset: int | None = None,
        quality: str | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Iterator[Samples]:
        """One sample: us, us or None for an instant, minutes east of UTC, other fields by their name.

        Yields everything that was gathered when there is enough of it.
        """
        more = more or {}
        name = _Name(series, unit, subject, end is not None)
        self._rows.setdefault(name, []).append(_Row(start, end or 0, value, offset, quality, more))
        self._count += 1
        self._text += sum(map(len, more.values()))
        if self._count >= ROWS or self._text >= TEXT:
            yield from self.samples()

    def place(
        self, start: int, lat: str, lon: str, *, offset: int | None = None, more: Mapping[str, str] | None = None
    ) -> Iterator[Samples]:
        """One position, degrees as text. Yields as ``add`` does."""
        yield from self.add(
            "position", "deg", start, None, offset=offset, more={"lat": lat, "lon": lon} | dict(more or {})
        )

    def samples(self) -> Iterator[Samples]:
        """What was gathered so far, a batch for each series."""
        taken, self._rows, self._count, self._text = self._rows, {}, 0, 0
        for name, rows in taken.items():
            yield self._batch(name, rows)

    def _batch(self, name: _Name, rows: list[_Row]) -> Samples:
        names = dict.fromkeys(field for row in rows for field in row.more)
        placed = name.series == "position"
        columns: dict[str, Numbers | Texts] = {}
        for field in sorted(names):
            cells = [row.more.get(field) for row in rows]
            columns[field] = numbers(cells) if placed and field in _PLACE else texts(cells)
        return Samples(
            series=name.series,
            unit=name.unit,
            subject=name.subject,
            start=times(row.start for row in rows),
            end=times(row.end for row in rows) if name.spans else None,
            value=None if placed else numbers(row.value for row in rows),
            offset=numbers(row.offset for row in rows) if any(row.offset is not None for row in rows) else None,
            quality=texts([row.quality for row in rows]) if any(row.quality for row in rows) else None,
            columns=columns,
            incidental=self._incidental & columns.keys(),
            exclusive=self._exclusive,
        )
