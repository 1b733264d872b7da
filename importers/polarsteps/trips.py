"""Polarsteps: the track of each trip, and its stops.

Facts: files of the tests of a public project, and reports; in real archives the time of a fix is seconds since 1970,
in those files it is a stamp. What ``trip.json`` holds is not described: it is kept whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer, keep
from importers.formats import json_blocks
from importers.formats.dates import DateReader, Layout
from importers.formats.fixes import DECODER, Fixes
from importers.formats.json_records import Alike, Entry, entries, text
from importers.formats.row_facts import numbered
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_STAMPS = DateReader(Layout.YEAR_FIRST)

keep(Rule(members=("**/trip/*/trip.json",), shape="json-object", named=True), source="polarsteps")


@importer(
    Rule(
        members=("**/locations.json",),
        shape="json-object",
        keys=frozenset({"locations", "lat", "lon", "time"}),
        named=True,
    ),
    source="polarsteps",
    reads="track of a trip",
)
def locations(member: Member) -> Iterator[Record]:
    """Every fix in the series ``position`` (UTC). One without a place or a time is `other`."""
    fixes = Fixes(())
    alike = Alike()
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            if isinstance(event, json_blocks.Broken):
                yield Notice(event.reason, event.position, event.key)
                continue
            found = event.elements if isinstance(event, json_blocks.Block) else [event.text]
            first = event.first if isinstance(event, json_blocks.Block) else 0
            for number, raw in enumerate(found, first + 1):
                for record in _fix(bytes(raw), f"record {number}", fixes):
                    yield numbered(record, alike) if isinstance(record, Item) else record
            yield from fixes.due()
    yield from fixes.rest()


def _fix(raw: bytes, position: str, fixes: Fixes) -> Iterator[Item | Notice]:
    try:
        fix = DECODER.decode(raw)
    except (msgspec.DecodeError, RecursionError, ArithmeticError):
        yield Notice("json-broken", position)
        return
    when = _moment(fix.get("time")) if isinstance(fix, dict) else None
    if when is not None:
        fields = {name: value for name, value in fix.items() if name not in {"lat", "lon", "time"}}
        if fixes.add(when, fix.get("lat"), fix.get("lon"), fields):
            return
    elif isinstance(fix, dict):
        yield Notice("table-date", position, "time")
    value = msgspec.json.decode(raw)
    yield Item(
        kind=Kind.OTHER,
        key=("location", raw.decode("utf-8", "replace")),
        when=when,
        details=value if isinstance(value, dict) else {"value": value},
    )


def _moment(value: Any) -> Moment | None:
    """A stamp, or seconds since 1970 with any fraction."""
    if isinstance(value, str):
        return _STAMPS.moment(value)
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 < value < 1 << 33:
        return None
    us = int(Decimal(value) * 1_000_000)
    return Moment(us, None, Precision.SECOND if us % 1_000_000 == 0 else Precision.MICROSECOND)


@importer(
    Rule(shape="json-array", keys=frozenset({"arrived", "departed", "lng", "timestamp"})),
    source="polarsteps",
    reads="stops of a trip",
)
def segments(member: Member) -> Iterator[Record]:
    """A visit to a place is a `stay` from arrival to departure, every other segment `other`."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        arrived, departed = _moment(entry.fields.get("arrived")), _moment(entry.fields.get("departed"))
        if arrived is None:
            yield Notice("table-date", entry.position, "arrived")
        yield numbered(_segment(entry, arrived, departed), alike)


def _segment(entry: Entry, arrived: Moment | None, departed: Moment | None) -> Item:
    fields = entry.fields
    lat, lon = fields.get("lat"), fields.get("lon", fields.get("lng"))
    placed = isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90 and abs(lon) <= 180
    own = text(fields, "id")
    sort = text(fields, "type")
    return Item(
        kind=Kind.STAY if sort == "place_visit" else Kind.OTHER,
        key=("segment", own)
        if own
        else ("segment", "", text(fields, "arrived"), text(fields, "lat"), text(fields, "lng")),
        stable=bool(own),
        when=arrived,
        end=departed.us if arrived and departed and departed.us >= arrived.us else None,
        title=text(fields, "name", "title") or sort,
        lat=float(lat) if placed else None,  # type: ignore[arg-type]
        lon=float(lon) if placed else None,  # type: ignore[arg-type]
        details=entry.text,
    )
