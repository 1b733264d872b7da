"""Activities of Garmin Connect (``summarizedActivities``), a thousand in a file.

Facts: the keys and units of two real archives of 2026. Units are odd: centimetres, milliseconds, kilojoules. All values
stay as they are in the details; ``units`` says what they are in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Entry, listed, text
from importers.garmin.times import DAY_MS, milliseconds, offset
from importers.records import Item, Kind, Moment, Notice, Precision, Record

LARGEST = 64 << 20
"""Bytes of the largest file; real ones have a few megabytes."""

_UNITS = {
    "cm": ("distance", "elevationGain", "elevationLoss", "minElevation", "maxElevation"),
    "ms": ("duration", "elapsedDuration", "movingDuration"),
    "10 m/s": ("avgSpeed", "maxSpeed", "maxVerticalSpeed"),
    "kJ": ("calories", "bmrCalories"),
}


@importer(
    Rule(shape="json-array", keys=frozenset({"summarizedActivitiesExport"})),
    source="garmin",
    product="activity",
    reads="activities",
    facts_as_of="2026-02",
)
def activities(member: Member) -> Iterator[Record]:
    """A `workout` for each activity from its start (UTC) for the time that passed, with its offset and place."""
    for entry in listed(member.read(LARGEST), "summarizedActivitiesExport"):
        if isinstance(entry, Notice):
            yield entry
            continue
        start = milliseconds(entry.fields.get("startTimeGmt")) or milliseconds(entry.fields.get("beginTimestamp"))
        if start is None:
            yield Notice("table-date", entry.position, "startTimeGmt")
        yield _activity(entry, start)


def _activity(entry: Entry, start: int | None) -> Item:
    fields = entry.fields
    own = text(fields, "activityId")
    place = _place(fields)
    shift = offset(start, fields.get("startTimeLocal"))
    return Item(
        kind=Kind.WORKOUT,
        key=("activity", own or entry.text.decode("utf-8", "replace")),
        stable=bool(own),
        when=Moment(start, shift, Precision.MILLISECOND) if start is not None else None,
        end=_end(start, fields),
        title=text(fields, "name", "activityType"),
        text=text(fields, "description"),
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        details=fields | {"units": _units(fields)},
    )


def _end(start: int | None, fields: dict[str, Any]) -> int | None:
    for name in ("elapsedDuration", "duration"):
        length = fields.get(name)
        if start is not None and isinstance(length, int | float) and 0 <= length <= 31 * DAY_MS:
            return start + round(length * 1000)
    return None


def _place(fields: dict[str, Any]) -> tuple[float, float] | None:
    lat, lon = fields.get("startLatitude"), fields.get("startLongitude")
    if isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90 and abs(lon) <= 180:
        return float(lat), float(lon)
    return None


def _units(fields: dict[str, Any]) -> dict[str, str]:
    return {name: unit for unit, names in _UNITS.items() for name in names if name in fields}
