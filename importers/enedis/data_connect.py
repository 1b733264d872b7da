"""DataConnect, the distributor's interface for third parties: what such a service hands on as JSON.

Facts: documents of a community proxy. ``{"meter_reading": {"usage_point_id", "quality", "reading_type",
"interval_reading": [...]}}``; values are texts, dates local without an offset or a bare day. A load curve is stamped
at the end of its steps, a day's energy on the day itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.enedis.r63 import step_of
from importers.formats import paris_clock
from importers.formats.meter_slots import Slots, meter, value
from importers.formats.paris_clock import ParisClock
from importers.records import Notice, Record

_LARGEST = 64 << 20
_TAKEN = frozenset({"value", "date"})


@importer(
    Rule(shape="json-object", keys=frozenset({"meter_reading", "usage_point_id", "interval_reading"})),
    source="enedis",
    reads="load curve and daily energy (JSON of DataConnect)",
)
def data_connect(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end), energy in Wh over civil days, peaks at their instant in the file's unit."""
    try:
        root = msgspec.json.decode(member.read(_LARGEST))
        reading = root["meter_reading"]
        readings = list(reading["interval_reading"])
        about = {name: text for name, text in reading.items() if isinstance(text, str)}
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, RecursionError):
        yield Notice("energy-row", "byte 0")
        return
    kind = reading.get("reading_type")
    yield from _readings(about, kind if isinstance(kind, dict) else {}, readings)


def _readings(about: Mapping[str, str], kind: Mapping[str, Any], readings: list[Any]) -> Iterator[Record]:
    prm = meter(about.get("usage_point_id", ""))
    if prm is None:
        yield Notice("energy-meter", what="usage_point_id")
    name = "power" if kind.get("measurement_kind") == "power" else "energy"
    name = "peak-power" if kind.get("aggregate") == "maximum" else name
    constant = {key: about[key] for key in ("quality",) if key in about}
    constant |= {"Date de début": about.get("start", ""), "Date de fin": about.get("end", "")}
    constant |= {key: text for key, text in kind.items() if isinstance(text, str) and key != "unit"}
    slots = Slots(f"electricity-{name}", str(kind.get("unit") or "W"), prm or "", constant)
    clock = ParisClock()
    for number, entry in enumerate(readings, 1):
        try:
            others = {key: str(text) for key, text in entry.items() if key not in _TAKEN and text is not None}
            start, end = _bounds(str(entry["date"]), str(entry.get("interval_length", "")), clock)
            slots.add(start, end, value(str(entry.get("value", ""))), paris_clock.offset(start), None, others)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            yield Notice("energy-row", f"record {number}")
            continue
        if clock.unclear():
            yield Notice("energy-hour-unclear", f"record {number}")
        yield from slots.full()
    yield from slots.samples()


def _bounds(text: str, length: str, clock: ParisClock) -> tuple[int, int | None]:
    """A civil day, the step that ends at a stamp, or the instant of a stamp without a step. Raises ValueError."""
    if len(text) == 10:
        return paris_clock.day(date.fromisoformat(text))
    at = clock.at(datetime.fromisoformat(text).replace(tzinfo=None))
    return (at - step_of(length), at) if length else (at, None)
