"""TCX: activities with laps, and planned courses (garmin.com/xmlschemas/TrainingCenterDatabase/v2).

Some services write white space before the declaration, and points without a place are usual indoors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.any_stamp import moment
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.xml_stream import Closed, Damage, Element, Event, Opened, elements
from importers.gpx.positions import PointTime, plain
from importers.records import Item, Kind, Moment, Notice, Record
from importers.tcx.points import Points, fields_of

_ACTIVITIES = frozenset({"Activity", "Course"})
_CONTAINERS = _ACTIVITIES | {
    "TrainingCenterDatabase",
    "Activities",
    "MultiSportSession",
    "FirstSport",
    "NextSport",
    "Courses",
    "Lap",
    "Track",
}
SLICE = 2_000
"""Points without a usable time that one activity keeps in its details; more come in items of their own."""


@importer(Rule(root="TrainingCenterDatabase"), source="tcx", reads="activities", product="activities", status="proven")
def activities(member: Member) -> Iterator[Record]:
    """A `workout` an activity, with its laps in the details; its points are positions, indoors heart rates.

    A planned course is a `bookmark`, and its points stay in the details. Times are UTC unless stated.
    """
    yield from read_tcx(member.pieces())


def read_tcx(pieces: Iterable[bytes]) -> Iterator[Record]:
    """The records of one TCX file."""
    yield from few_notices(_File().records(elements(pieces, _CONTAINERS)))


class _Activity:
    """An activity or course while it is read."""

    def __init__(self, event: Opened) -> None:
        self.name = event.name
        self.details: dict[str, Any] = dict(event.attributes)
        self.laps: list[dict[str, Any]] = []
        self.start: Moment | None = None
        self.end: int | None = None
        self.place: tuple[float, float] | None = None
        self.points = self.parts = 0
        self.kept: list[dict[str, str]] = []
        self.digest = hashlib.blake2b(digest_size=12)

    def see(self, fields: dict[str, str], when: PointTime | None) -> None:
        """Take note of one point."""
        self.points += 1
        self.digest.update(f"{fields.get('Time')} {fields.get('LatitudeDegrees')} {fields.get('hr')};".encode())
        if when is not None:
            if self.start is None or when.us < self.start.us:
                self.start = Moment(when.us, when.offset, when.precision)
            self.end = max(self.end or when.us, when.us)

    def lap(self, attributes: dict[str, str]) -> None:
        """A lap begins."""
        self.laps.append(dict(attributes))
        began = moment(attributes.get("StartTime"))
        if began is not None and (self.start is None or began.us < self.start.us):
            self.start = began

    def lap_ended(self) -> None:
        """A lap ends: its length may go beyond its last point."""
        began = moment(self.laps[-1].get("StartTime")) if self.laps else None
        length = _seconds(self.laps[-1].get("TotalTimeSeconds")) if self.laps else None
        if began is not None and length is not None:
            self.end = max(self.end or 0, began.us + round(length * 1_000_000))


class _File:
    """One TCX file being read."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._about: dict[str, Any] = {}
        self._activity: _Activity | None = None
        self._number = 0
        self._points = Points()
        self._alike = Alike()

    def records(self, events: Iterable[Event]) -> Iterator[Record]:
        for event in events:
            if isinstance(event, Opened):
                self._opened(event)
            elif isinstance(event, Closed):
                yield from self._closed(event.name)
            elif isinstance(event, Damage):
                yield Notice(event.reason, f"byte {event.byte}", event.lost)
            else:
                yield from self._element(event)
        yield from self._ended()
        if self._about:
            plain_text = msgspec.json.encode(self._about, order="deterministic").decode()
            yield Item(kind=Kind.OTHER, key=("tcx", plain_text), details={"tcx": self._about})
        yield from self._points.rest()

    def _opened(self, event: Opened) -> None:
        self._open.append(event.name)
        if event.name in _ACTIVITIES:
            self._activity = _Activity(event)
            self._number += 1
        elif event.name == "Lap" and self._activity is not None:
            self._activity.lap(event.attributes)

    def _closed(self, name: str) -> Iterator[Record]:
        if self._open:
            self._open.pop()
        if name == "Lap" and self._activity is not None:
            self._activity.lap_ended()
        elif name in _ACTIVITIES:
            yield from self._ended()

    def _element(self, element: Element) -> Iterator[Record]:
        activity = self._activity
        if activity is None:
            self._about.setdefault(element.name, []).append(plain(element))
        elif element.name == "Trackpoint":
            yield from self._point(activity, fields_of(element))
        elif "Lap" in self._open and activity.laps:
            _add(activity.laps[-1], element)
        else:
            _add(activity.details, element)

    def _point(self, activity: _Activity, fields: dict[str, str]) -> Iterator[Record]:
        when = None
        if activity.name == "Activity":
            when = self._points.add(fields, self._number, max(1, len(activity.laps)))
        activity.see(fields, when)
        if activity.place is None:
            activity.place = _place(fields)
        if when is not None:
            yield from self._points.due()
            return
        if activity.name == "Activity":
            yield Notice("tcx-point-without-time", f"point {activity.points}")
        activity.kept.append({"n": str(activity.points)} | fields)
        if len(activity.kept) >= SLICE:
            activity.parts += 1
            points, activity.kept = activity.kept, []
            key = self._alike.key("tcx-points", activity.parts, activity.digest.hexdigest())
            yield Item(kind=Kind.OTHER, key=key, title=_text(activity.details.get("Name")), details={"points": points})

    def _ended(self) -> Iterator[Record]:
        """The activity that has been read, whole or not."""
        activity, self._activity = self._activity, None
        if activity is None:
            return
        own = _text(activity.details.get("Id")) or _text(activity.details.get("Name"))
        sport = _text(activity.details.get("Sport"))
        details = activity.details | {"laps": activity.laps, "pointCount": activity.points}
        if activity.kept:
            details["points"] = activity.kept
        planned = activity.name == "Course"
        unnamed = "" if own and not planned else activity.digest.hexdigest()
        began = activity.start.us if activity.start is not None else None
        about, self._about = self._about, {}
        yield Item(
            kind=Kind.BOOKMARK if planned else Kind.WORKOUT,
            key=self._alike.key(activity.name, own or began, sport, unnamed),
            when=None if planned else activity.start or moment(own),
            end=None if planned else activity.end,
            title=_text(activity.details.get("Name")) or sport,
            text=_text(activity.details.get("Notes")),
            lat=activity.place[0] if activity.place else None,
            lon=activity.place[1] if activity.place else None,
            details=details | ({"tcx": about} if about else {}),
        )


def _add(table: dict[str, Any], element: Element) -> None:
    """Add what an element says; a second one of its name makes a list."""
    value, name = plain(element), element.name
    if name not in table:
        table[name] = value
    elif isinstance(table[name], list):
        table[name].append(value)
    else:
        table[name] = [table[name], value]


def _place(fields: dict[str, str]) -> tuple[float, float] | None:
    try:
        lat, lon = float(fields["LatitudeDegrees"]), float(fields["LongitudeDegrees"])
    except (KeyError, ValueError):
        return None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _seconds(text: Any) -> float | None:
    try:
        found = float(text)
    except (TypeError, ValueError):
        return None
    return found if 0 <= found < 31 * 86_400 else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
