"""What stands beside the location history: settings and devices, edits, deletions, and a note in place of the data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Value
from importers.google.fields import Fields, details, odd, text, told, value
from importers.google.identity import Repeats
from importers.google.semantic import e7
from importers.google.times import moment
from importers.records import File, Handle, Item, Kind, Moment, Notice, Record, Role

_SMALL = 16 << 20


@importer(
    Rule(shape="json-object", keys=frozenset({"deviceSettings", "createdTime"})),
    Rule(shape="json-object", keys=frozenset({"historyEnabled", "createdTime"})),
    Rule(shape="json-object", keys=frozenset({"timelineEnabled"})),
    Rule(shape="json-object", keys=frozenset({"encryptedBackupsControls"})),
    Rule(shape="json-object", keys=frozenset({"hasReportedLocations"})),
    source="google",
    product="location-history",
    reads="location settings and devices",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def location_settings(member: Member) -> Iterator[Record]:
    """The settings as one item at the time of their last change, each device as another at its creation."""
    rest: dict[str, msgspec.Raw] = {}
    with member.open() as stream:
        for event in json_blocks.read(stream, {"deviceSettings": Fields}):
            match event:
                case Block(key="deviceSettings"):
                    yield from map(_device, event.elements)
                case Block():
                    rest[event.key] = msgspec.Raw(event.text)
                case Value():
                    rest[event.key] = msgspec.Raw(event.text)
                case Broken():
                    yield from told(event)
    if rest:
        when = moment(text(rest, "modifiedTime")) or moment(text(rest, "createdTime"))
        yield Item(
            kind=Kind.SETTING,
            key=("location-settings", *((when.us,) if when else (details(rest, set()).decode("utf-8", "replace"),))),
            when=when,
            title="Location History",
            details=details(rest, set()),
        )


def _device(fields: Fields) -> Item:
    tag, name = str(value(fields, "deviceTag") or ""), text(fields, "devicePrettyName")
    when = moment(text(fields, "deviceCreationTime"))
    whole = details(fields, {"devicePrettyName"})
    return Item(
        kind=Kind.DEVICE,
        key=("location-device", tag, when.us if when else None, *(() if tag else (whole.decode("utf-8", "replace"),))),
        when=when,
        title=name,
        parties=(Role("device", name, Handle("id", tag) if tag else None),),
        details=whole,
    )


@importer(
    Rule(shape="json-object", keys=frozenset({"timelineEdits"})),
    source="google",
    product="location-history",
    reads="edits of the timeline",
    languages=("fr", "en", "de", "es"),
)
def timeline_edits(member: Member) -> Iterator[Record]:
    """Each edit as an item, whole in its details. Accuracies are in millimetres there."""
    alike = Repeats()
    with member.open() as stream:
        for event in json_blocks.read(stream, {"timelineEdits": Fields}):
            match event:
                case Block(key="timelineEdits"):
                    for fields in event.elements:
                        yield _edit(fields, alike)
                case Block():
                    yield from (odd(bytes(element)) for element in event.elements)
                case Value():
                    yield odd(b"{" + msgspec.json.encode(event.key) + b":" + event.text + b"}")
                case Broken():
                    yield from told(event)


def _edit(fields: Fields, alike: Repeats) -> Item:
    whole = details(fields, set())
    same = whole.decode("utf-8", "replace")
    signal = value(fields, "rawSignal")
    found = list(_within(signal))
    times = [given for name, given in found if name == "timestamp"]
    times += [given for name, given in found if "time" in name.casefold()]
    when = next((stamp for given in times if (stamp := _moment(given))), None)
    spot = next((place for name, given in found if name == "point" and (place := e7(given))), None)
    return Item(
        kind=Kind.OTHER,
        key=("timeline-edit", same, alike.number(same) + 1),
        when=when or moment(text(fields, "additionalTimestamp")),
        lat=spot[0] if spot else None,
        lon=spot[1] if spot else None,
        details=whole,
    )


def _within(found: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """All names and values in nested objects, outer ones first."""
    if not isinstance(found, dict) or depth > 10:
        return
    yield from found.items()
    for inner in found.values():
        yield from _within(inner, depth + 1)


def _moment(given: Any) -> Moment | None:
    return moment(given) if isinstance(given, str) else None


@importer(
    Rule(members=("**/Tombstones.csv",), shape="csv", named=True),
    source="google",
    product="location-history",
    reads="deletions from the timeline",
    status="beta",
)
def tombstones(member: Member) -> Iterator[Record]:
    """Each row as an item under the names of its header; the header is not documented anywhere, so nothing is assumed.

    The first cell that is a time is the row's time.
    """
    rows = csv.reader(io.StringIO(member.read(_SMALL).decode("utf-8-sig", "replace"), newline=""))
    header = next(rows, [])
    alike = Repeats()
    for row in rows:
        if any(row):
            names = [*header, *(f"column {number}" for number in range(len(header) + 1, len(row) + 1))]
            yield Item(
                kind=Kind.OTHER,
                key=("tombstone", *row, alike.number(tuple(row)) + 1),
                when=next((found for cell in row if len(cell) > 9 and (found := moment(cell))), None),
                details=json.dumps(dict(zip(names, row, strict=False)), ensure_ascii=False).encode(),
            )
            if len(row) < len(header):
                yield Notice("table-cut", f"line {rows.line_num}")


@importer(
    Rule(members=("**/Encrypted Backups.txt",), shape="text", contains=("encrypted Timeline backups",)),
    Rule(members=("**/Encrypted Backups.txt",), shape="csv", contains=("encrypted Timeline backups",)),
    source="google",
    product="location-history",
    reads="note on encrypted timeline backups",
)
def encrypted_timeline(member: Member) -> Iterator[Record]:
    """Since the end of 2024 positions live on the phone, and Takeout holds this note in their place: say what to do."""
    data = member.read(_SMALL)
    yield Notice("google-timeline-on-phone")
    words = data.decode("utf-8", "replace").strip()
    yield Item(
        kind=Kind.OTHER,
        key=("encrypted-timeline", words),
        title=words.partition("\n")[0],
        text=words,
        files=(
            File(name="Encrypted Backups.txt", pieces=lambda: iter((data,)), media_type="text/plain", size=len(data)),
        ),
    )
