"""The one file of the export: cycles, and what was noted on single days.

Facts: a public reader of the file. An open cycle has no end. Dates are days, written with a time of midnight.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike, Entry, listed, text
from importers.records import Item, Kind, Moment, Notice, Record

LARGEST = 64 << 20
"""Bytes of the largest file."""

_READER = DateReader(Layout.YEAR_FIRST)
_DAY_US = 86_400_000_000
_CYCLES, _EVENTS = "cycles", "point_events_manual_v2"


@importer(
    Rule(shape="json-object", keys=frozenset({"operationalData"})),
    source="flo",
    product="health",
    reads="cycle diary",
)
def export(member: Member) -> Iterator[Record]:
    """A `measurement` for each period, from its first day to its last, and one for each thing that was noted.

    Everything else of the file is kept whole in one item.
    """
    data = member.read(LARGEST)
    alike = Alike()
    for name, make in ((_CYCLES, _cycle), (_EVENTS, _event)):
        if f'"{name}"'.encode() not in data:
            continue
        for entry in listed(data, name):
            if isinstance(entry, Notice):
                yield entry
                continue
            yield from make(entry, alike)
    rest = _rest(data)
    if rest:
        yield Item(kind=Kind.SETTING, key=("rest", msgspec.json.encode(rest).decode()), details=rest)


def _cycle(entry: Entry, alike: Alike) -> Iterator[Record]:
    start, end = (text(entry.fields, f"period_{which}_date")[:10] for which in ("start", "end"))
    when, last = _READER.moment(start), _READER.moment(end)
    if when is None:
        yield Notice("table-date", entry.position, "period_start_date")
    yield Item(
        kind=Kind.MEASUREMENT,
        key=alike.key("period", start, end) if when else alike.key("period", entry.text.decode()),
        when=when,
        end=_after(when, last),
        title="period",
        details=entry.text,
    )


def _event(entry: Entry, alike: Alike) -> Iterator[Record]:
    date, category, sub = (text(entry.fields, name) for name in ("date", "category", "subcategory"))
    when = _READER.moment(date[:10])
    if when is None:
        yield Notice("table-date", entry.position, "date")
    yield Item(
        kind=Kind.MEASUREMENT,
        key=alike.key("entry", date, category, sub),
        when=when,
        title=category,
        text=sub,
        details=entry.text,
    )


def _after(when: Moment | None, last: Moment | None) -> int | None:
    """The end of the last day, us."""
    return last.us + _DAY_US if when is not None and last is not None and last.us >= when.us else None


def _rest(data: bytes) -> dict[str, Any]:
    """What the file holds beside the two lists; nothing when it is damaged, which was said."""
    try:
        whole = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    inner = whole.get("operationalData")
    if isinstance(inner, dict):
        left = {name: value for name, value in inner.items() if name not in {_CYCLES, _EVENTS}}
        whole = {name: value for name, value in whole.items() if name != "operationalData"}
        whole |= {"operationalData": left} if left else {}
    return whole
