"""The elements of an Apple Health export that become items: workouts, correlations, the person, all others.

What columns cannot hold of an element stands in ``details`` under Apple's own names. Facts: Apple's own document
type declaration inside the export, and the exports that open-source readers were tested with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from importers.apple import health_names
from importers.apple.health_notes import Note, device_name, note_of, tree
from importers.formats.digit_columns import stamp
from importers.formats.xml_stream import Element
from importers.records import Item, Kind, Moment

_KINDS = {
    "Record": Kind.MEASUREMENT,
    "Correlation": Kind.MEASUREMENT,
    "Workout": Kind.WORKOUT,
    "Audiogram": Kind.MEASUREMENT,
    "VisionPrescription": Kind.MEASUREMENT,
    "ClinicalRecord": Kind.DOCUMENT,
    "ActivitySummary": Kind.MEASUREMENT,
    "Me": Kind.SETTING,
}
_STARTS = ("startDate", "dateIssued", "receivedDate", "date")
_TYPES = ("workoutActivityType", "type")


class Elements:
    """Makes items of elements; counts those that look alike and yet are two."""

    def __init__(self) -> None:
        self._known: Counter[int] = Counter()

    def item(self, element: Element) -> Item:
        """An element as an item; its time is that of its start, undated when there is none that can be understood."""
        attributes = element.attributes
        kind = _KINDS.get(element.name, Kind.OTHER)
        type_ = next((attributes[name] for name in _TYPES if name in attributes), "")
        if element.name == "Record" and type_ == health_names.SLEEP:
            return self._sleep(element)
        started = next((name for name in _STARTS if stamp(attributes.get(name, "")) is not None), "")
        start = stamp(attributes[started]) if started else None
        end = stamp(attributes.get("endDate", ""))
        details = tree(element)
        if start is not None:
            del details[started]
        if end is not None and start is not None and end[1] == start[1]:
            del details["endDate"]
        return Item(
            kind=kind,
            key=self._key(element, start, end),
            when=Moment(*start) if start is not None else None,
            end=end[0] if end is not None else None,
            title=health_names.short(type_) if type_ else element.name,
            details={"element": element.name} | details,
        )

    def sleep(
        self,
        details: dict[str, Any],
        start: tuple[int, int] | None,
        end: tuple[int, int] | None,
        created: int | str | None,
    ) -> Item:
        """A night's phase: in bed, asleep (core, deep, REM) or awake. ``details``: all that the record holds.

        ``start``, ``end``: us and offset, None when they cannot be understood; ``created``: us, or the text as it is.
        """
        value = details.get("value", "")
        from_, until = details.get("startDate"), details.get("endDate")
        key = (
            "sleep",
            details.get("sourceName"),
            start[0] if start else from_,
            end[0] if end else until,
            value,
            created,
        )
        if start is not None:
            details.pop("startDate", None)
        if end is not None and start is not None and end[1] == start[1]:
            details.pop("endDate", None)
        return Item(
            kind=Kind.SLEEP,
            key=self._numbered(key),
            when=Moment(*start) if start is not None else None,
            end=end[0] if end is not None else None,
            title=health_names.short(value),
            details=details,
        )

    def _sleep(self, element: Element) -> Item:
        attributes = element.attributes
        details = record_details(attributes, note_of(element.children))
        if element.text:
            details["text"] = element.text
        start, end, created = (stamp(attributes.get(name, "")) for name in ("startDate", "endDate", "creationDate"))
        return self.sleep(details, start, end, created[0] if created else attributes.get("creationDate"))

    def export(self, root: Mapping[str, str], element: Element) -> Item:
        """The export itself: when it was made, and in which language."""
        value = element.attributes.get("value", "")
        made = stamp(value)
        details: dict[str, Any] = {"element": element.name} | dict(root) | tree(element)
        if made is not None:
            del details["value"]
        return Item(
            kind=Kind.OTHER,
            key=("export", made[0] if made is not None else value),
            when=Moment(*made) if made is not None else None,
            title="Apple Health",
            details=details,
        )

    def _key(self, element: Element, start: tuple[int, int] | None, end: tuple[int, int] | None) -> tuple[Any, ...]:
        attributes = element.attributes
        if element.name == "Me":
            return ("me", *sorted(attributes.items()))
        if element.name == "ClinicalRecord" and attributes.get("identifier"):
            return ("clinical", attributes.get("type"), attributes["identifier"], attributes.get("sourceURL"))
        moment = (
            start[0] if start is not None else attributes.get("startDate"),
            end[0] if end is not None else attributes.get("endDate"),
        )
        named = [attributes.get(name) for name in (*_TYPES, "sourceName", "value", "unit", "dateComponents")]
        if start is None and end is None:
            named.extend(value for name, value in sorted(attributes.items()) if name != "device")
        return self._numbered((element.name, *named, *moment))

    def _numbered(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        mark = hash(key)
        count = self._known[mark]
        self._known[mark] = count + 1
        return (*key, count) if count else key


def is_misdated(element: Element) -> bool:
    """Whether an element states a start, an end or a day that is none."""
    attributes = element.attributes
    starts = [stamp(attributes[name]) for name in _STARTS if name in attributes]
    if starts and not any(starts):
        return True
    if "endDate" in attributes and stamp(attributes["endDate"]) is None:
        return True
    day = attributes.get("dateComponents")
    return day is not None and stamp(f"{day} 00:00:00 +0000") is None


def record_details(attributes: Mapping[str, str], note: Note) -> dict[str, Any]:
    """All that a record holds, as details."""
    details: dict[str, Any] = dict(attributes)
    if "device" in details:
        details["device"] = device_name(details["device"])
    return details | {name: msgspec.json.decode(text) for name, text in zip(Note.COLUMNS, note, strict=True) if text}
