"""Overland's batches of locations, as the app sends them: GeoJSON features in ``locations``.

Facts: an example of the app's own documents with a notice of its end, which has no place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.dates import DateReader, Layout
from importers.formats.fixes import DECODER, Fixes
from importers.formats.json_records import Alike, inner
from importers.formats.row_facts import numbered
from importers.records import Item, Kind, Moment, Notice, Record

_NUMERIC = frozenset(
    {
        "altitude",
        "speed",
        "horizontal_accuracy",
        "vertical_accuracy",
        "speed_accuracy",
        "course",
        "course_accuracy",
        "battery_level",
        "desired_accuracy",
        "deferred",
        "locations_in_payload",
    }
)
_DEVICES = 100
_STAMPS = DateReader(Layout.YEAR_FIRST)


@importer(
    Rule(shape="json-object", keys=frozenset({"locations", "properties", "battery_state", "timestamp"})),
    source="overland",
    reads="positions",
    status="documents",
)
def locations(member: Member) -> Iterator[Record]:
    """Fixes are the series ``position`` of their device (speed in m/s, altitude in m, battery from 0 to 1).

    A feature without a place (the app was ended) is `other`.
    """
    devices: dict[str, Fixes] = {}
    alike = Alike()
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            if isinstance(event, json_blocks.Broken):
                yield Notice(event.reason, event.position, event.key)
                continue
            if isinstance(event, json_blocks.Value):
                yield numbered(_other({event.key: msgspec.json.decode(event.text)}, None), alike)
                continue
            for number, raw in enumerate(event.elements, event.first + 1):
                for record in _feature(bytes(raw), f"record {number}", devices):
                    yield numbered(record, alike) if isinstance(record, Item) else record
            for fixes in devices.values():
                yield from fixes.due()
    for fixes in devices.values():
        yield from fixes.rest()


def _feature(raw: bytes, position: str, devices: dict[str, Fixes]) -> Iterator[Item | Notice]:
    try:
        feature = DECODER.decode(raw)
    except (msgspec.DecodeError, RecursionError, ArithmeticError):
        yield Notice("json-broken", position)
        return
    if not isinstance(feature, dict):
        yield Notice("table-record", position)
        return
    said = inner(feature, "properties")
    written = said.get("timestamp")
    when = _STAMPS.moment(written) if isinstance(written, str) else None
    if when is None:
        yield Notice("table-date", position, "timestamp")
    place = inner(feature, "geometry").get("coordinates")
    device = str(said.get("device_id") or "")
    fields = {name: value for name, value in said.items() if name not in {"timestamp", "device_id"}}
    more = {name: value for name, value in feature.items() if name not in {"type", "geometry", "properties"}}
    if isinstance(place, list) and len(place) == 2 and when and (device in devices or len(devices) < _DEVICES):
        fixes = devices.setdefault(device, Fixes(_NUMERIC, subject=device))
        if fixes.add(when, place[1], place[0], fields | more):
            return
    yield _other(msgspec.json.decode(raw), when)


def _other(feature: dict[str, Any], when: Moment | None) -> Item:
    said = inner(feature, "properties")
    return Item(
        kind=Kind.OTHER,
        key=("feature", msgspec.json.encode(feature, order="deterministic").decode()),
        when=when,
        title=str(said.get("action") or feature.get("type") or next(iter(feature), "")),
        details=feature,
    )
