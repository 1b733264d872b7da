"""iCalendar (RFC 5545): one item an event, task or journal entry, and one for each calendar, with every property.

An event that repeats is one item, at its first date, with its rule in the details: occurrences are not made up here.
Identity: ``UID`` and ``RECURRENCE-ID``, so that an event that was moved stays the same one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.agenda.entry import COMPONENTS, Entry, calendar_item, entry_item
from importers.agenda.zones import Zones
from importers.contract import Member, Rule, importer
from importers.formats import content_lines
from importers.formats.content_lines import Line
from importers.formats.variants import Variants
from importers.records import Notice, Record

_NAMES = ("**/*.ics", "**/*.ical", "**/*.ifb")

LARGEST = 16 << 20
"""Characters of one entry, and of what stands in a calendar beside its entries, that are held at one time."""

_WAITING = 10_000
"""Entries that wait for the definition of their zone, which may stand at the end."""


@importer(
    Rule(members=_NAMES, starts=("BEGIN:VCALENDAR", "begin:vcalendar", "Begin:Vcalendar", "BEGIN:vCalendar")),
    Rule(starts=("BEGIN:VEVENT", "BEGIN:VTODO", "BEGIN:VJOURNAL")),
    Rule(members=_NAMES),
    source="agenda",
    reads="calendars and tasks (iCalendar)",
    status="proven",
)
def entries(member: Member) -> Iterator[Record]:
    """Events, tasks and journal entries; a line that cannot be read is told and kept with its entry."""
    reading = _Reading()
    with member.open() as stream:
        for line in content_lines.read(stream):
            if not line.name or line.cut:
                yield Notice("agenda-line", f"line {line.number}", "" if line.cut else "colon")
            yield from reading.take(line)
    yield from reading.end()


@dataclass
class _Reading:
    """A calendar file while it is read."""

    zones: Zones = field(default_factory=Zones)
    calendar: list[Line] = field(default_factory=list)
    entry: Entry | None = None
    zone: list[Line] | None = None
    waiting: list[Entry] = field(default_factory=list)
    size: int = 0
    repeating: int = 0
    seen: Variants = field(default_factory=Variants)

    def take(self, line: Line) -> Iterator[Record]:
        """One more line."""
        opening, closing = line.name == "BEGIN", line.name == "END"
        block = line.value.strip().upper() if opening or closing else ""
        if self.entry is not None:
            if block != "VCALENDAR" and not (opening and block in COMPONENTS):
                yield from self._within(self.entry, line, ends=closing and block == self.entry.component)
                return
            yield from self._unfinished(self.entry)
        if block == "VCALENDAR":
            yield from self._close()
        elif opening and block in COMPONENTS:
            self.entry = Entry(block, line.number)
        else:
            yield from self._beside(line, block)

    def end(self) -> Iterator[Record]:
        """The file has ended."""
        if self.entry is not None:
            yield from self._unfinished(self.entry)
        yield from self._close()
        if self.repeating:
            yield Notice("agenda-repeating", f"line {self.repeating}")

    def _within(self, entry: Entry, line: Line, *, ends: bool) -> Iterator[Record]:
        if ends:
            self.entry = None
            yield from self._done(entry)
            return
        entry.add(line)
        if entry.size > LARGEST:
            yield from self._unfinished(entry)

    def _unfinished(self, entry: Entry) -> Iterator[Record]:
        self.entry = None
        yield Notice("agenda-cut-off", f"line {entry.number}")
        yield from self._done(entry)

    def _done(self, entry: Entry) -> Iterator[Record]:
        if entry.repeats and not self.repeating:
            self.repeating = entry.number
        if all(map(self.zones.knows, entry.times())):
            yield from entry_item(entry, self.zones, self.seen)
            return
        self.waiting.append(entry)
        if len(self.waiting) >= _WAITING:
            yield from self._released()

    def _released(self) -> Iterator[Record]:
        waiting, self.waiting = self.waiting, []
        for entry in waiting:
            unknown = next((line for line in entry.times() if not self.zones.knows(line)), None)
            if unknown is not None:
                yield Notice("agenda-zone", f"line {unknown.number}", unknown.name)
            yield from entry_item(entry, self.zones, self.seen)

    def _beside(self, line: Line, block: str) -> Iterator[Record]:
        """A line of the calendar itself: its name, its zones, busy times."""
        if block == "VTIMEZONE":
            if line.name == "END" and self.zone:
                self.zones.define(self.zone)
            self.zone = [] if line.name == "BEGIN" else None
        elif self.zone is not None:
            self.zone.append(line)
        elif line.name == "X-WR-TIMEZONE":
            self.zones.default = line.value.strip()
        self.calendar.append(line)
        self.size += len(line.text)
        if self.size > LARGEST:
            yield from self._about_calendar()

    def _close(self) -> Iterator[Record]:
        yield from self._released()
        yield from self._about_calendar()
        self.zones, self.zone = Zones(), None

    def _about_calendar(self) -> Iterator[Record]:
        if self.calendar:
            yield calendar_item(self.calendar)
        self.calendar, self.size, self.zone = [], 0, None
