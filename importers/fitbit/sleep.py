"""Nights, naps and workouts in JSON, and the scores of nights in CSV.

A file of nights holds about thirty days, newest first; a night at the border of two files stands in both, with one
``logId``. Seen in real files of 2021.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.fitbit.stamps import local, told
from importers.formats import tables
from importers.formats.json_records import Entry, entries, text
from importers.records import Item, Kind, Moment, Notice, Record

_LONGEST = 31 * 86_400_000
"""Milliseconds; more is no duration of a night or a workout."""


@importer(
    Rule(shape="json-array", keys=frozenset({"logId", "dateOfSleep", "startTime"})),
    source="fitbit",
    product="sleep",
    reads="nights and naps",
    status="proven",
)
def sleep(member: Member) -> Iterator[Record]:
    """A night or nap from its start to its end, with its phases whole in the details.

    ``shortData`` are moments awake that lie within ``data``: their times do not add up.
    """
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        yield from told(member.archive)
        start, end = (local(text(entry.fields, name)) for name in ("startTime", "endTime"))
        if start is None:
            yield Notice("table-date", entry.position, "startTime")
        yield Item(
            kind=Kind.SLEEP,
            key=_key("sleep", entry),
            stable=bool(text(entry.fields, "logId")),
            when=start,
            end=end.us if start and end and end.us >= start.us else None,
            details=compact(entry),
        )


@importer(
    Rule(shape="json-array", keys=frozenset({"logId", "activityName", "startTime"})),
    source="fitbit",
    product="activity",
    reads="workouts",
)
def exercise(member: Member) -> Iterator[Record]:
    """A workout from its start for as long as it lasted."""
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        yield from told(member.archive)
        start = local(text(entry.fields, "startTime"))
        if start is None:
            yield Notice("table-date", entry.position, "startTime")
        name = entry.fields.get("activityName")
        yield Item(
            kind=Kind.WORKOUT,
            key=_key("exercise", entry),
            stable=bool(text(entry.fields, "logId")),
            when=start,
            end=_end(start, entry.fields),
            title=name if isinstance(name, str) else "",
            details=compact(entry),
        )


@importer(
    Rule(shape="csv", header=frozenset({"sleep_log_entry_id", "timestamp", "overall_score"})),
    source="fitbit",
    product="sleep",
    reads="scores of nights",
    status="proven",
)
def sleep_score(member: Member) -> Iterator[Record]:
    """The score of a night at its end. ``-1`` and empty cells mean that a part was not computed."""
    with member.open() as stream:
        for row in tables.rows(stream, {"sleep_log_entry_id", "timestamp"}):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            yield from told(member.archive)
            when = local(row.cells.get("timestamp", ""))
            if when is None:
                yield Notice("table-date", f"line {row.line}", "timestamp")
            night = row.cells.get("sleep_log_entry_id", "")
            yield Item(
                kind=Kind.MEASUREMENT,
                key=("sleep-score", night) if night else ("sleep-score", *row.cells.values()),
                stable=bool(night),
                when=when,
                title=row.cells.get("overall_score", ""),
                details=row.cells,
            )


def compact(entry: Entry) -> bytes:
    """The JSON text of an entry on one line."""
    return msgspec.json.format(entry.text, indent=-1)


def _key(what: str, entry: Entry) -> tuple[str, str]:
    return (what, text(entry.fields, "logId") or compact(entry).decode("utf-8", "replace"))


def _end(start: Moment | None, fields: dict[str, Any]) -> int | None:
    length = fields.get("duration", fields.get("activeDuration"))
    if start is None or not isinstance(length, int) or not 0 <= length <= _LONGEST:
        return None
    return start.us + length * 1000
