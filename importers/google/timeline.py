"""The Timeline that a phone exports by itself, since the end of 2024 the only form with positions.

Android writes an object with ``semanticSegments``, ``rawSignals`` and ``userLocationProfile``; coordinates are texts
such as ``48.8606°, 2.3376°`` (the sign may be missing, the text may be empty). iOS writes an array of the same segments
in which all numbers are texts, coordinates ``geo:48.86,2.33`` and path points minutes after the segment's start. Times
are ISO with the zone of the phone that exports; offset fields give the zone at the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Value
from importers.google.fields import Fields, objects, odd, text, told, value
from importers.google.semantic import stay, trip
from importers.google.timeline_samples import Paths, Signals, coordinates
from importers.google.times import moment
from importers.records import Item, Kind, Moment, Notice, Record

_ANDROID = ("semanticSegments", "rawSignals", "userLocationProfile")


@importer(
    *(Rule(shape="json-object", keys=frozenset({key})) for key in _ANDROID),
    Rule(shape="json-array", keys=frozenset({"startTime", "endTime", "timelinePath"})),
    Rule(shape="json-array", keys=frozenset({"startTime", "endTime", "visit", "topCandidate"})),
    Rule(shape="json-array", keys=frozenset({"startTime", "endTime", "activity", "topCandidate"})),
    Rule(shape="json-array", keys=frozenset({"startTime", "endTime", "timelineMemory"})),
    source="google",
    product="timeline",
    reads="timeline exported by the phone",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def timeline(member: Member) -> Iterator[Record]:
    """Visits become stays, activities trips, paths and raw positions samples, the profile what Google concluded.

    Paths overlap visits and activities of the same hours, and visits of a higher ``hierarchyLevel`` lie within
    others: their times do not add up.
    """
    paths, signals = Paths(), Signals()
    with member.open() as stream:
        for event in json_blocks.read(stream, dict.fromkeys(("", *_ANDROID), Fields)):
            match event:
                case Block(key="" | "semanticSegments"):
                    for number, fields in enumerate(event.elements, event.first + 1):
                        yield from _segment(fields, f"record {number}", paths)
                    yield from paths.samples()
                case Block(key="rawSignals"):
                    for number, fields in enumerate(event.elements, event.first + 1):
                        yield from signals.take(fields, f"record {number}")
                    yield from signals.samples()
                case Value(key="userLocationProfile"):
                    yield from _profile(event.text)
                case Block():
                    yield from (odd(_json(element)) for element in event.elements)
                case Value():
                    yield odd(b"{" + msgspec.json.encode(event.key) + b":" + event.text + b"}")
                case Broken():
                    yield from told(event)


def _segment(fields: Fields, position: str, paths: Paths) -> Iterator[Record]:
    start, end = _moment(fields, "startTime"), _moment(fields, "endTime")
    whole = _json(fields)
    points = value(fields, "timelinePath")
    if isinstance(points, list) and points and not fields.keys() & {"visit", "activity", "timelineMemory"}:
        yield from paths.take(fields, start, position)
        return
    visit, activity = value(fields, "visit"), value(fields, "activity")
    if isinstance(visit, dict):
        best = visit.get("topCandidate")
        best = best if isinstance(best, dict) else {}
        meaning = str(best.get("semanticType") or "")
        level = str(visit.get("hierarchyLevel") or 0)
        yield from stay(
            start=start,
            end=end,
            spot=coordinates(best.get("placeLocation")),
            place_id=str(best.get("placeId") or best.get("placeID") or ""),
            level=int(level) if level.isdecimal() and len(level) < 10 else 0,
            name="",
            address="",
            meaning="" if meaning.upper() == "UNKNOWN" else meaning,
            details=whole,
            position=position,
        )
    elif isinstance(activity, dict):
        best = activity.get("topCandidate")
        yield from trip(
            start=start,
            end=end,
            spot=coordinates(activity.get("start")),
            means=str(best.get("type") or "") if isinstance(best, dict) else "",
            details=whole,
            position=position,
        )
    elif "timelineMemory" in fields:
        yield Item(
            kind=Kind.INFERENCE,
            key=("timeline-memory", start and start.us, end and end.us, *(() if start else (_plain(whole),))),
            when=start,
            end=end.us if start and end and end.us >= start.us else None,
            title="timelineMemory",
            details=whole,
        )
    elif points == []:
        yield odd(whole)
    else:
        yield Notice("google-unknown-object", position)
        yield odd(whole)


def _moment(fields: Fields, name: str) -> Moment | None:
    """A time of a segment, with the offset at the place where the archive gives it."""
    found = moment(text(fields, name))
    offset = value(fields, f"{name}TimezoneUtcOffsetMinutes")
    if found is None or not isinstance(offset, int) or abs(offset) > 1080:
        return found
    return Moment(found.us, offset, found.precision)


def _profile(json: bytes) -> Iterator[Record]:
    """What Google concluded about the person: places, journeys, means of travel."""
    try:
        profile = msgspec.json.decode(json, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        yield odd(json)
        return
    for name, raw in profile.items():
        found = value(profile, name)
        if not isinstance(found, list) or not found or len(objects(found)) != len(found):
            yield _concluded(name, _wrapped(name, bytes(raw)), {})
            continue
        for entry, whole in zip(found, msgspec.json.decode(raw, type=list[msgspec.Raw]), strict=True):
            yield _concluded(name, _wrapped(name, bytes(whole)), entry)


def _concluded(name: str, json: bytes, entry: dict[str, Any]) -> Item:
    spot = coordinates(entry.get("placeLocation"))
    return Item(
        kind=Kind.INFERENCE,
        key=("location-profile", _plain(json)),
        title=str(entry.get("label") or entry.get("commuteDirection") or name),
        lat=spot[0] if spot else None,
        lon=spot[1] if spot else None,
        details=json,
    )


def _wrapped(name: str, json: bytes) -> bytes:
    return b"{" + msgspec.json.encode(name) + b":" + msgspec.json.format(json, indent=-1) + b"}"


def _json(found: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(found), indent=-1)


def _plain(json: bytes) -> str:
    return json.decode("utf-8", "replace")
