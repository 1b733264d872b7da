"""Measures, one row each: JSON files of the older export, CSV files of the newer one.

Both hold the same steps and beats of the same years. They stay series of their own: what the person did must not be
added up twice. Rows in CSV may name the device or the other application that they come from.
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
from importers.fitbit.sleep import compact
from importers.fitbit.stamps import instant, local, told
from importers.formats import tables
from importers.formats.json_records import Entry, entries
from importers.records import Item, Kind, Moment, Notice, Record, Samples

ROWS = 50_000
OLDER = "Global Export Data"
"""Subject of the series in JSON."""

_TABLE = tomllib.loads(files("importers.fitbit").joinpath("series.toml").read_text(encoding="utf-8"))
_STEM = re.compile(r"[-_ ]*(?:\d{4}-\d\d(?:-\(?\d*\)?)?|\d{1,3})?\Z")
_NAMES = tuple(f"**/{stem}-*.json" for stem in _TABLE)
_SOURCE = "data source"
_TAKEN = frozenset({"start", "end", "value", "offset", "quality", "import", "lat", "lon"})
"""Names of columns that a sample has anyway."""

_PLACE = ("latitude", "longitude")
_METRICS = {
    "beats per minute": ("heart-rate", "count/min"),
    "weight grams": ("body-weight", "g"),
    "fat percentage": ("body-fat", "%"),
    "breaths per minute": ("respiratory-rate", "count/min"),
    "rmssd": ("heart-rate-variability", "ms"),
}


class _Row(NamedTuple):
    start: int
    value: str | int | float | None
    more: dict[str, str]


class _Gathered:
    """Rows of one file until there are enough of them to go on."""

    def __init__(self, series: str, unit: str) -> None:
        self._series, self._unit = series, unit
        self._rows: dict[str, list[_Row]] = {}
        self._count = 0

    def take(self, subject: str, row: _Row) -> Iterator[Samples]:
        self._rows.setdefault(subject, []).append(row)
        self._count += 1
        if self._count >= ROWS:
            yield from self.samples()

    def samples(self) -> Iterator[Samples]:
        taken, self._rows, self._count = self._rows, {}, 0
        for subject, rows in taken.items():
            yield _samples(self._series, self._unit, subject, rows)


def _samples(series: str, unit: str, subject: str, rows: list[_Row]) -> Samples:
    names = dict.fromkeys(name for row in rows for name in row.more)
    columns: dict[str, Numbers | Texts] = {}
    place = series == "position" and names.keys() >= set(_PLACE)
    for name in names:
        cells = [row.more.get(name) for row in rows]
        free = f"field {name}" if name in _TAKEN else name
        if place and name in _PLACE:
            columns[name[:3]] = numbers(cells)
        else:
            columns[free] = texts(cells)
    return Samples(
        series=series,
        unit=unit,
        subject=subject,
        start=times(row.start for row in rows),
        value=None if place else numbers(row.value for row in rows),
        columns=columns,
    )


def measured(member: Member) -> tuple[str, str]:
    """Series and unit by the file's name; ('', '') when it says nothing."""
    name = member.path.rpartition("/")[2].rpartition(".")[0]
    found = _TABLE.get(_STEM.sub("", name).casefold().removesuffix(" -").strip())
    return (str(found["series"]), str(found["unit"])) if found else ("", "")


@importer(
    Rule(members=_NAMES, shape="json-array", keys=frozenset({"dateTime", "value"}), named=True),
    Rule(shape="json-array", keys=frozenset({"dateTime", "value", "bpm"})),
    source="fitbit",
    product="health",
    reads="measures (JSON)",
    status="proven",
)
def measures_json(member: Member) -> Iterator[Record]:
    """One sample an entry. A value that is an object gives its main number, the rest beside it.

    An entry of the resting heart rate whose inner ``date`` is null has none: its zero is no measure.
    """
    series, unit = measured(member)
    gathered: _Gathered | None = None
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        given = entry.fields.get("dateTime")
        when = instant(given) if isinstance(given, str) else None
        if when is None or not entry.fields.keys() >= {"dateTime", "value"}:
            yield Notice("table-date", entry.position, "dateTime")
            yield _kept(entry, when)
            continue
        value, more = _value(entry.fields["value"])
        more |= {name: _word(cell) for name, cell in entry.fields.items() if name not in {"dateTime", "value"}}
        if gathered is None:
            gathered = _Gathered(series, unit) if series else _Gathered(*_unnamed(entry))
        yield from gathered.take(OLDER, _Row(when.us, value, more))
    if gathered is not None:
        yield from gathered.samples()


def _unnamed(entry: Entry) -> tuple[str, str]:
    """Series and unit of a file whose name says nothing."""
    given = entry.fields["value"]
    return _METRICS["beats per minute"] if isinstance(given, dict) and "bpm" in given else ("measure", "")


def _value(given: Any) -> tuple[str | int | float | None, dict[str, str]]:
    """The number, and every other field as text."""
    if not isinstance(given, dict):
        plain = given if isinstance(given, str | int | float) and not isinstance(given, bool) else None
        return plain, {} if plain is not None else {"value": _word(given)}
    main = next((name for name in ("bpm", "value", "demographicVO2Max") if name in given), "")
    none = main == "value" and "date" in given and given["date"] is None
    number = given.get(main)
    sound = isinstance(number, str | int | float) and not isinstance(number, bool) and not none
    rest = {name: _word(cell) for name, cell in given.items() if name != main or not sound}
    return number if sound else None, rest


def _word(cell: Any) -> str:
    return cell if isinstance(cell, str) else msgspec.json.encode(cell).decode()


def _kept(entry: Entry, when: Moment | None) -> Item:
    whole = compact(entry)
    return Item(kind=Kind.MEASUREMENT, key=("measure", whole.decode("utf-8", "replace")), when=when, details=whole)


@importer(
    *(Rule(shape="csv", header=frozenset({"timestamp", metric})) for metric in _METRICS),
    Rule(members=("**/*_GoogleData/*.csv",), shape="csv", header=frozenset({"timestamp"}), named=True),
    source="fitbit",
    product="health",
    reads="measures (CSV)",
    status="proven",
)
def measures_csv(member: Member) -> Iterator[Record]:
    """One sample a row; rows of each source of data (a watch, another application) are a series of their own.

    The summary of the heart rate's variability is by day. Other times without a zone are wall times.
    """
    gathered: _Gathered | None = None
    main = ""
    with member.open() as stream:
        for row in tables.rows(stream, {"timestamp"}):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            cells = dict(row.cells)
            if gathered is None:
                main = _main(cells)
                gathered = _Gathered(*_series(member, main))
            stamp = cells.pop("timestamp", "")
            naive = "T" in stamp and not stamp.endswith("Z") and "nremhr" not in cells
            when = local(stamp) if naive else instant(stamp)
            if when is None:
                yield Notice("table-date", f"line {row.line}", "timestamp")
                whole = tuple(row.cells.values())
                yield Item(kind=Kind.MEASUREMENT, key=("measure-row", *whole), details=row.cells)
                continue
            if naive:
                yield from told(member.archive)
            subject, value = cells.pop(_SOURCE, ""), cells.pop(main, None)
            more = {name: cell for name, cell in cells.items() if cell}
            yield from gathered.take(subject, _Row(when.us, value or None, more))
    if gathered is not None:
        yield from gathered.samples()


def _main(cells: dict[str, str]) -> str:
    """The column of the measure: a known one, else the first one after the time."""
    others = [name for name in cells if name not in {"timestamp", _SOURCE}]
    if set(_PLACE) <= set(others):
        return ""
    return next((name for name in others if name in _METRICS), others[0] if others else "")


def _series(member: Member, main: str) -> tuple[str, str]:
    named = measured(member)
    if named[0]:
        return named
    return _METRICS.get(main, (re.sub(r"[^a-z0-9]+", "-", main.casefold()).strip("-") or "measure", ""))
