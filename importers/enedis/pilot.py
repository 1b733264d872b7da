"""The form of the MesInfos pilot (2016-2018): days of a meter as JSON, whose slots are numbered and bear no stamp.

Facts: files of the pilot. Slot n of a load curve begins (n - 1) half hours after the first day's midnight, French civil
time; of days it is day n. A day of a clock change has 46 or 50 slots, so slots are counted in real half hours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from importers.contract import Member, Rule, importer
from importers.enedis.curve import MINUTE
from importers.formats import json_blocks, paris_clock
from importers.formats.meter_slots import Slots, value
from importers.records import Notice, Record

_KEYS = frozenset({"usage_point", "usage_point_id", "interval_block", "reading_number"})
_SERIES = {"CDC": "power", "ENERGIEGLO": "energy", "PMAX": "peak-power"}


@importer(
    Rule(shape="json-array", keys=_KEYS),
    source="enedis",
    reads="load curve, daily energy, daily peak (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def pilot(member: Member) -> Iterator[Record]:
    """Mean power in W over [start, end), energy in Wh over civil days, the peak of a civil day in the file's unit.

    Meters of the pilot have 11 digits; they are kept as they stand.
    """
    with member.open() as stream:
        for event in json_blocks.read(stream, {"": dict[str, Any]}):
            if isinstance(event, json_blocks.Broken):
                yield Notice(event.reason, event.position)
            elif isinstance(event, json_blocks.Block):
                for number, contract in enumerate(event.elements, event.first + 1):
                    yield from _contract(contract, number)


def _contract(contract: Mapping[str, Any], number: int) -> Iterator[Record]:
    about = {name: text for name, text in contract.items() if isinstance(text, str)}
    points = contract.get("usage_point")
    if not isinstance(points, list):
        yield Notice("energy-row", f"record {number}")
        return
    for point in points:
        try:
            reading = point["meter_reading"]
            yield from _reading(str(point["usage_point_id"]), about, reading["reading_type"], reading["interval_block"])
        except (KeyError, TypeError, ValueError, AttributeError):
            yield Notice("energy-row", f"record {number}")


def _reading(meter: str, about: Mapping[str, str], kind: Mapping[str, Any], block: list[Any]) -> Iterator[Record]:
    first = date.fromisoformat(str(kind["start_measurement_period"]))
    name = _SERIES.get(str(kind.get("measurement_kind")), "energy")
    way = "electricity-production" if kind.get("flow_direction") == "reverse" else "electricity"
    constant = dict(about) | {
        key: text for key, text in kind.items() if isinstance(text, str) and text and key != "unit"
    }
    slots = Slots(f"{way}-{name}", str(kind.get("unit") or "W"), meter, constant)
    for place, entry in enumerate(block, 1):
        try:
            start, end = _bounds(first, int(entry["reading_number"]), daily=kind.get("time_attribute") == "day")
            others = {key: str(text) for key, text in entry.items() if key not in {"value", "reading_number"}}
            slots.add(start, end, value(str(entry.get("value", ""))), paris_clock.offset(start), None, others)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError):
            yield Notice("energy-row", f"record {place}")
            continue
        yield from slots.full()
    yield from slots.samples()


def _bounds(first: date, number: int, *, daily: bool) -> tuple[int, int]:
    if number < 1:
        raise ValueError("slots are numbered from 1")
    if daily:
        return paris_clock.day(first + timedelta(days=number - 1))
    start = paris_clock.day(first)[0] + (number - 1) * 30 * MINUTE
    return start, start + 30 * MINUTE
