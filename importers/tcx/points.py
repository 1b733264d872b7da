"""Points of TCX files: with a place they are positions; without one (indoors) they are what the body did."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from importers.columns import Numbers, Texts, numbers, texts, times
from importers.formats.free_names import FreeNames
from importers.formats.xml_stream import Element
from importers.gpx.positions import Point, PointTime, Positions, is_place, point_time, tree
from importers.records import Samples

_NAMES = {
    "AltitudeMeters": "ele",
    "DistanceMeters": "distance",
    "HeartRateBpm": "hr",
    "Cadence": "cad",
    "RunCadence": "cad",
    "Speed": "speed",
    "Watts": "power",
}
"""Fields that GPX has as well bear the name that they have there: a track is one, in either format."""

_ROWS = 50_000


def fields_of(element: Element) -> dict[str, str]:
    """Everything that a point says, by the names of its leaves; what has attributes or stands twice as JSON text."""
    found: dict[str, str] = {}
    _gather(element, found, FreeNames())
    return found


def _gather(element: Element, found: dict[str, str], free: FreeNames) -> None:
    for child in element.children:
        name = _NAMES.get(child.name, child.name)
        value = child.text
        if [inner.name for inner in child.children] == ["Value"] and not child.children[0].children:
            value = child.children[0].text
        elif child.children and not child.text:
            _gather(child, found, free)
            continue
        elif child.attributes or child.children:
            value = msgspec.json.encode(tree(child)).decode()
        found[free.of(name, found)] = value


class Points:
    """Gathers the points of a file and hands them out as samples."""

    def __init__(self) -> None:
        self._positions = Positions()
        self._indoor: list[tuple[PointTime, dict[str, str]]] = []

    def add(self, fields: dict[str, str], activity: int, lap: int) -> PointTime | None:
        """Take one point. Its time; None when it has none and was not taken."""
        when = point_time(fields.get("Time", ""))
        if when is None:
            return None
        lat, lon = fields.get("LatitudeDegrees", ""), fields.get("LongitudeDegrees", "")
        if is_place(lat, 90) and is_place(lon, 180):
            taken = {"Time", "LatitudeDegrees", "LongitudeDegrees"}
            rest = {name: value for name, value in fields.items() if name not in taken}
            time = {} if when.exact else {"time": fields["Time"]}
            self._positions.add(Point(lat, lon, time | rest), when, activity, lap)
        else:
            self._indoor.append((when, {name: value for name, value in fields.items() if name != "Time"}))
        return when

    def due(self) -> Iterator[Samples]:
        """A batch, when enough has been gathered."""
        yield from self._positions.due()
        if len(self._indoor) >= _ROWS:
            yield from self._indoors()

    def rest(self) -> Iterator[Samples]:
        """Everything that is held."""
        yield from self._positions.rest()
        yield from self._indoors()

    def _indoors(self) -> Iterator[Samples]:
        """Points that measured the heart are samples of it, the others of what else they have."""
        held, self._indoor = self._indoor, []
        beating = [one for one in held if one[1].get("hr")]
        others = [one for one in held if not one[1].get("hr")]
        if beating:
            yield _samples("heart-rate", "count/min", beating, "hr")
        if others:
            yield _samples("workout-point", "1", others, "")


def _samples(series: str, unit: str, rows: list[tuple[PointTime, dict[str, str]]], value: str) -> Samples:
    names = dict.fromkeys(name for _, fields in rows for name in fields if name != value)
    known = frozenset(_NAMES.values())
    columns: dict[str, Numbers | Texts] = {}
    for name in names:
        column = [fields.get(name) for _, fields in rows]
        columns[name] = numbers(column) if name in known else texts(column)
    zoned = any(when.offset is not None for when, _ in rows)
    return Samples(
        series=series,
        unit=unit,
        start=times(when.us for when, _ in rows),
        value=numbers(fields[value] for _, fields in rows) if value else None,
        offset=numbers(when.offset for when, _ in rows) if zoned else None,
        columns=columns,
    )
