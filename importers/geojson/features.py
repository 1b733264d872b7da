"""GeoJSON (RFC 7946): points with a time are positions, everything with a name or another shape is an item.

Coordinates are ``[lon, lat, height]``, texts in files of some tools. The standard knows no time: each tool has a
property of its own for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.any_stamp import moment
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike, Entry, text
from importers.formats.json_wholes import wholes
from importers.gpx.positions import Point, PointTime, Positions, is_place
from importers.records import Item, Kind, Moment, Notice, Record

_TIMES = ("timestamp", "time", "time_long", "date", "created_at", "when")
"""Properties that hold the time, by the tools that were seen."""

_TITLES = ("name", "title", "Name", "Title", "label")
_LISTS = ("coordTimes", "times")
_SHAPES = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection")
_FIRST_US = 631_152_000_000_000  # 1990: clocks that were never set say earlier years


@importer(
    Rule(shape="json-object", keys=frozenset({"features", "coordinates"}), contains=("FeatureCollection",)),
    source="geojson",
    reads="places and positions",
    status="proven",
)
def collection(member: Member) -> Iterator[Record]:
    """Positions with all their properties, and named or larger shapes as bookmarks, trips where they have times."""
    yield from few_notices(_File().records(member))


@importer(
    Rule(shape="json-object", keys=frozenset({"geometry", "properties", "coordinates"}), contains=('"Feature"',)),
    *(
        Rule(shape="json-object", keys=frozenset({"type", "coordinates"}), starts=(f'{{"type":{gap}"{shape}"',))
        for shape in _SHAPES
        for gap in ("", " ")
    ),
    source="geojson",
    reads="a place",
    weight=-1,
)
def feature(member: Member) -> Iterator[Record]:
    """The same for a file that is one feature, or a bare shape."""
    yield from few_notices(_File().records(member))


class _File:
    """One file while it is read."""

    def __init__(self) -> None:
        self._positions = Positions()
        self._alike = Alike()
        self._number = 0

    def records(self, member: Member) -> Iterator[Record]:
        with member.open() as stream:
            for found in wholes(stream, {"features"}):
                if not isinstance(found, Entry):
                    yield found
                elif found.number or "geometry" in found.fields:
                    yield from self._feature(found.fields, found.position)
                elif "coordinates" in found.fields:
                    yield from self._feature({"geometry": found.fields}, found.position)
                elif found.fields.keys() - {"type"}:
                    plain = msgspec.json.encode(found.fields, order="deterministic").decode()
                    yield Item(kind=Kind.OTHER, key=("geojson", plain), details=found.fields)
                yield from self._positions.due()
        yield from self._positions.rest()

    def _feature(self, fields: dict[str, Any], position: str) -> Iterator[Record]:
        self._number += 1
        properties, geometry = _object(fields.get("properties")), _object(fields.get("geometry"))
        name, when = _time(properties)
        if name and when is None:
            yield Notice("table-date", position, name)
        coordinates = geometry.get("coordinates")
        is_fix = geometry.get("type") == "Point" and not text(properties, *_TITLES)
        if is_fix and when is not None and when.us >= _FIRST_US:
            point = _point(coordinates, _columns(fields, properties))
            if point is not None:
                exact = "time" not in point.fields
                self._positions.add(point, PointTime(when.us, when.offset, when.precision, exact), 1, 1)
                return
        yield from self._item(fields, properties, coordinates, when, position)

    def _item(
        self, fields: dict[str, Any], properties: dict[str, Any], coordinates: Any, when: Moment | None, position: str
    ) -> Iterator[Record]:
        first = _first(coordinates)
        if first is None and coordinates is not None:
            yield Notice("geojson-place", position)
        starts = self._along(coordinates, properties)
        times = sorted(starts, key=lambda one: one.us)
        when = times[0] if times else when
        own = text(fields, "id") or text(properties, "id", "uuid")
        plain = msgspec.json.encode([properties, coordinates], order="deterministic").decode()
        yield Item(
            kind=Kind.TRIP if times else Kind.BOOKMARK,
            key=self._alike.key("feature", own, plain),
            when=when,
            end=times[-1].us if times else None,
            title=text(properties, *_TITLES),
            text=text(properties, "description", "desc"),
            lat=float(first[1]) if first else None,
            lon=float(first[0]) if first else None,
            details=fields,
        )

    def _along(self, coordinates: Any, properties: dict[str, Any]) -> list[Moment]:
        """The times of a line that has one for each point; its points become positions."""
        given = next((listed for name in _LISTS if isinstance(listed := properties.get(name), list)), None)
        if given is None or not isinstance(coordinates, list):
            return []
        lines, times = (coordinates, given) if given and isinstance(given[0], list) else ([coordinates], [given])
        found: list[Moment] = []
        for segment, (line, written) in enumerate(zip(lines, times, strict=False), 1):
            for pair, stamp in zip(line, written, strict=False):
                when, point = moment(stamp), _point(pair, {})
                if when is not None and point is not None and when.us >= _FIRST_US:
                    exact = PointTime(when.us, when.offset, when.precision, exact=True)
                    self._positions.add(point, exact, self._number, segment)
                    found.append(when)
        return found


def _time(properties: dict[str, Any]) -> tuple[str, Moment | None]:
    """The property that holds the time, and what it says; the most exact one where there are several."""
    given = [name for name in _TIMES if properties.get(name) not in (None, "", 0)]
    read = [(name, when) for name in given if (when := moment(properties[name])) is not None]
    if not read:
        return (given[0] if given else ""), None
    return next(((name, when) for name, when in read if when.offset is not None), read[0])


def _columns(fields: dict[str, Any], properties: dict[str, Any]) -> dict[str, str]:
    """Everything that a feature says as texts; what is no plain value as JSON."""
    rest = {name: value for name, value in fields.items() if name not in {"type", "properties", "geometry"}}
    shape = _object(fields.get("geometry"))
    told = properties | {f"feature {name}": value for name, value in rest.items()}
    told |= {f"geometry {name}": value for name, value in shape.items() if name not in {"type", "coordinates"}}
    return {name: value if isinstance(value, str) else _json(value) for name, value in told.items()}


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _point(coordinates: Any, columns: dict[str, str]) -> Point | None:
    pair = _first(coordinates)
    if pair is None:
        return None
    height = {"ele": str(coordinates[2])} if len(coordinates) > 2 else {}
    return Point(pair[1], pair[0], height | columns)


def _first(coordinates: Any) -> tuple[str, str] | None:
    """Longitude and latitude of the first point, as they are written; None when there is no sound one."""
    depth = 0
    while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list) and depth < 8:
        coordinates, depth = coordinates[0], depth + 1
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        return None
    lon, lat = str(coordinates[0]), str(coordinates[1])
    return (lon, lat) if is_place(lat, 90) and is_place(lon, 180) else None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
