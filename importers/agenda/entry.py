"""One entry of a calendar, and the calendar itself, as items."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from importers.agenda.zones import Zones
from importers.formats.content_lines import Line, plain
from importers.formats.variants import Variants
from importers.records import File, Handle, Item, Kind, Moment, Notice, Precision, Record, Role

LONGEST = 1 << 18
"""Characters of lines that go to ``details``; when there are more, all are kept in a file."""

MOST_PARTIES = 2_000
"""Parties of one entry; further ones stay in its lines."""

COMPONENTS = {"VEVENT": Kind.EVENT, "VTODO": Kind.TASK, "VJOURNAL": Kind.NOTE}

_LENGTH = re.compile(r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?\Z")
_ROLES = {"ORGANIZER": "organizer", "ATTENDEE": "attendee", "LOCATION": "place"}
_PASSING = {"DTSTAMP", "SEQUENCE", "LAST-MODIFIED", "CREATED"}
_DAY = 86_400_000_000


@dataclass
class Entry:
    """The lines of an entry; those of alarms inside it have names that begin with ``-``."""

    component: str
    number: int
    lines: list[Line] = field(default_factory=list)
    size: int = 0
    _depth: int = 0

    def add(self, line: Line) -> None:
        """One more line."""
        self._depth = max(0, self._depth + (line.name == "BEGIN") - (line.name == "END"))
        inner = self._depth or line.name == "END"
        self.lines.append(_inner(line) if inner else line)
        self.size += len(line.text) + 64

    @property
    def repeats(self) -> bool:
        """Whether it has a rule or a list of further dates."""
        return any(line.name in {"RRULE", "RDATE"} and line.value.strip() for line in self.lines)

    def times(self) -> Iterator[Line]:
        """The lines that place it in time."""
        return (line for line in self.lines if line.name in {"DTSTART", "DTEND", "DUE"})


def entry_item(entry: Entry, zones: Zones, seen: Variants) -> Iterator[Record]:
    """The item of an entry. One without a readable time is kept without one; that is told for events.

    ``seen``: what the entries of this file with one identity say; the second of two that differ gets a number.
    """
    own = {line.name: line for line in reversed(entry.lines)}
    begins = own.get("DTSTART") or own.get("DUE")
    when = zones.moment(begins) if begins else None
    if when is None and (begins or entry.component == "VEVENT"):
        yield Notice("agenda-no-time", f"line {begins.number if begins else entry.number}", "DTSTART")
    latitude, longitude = _place(own)
    lines, files = _kept(entry.lines, [own.get("SUMMARY"), own.get("DESCRIPTION")])
    yield Item(
        kind=COMPONENTS[entry.component],
        key=_key(entry, own, seen),
        stable="UID" in own,
        when=when,
        end=_end(own, when, zones),
        title=plain(own["SUMMARY"].value) if "SUMMARY" in own else "",
        text=plain(own["DESCRIPTION"].value) if "DESCRIPTION" in own else "",
        lat=latitude,
        lon=longitude,
        parties=tuple(_parties(entry.lines)),
        details={"lines": lines},
        files=files,
    )


def calendar_item(lines: list[Line]) -> Item:
    """What a calendar says about itself: name, colour, zones, busy times."""
    own = {line.name: line.value for line in reversed(lines)}
    shown, files = _kept(lines, [])
    return Item(
        kind=Kind.SETTING,
        key=("calendar", _digest(lines)),
        title=plain(own.get("X-WR-CALNAME") or own.get("NAME") or ""),
        text=plain(own.get("X-WR-CALDESC") or ""),
        details={"lines": shown},
        files=files,
    )


def _inner(line: Line) -> Line:
    return Line(line.number, line.group, f"-{line.name}", line.parameters, line.value, line.text, line.start, line.cut)


def _key(entry: Entry, own: dict[str, Line], seen: Variants) -> tuple[Any, ...]:
    said = _digest(entry.lines)
    uid, again = own.get("UID"), own.get("RECURRENCE-ID")
    if uid is None:
        return entry.component, "content", said
    key = (entry.component, uid.value.strip(), again.value.strip() if again else "")
    number = seen.number(key, said)
    return (*key, number) if number else key


def _digest(lines: Iterable[Line]) -> str:
    state = hashlib.blake2b(digest_size=12)
    for line in lines:
        if line.name not in _PASSING:
            state.update(line.text.encode("utf-8", "replace") + b"\n")
    return state.hexdigest()


def _parties(lines: list[Line]) -> Iterator[Role]:
    found = 0
    for line in lines:
        role = _ROLES.get(line.name)
        if role is None or not line.value.strip() or found >= MOST_PARTIES:
            continue
        found += 1
        if role == "place":
            yield Role(role, plain(line.value).strip()[:1000])
            continue
        address = re.sub(r"(?i)^mailto:", "", line.value.strip())
        name = line.parameters.get("CN", "").strip()
        handle = Handle("email", address) if "@" in address and ":" not in address else None
        yield Role(role, name or ("" if handle else address), handle)


def _place(own: dict[str, Line]) -> tuple[float | None, float | None]:
    """``GEO:45.18;5.72``, else Apple's ``geo:45.18,5.72``."""
    line = own.get("GEO") or own.get("X-APPLE-STRUCTURED-LOCATION")
    found = (
        re.match(r"(?:geo:)?([+-]?\d{1,3}(?:\.\d+)?)[;,]([+-]?\d{1,3}(?:\.\d+)?)", line.value.strip()) if line else None
    )
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return None, None
    return float(found[1]), float(found[2])


def _end(own: dict[str, Line], when: Moment | None, zones: Zones) -> int | None:
    """The end as it is stated; that of a day is the beginning of the first day that no longer belongs to it."""
    if when is None:
        return None
    stated = own.get("DTEND") or (own.get("DUE") if "DTSTART" in own else None)
    if stated is not None:
        end = zones.moment(stated)
        if end is not None and end.us == when.us and when.precision is Precision.DAY:
            return when.us + _DAY  # some programs write the last day instead of the one after it
        return None if end is None or end.us < when.us else end.us
    found = _LENGTH.match(own["DURATION"].value.strip()) if "DURATION" in own else None
    if found is None:
        return when.us + _DAY if when.precision is Precision.DAY and "DTSTART" in own else None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
    return None if found[1] == "-" else when.us + span * 1_000_000


def _kept(lines: list[Line], columns: list[Line | None]) -> tuple[list[str], tuple[File, ...]]:
    """Every line that is not whole in a column, as text; bytes that stand in a line as files."""
    shown: list[str] = []
    files: list[File] = []
    for line in lines:
        if any(line is column for column in columns) and not line.parameters:
            continue
        held = line.data() if line.name.lstrip("-") in {"ATTACH", "IMAGE"} else None
        if held is None:
            shown.append(line.shown)
            continue
        data, media = held
        given = line.parameters.get("FILENAME") or line.parameters.get("X-FILENAME") or ""
        name = re.split(r"[/\\]", given)[-1][:255] or f"attachment-{len(files) + 1}.bin"
        media = media or line.parameters.get("FMTTYPE", "") or "application/octet-stream"
        files.append(File(name, partial(iter, (data,)), media, len(data)))
        shown.append(f"{line.text[: line.start]}({name})")
    if sum(map(len, shown)) > LONGEST:
        whole = "\n".join(shown).encode("utf-8", "replace")
        files.append(File("entry.ics", partial(iter, (whole,)), "text/calendar", len(whole)))
        shown = [line[:200] for line in shown[:200]]
    return shown, tuple(files)
