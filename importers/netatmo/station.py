"""The table of one or more modules: lines about the modules, then a header that names the time zone, then a row a step.

Facts: public programs that read it. The first column (epoch seconds, UTC) is the time; the second one repeats it as the
local clock showed it, which is not sound in the hour that comes twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.formats.sniff import plain
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record

_ABOUT = ("Name", "Long", "Lat", "ModuleName", "ModuleType")
_MEASURES = {
    "temperature": ("temperature", "degC"),
    "humidity": ("humidity", "%"),
    "co2": ("co2", "ppm"),
    "noise": ("noise", "dB"),
    "pressure": ("pressure", "mbar"),
    "rain": ("rain", "mm"),
    "sum_rain": ("rain", "mm"),
    "windstrength": ("wind-strength", ""),
    "windangle": ("wind-angle", "deg"),
    "guststrength": ("gust-strength", ""),
    "gustangle": ("gust-angle", "deg"),
}
"""Titles without their unit: the series, and the unit where the title names none."""

_UNITS = {"°c": "degC", "°f": "degF"}
_TITLE = re.compile(r"(\w+)(?: +([^.\s]+))?(?:\.\d+)?\Z")
_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?\Z")
_SECONDS = re.compile(r"\d{9,10}\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Column(NamedTuple):
    """What a column of values is. ``module``: name of the module that measured it."""

    series: str
    unit: str
    module: str


@importer(
    Rule(starts=("Name;Long;Lat;ModuleName;ModuleType", '"Name";"Long";"Lat"')),
    source="netatmo",
    product="home",
    reads="weather station",
)
def station(member: Member) -> Iterator[Record]:
    """A sample for each value of each module, and a `device` for each module with the place of the home.

    A module that was offline has an empty cell: no sample. Columns of a second module bear the titles of the first.
    """
    modules: list[str] = []
    columns: list[_Column | None] = []
    zone: ZoneInfo | None = None
    titles: list[str] = []
    measures = Measures(exclusive=True)
    alike = Alike()
    with member.open() as stream:
        for row in tables.cells(stream, ";"):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
            elif not any(row.cells) or row.cells[0].strip("\ufeff ") == _ABOUT[0]:
                continue
            elif row.cells[0].strip("\ufeff ") == "Timestamp":
                titles = row.cells
                columns, zone = _columns(titles[2:], modules), _zone(titles)
            elif not titles:
                modules.append(row.cells[3] if len(row.cells) > 3 else row.cells[0])
                yield _module(row.cells)
            else:
                yield from _row(row, titles, columns, zone, measures, alike)
    yield from measures.samples()


def _module(cells: list[str]) -> Party:
    about = {name: cell for name, cell in zip(_ABOUT, cells, strict=False) if cell}
    name = about.get("ModuleName", "")
    return Party(
        key=("module", about.get("Name", ""), name, about.get("ModuleType", "")),
        name=name,
        type="device",
        handles=(Handle("id", name),) if name else (),
        details=about | {f"column {at}": cell for at, cell in enumerate(cells[5:], 6) if cell},
    )


def _columns(titles: list[str], modules: list[str]) -> list[_Column | None]:
    """The columns of values; a title that comes again is of the next module."""
    seen: dict[str, int] = {}
    found: list[_Column | None] = []
    for title in titles:
        parts = _TITLE.match(title.strip())
        name = plain(parts.group(1)) if parts else ""
        if parts is None or name not in _MEASURES:
            found.append(None)
            continue
        number = seen.get(name, 0)
        seen[name] = number + 1
        series, usual = _MEASURES[name]
        written = parts.group(2) or ""
        module = modules[number] if number < len(modules) else f"module {number + 1}"
        found.append(_Column(series, _UNITS.get(written.casefold(), written) or usual, module))
    return found


def _row(
    row: tables.Cells,
    titles: list[str],
    columns: list[_Column | None],
    zone: ZoneInfo | None,
    measures: Measures,
    alike: Alike,
) -> Iterator[Record]:
    sound = _SECONDS.match(row.cells[0])
    odd: dict[str, str] = {}
    for at, (column, cell) in enumerate(zip(columns, row.cells[2:], strict=False), 2):
        if cell and (not sound or column is None or not _NUMBER.match(cell)):
            odd[titles[at] or f"column {at + 1}"] = cell
        elif cell and column is not None:
            us = int(row.cells[0]) * 1_000_000
            value = cell.replace(",", ".")
            yield from measures.add(
                column.series,
                column.unit,
                us,
                value,
                subject=column.module,
                offset=_offset(zone, us),
                more={"column": titles[at]},
            )
    odd |= {f"column {at}": cell for at, cell in enumerate(row.cells[len(titles) :], len(titles) + 1) if cell}
    if not sound:
        yield Notice("table-date", f"line {row.line}", "Timestamp")
    if not sound or odd:
        stamped = dict(zip(titles[:2], row.cells, strict=False))
        at_us = int(row.cells[0]) * 1_000_000 if sound else 0
        yield Item(
            kind=Kind.MEASUREMENT,
            key=alike.key("row", *row.cells),
            when=Moment(at_us, _offset(zone, at_us)) if sound else None,
            details=stamped | odd,
        )
    if len(row.cells) < len(titles):
        yield Notice("table-cut", f"line {row.line}")


def _zone(titles: list[str]) -> ZoneInfo | None:
    name = titles[1].rpartition(":")[2].strip() if len(titles) > 1 else ""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+/-]{1,40}", name):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _offset(zone: ZoneInfo | None, us: int) -> int | None:
    if zone is None:
        return None
    there = (_EPOCH + timedelta(microseconds=us)).astimezone(zone)
    return (there.utcoffset() or timedelta()) // timedelta(minutes=1)
