"""Location history, first generation: the raw fixes of ``Records.json``, as one series of positions.

``{"locations": [...]}``, oldest first, gigabytes long; once named ``Location History.json`` or
``Historique des positions.json``. Coordinates are whole numbers of 1e-7 degrees WGS 84; accuracy and altitude metres,
velocity m/s, heading degrees. The time is ISO since about 2022, before that milliseconds in a text. Several devices
interleave (``deviceTag``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, TypeAlias

import msgspec
import numpy as np
from msgspec import UNSET, Raw, UnsetType

from importers.columns import Numbers, Texts, Times, times
from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Value
from importers.google import position_columns
from importers.google.fields import Fields, odd, told
from importers.google.times import moment, ms_column, utc_column
from importers.records import Item, Kind, Notice, Record, Samples

ROWS = 50_000
"""Samples in a batch."""

Whole: TypeAlias = int | UnsetType
Number: TypeAlias = int | float | UnsetType
Text: TypeAlias = str | UnsetType


class LeanFix(msgspec.Struct, gc=False, omit_defaults=True):
    """The fields that a fix has always had: decoded first, because few fields are decoded faster than many."""

    latitudeE7: Whole = UNSET  # noqa: N815 - the archive's own names
    longitudeE7: Whole = UNSET  # noqa: N815
    timestamp: Text = UNSET
    timestampMs: str | int | UnsetType = UNSET  # noqa: N815
    accuracy: Number = UNSET
    altitude: Number = UNSET
    verticalAccuracy: Number = UNSET  # noqa: N815
    velocity: Number = UNSET
    heading: Number = UNSET
    source: Text = UNSET
    deviceTag: int | str | UnsetType = UNSET  # noqa: N815


class Fix(LeanFix, gc=False, omit_defaults=True):
    """One fix with all known fields. Lists and objects stay JSON text."""

    platformType: Text = UNSET  # noqa: N815
    platform: Text = UNSET
    formFactor: Text = UNSET  # noqa: N815
    osLevel: Number = UNSET  # noqa: N815
    batteryCharging: bool | UnsetType = UNSET  # noqa: N815
    deviceDesignation: Text = UNSET  # noqa: N815
    placeId: Text = UNSET  # noqa: N815
    serverTimestamp: Text = UNSET  # noqa: N815
    deviceTimestamp: Text = UNSET  # noqa: N815
    activity: Raw = Raw()
    activeWifiScan: Raw = Raw()  # noqa: N815
    locationMetadata: Raw = Raw()  # noqa: N815
    inferredLocation: Raw = Raw()  # noqa: N815


_MAKERS: dict[str, Callable[[list[Any]], Numbers | Texts]] = {
    "accuracy": position_columns.whole_numbers,
    "altitude": position_columns.words,
    "verticalAccuracy": position_columns.words,
    "velocity": position_columns.words,
    "heading": position_columns.words,
    "source": position_columns.words,
    "deviceTag": position_columns.words,
    "platformType": position_columns.words,
    "platform": position_columns.words,
    "formFactor": position_columns.words,
    "osLevel": position_columns.words,
    "batteryCharging": position_columns.words,
    "deviceDesignation": position_columns.words,
    "placeId": position_columns.words,
    "serverTimestamp": position_columns.stamps,
    "deviceTimestamp": position_columns.stamps,
    "activity": position_columns.words,
    "activeWifiScan": position_columns.words,
    "locationMetadata": position_columns.words,
    "inferredLocation": position_columns.words,
}
"""What makes a column of each field."""

_ABSENT = dict(zip(Fix.__struct_fields__, Fix.__struct_defaults__, strict=True))
_GETTERS = {name: attrgetter(name) for name in Fix.__struct_fields__}
_PLACED = frozenset({"latitudeE7", "longitudeE7", "timestamp", "timestampMs"})
_MORE = 40
"""Fields of unknown name that get a column of their own in a batch; the others share one."""


@importer(
    Rule(
        members=("**/Records.json", "**/Location History.json", "**/Historique des positions.json"),
        shape="json-object",
        keys=frozenset({"locations", "latitudeE7"}),
    ),
    Rule(shape="json-object", keys=frozenset({"locations", "timestampMs"})),
    Rule(shape="json-object", keys=frozenset({"locations", "deviceTag"})),
    Rule(
        members=("**/Records.json", "**/Location History.json"),
        shape="json-object",
        keys=frozenset({"locations"}),
        named=True,
    ),
    source="google",
    product="location-history",
    reads="raw positions",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def positions(member: Member) -> Iterator[Record]:
    """Every fix with every field.

    ``lat`` and ``lon`` in degrees, missing where the fix has none (a scan of networks alone). Lists such as
    ``activity`` are columns of JSON text. ``serverTimestamp`` and ``deviceTimestamp``: seconds since 1970.
    """
    with member.open() as stream:
        for event in json_blocks.read(stream, {"locations": LeanFix}):
            match event:
                case Block(key="locations"):
                    yield from _block(event)
                case Block():
                    yield from (odd(bytes(element)) for element in event.elements)
                case Broken():
                    yield from told(event)
                case Value():
                    yield Item(
                        kind=Kind.OTHER,
                        key=("location-history", event.key, event.text.decode("utf-8", "replace")),
                        details=b"{" + msgspec.json.encode(event.key) + b":" + event.text + b"}",
                    )


def _block(block: Block) -> Iterator[Record]:
    more: list[Fields] = []
    if not block.whole:
        block = _full(block)
    if not block.whole:
        more = msgspec.json.decode(block.text, type=list[Fields])
        yield from (Notice(event.reason, event.position) for event in json_blocks.doubled(block))
    for at in range(0, len(block.elements), ROWS):
        yield from _batch(block, slice(at, at + ROWS), more[at : at + ROWS])


def _full(block: Block) -> Block:
    """The same fixes with all known fields, or as they are when one of these has an unexpected type."""
    try:
        return Block(block.key, block.first, msgspec.json.decode(block.text, type=list[Fix]), block.text)
    except msgspec.ValidationError:
        return block


def _batch(block: Block, part: slice, more: list[Fields]) -> Iterator[Record]:
    fixes: list[LeanFix] = block.elements[part]
    start, good = _starts(fixes)
    if not good.all():
        raws = msgspec.json.decode(block.text, type=list[Raw])[part]
        for row in np.flatnonzero(~good).tolist():
            yield Notice("google-no-time", f"record {block.first + part.start + row + 1}", "timestamp")
            yield odd(bytes(raws[row]))
        rows = np.flatnonzero(good).tolist()
        fixes, start, more = [fixes[row] for row in rows], start[good], [more[row] for row in rows if more]
    if fixes:
        columns = _columns(fixes)
        yield Samples(series="position", unit="deg", start=start, columns=columns | _further(more, set(columns)))


def _starts(fixes: list[LeanFix]) -> tuple[Times, Any]:
    given = _field(fixes, "timestamp")
    if not given.count(UNSET):
        return utc_column(given)
    if UNSET not in _field(fixes, "timestampMs"):
        us, good = ms_column(_field(fixes, "timestampMs"))
        if good.all():
            return us, good
    found = [_moment(fix) for fix in fixes]
    return times(us or 0 for us in found), np.array([us is not None for us in found])


def _moment(fix: LeanFix) -> int | None:
    text = fix.timestampMs if fix.timestamp is UNSET else fix.timestamp
    found = None if text is UNSET else moment(str(text))
    return None if found is None else found.us


def _columns(fixes: list[LeanFix]) -> dict[str, Numbers | Texts]:
    columns: dict[str, Numbers | Texts] = {
        "lat": position_columns.degrees(_field(fixes, "latitudeE7"), 90),
        "lon": position_columns.degrees(_field(fixes, "longitudeE7"), 180),
    }
    second = _second_times(fixes)
    if second:
        columns["timestampMs"] = position_columns.words(second)
    for name in fixes[0].__struct_fields__:
        make = _MAKERS.get(name)
        if make is None:
            continue
        values = _field(fixes, name)
        if values.count(_ABSENT[name]) < len(values):
            columns[name] = make(values)
    return columns


def _second_times(fixes: list[LeanFix]) -> list[Any]:
    """``timestampMs`` of the fixes that have a ``timestamp`` as well; empty when none has both."""
    given = _field(fixes, "timestampMs")
    if given.count(UNSET) == len(given):
        return []
    found = [UNSET if fix.timestamp is UNSET else fix.timestampMs for fix in fixes]
    return found if found.count(UNSET) < len(found) else []


def _field(fixes: list[LeanFix], name: str) -> list[Any]:
    return list(map(_GETTERS[name], fixes))


def _further(rows: list[Fields], have: set[str]) -> dict[str, Numbers | Texts]:
    """Columns of JSON text for fields that have no column yet: those of unknown name or unexpected type."""
    have |= _PLACED
    names = list(dict.fromkeys(name for fields in rows for name in fields if name not in have))
    own = [name for name in names[:_MORE] if name not in {"lat", "lon"}]
    columns: dict[str, Numbers | Texts] = {
        name: position_columns.words([fields.get(name, UNSET) for fields in rows]) for name in own
    }
    if len(own) < len(names):
        rest = frozenset(names) - frozenset(own)
        kept = [{name: raw for name, raw in fields.items() if name in rest} for fields in rows]
        columns["further fields"] = position_columns.words(
            [Raw(msgspec.json.encode(fields)) if fields else UNSET for fields in kept]
        )
    return columns
