"""iCalendar (RFC 5545): one item an event, task or journal entry, with every property.

Floating times, and zones that are not known, are placed in the calendar's own zone, else in Europe/Paris.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from importers.contract import Member, Rule, importer
from importers.formats import content_lines
from importers.formats.content_lines import Line, plain
from importers.records import Handle, Item, Kind, Moment, Notice, Precision, Record, Role

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = {"VEVENT": Kind.EVENT, "VTODO": Kind.TASK, "VJOURNAL": Kind.NOTE}
_LENGTH = re.compile(r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?\Z")
_ROLES = {"ORGANIZER": "organizer", "ATTENDEE": "attendee"}
_COLUMNS = {"SUMMARY", "DESCRIPTION"}


@importer(
    Rule(starts=("BEGIN:VCALENDAR", "begin:vcalendar")),
    source="agenda",
    reads="calendars and tasks (iCalendar)",
    status="proven",
)
def entries(member: Member) -> Iterator[Record]:
    """Events, tasks and journal entries; a line that cannot be read is told and its entry is kept."""
    zone, depth = "Europe/Paris", 0
    open_: list[Line] = []
    kind = ""
    with member.open() as stream:
        for line in content_lines.read(stream):
            if isinstance(line, int):
                yield Notice("card-line", f"line {line}")
                continue
            value = line.value.strip().upper()
            if line.name == "X-WR-TIMEZONE" and not kind:
                zone = line.value.strip()
            elif line.name == "BEGIN" and value in _KINDS and not kind:
                kind, open_, depth = value, [], 0
            elif line.name == "END" and value == kind and kind:
                yield from _entry(kind, open_, zone)
                kind = ""
            elif kind:
                depth += (line.name == "BEGIN") - (line.name == "END")
                open_.append(line if not depth and line.name != "END" else _inner(line))
    if kind:
        yield from _entry(kind, open_, zone)


def _inner(line: Line) -> Line:
    """A line of an alarm inside an entry: kept, and not mistaken for the entry's own."""
    return Line(line.number, line.group, f"-{line.name}", line.parameters, line.value, line.text)


def _entry(kind: str, lines: list[Line], zone: str) -> Iterator[Record]:
    own = {line.name: line for line in reversed(lines)}
    begins = own.get("DTSTART") or own.get("DUE")
    when = _moment(begins, zone) if begins else None
    if when is None:
        yield Notice("card-line", f"line {lines[0].number if lines else 0}", "DTSTART")
    uid, again = own.get("UID"), own.get("RECURRENCE-ID")
    title = plain(own["SUMMARY"].value) if "SUMMARY" in own else ""
    number = (uid.value if uid else f"{title}|{begins.text if begins else ''}", again.value if again else "")
    yield Item(
        kind=_KINDS[kind],
        key=(kind, *number),
        stable=uid is not None,
        when=when,
        end=_end(own, when, zone),
        title=title,
        text=plain(own["DESCRIPTION"].value) if "DESCRIPTION" in own else "",
        parties=tuple(_role(line) for line in lines if line.name in _ROLES),
        details={"lines": [line.text for line in lines if line.name not in _COLUMNS]},
    )


def _role(line: Line) -> Role:
    address = re.sub(r"(?i)^mailto:", "", line.value.strip())
    return Role(_ROLES[line.name], line.parameters.get("CN", ""), Handle("email", address) if address else None)


def _end(own: dict[str, Line], when: Moment | None, zone: str) -> int | None:
    if when is None:
        return None
    if "DTEND" in own:
        end = _moment(own["DTEND"], zone)
        return None if end is None else end.us
    found = _LENGTH.match(own["DURATION"].value.strip()) if "DURATION" in own else None
    if found is None:
        return when.us + 86_400_000_000 if when.precision is Precision.DAY else None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
    return when.us + (-span if found[1] == "-" else span) * 1_000_000


def _moment(line: Line, zone: str) -> Moment | None:
    text = line.value.strip()
    try:
        if re.fullmatch(r"\d{8}", text):
            stamp = datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC)
            return Moment((stamp - _EPOCH) // timedelta(microseconds=1), None, Precision.DAY)
        stamp = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - placed below
    except ValueError:
        return None
    if text.endswith("Z"):
        return Moment((stamp.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1))
    named = _zone(line.parameters.get("TZID", ""))
    placed = stamp.replace(tzinfo=named or _zone(zone) or ZoneInfo("Europe/Paris"))
    offset = int((placed.utcoffset() or timedelta()).total_seconds() // 60) if named else None
    return Moment((placed - _EPOCH) // timedelta(microseconds=1), offset)


def _zone(name: str) -> ZoneInfo | None:
    """A zone by its name, or by the last two parts of a longer one (``/mozilla.org/.../Europe/Paris``)."""
    for candidate in (name, "/".join(name.split("/")[-2:])):
        try:
            return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None
