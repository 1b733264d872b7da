"""The table of Clarity: a few rows about the person and the device, then a reading every five minutes.

Facts: public readers of the file. The unit of glucose stands in its title; ``Low`` and ``High`` stand where the sensor
was beyond its range. Times are those of the place, which no file names: they are put in French time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.formats.paris_clock import PARIS
from importers.formats.row_facts import Cells, lines
from importers.formats.tables import rest
from importers.records import Item, Kind, Notice, Record

_READING = "EGV"
_TIME = re.compile(r"(?:Timestamp|Horodatage) \(", re.IGNORECASE)
_GLUCOSE = re.compile(r"Glucose Value \((mg/dL|mmol/L)\)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?\Z")
_STAMPS = DateReader(Layout.YEAR_FIRST, PARIS)
_SENSOR = ("Source Device ID", "Transmitter ID")


@importer(
    Rule(header=frozenset({"Event Type", "Event Subtype", "Patient Info", "Device Info", "Glucose Value (mg/dL)"})),
    Rule(header=frozenset({"Event Type", "Event Subtype", "Patient Info", "Device Info", "Glucose Value (mmol/L)"})),
    source="dexcom",
    product="health",
    reads="glucose",
)
def clarity(member: Member) -> Iterator[Record]:
    """A sample for each reading of the sensor; insulin, meals, alerts and rows about the person as items."""
    yield Notice("dexcom-local-time")
    measures = Measures(incidental=frozenset({"Index"}))
    alike = Alike()
    for line in lines(member, ("Event Type", "Patient Info")):
        if isinstance(line, Notice):
            yield line
            continue
        cells = line.cells
        time, glucose = _title(cells, _TIME), _title(cells, _GLUCOSE)
        written, value = cells.get(time, ""), cells.get(glucose, "")
        when = _STAMPS.moment(written)
        if when is None and written:
            yield Notice("table-date", line.position, time)
        event = cells.get("Event Type", "")
        if when is None or event != _READING or not value:
            yield Item(
                kind=Kind.MEASUREMENT if written else Kind.SETTING,
                key=alike.key("row", written, event, *(cell for name, cell in cells.items() if name != "Index")),
                when=when,
                title=event,
                details=rest(cells, ()),
            )
            continue
        sound = bool(_NUMBER.match(value))
        found = _GLUCOSE.match(glucose)
        more = rest(cells, {time, glucose})
        yield from measures.add(
            "glucose",
            found.group(1) if found else "",
            when.us,
            value.replace(",", ".") if sound else None,
            subject=next((cells[name] for name in _SENSOR if cells.get(name)), ""),
            more=more if sound else more | {"written": value},
        )
    yield from measures.samples()


def _title(cells: Cells, wanted: re.Pattern[str]) -> str:
    return next((name for name in cells if wanted.match(name)), "")
