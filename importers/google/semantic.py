"""Semantic location history: visits and journeys that Google concluded, one file a month; and the location settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.google.stamps import moment
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_SECONDS = 100_000_000_000
"""Below this an epoch is in seconds, above in milliseconds; fixtures of both exist."""


@importer(
    Rule(shape="json-object", keys=frozenset({"timelineObjects"})),
    source="google",
    product="location-history",
    reads="visits and journeys by month",
    status="proven",
)
def semantic_history(member: Member) -> Iterator[Record]:
    """``placeVisit`` becomes a stay, ``activitySegment`` a trip; every field is kept."""
    with member.open() as stream:
        for event in json_blocks.read(stream, {"timelineObjects": dict[str, Any]}):
            match event:
                case json_blocks.Block() if event.key == "timelineObjects":
                    for number, entry in enumerate(event.elements, event.first + 1):
                        yield _object(entry, number)
                case json_blocks.Broken():
                    yield Notice("json-record", event.position)
                case json_blocks.Value():
                    details = {event.key: msgspec.json.decode(event.text)}
                    yield Item(kind=Kind.SETTING, key=("semantic", event.key), title=event.key, details=details)


@importer(
    Rule(members=("**/Settings.json",), shape="json-object", keys=frozenset({"deviceSettings"})),
    source="google",
    product="location-history",
    reads="location settings and devices",
    status="proven",
)
def location_settings(member: Member) -> Iterator[Record]:
    """The settings as one item, each device as another."""
    whole = msgspec.json.decode(member.read(16 << 20))
    devices = whole.pop("deviceSettings", []) if isinstance(whole, dict) else []
    yield Item(
        kind=Kind.SETTING,
        key=("location-settings", str(whole.get("createdTime"))),
        when=moment(whole.get("createdTime")),
        title="Location History",
        details=whole,
    )
    for device in devices:
        yield Item(
            kind=Kind.DEVICE,
            key=("location-device", str(device.get("deviceTag"))),
            when=moment(device.get("deviceCreationTime")),
            title=str(device.get("devicePrettyName", "")),
            details=device,
        )


def _object(entry: dict[str, Any], number: int) -> Record:
    visit, segment = entry.get("placeVisit"), entry.get("activitySegment")
    body = visit if isinstance(visit, dict) else segment
    if not isinstance(body, dict):
        return Notice("json-record", f"record {number}")
    span = body.get("duration")
    start, end = _end(span, "start"), _end(span, "end")
    if start is None:
        return Notice("json-record", f"record {number}", "duration")
    if isinstance(visit, dict):
        place = visit.get("location") or {}
        lat, lon = _degrees(place)
        if lat is None:
            lat, lon = _e7(visit.get("centerLatE7")), _e7(visit.get("centerLngE7"))
        return Item(
            kind=Kind.STAY,
            key=("visit", start.us, end.us if end else 0, str(place.get("placeId", (lat, lon)))),
            when=start,
            end=end.us if end else None,
            title=str(place.get("name") or place.get("address") or ""),
            text=str(place.get("address") or ""),
            lat=lat,
            lon=lon,
            details=entry,
        )
    lat, lon = _degrees(body.get("startLocation") or {})
    return Item(
        kind=Kind.TRIP,
        key=("segment", start.us, end.us if end else 0, str((lat, lon))),
        when=start,
        end=end.us if end else None,
        title=str(body.get("activityType") or ""),
        lat=lat,
        lon=lon,
        details=entry,
    )


def _end(span: object, name: str) -> Moment | None:
    if not isinstance(span, dict):
        return None
    digits = str(span.get(f"{name}TimestampMs", span.get(f"{name}Timestamp", "")))
    if digits.isdigit() and len(digits) < 16:
        value = int(digits)
        if value < _SECONDS:
            return Moment(value * 1_000_000, None, Precision.SECOND)
        return Moment(value * 1000, None, Precision.MILLISECOND)
    return moment(span.get(f"{name}Timestamp"))


def _degrees(place: dict[str, Any]) -> tuple[float | None, float | None]:
    return _e7(place.get("latitudeE7")), _e7(place.get("longitudeE7"))


def _e7(value: object) -> float | None:
    return value / 1e7 if isinstance(value, int) else None
