"""Rides as the service's pages load them: a JSON array, with two generations of names of fields.

Facts: a program that reads it. No distance is given; none is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.french_stamps import moment
from importers.formats.json_records import Alike, entries, inner, text
from importers.records import Item, Kind, Notice, Record, Role


@importer(
    Rule(shape="json-array", keys=frozenset({"startStation", "endStation", "bikeType"})),
    source="cyclocity",
    reads="rides",
    languages=("fr",),
)
def rides(member: Member) -> Iterator[Record]:
    """One `trip` a ride, from station to station."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        fields = entry.fields
        began, ended = text(fields, "startTime", "startedAt"), text(fields, "endTime", "endedAt")
        when, end = moment(began), moment(ended)
        if when is None:
            yield Notice("table-date", entry.position, "startTime")
        own = text(fields, "id")
        stations = [_station(fields, name) for name in ("startStation", "endStation")]
        names = [name for name, _, _ in stations]
        _, lat, lon = stations[0]
        yield Item(
            kind=Kind.TRIP,
            key=alike.key("ride", own) if own else alike.key("ride", began, ended, *names),
            stable=bool(own),
            when=when,
            end=end.us if end and when and end.us >= when.us else None,
            title=" → ".join(name for name in names if name),
            lat=lat,
            lon=lon,
            parties=tuple(Role("place", name) for name in names if name),
            details=entry.text,
        )


def _station(fields: dict[str, Any], name: str) -> tuple[str, float | None, float | None]:
    station = inner(fields, name)
    place = inner(station, "position") or station
    lat, lon = (place.get(long, place.get(short)) for long, short in (("latitude", "lat"), ("longitude", "lng")))
    label = text(station, "name", "label")
    if isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90 and abs(lon) <= 180:
        return label, float(lat), float(lon)
    return label, None, None
