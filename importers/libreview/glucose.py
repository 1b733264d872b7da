"""The table of a glucose sensor: readings as series, everything else that was noted as items.

Facts: a real file of 2019 (English, mmol/L) and titles of a French one. Times are local and no file names the place:
they are put in French time. Days are written day first or month first; the whole column tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.dates import DateReader, Evidence, Layout, Understanding
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.formats.paris_clock import PARIS
from importers.formats.row_facts import Cells, Line, lines
from importers.formats.sniff import plain
from importers.records import Item, Kind, Moment, Notice, Record, Role

_TIMES = ("device timestamp", "horodatage de l'appareil", "horodatage de l’appareil")
_TYPES = ("record type", "type d'enregistrement", "type d’enregistrement")
_DEVICES = ("device", "appareil", "dispositif")
_SERIALS = ("serial number", "numero de serie")
_READINGS = (
    (("historic glucose", "historique de la glycemie"), "glucose"),
    (("scan glucose", "numerisation de la glycemie"), "glucose-scan"),
    (("strip glucose",), "glucose-strip"),
    (("ketone",), "ketone"),
)
_UNIT = re.compile(r"(mmol/l|mg/dl)", re.IGNORECASE)
_UNITS = {"mmol/l": "mmol/L", "mg/dl": "mg/dL"}
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?\Z")
_LOOKED = 20_000
"""Rows whose dates are looked at, to know what comes first in them."""


@importer(
    Rule(header=frozenset({"Device Timestamp", "Record Type", "Historic Glucose mmol/L"})),
    Rule(header=frozenset({"Device Timestamp", "Record Type", "Historic Glucose mg/dL"})),
    Rule(header=frozenset({"Horodatage de l'appareil", "Historique de la glycémie mg/dL"})),
    Rule(header=frozenset({"Horodatage de l'appareil", "Historique de la glycémie mmol/L"})),
    Rule(header=frozenset({"Horodatage de l’appareil", "Historique de la glycémie mg/dL"})),
    source="libreview",
    product="health",
    reads="glucose",
    status="proven",
)
def glucose(member: Member) -> Iterator[Record]:
    """A sample for each reading of the sensor, each scan, each strip; insulin, food and notes as items.

    A row that holds nothing but its time is kept too.
    """
    header = _header(member)
    understood = _understood(member, header)
    yield Notice("libreview-local-time")
    if understood is not None and understood.others:
        yield Notice("libreview-day-first")
    reader = DateReader(understood.layout if understood else Layout.DAY_FIRST, PARIS)
    yield from _about(member, header)
    measures = Measures()
    alike = Alike()
    for line in lines(member, header):
        if isinstance(line, Notice):
            yield line
            continue
        named = {plain(title): title for title in line.cells}
        time = next((named[title] for title in map(plain, _TIMES) if title in named), "")
        when = reader.moment(line.cells.get(time, ""))
        if when is None:
            yield Notice("table-date", line.position, time)
        yield from _row(line, named, when, measures, alike)
    yield from measures.samples()


def _row(line: Line, named: dict[str, str], when: Moment | None, measures: Measures, alike: Alike) -> Iterator[Record]:
    device, serial, type_ = (_cell(line.cells, named, titles) for titles in (_DEVICES, _SERIALS, _TYPES))
    readings = _readings(line.cells, named) if when is not None else {}
    about = {*_DEVICES, *_SERIALS, *map(plain, (*_TIMES, *_TYPES))}
    rest = {
        title: cell
        for title, cell in line.cells.items()
        if cell.strip() and plain(title) not in about and title not in readings
    }
    if when is not None:
        for title, series in readings.items():
            unit = _UNIT.search(title)
            yield from measures.add(
                series,
                _UNITS[unit.group(1).lower()] if unit else "",
                when.us,
                line.cells[title].strip().replace(",", "."),
                subject=serial,
                more={name: cell for name, cell in (("device", device), ("record type", type_)) if cell},
            )
    if readings and not rest:
        return
    notes = next((cell for title, cell in rest.items() if plain(title) == "notes"), "")
    yield Item(
        kind=Kind.NOTE if notes else Kind.MEASUREMENT,
        key=alike.key("entry", serial, when.us if when else "", type_, *rest.values()),
        when=when,
        text=notes,
        parties=(Role("device", device),) if device else (),
        details={title: cell for title, cell in line.cells.items() if cell.strip()},
    )


def _readings(cells: Cells, named: dict[str, str]) -> dict[str, str]:
    """The titles of cells that hold a number of glucose or ketone, with their series."""
    found: dict[str, str] = {}
    for title, written in named.items():
        series = next((series for starts, series in _READINGS if title.startswith(starts)), "")
        if series and _NUMBER.match(cells[written].strip()):
            found[written] = series
    return found


def _cell(cells: Cells, named: dict[str, str], titles: tuple[str, ...]) -> str:
    return next((cells[named[title]].strip() for title in map(plain, titles) if title in named), "")


def _header(member: Member) -> tuple[str, ...]:
    """The title of the time as this file writes it, which finds the line of titles below a line about the file."""
    for title in _TIMES:
        first = next(iter(lines(member, (title,))), None)
        if not isinstance(first, Notice):
            return (title,)
    return ()


def _understood(member: Member, header: tuple[str, ...]) -> Understanding | None:
    """What the dates of the file mean."""
    evidence = Evidence()
    for line in islice(lines(member, header), _LOOKED):
        if not isinstance(line, Notice):
            named = {plain(title): title for title in line.cells}
            evidence.add(_cell(line.cells, named, _TIMES))
    return evidence.understanding()


def _about(member: Member, header: tuple[str, ...]) -> Iterator[Item]:
    """What the line above the titles says: when and by whom the file was made."""
    with member.open() as stream:
        above = tables.table(stream, header).preamble
    for row in above:
        yield Item(kind=Kind.OTHER, key=("about", *row.cells), details={"about": [cell for cell in row.cells if cell]})
