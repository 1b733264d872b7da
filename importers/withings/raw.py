"""Raw measures (``raw_*.csv``): lists of durations and values that follow each other from a start with its offset.

Facts: rows of a real archive of 2022. The second values in the lists of places are often no places (657, -217): what no
latitude can be is kept as text, and makes no position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.formats.row_facts import Line, lines
from importers.records import Item, Kind, Notice, Record

HEADER = frozenset({"start", "duration", "value"})
"""Titles of all raw tables."""

PLACES = 500_000
"""Values of the longitude that are held, to find the one that belongs to a latitude."""

_READER = DateReader(Layout.YEAR_FIRST)
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?\Z")
_SERIES = {
    "raw_hr_hr": ("heart-rate", "count/min"),
    "raw_tracker_hr": ("heart-rate", "count/min"),
    "raw_tracker_steps": ("steps", "count"),
    "raw_tracker_distance": ("distance", "m"),
    "raw_tracker_elevation": ("altitude-gained", "m"),
    "raw_tracker_calories-earned": ("active-energy", "kcal"),
    "raw_tracker_sleep-state": ("sleep-state", ""),
    "raw_tracker_lap-pool": ("pool-laps", "count"),
    "raw_location_latitude": ("latitude", "deg"),
    "raw_location_longitude": ("longitude", "deg"),
    "raw_location_altitude": ("altitude", "m"),
    "raw_location_gps-speed": ("speed", "m/s"),
    "raw_location_direction": ("direction", "deg"),
    "raw_location_horizontal-radius": ("horizontal-accuracy", "m"),
    "raw_location_vertical-radius": ("vertical-accuracy", "m"),
    "raw_spo2_auto_spo2": ("oxygen-saturation", "%"),
}
_LIMITS = {"latitude": 90.0, "longitude": 180.0}


class _Value(NamedTuple):
    """One value of a list. Times in us; ``text`` as written."""

    start: int
    end: int
    offset: int | None
    text: str


@importer(
    Rule(header=HEADER, starts=("start,duration,value",)),
    source="withings",
    product="health",
    reads="raw measures",
    facts_as_of="2022-04",
)
def raw(member: Member) -> Iterator[Record]:
    """A sample for each value, over its own duration. The file's name says what was measured.

    Each table is a series of its own, under the name of its device's file: a watch and a mat that both saw the heart
    are not added up. Latitudes that have their longitude are positions as well.
    """
    stem = member.path.rpartition("/")[2].rpartition(".")[0]
    series, unit = _SERIES.get(stem.casefold(), (_kebab(stem), ""))
    yield from _several(member, stem.casefold(), series)
    limit = _LIMITS.get(series)
    longitudes = _longitudes(member) if series == "latitude" else {}
    measures = Measures()
    alike = Alike()
    for line in lines(member, HEADER):
        if isinstance(line, Notice):
            yield line
            continue
        values = _values(line)
        if values is None:
            yield Notice("withings-row", line.position)
            key = alike.key("raw", series, *line.cells.values())
            yield Item(kind=Kind.MEASUREMENT, key=key, when=_READER.moment(line.cells["start"]), details=line.cells)
            continue
        for value in values:
            sound = _NUMBER.match(value.text) and (limit is None or abs(float(value.text)) <= limit)
            yield from measures.add(
                series,
                unit,
                value.start,
                value.text if sound else None,
                end=value.end,
                subject=stem if stem.casefold() in _SERIES else "",
                offset=value.offset,
                more={} if sound else {"written": value.text},
            )
            if sound and value.start in longitudes:
                yield from measures.place(value.start, value.text, longitudes[value.start], offset=value.offset)
    yield from measures.samples()


def _several(member: Member, stem: str, series: str) -> Iterator[Notice]:
    """Said once for each measure that files of several devices hold."""
    others = [f"**/{name}.csv" for name, known in _SERIES.items() if known[0] == series and name != stem]
    said = cast("set[str]", member.archive.memo("withings.devices", set))
    if stem in _SERIES and others and series not in said and member.archive.find(*others):
        said.add(series)
        yield Notice("withings-devices", what=series)


def _values(line: Line) -> list[_Value] | None:
    """The values of a row with their own times; None when the row does not have the form of one."""
    start = _READER.moment(line.cells.get("start", ""))
    lengths, values = _list(line.cells.get("duration", "")), _list(line.cells.get("value", ""))
    if start is None or len(lengths) != len(values) or not all(length.isdigit() for length in lengths):
        return None
    found: list[_Value] = []
    at = start.us
    for length, text in zip(lengths, values, strict=True):
        end = at + min(int(length), 10**9) * 1_000_000
        found.append(_Value(at, end, start.offset, text))
        at = end
    return found


def _list(text: str) -> list[str]:
    inner = text.strip().removeprefix("[").removesuffix("]").strip()
    return [part.strip() for part in inner.split(",")] if inner else []


def _longitudes(member: Member) -> dict[int, str]:
    return cast("dict[int, str]", member.archive.memo("withings.longitudes", lambda: _look(member)))


def _look(member: Member) -> dict[int, str]:
    """The sound longitudes of the archive by their time."""
    found: dict[int, str] = {}
    for other in member.archive.find("**/raw_location_longitude.csv"):
        try:
            for line in lines(other, HEADER):
                if len(found) >= PLACES:
                    return found
                values = None if isinstance(line, Notice) else _values(line)
                found |= {value.start: value.text for value in values or () if _is_longitude(value.text)}
        except RefusedArchive:
            raise
        except ArchiveError:
            continue  # said when the member itself is read
    return found


def _is_longitude(text: str) -> bool:
    return bool(_NUMBER.match(text)) and abs(float(text)) <= _LIMITS["longitude"]


def _kebab(stem: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", stem.casefold().removeprefix("raw_")).strip("-")
    return name if stem.casefold().startswith("raw_") and name else "measure"
