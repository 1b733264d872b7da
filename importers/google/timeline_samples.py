"""Positions and signals of a phone's Timeline, gathered and made into columns of samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.columns import Numbers, Texts, numbers, times
from importers.formats.digit_columns import decimals
from importers.google.fields import Fields, odd, text, value
from importers.google.position_columns import UNSET, words
from importers.google.times import moment
from importers.records import Moment, Notice, Record, Samples

ROWS = 50_000
"""Samples in a batch."""

_NUMBER = r"(-?\d{1,3}(?:\.\d{1,15})?)"
_PLACE = re.compile(rf"(?:geo:)?\s*{_NUMBER}\s*°?\s*,\s*{_NUMBER}\s*°?\s*\Z")
_MINUTE = 60_000_000
_SIGNALS = {"wifiScan": ("wifi-scan", "deliveryTime"), "activityRecord": ("detected-activity", "timestamp")}
"""Signals that are no positions: the series that they make, and the name of their time."""


def coordinates(place: Any) -> tuple[float, float] | None:
    """Latitude and longitude, degrees, of ``48.86°, 2.33°``, ``geo:48.86,2.33`` or an object that holds one of them."""
    found = _texts(place.get("latLng") if isinstance(place, dict) else place)
    return (float(found[0]), float(found[1])) if found else None


def _texts(place: Any) -> tuple[str, str] | None:
    found = _PLACE.match(place) if isinstance(place, str) else None
    if found is None or abs(float(found.group(1))) > 90 or abs(float(found.group(2))) > 180:
        return None
    return found.group(1), found.group(2)


class Paths:
    """Points of ``timelinePath``: positions between visits, with the segment that they come from."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, int | None, tuple[str, str], str, str]] = []
        self._more: list[dict[str, Any]] = []

    def take(self, fields: Fields, start: Moment | None, position: str) -> Iterator[Record]:
        """Take the points of one segment; what is no point with a time and a place is told and kept whole."""
        first, last = text(fields, "startTime"), text(fields, "endTime")
        points = value(fields, "timelinePath")
        strange = {name: raw for name, raw in fields.items() if name not in {"startTime", "endTime", "timelinePath"}}
        for point in points if isinstance(points, list) else [points]:
            when = _when(point, start) if isinstance(point, dict) else None
            place = _texts(point.get("point")) if isinstance(point, dict) else None
            if when is None or place is None:
                yield Notice("google-unknown-object", position, "timelinePath")
                yield odd(msgspec.json.encode({"startTime": first, "endTime": last, "timelinePath": [point]}))
                continue
            self._rows.append((when.us, when.offset, place, first, last))
            known = {"point", "time", "durationMinutesOffsetFromStartTime"}
            self._more.append({name: given for name, given in point.items() if name not in known} | strange)

    def samples(self) -> Iterator[Samples]:
        """What has been taken, and begin anew."""
        rows, more = self._rows, self._more
        self._rows, self._more = [], []
        for at in range(0, len(rows), ROWS):
            part, rest = rows[at : at + ROWS], more[at : at + ROWS]
            columns: dict[str, Numbers | Texts] = {
                "lat": decimals([place[0].encode() for _, _, place, _, _ in part]),
                "lon": decimals([place[1].encode() for _, _, place, _, _ in part]),
                "startTime": words([first for *_, first, _ in part]),
                "endTime": words([last for *_, last in part]),
            }
            if any(rest):
                columns["further fields"] = words(
                    [msgspec.json.encode(fields).decode() if fields else UNSET for fields in rest]
                )
            yield Samples(
                series="position",
                unit="deg",
                start=times(us for us, *_ in part),
                offset=numbers(offset for _, offset, *_ in part),
                columns=columns,
                incidental=frozenset({"offset", "startTime", "endTime"}),
            )


def _when(point: dict[str, Any], start: Moment | None) -> Moment | None:
    if isinstance(point.get("time"), str):
        return moment(point["time"])
    minutes = str(point.get("durationMinutesOffsetFromStartTime", ""))
    if start is None or not minutes.isdecimal() or len(minutes) > 6:
        return None
    return Moment(start.us + int(minutes) * _MINUTE, start.offset)


class Signals:
    """Raw signals of the last weeks: positions, scans of networks, guesses of what the person does."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Moment, Fields]]] = {}

    def take(self, fields: Fields, position: str) -> Iterator[Record]:
        """Take one signal; what is none that is known is told and kept whole."""
        for name, raw in fields.items():
            time = "timestamp" if name == "position" else _SIGNALS.get(name, ("", ""))[1]
            inner = _inner(raw) if time else None
            when = moment(text(inner, time)) if inner is not None else None
            if inner is None or when is None:
                yield Notice("google-unknown-object", position)
                yield odd(b"{" + msgspec.json.encode(name) + b":" + bytes(raw) + b"}")
            else:
                self._rows.setdefault(name, []).append((when, inner))

    def samples(self) -> Iterator[Samples]:
        """What has been taken, and begin anew."""
        taken, self._rows = self._rows, {}
        for name, rows in taken.items():
            for at in range(0, len(rows), ROWS):
                yield _signal(name, rows[at : at + ROWS])


def _inner(raw: msgspec.Raw) -> Fields | None:
    try:
        return msgspec.json.decode(raw, type=Fields)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _signal(name: str, rows: list[tuple[Moment, Fields]]) -> Samples:
    position = name == "position"
    series, time = ("position", "timestamp") if position else _SIGNALS[name]
    fields = [inner for _, inner in rows]
    columns: dict[str, Numbers | Texts] = {}
    names = dict.fromkeys(key for inner in fields for key in inner if key != time)
    if position:
        places = [_texts(text(inner, "LatLng")) for inner in fields]
        known = [place for place in places if place]
        if len(known) == len(places):
            names.pop("LatLng", None)
            columns["lat"] = decimals([lat.encode() for lat, _ in known])
            columns["lon"] = decimals([lon.encode() for _, lon in known])
        else:
            columns["lat"] = numbers(place[0] if place else None for place in places)
            columns["lon"] = numbers(place[1] if place else None for place in places)
    for key in names:
        columns.setdefault(key, words([_word(inner, key) for inner in fields]))
    return Samples(
        series=series,
        unit="deg" if position else "",
        start=times(when.us for when, _ in rows),
        offset=numbers(when.offset for when, _ in rows),
        columns=columns,
        incidental=frozenset({"offset"}),
    )


def _word(fields: Fields, name: str) -> Any:
    raw = fields.get(name)
    if raw is None:
        return UNSET
    found = text(fields, name)
    return found or raw
