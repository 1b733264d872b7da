"""Location history: the raw fixes of ``Records.json``, as one series of positions.

``{"locations": [...]}``, oldest first, gigabytes long. Coordinates are integers of 1e-7 degrees; very old files
overflow 32 bits. The time is ISO text, or milliseconds in a text before 2022.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from importers.columns import Numbers, Texts, texts, times
from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.google.stamps import moment
from importers.records import Item, Kind, Notice, Record, Samples

_WRAP = 1 << 32


@importer(
    Rule(members=("**/Records.json", "**/Location History.json"), shape="json-object", keys=frozenset({"locations"})),
    Rule(shape="json-object", keys=frozenset({"locations", "latitudeE7", "longitudeE7"})),
    source="google",
    product="location-history",
    reads="raw positions",
    status="proven",
)
def positions(member: Member) -> Iterator[Record]:
    """Every fix with every field: ``lat`` and ``lon`` in degrees, the others under their own names as JSON text."""
    with member.open() as stream:
        for event in json_blocks.read(stream, {"locations": dict[str, Any]}):
            match event:
                case json_blocks.Block() if event.key == "locations":
                    yield from _block(event.elements, event.first)
                case json_blocks.Broken():
                    yield Notice("json-record", event.position)
                case json_blocks.Value():
                    details = {event.key: msgspec.json.decode(event.text)}
                    yield Item(kind=Kind.SETTING, key=("records", event.key), title=event.key, details=details)


def _block(fixes: list[dict[str, Any]], first: int) -> Iterator[Record]:
    start: list[int] = []
    kept: list[dict[str, Any]] = []
    for number, fix in enumerate(fixes, first + 1):
        us = _time(fix)
        if us is None:
            yield Notice("json-record", f"record {number}", "timestamp")
            continue
        start.append(us)
        kept.append(fix)
    if not kept:
        return
    names = sorted({name for fix in kept for name in fix} - {"latitudeE7", "longitudeE7"})
    columns: dict[str, Numbers | Texts] = {name: texts([_text(fix.get(name)) for fix in kept]) for name in names}
    columns |= {"lat": _degrees(kept, "latitudeE7"), "lon": _degrees(kept, "longitudeE7")}
    yield Samples(series="position", unit="deg", start=times(start), columns=columns)


def _time(fix: dict[str, Any]) -> int | None:
    if "timestampMs" in fix:
        digits = str(fix["timestampMs"])
        return int(digits) * 1000 if digits.lstrip("-").isdigit() and len(digits) < 16 else None
    when = moment(fix.get("timestamp"))
    return None if when is None else when.us


def _degrees(fixes: list[dict[str, Any]], name: str) -> Numbers:
    values = [fix.get(name) for fix in fixes]
    limit = 900_000_000 if name == "latitudeE7" else 1_800_000_000
    odd: dict[int, str | None] = {}
    mantissa = np.zeros(len(values), np.int64)
    for row, value in enumerate(values):
        if isinstance(value, int) and abs(value) < _WRAP:
            mantissa[row] = value - _WRAP if value > limit else value
        else:
            odd[row] = None if value is None else _text(value)
    return Numbers(mantissa, np.full(len(values), 7, np.uint8), odd)


def _text(value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
