"""Google Fit: data points of each source, sessions, and tables by day and by quarter of an hour.

Raw data and what was derived from them tell the same steps, and so do the tables: each source is a series of its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from importers.columns import Numbers, Texts, numbers, texts, times
from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Value
from importers.formats.sniff import plain
from importers.google.elements import Element, single, words
from importers.google.fields import objects, odd, told
from importers.google.rows import rows
from importers.google.times import moment
from importers.records import Item, Kind, Notice, Record, Samples

_TABLE = tomllib.loads(files("importers.google").joinpath("fit.toml").read_text(encoding="utf-8"))
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)\.csv\Z")
_ROWS = 50_000
_LAST = 10**20
_KNOWN = frozenset({"fitValue", "startTimeNanos", "endTimeNanos"})
_VALUES = ("fpVal", "intVal", "stringVal")
BY_DAY, BY_QUARTER = "by day", "by quarter of an hour"
"""Subjects of the series from tables."""


class _Point(NamedTuple):
    start: int
    end: int
    value: str | int | float | None
    more: dict[str, str]


@importer(
    Rule(shape="json-object", keys=frozenset({"Data Source", "Data Points"})),
    Rule(shape="json-object", keys=frozenset({"Data Points", "fitValue"})),
    source="google",
    product="fit",
    reads="data points of Fit",
)
def fit_points(member: Member) -> Iterator[Record]:
    """Samples by type of data; the source of the file is their subject. Nanoseconds below a microsecond are kept."""
    subject = ""
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            match event:
                case Value(key="Data Source"):
                    subject = _text(event.text)
                case Block(key="Data Points"):
                    yield from _points(event, subject)
                case Block():
                    yield from (odd(bytes(element)) for element in event.elements)
                case Value():
                    yield odd(b"{" + msgspec.json.encode(event.key) + b":" + event.text + b"}")
                case Broken():
                    yield from told(event)


def _points(block: Block, subject: str) -> Iterator[Record]:
    taken: dict[str, list[_Point]] = {}
    for number, raw in enumerate(block.elements, block.first + 1):
        point = _decoded(bytes(raw))
        start = _nanos(point.get("startTimeNanos")) if point else None
        end = _nanos(point.get("endTimeNanos")) if point else None
        if point is None or start is None:
            yield Notice("google-no-time", f"record {number}")
            yield odd(bytes(raw))
            continue
        value, more = _measure(point)
        taken.setdefault(words(point, "dataTypeName"), []).append(
            _Point(start // 1000, (start if end is None else end) // 1000, value, more)
        )
    for name, points in taken.items():
        for at in range(0, len(points), _ROWS):
            yield _samples(name, subject, points[at : at + _ROWS])


def _measure(point: dict[str, Any]) -> tuple[str | int | float | None, dict[str, str]]:
    """The one number of a point, or none and all its values; and every other field."""
    more = {name: _word(cell) for name, cell in point.items() if name not in _KNOWN and cell != ""}
    for name in ("startTimeNanos", "endTimeNanos"):
        if str(point.get(name) or "0")[-3:].strip("0"):
            more[name] = _word(point[name])
    inner = [entry.get("value") for entry in objects(point.get("fitValue"))]
    given = inner[0] if len(inner) == 1 else None
    if isinstance(given, dict) and len(given) == 1 and next(iter(given)) in {"fpVal", "intVal"}:
        number = next(iter(given.values()))
        if isinstance(number, int | float | str) and not isinstance(number, bool):
            return number, more
    if "fitValue" in point:
        more["fitValue"] = _word(point["fitValue"])
    return None, more | _place(point, inner)


def _place(point: dict[str, Any], inner: list[Any]) -> dict[str, str]:
    """Latitude and longitude, the first two values of a location."""
    if words(point, "dataTypeName") != "com.google.location.sample":
        return {}
    found = [_word(value["fpVal"]) for value in inner[:2] if isinstance(value, dict) and "fpVal" in value]
    return {"lat": found[0], "lon": found[1]} if len(found) == 2 else {}


def _samples(name: str, subject: str, points: list[_Point]) -> Samples:
    known = _TABLE["types"].get(name, {})
    columns: dict[str, Numbers | Texts] = {}
    for column in dict.fromkeys(key for point in points for key in point.more):
        cells = [point.more.get(column) for point in points]
        columns[column] = numbers(cells) if column in {"lat", "lon"} else texts(cells)
    return Samples(
        series=str(known.get("series") or _kebab(name.removeprefix("com.google."))),
        unit=str(known.get("unit", "")),
        subject=subject,
        start=times(point.start for point in points),
        end=times(point.end for point in points),
        value=None if {"lat", "lon"} <= columns.keys() else numbers(point.value for point in points),
        columns=columns,
        incidental=frozenset({"modifiedTimeMillis"} & columns.keys()),
    )


@importer(
    Rule(shape="json-object", keys=frozenset({"fitnessActivity", "startTime"})),
    source="google",
    product="fit",
    reads="sessions of Fit",
)
def fit_sessions(member: Member) -> Iterator[Record]:
    """A workout, or a night, from its start to its end."""
    for found in single(member):
        if not isinstance(found, Element):
            yield found
            continue
        start, end = (moment(words(found.fields, name)) for name in ("startTime", "endTime"))
        if start is None:
            yield Notice("google-no-time")
        what = words(found.fields, "fitnessActivity")
        own = (start.us, end.us if end else None) if start else (found.plain,)
        yield Item(
            kind=Kind.SLEEP if what.casefold().startswith("sleep") else Kind.WORKOUT,
            key=("fit-session", what, *own),
            when=start,
            end=end.us if start and end and end.us >= start.us else None,
            title=what,
            details=found.details(),
        )


@importer(
    Rule(shape="csv", header=frozenset({"Date", "Move Minutes count", "Calories (kcal)"})),
    Rule(shape="csv", header=frozenset({"Start time", "End time", "Calories (kcal)"})),
    Rule(shape="csv", header=frozenset({"Start time", "End time", "Move Minutes count"})),
    Rule(
        members=("**/Daily activity metrics/*.csv", "**/Tägliche Aktivitätswerte/*.csv"),
        shape="csv",
        named=True,
    ),
    source="google",
    product="fit",
    reads="activity by day and by quarter of an hour",
    languages=("en", "de"),
)
def fit_days(member: Member) -> Iterator[Record]:
    """A series for each column. A day is a label; quarters have the clock and offset of the place, their day is the
    name of the file. Empty cells are no measure."""
    day = _DAY.search(member.path.rpartition("/")[2])
    taken: dict[str, list[tuple[int, int | None, int | None, str]]] = {}
    quarters = False
    for row in rows(member):
        if isinstance(row, Notice):
            yield row
            continue
        names = list(row.cells)
        quarters = day is not None and len(names) > 1 and ":" in row.cells[names[0]]
        first, last = (row.cells[name] for name in names[:2]) if quarters else (row.cells[names[0]], "")
        start, end = (_at(day[1] if day and quarters else "", cell) for cell in (first, last))
        if start is None:
            yield Notice("table-date", f"line {row.line}", names[0])
            yield Item(kind=Kind.MEASUREMENT, key=("fit-row", *row.cells.values()), details=row.cells)
            continue
        if end is not None and end[0] < start[0]:
            end = (end[0] + 86_400_000_000, end[1])
        for name in names[2 if quarters else 1 :]:
            if row.cells[name]:
                taken.setdefault(name, []).append((start[0], end[0] if end else None, start[1], row.cells[name]))
    for name, cells in taken.items():
        yield _column(name, BY_QUARTER if quarters else BY_DAY, cells)


def _column(name: str, subject: str, cells: list[tuple[int, int | None, int | None, str]]) -> Samples:
    known = _TABLE["columns"].get(plain(name), {})
    ends = [end for _, end, _, _ in cells]
    return Samples(
        series=str(known.get("series") or _kebab(name)),
        unit=str(known.get("unit", "")),
        subject=subject,
        start=times(start for start, *_ in cells),
        end=None if None in ends else times(end for end in ends if end is not None),
        offset=numbers(offset for _, _, offset, _ in cells) if any(cell[2] is not None for cell in cells) else None,
        value=numbers(value for *_, value in cells),
    )


def _at(day: str, cell: str) -> tuple[int, int | None] | None:
    """Microseconds and offset of a clock on a day, or of a day by itself."""
    if not cell:
        return None
    found = moment(f"{day}T{cell}" if day else f"{cell}T00:00:00Z")
    return (found.us, found.offset) if found else None


def _nanos(given: Any) -> int | None:
    """Nanoseconds since 1970, as a number or as digits; None when it is none."""
    text = str(given) if isinstance(given, int | str) and not isinstance(given, bool) else ""
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 21 and abs(int(text)) < _LAST else None


def _decoded(json: bytes) -> dict[str, Any] | None:
    try:
        found = msgspec.json.decode(json)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(json: bytes) -> str:
    found = msgspec.json.decode(json)
    return found if isinstance(found, str) else json.decode("utf-8", "replace")


def _word(cell: Any) -> str:
    return cell if isinstance(cell, str) else msgspec.json.encode(cell).decode()


def _kebab(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-") or "measure"
