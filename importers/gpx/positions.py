"""Points of GPX files: their fields by local name, their time, and position samples made of them.

GPX 1.0 puts speed and course into the point, 1.1 into extensions, each maker in a way of its own; by local name they
are the same. Years before 1990 are no times (receivers without a fix write 1901 or 1970).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from importers.columns import Numbers, Texts, Times, joined, numbers, texts
from importers.formats.digit_columns import Places, decimals, stamps, windows, words
from importers.formats.free_names import FreeNames
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

_PLAIN, _FINE = len("2024-06-02T08:00:00Z"), len("2024-06-02T08:00:00.250Z")
_MANTISSA, _DECIMALS = 10**18, 18
"""Above every mantissa, and above every number of decimals, of ``importers.columns``."""

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
    free = FreeNames()
    for child in element.children:
        _gather(child, fields, free)
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


def utc_times(block: bytes, starts: Places, ends: Places) -> Times | None:
    """Times of the forms ``2024-06-02T08:00:00Z`` and ``2024-06-02T08:00:00.250Z``, in us; None when any is another."""
    sizes = ends - starts
    fine = sizes == _FINE
    if not len(sizes) or not (fine | (sizes == _PLAIN)).all():
        return None
    cells = windows(block, starts, _FINE)
    plain = np.empty((len(sizes), 32), np.uint8)
    plain[:, :19] = cells[:, :19]
    plain[:, 19:] = np.frombuffer(b" +0000       ", np.uint8)
    plain[:, 10] = ord(" ")
    moments, _, good = stamps(words(plain))
    good &= (cells[:, 10] == ord("T")) & (np.where(fine, cells[:, _FINE - 1], cells[:, _PLAIN - 1]) == ord("Z"))
    if fine.any():
        digits = cells[:, 20:23] - np.uint8(48)
        good &= ~fine | (cells[:, 19] == ord(".")) & (digits.max(axis=1) <= 9)
        moments += np.where(fine, digits.astype(np.int64) @ np.array([100_000, 10_000, 1000]), 0)
    return moments if good.all() and int(moments.min()) >= _FIRST_US else None


def is_place(text: str, limit: float) -> bool:
    """Whether a text is a number of degrees within the limit."""
    try:
        return abs(float(text)) <= limit
    except ValueError:
        return False


def are_places(column: Numbers, limit: int) -> bool:
    """Whether all are numbers of degrees within the limit. No for one that is only just, or not written plainly."""
    most = np.array([min(limit * 10**decimals, _MANTISSA) for decimals in range(_DECIMALS)])
    return not column.odd and bool((np.abs(column.mantissa) <= most[column.decimals]).all())


def is_number(name: str) -> bool:
    """Whether a field is a number wherever it stands."""
    return name in _NUMBERS


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
        self._start = array("q")
        self._offset: dict[int, int] = {}
        self._lat, self._lon = _Numbers(), _Numbers()
        self._stretches: list[tuple[int, int, int]] = []
        """Row from which on positions belong to this track and segment."""
        self._written: dict[int, str] = {}
        self._fields: dict[str, _Numbers | _Words] = {}
        self._text = 0

    def add(self, point: Point, when: PointTime, track: int, segment: int) -> None:
        """Take one point; ``track`` and ``segment`` count from 1 within the file."""
        row = len(self._start)
        self._begin(track, segment)
        self._start.append(when.us)
        if when.offset is not None:
            self._offset[row] = when.offset
        self._lat.add(row, point.lat)
        self._lon.add(row, point.lon)
        if not when.exact:
            self._written[row] = point.fields["time"]
        others: dict[str, str] = {}
        for name, value in point.fields.items():
            if name == "time":
                continue
            if name not in self._fields and (len(name) > _NAME or len(self._fields) >= _COLUMNS or name in _OWN):
                others[name] = value
                continue
            self._field(name).add(row, value)
            if name not in _NUMBERS:
                self._text += len(value)
        if others:
            whole = msgspec.json.encode(others).decode()
            self._field("others").add(row, whole)
            self._text += len(whole)

    def has_room(self, names: Iterable[str]) -> bool:
        """Whether each of these fields has a column, or can have one."""
        names = set(names)
        room = len(names | self._fields.keys()) <= _COLUMNS
        return room and names.isdisjoint(_OWN) and all(len(name) <= _NAME for name in names)

    def add_run(
        self,
        start: Times,
        lat: Numbers,
        lon: Numbers,
        fields: Mapping[str, Numbers | list[str]],
        place: tuple[int, int],
    ) -> None:
        """Take many points with exact times in UTC; ``place``: their track and segment."""
        row = len(self._start)
        self._begin(*place)
        self._start.frombytes(start.tobytes())
        self._lat.add_all(row, lat)
        self._lon.add_all(row, lon)
        for name, column in fields.items():
            held = self._field(name)
            if isinstance(held, _Numbers):
                held.add_all(row, column if isinstance(column, Numbers) else numbers(column))
            else:
                words_ = list(column.texts()) if isinstance(column, Numbers) else column
                held.add_all(row, words_)
                self._text += sum(len(word or "") for word in words_)

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
        columns: dict[str, Numbers | Texts] = {"lat": self._lat.column(rows), "lon": self._lon.column(rows)}
        lengths = np.diff([*(row for row, _, _ in self._stretches), rows])
        columns["track"] = _counts(np.repeat([track for _, track, _ in self._stretches], lengths))
        columns["segment"] = _counts(np.repeat([segment for _, _, segment in self._stretches], lengths))
        if any(self._written.values()):
            columns["time"] = texts([self._written.get(row) for row in range(rows)])
        columns |= {name: held.column(rows) for name, held in self._fields.items()}
        yield Samples(
            series="position",
            unit="deg",
            start=np.array(self._start, np.int64),
            offset=numbers(self._offset.get(row) for row in range(rows)) if self._offset else None,
            columns=columns,
            incidental=frozenset({"track", "segment"}),
        )
        self._start, self._offset, self._fields, self._text = array("q"), {}, {}, 0
        self._lat, self._lon, self._stretches, self._written = _Numbers(), _Numbers(), [], {}

    def _begin(self, track: int, segment: int) -> None:
        if not self._stretches or self._stretches[-1][1:] != (track, segment):
            self._stretches.append((len(self._start), track, segment))

    def _field(self, name: str) -> _Numbers | _Words:
        held = self._fields.get(name)
        if held is None:
            held = self._fields[name] = _Numbers() if name in _NUMBERS else _Words()
        return held


class _Words:
    """A column of texts while it grows; where it is shorter than others nothing is known."""

    def __init__(self) -> None:
        self._words: list[str | None] = []

    def add(self, row: int, word: str) -> None:
        self._words.extend([None] * (row - len(self._words)))
        self._words.append(word)

    def add_all(self, row: int, words: Sequence[str | None]) -> None:
        self._words.extend([None] * (row - len(self._words)))
        self._words += words

    def column(self, rows: int) -> Texts:
        self._words.extend([None] * (rows - len(self._words)))
        return texts(self._words)


class _Numbers:
    """A column of numbers while it grows, in whole columns and in single texts behind them."""

    def __init__(self) -> None:
        self._whole: list[Numbers] = []
        self._rows = 0
        self._single: list[str | None] = []

    def add(self, row: int, text: str) -> None:
        self._single.extend([None] * (row - self._rows - len(self._single)))
        self._single.append(text)

    def add_all(self, row: int, column: Numbers) -> None:
        self._close(row)
        self._whole.append(column)
        self._rows += len(column)

    def column(self, rows: int) -> Numbers:
        self._close(rows)
        return joined(self._whole)

    def _close(self, row: int) -> None:
        self._single.extend([None] * (row - self._rows - len(self._single)))
        if self._single:
            self._whole.append(_numbers(self._single))
            self._rows += len(self._single)
            self._single = []


def _numbers(values: Sequence[str | None]) -> Numbers:
    """``numbers``, faster where no value is missing."""
    known = [value.encode() for value in values if value is not None]
    return decimals(known) if len(known) == len(values) else numbers(values)


def _counts(values: npt.NDArray[np.int64]) -> Numbers:
    return Numbers(values.astype(np.int64), np.zeros(len(values), np.uint8))


def _gather(element: Element, fields: dict[str, str], free: FreeNames) -> None:
    """Put an element into the fields: containers by their leaves, everything with attributes as JSON text."""
    if element.children and not element.attributes and not element.text:
        for child in element.children:
            _gather(child, fields, free)
        return
    value = element.text
    if element.attributes or element.children:
        value = msgspec.json.encode(tree(element)).decode()
    fields[free.of(element.name, fields)] = value
