"""Location history, first generation: the raw fixes of ``Records.json``, as one series of positions.

``{"locations": [...]}``, oldest first, gigabytes long; once named ``Location History.json`` or
``Historique des positions.json``. Coordinates are whole numbers of 1e-7 degrees WGS 84; accuracy and altitude metres,
velocity m/s, heading degrees. The time is ISO since about 2022, before that milliseconds in a text. Several devices
interleave (``deviceTag``).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias, get_type_hints

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
Scalar: TypeAlias = int | float | str | bool | UnsetType | None
Values: TypeAlias = dict[str, tuple[Any, ...]]
"""Name of a field to its values, a value a fix."""


class Fix(msgspec.Struct, gc=False, omit_defaults=True):
    """One fix. Fields beside place and time may be of any type; lists and objects stay JSON text."""

    latitudeE7: Whole = UNSET  # noqa: N815 - the archive's own names
    longitudeE7: Whole = UNSET  # noqa: N815
    timestamp: str | UnsetType = UNSET
    timestampMs: str | int | UnsetType = UNSET  # noqa: N815
    accuracy: Scalar = UNSET
    altitude: Scalar = UNSET
    verticalAccuracy: Scalar = UNSET  # noqa: N815
    velocity: Scalar = UNSET
    heading: Scalar = UNSET
    source: Scalar = UNSET
    deviceTag: Scalar = UNSET  # noqa: N815
    platformType: Scalar = UNSET  # noqa: N815
    platform: Scalar = UNSET
    formFactor: Scalar = UNSET  # noqa: N815
    osLevel: Scalar = UNSET  # noqa: N815
    batteryCharging: Scalar = UNSET  # noqa: N815
    deviceDesignation: Scalar = UNSET  # noqa: N815
    placeId: Scalar = UNSET  # noqa: N815
    serverTimestamp: Scalar = UNSET  # noqa: N815
    deviceTimestamp: Scalar = UNSET  # noqa: N815
    activity: Raw = Raw()
    activeWifiScan: Raw = Raw()  # noqa: N815
    locationMetadata: Raw = Raw()  # noqa: N815
    inferredLocation: Raw = Raw()  # noqa: N815


_MAKERS: dict[str, Callable[[Sequence[Any]], Numbers | Texts]] = {
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
    "activity": position_columns.raws,
    "activeWifiScan": position_columns.raws,
    "locationMetadata": position_columns.raws,
    "inferredLocation": position_columns.raws,
}
"""What makes a column of each field."""

_NAMES = Fix.__struct_fields__
_SOME = 500
_ABSENT = dict(zip(Fix.__struct_fields__, Fix.__struct_defaults__, strict=True))
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
    first=120,
)
def positions(member: Member) -> Iterator[Record]:
    """Every fix with every field.

    Read after the texts, at which the writer works meanwhile. ``lat`` and ``lon`` in degrees, missing where the fix has
    none (a scan of networks alone). Lists such as ``activity`` are columns of JSON text. ``serverTimestamp`` and
    ``deviceTimestamp``: seconds since 1970.
    """
    types: dict[str, type] = {"locations": Fix}
    with member.open() as stream:
        for event in json_blocks.read(stream, types):
            match event:
                case Block(key="locations"):
                    plain = _plain(event)
                    types["locations"] = Fix if plain is None else _lean(_fields_of(event.elements))
                    yield from _again(event) if plain is None else (plain,)
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


def _again(block: Block) -> Iterator[Record]:
    """A block whose fixes are not plain, with all that they may hold."""
    for event in json_blocks.read(io.BytesIO(block.text), {"": Fix}):
        match event:
            case Block():
                yield from _slowly(replace(event, first=block.first + event.first))
            case Broken():
                yield from told(replace(event, index=block.first + event.index))


@lru_cache(maxsize=64)
def _lean(names: tuple[str, ...]) -> type:
    """``Fix`` with these fields only, which takes half the time to decode."""
    hints = get_type_hints(Fix)
    return msgspec.defstruct("LeanFix", [(name, hints[name], _ABSENT[name]) for name in names], gc=False)


def _fields_of(fixes: Sequence[Any]) -> tuple[str, ...]:
    """The fields that some fixes here and there have."""
    some = fixes[:: max(1, len(fixes) // _SOME)]
    known = [name for name in _NAMES if hasattr(some[0], name)] if some else []
    return tuple(name for name in known if any(getattr(fix, name) != _ABSENT[name] for fix in some))


def _slowly(block: Block) -> Iterator[Record]:
    """``Fix`` of any sort: with fields of unknown name, with odd times or none."""
    more: list[Fields] = []
    if not block.whole:
        more = msgspec.json.decode(block.text, type=list[Fields])
        yield from (Notice(event.reason, event.position) for event in json_blocks.doubled(block))
    for at in range(0, len(block.elements), ROWS):
        yield from _batch(block, slice(at, at + ROWS), more[at : at + ROWS])


def _batch(block: Block, part: slice, more: list[Fields]) -> Iterator[Record]:
    fixes: list[Fix] = block.elements[part]
    values = _columns_of(fixes)
    start, good = _starts(values)
    if not good.all():
        raws = msgspec.json.decode(block.text, type=list[Raw])[part]
        for row in np.flatnonzero(~good).tolist():
            yield Notice("google-no-time", f"record {block.first + part.start + row + 1}", "timestamp")
            yield odd(bytes(raws[row]))
        rows = np.flatnonzero(good).tolist()
        fixes, start, more = [fixes[row] for row in rows], start[good], [more[row] for row in rows if more]
        values = _columns_of(fixes)
    if fixes:
        columns = _columns(values)
        yield Samples(series="position", unit="deg", start=start, columns=columns | _further(more, set(columns)))


def _plain(block: Block) -> Samples | None:
    """Fixes that all have a time in UTC, and no fields but those that a few of them have; None for all others.

    Whether there is more to a block than its columns is told by the number of names in it.
    """
    fixes: list[Any] = block.elements
    names = _fields_of(fixes)
    if len(fixes) > ROWS or "timestamp" not in names or "timestampMs" in names:
        return None
    values: Values = {name: tuple(map(attrgetter(name), fixes)) for name in _PLACED & set(names)}
    if UNSET in values["timestamp"]:
        return None
    start, good = utc_column(values["timestamp"])
    none = (UNSET,) * len(fixes)
    columns: dict[str, Numbers | Texts] = {
        "lat": position_columns.degrees(values.get("latitudeE7", none), 90),
        "lon": position_columns.degrees(values.get("longitudeE7", none), 180),
    }
    for name in names:
        if name not in _PLACED:
            columns[name] = _MAKERS[name](list(map(attrgetter(name), fixes)))
    named = len(fixes) + sum(map(position_columns.names_in, columns.values()))
    if not good.all() or named != block.text.count(b'":'):
        return None
    return Samples(series="position", unit="deg", start=start, columns=columns)


def _columns_of(fixes: list[Fix]) -> Values:
    """All values of each field."""
    return dict(zip(Fix.__struct_fields__, zip(*map(msgspec.structs.astuple, fixes), strict=True), strict=False))


def _starts(values: Values) -> tuple[Times, Any]:
    iso, ms = values["timestamp"], values["timestampMs"]
    if UNSET not in iso:
        return utc_column(iso)
    if UNSET not in ms and iso.count(UNSET) == len(iso):
        us, good = ms_column(ms)
        if good.all():
            return us, good
    found = [_moment(second if first is UNSET else first) for first, second in zip(iso, ms, strict=True)]
    return times(us or 0 for us in found), np.array([us is not None for us in found])


def _moment(text: Any) -> int | None:
    found = None if text is UNSET else moment(str(text))
    return None if found is None else found.us


def _columns(values: Values) -> dict[str, Numbers | Texts]:
    columns: dict[str, Numbers | Texts] = {
        "lat": position_columns.degrees(values["latitudeE7"], 90),
        "lon": position_columns.degrees(values["longitudeE7"], 180),
    }
    second = _second_times(values)
    if second:
        columns["timestampMs"] = position_columns.words(second)
    for name, make in _MAKERS.items():
        if values[name].count(_ABSENT[name]) < len(values[name]):
            columns[name] = make(values[name])
    return columns


def _second_times(values: Values) -> list[Any]:
    """``timestampMs`` of the fixes that have a ``timestamp`` as well; empty when none has both."""
    iso, ms = values["timestamp"], values["timestampMs"]
    if ms.count(UNSET) == len(ms):
        return []
    found = [UNSET if first is UNSET else second for first, second in zip(iso, ms, strict=True)]
    return found if found.count(UNSET) < len(found) else []


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
