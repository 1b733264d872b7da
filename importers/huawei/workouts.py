"""Workouts (``motion path detail data``): a list of objects, each with its track as lines of text in ``attribute``.

Facts: public converters. Lines with an epoch become positions and heart rate; lines whose time is relative (since 2021)
stay as they are, as nobody says what they count from. The JSON may have numbers as keys, which no JSON has: it is
mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks, zone_marks
from importers.formats.json_records import Alike, text
from importers.formats.measures import Measures
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_SPORTS = {
    "2": "mountain hike",
    "3": "cycling",
    "4": "running",
    "5": "walking",
    "101": "treadmill",
    "102": "pool swimming",
    "103": "indoor cycling",
    "104": "open water swimming",
    "111": "elliptical",
    "118": "trail running",
    "282": "hiking",
}
_DETAIL = "HW_EXT_TRACK_DETAIL@is"
_LINE = re.compile(r"\r?\n|\\n")
_BARE_KEY = re.compile(rb"([{,]\s*)(-?\d{1,18}(?:\.\d{1,18})?)(\s*:)")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?(?:[eE]\d{1,2})?\Z")
_LONGEST = 31 * 86_400_000
_FIRST_S, _LAST_S = 10**9, 4 * 10**9
_LINES = {"lbs": {"tp", "k", "lat", "lon", "alt", "t"}, "h-r": {"tp", "k", "v"}}
"""Kinds of lines that are understood, and their fields."""


@importer(
    Rule(shape="json-array", keys=frozenset({"sportType", "startTime", "totalTime", "attribute"})),
    Rule(shape="json-object", keys=frozenset({"sportType", "startTime", "totalTime", "attribute"})),
    Rule(members=("**/motion path detail data*.json",)),
    source="huawei",
    product="activity",
    reads="workouts",
    facts_as_of="2025-01",
)
def workouts(member: Member) -> Iterator[Record]:
    """A `workout` for each object, with its offset; its track as positions and its heart rate as series.

    Distance stays in metres and energy in calories (a thousandth of what kilocalories are).
    """
    measures = Measures()
    alike = Alike()
    for number, found in enumerate(_objects(member), 1):
        if isinstance(found, Item | Notice):
            yield found
            continue
        yield from _workout(found, f"record {number}", measures, alike)
    yield from measures.samples()


def _objects(member: Member) -> Iterator[dict[str, Any] | Item | Notice]:
    """The objects of the list, mended where numbers stand as keys; what stays broken as a notice."""
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            match event:
                case json_blocks.Block():
                    for number, raw in enumerate(event.elements, event.first + 1):
                        yield _decoded(bytes(raw)) or Notice("json-broken", f"record {number}")
                case json_blocks.Broken():
                    yield (_decoded(event.text) if event.text else None) or Notice(event.reason, event.position)
                case json_blocks.Value():
                    about = event.text.decode("utf-8", "replace")
                    yield Item(kind=Kind.OTHER, key=("about", event.key, about), details={event.key: about})


def _decoded(data: bytes) -> dict[str, Any] | None:
    for attempt in (data, _BARE_KEY.sub(rb'\1"\2"\3', data)):
        try:
            found = msgspec.json.decode(attempt)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        return found if isinstance(found, dict) else None
    return None


def _workout(fields: dict[str, Any], position: str, measures: Measures, alike: Alike) -> Iterator[Record]:
    start, length = fields.get("startTime"), fields.get("totalTime")
    sport = text(fields, "sportType")
    sound = isinstance(start, int | float) and _FIRST_S * 1000 <= start < _LAST_S * 1000
    us = round(start) * 1000 if sound and isinstance(start, int | float) else None
    if us is None:
        yield Notice("table-date", position, "startTime")
    shift = zone_marks.minutes(text(fields, "timeZone"))
    kept, samples = _track(fields.get("attribute"), shift, measures)
    yield from samples
    whole = () if us is not None else (msgspec.json.encode(fields).decode(),)
    yield Item(
        kind=Kind.WORKOUT,
        key=alike.key("workout", text(fields, "startTime"), sport, *whole),
        when=Moment(us, shift, Precision.MILLISECOND) if us is not None else None,
        end=us + round(length * 1000)
        if us is not None and isinstance(length, int | float) and 0 <= length <= _LONGEST
        else None,
        title=_SPORTS.get(sport, ""),
        details=fields | kept,
    )


def _track(attribute: object, shift: int | None, measures: Measures) -> tuple[dict[str, str], list[Record]]:
    """What of the attribute is kept as text, and batches that became full."""
    if not isinstance(attribute, str):
        return {}, []
    left: list[str] = []
    full: list[Record] = []
    for part in attribute.split("&&"):
        if not part.startswith(_DETAIL):
            left.append(part)
            continue
        unread = []
        for line in _LINE.split(part[len(_DETAIL) :]):
            found = _sample(line, shift, measures)
            if found is None:
                unread.append(line)
            else:
                full.extend(found)
        if any(line.strip() for line in unread):
            left.append(_DETAIL + "\n".join(unread))
    return {"attribute": "&&".join(left)}, full


def _sample(line: str, shift: int | None, measures: Measures) -> list[Record] | None:
    """Gather a line whose every field is understood; None for any other one."""
    pairs = dict(part.split("=", 1) for part in line.split(";") if "=" in part)
    kind = pairs.get("tp", "")
    if pairs.keys() != _LINES.get(kind) or not all(_NUMBER.match(cell) for name, cell in pairs.items() if name != "tp"):
        return None
    at = _epoch(pairs["t" if kind == "lbs" else "k"])
    if at is None:
        return None
    if kind == "h-r":
        return list(measures.add("heart-rate", "count/min", at, pairs["v"], subject="workouts", offset=shift))
    if abs(float(pairs["lat"])) > 90 or abs(float(pairs["lon"])) > 180:
        return None
    more = {"alt": pairs["alt"], "k": pairs["k"]}
    return list(measures.place(at, pairs["lat"], pairs["lon"], offset=shift, more=more))


def _epoch(written: str) -> int | None:
    """Us of epoch seconds or milliseconds, told by their size; None for a relative time."""
    number = float(written)
    if _FIRST_S <= number < _LAST_S:
        return round(number * 1_000_000)
    return round(number * 1000) if _FIRST_S * 1000 <= number < _LAST_S * 1000 else None
