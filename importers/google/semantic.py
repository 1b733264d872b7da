"""Location history, second generation: visits and journeys that Google concluded, one file a month.

``{"timelineObjects": [{"placeVisit"} | {"activitySegment"}]}``, objects contiguous in time; empty months are normal.
Times are ISO, before 2022 milliseconds in a text; fixtures have seconds. Coordinates are whole numbers of 1e-7 degrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Value
from importers.google.fields import Fields, compact, odd, told, value
from importers.google.times import moment
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role

_DEPTH = 20


@importer(
    Rule(shape="json-object", keys=frozenset({"timelineObjects"})),
    source="google",
    product="location-history",
    reads="visits and journeys by month",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def semantic_history(member: Member) -> Iterator[Record]:
    """``placeVisit`` becomes a stay, ``activitySegment`` a trip; every field, paths included, stays in the details.

    Visits within a visit (``childVisits``) are stays of their own: their time lies within their parent's.
    """
    with member.open() as stream:
        for event in json_blocks.read(stream, {"timelineObjects": Fields}):
            match event:
                case Block(key="timelineObjects"):
                    for number, fields in enumerate(event.elements, event.first + 1):
                        yield from _object(fields, f"record {number}")
                case Block():
                    yield from (odd(bytes(element)) for element in event.elements)
                case Broken():
                    yield from told(event)
                case Value():
                    yield odd(b"{" + msgspec.json.encode(event.key) + b":" + event.text + b"}")


def _object(fields: Fields, position: str) -> Iterator[Record]:
    for name, raw in fields.items():
        body = value(fields, name)
        if name == "placeVisit" and isinstance(body, dict):
            yield from _visit(body, compact(raw), position, 0)
        elif name == "activitySegment" and isinstance(body, dict):
            yield from _segment(body, compact(raw), position)
        else:
            yield Notice("google-unknown-object", position)
            yield odd(b"{" + msgspec.json.encode(name) + b":" + bytes(raw) + b"}")


def _visit(body: dict[str, Any], raw: bytes, position: str, depth: int) -> Iterator[Record]:
    place = body.get("location")
    place = place if isinstance(place, dict) else {}
    spot = e7(place) or e7({"latitudeE7": body.get("centerLatE7"), "longitudeE7": body.get("centerLngE7")})
    if spot is None:
        others = body.get("otherCandidateLocations")
        spots = (e7(other) for other in others if isinstance(other, dict)) if isinstance(others, list) else ()
        spot = next((other for other in spots if other), None)
    yield from stay(
        start=_end(body, "start"),
        end=_end(body, "end"),
        spot=spot,
        place_id=str(place.get("placeId") or ""),
        level=depth,
        name=str(place.get("name") or ""),
        address=str(place.get("address") or ""),
        meaning=str(place.get("semanticType") or ""),
        details=raw,
        position=position,
    )
    children = body.get("childVisits")
    if isinstance(children, list) and depth < _DEPTH:
        for child in children:
            if isinstance(child, dict):
                yield from _visit(child, msgspec.json.encode(child), position, depth + 1)


def stay(
    *,
    start: Moment | None,
    end: Moment | None,
    spot: tuple[float, float] | None,
    place_id: str,
    level: int,
    name: str,
    address: str,
    meaning: str,
    details: bytes,
    position: str,
) -> Iterator[Record]:
    """A visit as an item. The same visit in a later export, or in another month's file, has the same key."""
    if start is None:
        yield Notice("google-no-time", position, "startTime")
    handle = Handle("id", place_id) if place_id else None
    where = (Role("place", name or address.partition("\n")[0] or meaning, handle),) if handle or name or address else ()
    yield Item(
        kind=Kind.STAY,
        key=(
            "stay",
            start and start.us,
            end and end.us,
            place_id or spot,
            level,
            *(() if start else (details.decode(),)),
        ),
        when=start,
        end=end.us if end and start and end.us >= start.us else None,
        title=name or address.partition("\n")[0] or meaning,
        text=address,
        lat=spot[0] if spot else None,
        lon=spot[1] if spot else None,
        parties=where,
        details=details,
    )


def _segment(body: dict[str, Any], raw: bytes, position: str) -> Iterator[Record]:
    yield from trip(
        start=_end(body, "start"),
        end=_end(body, "end"),
        spot=e7(body.get("startLocation")),
        means=str(body.get("activityType") or ""),
        details=raw,
        position=position,
    )


def trip(
    *,
    start: Moment | None,
    end: Moment | None,
    spot: tuple[float, float] | None,
    means: str,
    details: bytes,
    position: str,
) -> Iterator[Record]:
    """A journey as an item, at the place where it begins. ``means``: Google's word for how (``IN_BUS``)."""
    if start is None:
        yield Notice("google-no-time", position, "startTime")
    yield Item(
        kind=Kind.TRIP,
        key=("trip", start and start.us, end and end.us, spot, *(() if start else (details.decode(),))),
        when=start,
        end=end.us if end and start and end.us >= start.us else None,
        title=means,
        lat=spot[0] if spot else None,
        lon=spot[1] if spot else None,
        details=details,
    )


def e7(place: Any) -> tuple[float, float] | None:
    """Latitude and longitude, degrees, of an object with ``latitudeE7`` or ``latE7``; None when it has none."""
    if not isinstance(place, dict):
        return None
    lat = place.get("latitudeE7", place.get("latE7"))
    lon = place.get("longitudeE7", place.get("lngE7"))
    if not isinstance(lat, int) or not isinstance(lon, int):
        return None
    lat, lon = (lat - (1 << 32) if lat > 900_000_000 else lat), (lon - (1 << 32) if lon > 1_800_000_000 else lon)
    return (lat / 1e7, lon / 1e7) if abs(lat) <= 900_000_000 and abs(lon) <= 1_800_000_000 else None


def _end(body: dict[str, Any], name: str) -> Moment | None:
    span = body.get("duration")
    found = (span.get(f"{name}Timestamp") or span.get(f"{name}TimestampMs")) if isinstance(span, dict) else None
    return moment(str(found)) if found is not None else None
