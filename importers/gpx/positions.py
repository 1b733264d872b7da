"""Points of GPX files: their fields by local name, their time, and position samples made of them.

GPX 1.0 puts speed and course into the point, 1.1 into extensions, each maker in a way of its own; by local name they
are the same. Years before 1990 are no times (receivers without a fix write 1901 or 1970).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import numpy as np

from importers.columns import Numbers, Texts, numbers, texts, times
from importers.formats.digit_columns import STAMP, decimals, stamps
from importers.formats.xml_stream import Element
from importers.records import Precision, Samples

CELLS = 500_000
"""Cells of a batch of samples: rows times columns."""

ROWS = 50_000
"""Samples of a batch."""

_TEXT = 2 << 20
_COLUMNS = 60
_NAME = 60
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d{1,12}))?(Z|[+-]\d\d:?\d\d)?\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST_YEAR, _LAST_YEAR = 1990, 2199
_FIRST_US = 631_152_000_000_000  # 1990-01-01
_NUMBERS = frozenset(
    (
        *("ele", "speed", "course", "heading", "bearing", "magvar", "geoidheight", "altitude", "depth", "distance"),
        *("sat", "hdop", "vdop", "pdop", "hAcc", "vAcc", "accuracy", "ageofdgpsdata", "dgpsid"),
        *("hr", "heartrate", "cad", "cadence", "power", "atemp", "wtemp", "temp", "pressure", "battery"),
    )
)
"""Fields that are numbers wherever they stand. All others are texts, so that a column is the same in every file."""

_WIDTHS = frozenset({len("2024-06-02T08:00:00Z"), len("2024-06-02T08:00:00.250Z")})
_OWN = ("lat", "lon", "track", "segment", "time")


class PointTime(NamedTuple):
    """When a point was recorded. ``offset``: minutes when stated as one (``Z`` is none). ``exact``: whether ``us``
    says all that the text says."""

    us: int
    offset: int | None
    precision: Precision
    exact: bool


class Point(NamedTuple):
    """A point as written. ``fields``: all else by local name, ``time`` among it."""

    lat: str
    lon: str
    fields: dict[str, str]


def point(element: Element) -> Point:
    """A trkpt, rtept or wpt as a point; ``lat`` and ``lon`` are '' when absent."""
    fields = dict(element.attributes)
    lat, lon = fields.pop("lat", ""), fields.pop("lon", "")
    if element.text:
        fields["text"] = element.text
    for child in element.children:
        _gather(child, fields)
    return Point(lat, lon, fields)


def point_time(text: str) -> PointTime | None:
    """A time of GPX: ISO 8601, UTC when no zone is stated. None for everything else and for impossible years."""
    found = _TIME.match(text)
    if found is None or not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        return None
    fraction, zone = found.groups()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    elif zone != "Z":
        stated = moment.utcoffset()
        offset = int(stated.total_seconds()) // 60 if stated is not None else None
    digits = len(fraction or "")
    precision = Precision.SECOND if not digits else Precision.MILLISECOND if digits <= 3 else Precision.MICROSECOND
    return PointTime((moment - _EPOCH) // _MICROSECOND, offset, precision, exact=zone is not None and digits <= 6)


def is_no_time(text: str) -> bool:
    """Whether a text that should be a time is none; those of impossible years are times (a receiver without a fix)."""
    if not text:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return True
    return _TIME.match(text) is None


def utc_times(texts: Sequence[str]) -> list[int] | None:
    """Times of the forms ``2024-06-02T08:00:00Z`` and ``2024-06-02T08:00:00.250Z``, in us; None when any is another."""
    widths = set(map(len, texts))
    if len(widths) == 2 and widths == _WIDTHS:
        return _mixed_times(texts)
    if len(widths) != 1 or not widths <= _WIDTHS:
        return None
    together = "".join(texts)
    if not together.isascii():
        return None
    width = len(texts[0])
    cells = np.frombuffer(together.encode(), np.uint8).reshape(len(texts), width).T
    good = (cells[10] == ord("T")) & (cells[width - 1] == ord("Z"))
    plain = np.empty((STAMP, len(texts)), np.uint8)
    plain[:19] = cells[:19]
    plain[19:] = np.frombuffer(b" +0000", np.uint8)[:, None]
    plain[10] = ord(" ")
    moments, _, sound = stamps(plain)
    if width > len("2024-06-02T08:00:00Z"):
        digits = cells[20:23] - np.uint8(48)
        good &= (cells[19] == ord(".")) & (digits.max(axis=0) <= 9)
        moments += (digits.astype(np.int64) * np.array([[100_000], [10_000], [1000]])).sum(axis=0)
    if not (good & sound).all() or int(moments.min()) < _FIRST_US:
        return None
    found: list[int] = moments.tolist()
    return found


def _mixed_times(texts: Sequence[str]) -> list[int] | None:
    """Times with and without thousandths."""
    made = [0] * len(texts)
    for width in _WIDTHS:
        rows = [row for row, text in enumerate(texts) if len(text) == width]
        found = utc_times([texts[row] for row in rows])
        if found is None:
            return None
        for row, us in zip(rows, found, strict=True):
            made[row] = us
    return made


def is_place(text: str, limit: float) -> bool:
    """Whether a text is a number of degrees within the limit."""
    try:
        return abs(float(text)) <= limit
    except ValueError:
        return False


def are_places(texts: Sequence[str], limit: float) -> bool:
    """Whether all texts are numbers of degrees within the limit."""
    try:
        degrees = np.array(list(map(float, texts)))
    except ValueError:
        return False
    return bool((np.abs(degrees) <= limit).all())


def tree(element: Element) -> dict[str, Any]:
    """An element as a JSON object: attributes, text, lists of children by local name."""
    shown: dict[str, Any] = dict(element.attributes)
    if element.text:
        shown["text" if "text" not in shown else "text()"] = element.text
    for child in element.children:
        name = child.name
        while isinstance(shown.get(name), str):
            name += "()"
        shown.setdefault(name, []).append(plain(child))
    return shown


def plain(element: Element) -> Any:
    """An element as its text when it is nothing else, as a tree otherwise."""
    return tree(element) if element.attributes or element.children else element.text


class Positions:
    """Gathers points with a time and hands them out as samples of the series ``position``."""

    def __init__(self) -> None:
        self._start: list[int] = []
        self._offset: list[int | None] = []
        self._lat: list[str] = []
        self._lon: list[str] = []
        self._track: list[int] = []
        self._segment: list[int] = []
        self._written: dict[int, str] = {}
        self._fields: dict[str, list[str | None]] = {}
        self._text = 0

    def add(self, point: Point, when: PointTime, track: int, segment: int) -> None:
        """Take one point; ``track`` and ``segment`` count from 1 within the file."""
        row = len(self._start)
        self._start.append(when.us)
        self._offset.append(when.offset)
        self._lat.append(point.lat)
        self._lon.append(point.lon)
        self._track.append(track)
        self._segment.append(segment)
        if not when.exact:
            self._written[row] = point.fields["time"]
        others: dict[str, str] = {}
        for name, value in point.fields.items():
            if name == "time":
                continue
            column = self._fields.get(name)
            if column is None:
                if len(name) > _NAME or len(self._fields) >= _COLUMNS or name in _OWN:
                    others[name] = value
                    continue
                column = self._fields[name] = []
            column.extend([None] * (row - len(column)))
            column.append(value)
            if name not in _NUMBERS:
                self._text += len(value)
        if others:
            whole = msgspec.json.encode(others).decode()
            column = self._fields.setdefault("others", [])
            column.extend([None] * (row - len(column)))
            column.append(whole)
            self._text += len(whole)

    def add_run(self, columns: Mapping[str, list[str]], start: list[int], track: int, segment: int) -> bool:
        """Take many points with all their columns and exact times in UTC; False when a column has no place here."""
        names = columns.keys() - {"lat", "lon", "time"}
        rows = len(self._start)
        if names & set(_OWN) or any(len(name) > _NAME for name in names) or len(names | self._fields.keys()) > _COLUMNS:
            return False
        self._start += start
        self._offset += [None] * len(start)
        self._lat += columns["lat"]
        self._lon += columns["lon"]
        self._track += [track] * len(start)
        self._segment += [segment] * len(start)
        for name in names:
            column = self._fields.setdefault(name, [])
            column.extend([None] * (rows - len(column)))
            column += columns[name]
            if name not in _NUMBERS:
                self._text += sum(map(len, columns[name]))
        return True

    def due(self) -> Iterator[Samples]:
        """A batch, when enough has been gathered."""
        rows = len(self._start)
        if rows >= ROWS or rows * (len(self._fields) + 10) >= CELLS or self._text >= _TEXT:
            yield from self.rest()

    def rest(self) -> Iterator[Samples]:
        """Everything that is held."""
        if not self._start:
            return
        rows = len(self._start)
        columns: dict[str, Numbers | Texts] = {"lat": _numbers(self._lat), "lon": _numbers(self._lon)}
        columns |= {"track": _counts(self._track), "segment": _counts(self._segment)}
        if any(self._written.values()):
            columns["time"] = texts([self._written.get(row) for row in range(rows)])
        for name, values in self._fields.items():
            values.extend([None] * (rows - len(values)))
            columns[name] = _numbers(values) if name in _NUMBERS else texts(values)
        zoned = any(offset is not None for offset in self._offset)
        yield Samples(
            series="position",
            unit="deg",
            start=times(self._start),
            offset=numbers(self._offset) if zoned else None,
            columns=columns,
            incidental=frozenset({"track", "segment"}),
        )
        self._start, self._offset, self._fields, self._text = [], [], {}, 0
        self._lat, self._lon, self._track, self._segment, self._written = [], [], [], [], {}


def _numbers(values: Sequence[str | None]) -> Numbers:
    """``numbers``, faster where no value is missing."""
    known = [value.encode() for value in values if value is not None]
    return decimals(known) if len(known) == len(values) else numbers(values)


def _counts(values: Sequence[int]) -> Numbers:
    return Numbers(np.array(values, np.int64), np.zeros(len(values), np.uint8))


def _gather(element: Element, fields: dict[str, str]) -> None:
    """Put an element into the fields: containers by their leaves, everything with attributes as JSON text."""
    if element.children and not element.attributes and not element.text:
        for child in element.children:
            _gather(child, fields)
        return
    name, value = element.name, element.text
    if element.attributes or element.children:
        value = msgspec.json.encode(tree(element)).decode()
    number = 1
    while name in fields:
        number += 1
        name = f"{element.name} {number}"
    fields[name] = value
