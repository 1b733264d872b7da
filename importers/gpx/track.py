"""GPX 1.0 and 1.1 in all dialects: tracks, routes and waypoints (topografix.com/GPX).

A track becomes one item, its points with a time become samples of the series ``position``. Points without a usable
time stay in the details of the item, a long row of them in items of their own. Names of elements are compared
without prefix and namespace.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from importers.columns import Times
from importers.contract import Member, Rule, importer
from importers.formats.digit_columns import decimals_at, joined
from importers.formats.few_notices import few_notices
from importers.formats.xml_stream import Closed, Damage, Element, Event, Opened
from importers.gpx.mending import mended_events
from importers.gpx.point_rows import PointRun, point_events
from importers.gpx.positions import (
    Point,
    PointTime,
    Positions,
    are_places,
    is_no_time,
    is_number,
    is_place,
    plain,
    point,
    point_time,
    utc_times,
)
from importers.records import Item, Kind, Moment, Notice, Record

SLICE = 2_000
"""Points without a time that one item carries."""

_SLICE_TEXT = 200_000
_SPORTS = (
    "run",
    "jog",
    "cycl",
    "bik",
    "walk",
    "hik",
    "swim",
    "row",
    "ski",
    "ride",
    "course",
    "vélo",
    "marche",
    "randonn",
    "natation",
    "workout",
    "trail",
)
_BODY = frozenset({"hr", "cad", "heartrate", "cadence"})
_RUN = 8


@importer(Rule(root="gpx"), source="gpx", reads="tracks, routes and places", product="tracks", status="proven")
def track(member: Member) -> Iterator[Record]:
    """Tracks with their positions, planned routes, and places that were marked. Times are UTC unless stated."""
    yield from read_gpx(member.pieces(), member.path.rsplit("/", 1)[-1])


def read_gpx(pieces: Iterable[bytes], name: str = "") -> Iterator[Record]:
    """The records of one GPX file. ``name``: of the file, kept because workouts of Apple Health refer to it."""
    yield from few_notices(_File(name).records(point_events(pieces)))


def read_gpx_by_parser(pieces: Iterable[bytes]) -> Iterator[Record]:
    """The same records, every point through the XML parser: slower, and what the tests compare with."""
    yield from few_notices(_File().records(mended_events(pieces)))


class _Path:
    """A track or a route while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.details: dict[str, Any] = {}
        self.segments = 0
        self.points = 0
        self.parts = 0
        self.start: PointTime | None = None
        self.end: PointTime | None = None
        self.place: tuple[float, float] | None = None
        self.undated: list[dict[str, Any]] = []
        self.weight = 0
        self.has_body = False
        self.digest = hashlib.blake2b(digest_size=12)

    @property
    def kind(self) -> Kind:
        """A route is put aside for later; a track is a workout when it says so or measured the body, else a trip."""
        if self.name == "rte":
            return Kind.BOOKMARK
        words = " ".join(str(self.details.get(name, "")) for name in ("type",)).casefold()
        return Kind.WORKOUT if self.has_body or any(word in words for word in _SPORTS) else Kind.TRIP

    def see(self, point: Point, when: PointTime | None) -> None:
        self.points += 1
        self.digest.update(f"{point.lat},{point.lon},{point.fields.get('time', '')};".encode())
        self.has_body = self.has_body or not _BODY.isdisjoint(point.fields)
        if self.place is None and is_place(point.lat, 90) and is_place(point.lon, 180):
            self.place = (float(point.lat), float(point.lon))
        if when is not None:
            self.start = when if self.start is None or when.us < self.start.us else self.start
            self.end = when if self.end is None or when.us > self.end.us else self.end

    def see_run(self, run: PointRun, start: Times) -> None:
        """Many points that all have a time and a place."""
        shape, when = run.shape, dict(run.shape.fields)["time"]
        self.points += len(start)
        columns = [run.bounds(place) for place in (shape.lat, shape.lon, when)]
        self.digest.update(joined(run.block, columns, b",,;"))
        self.has_body = self.has_body or not _BODY.isdisjoint(name for name, _ in shape.fields)
        if self.place is None:
            lat, lon = (run.block[starts[0] : ends[0]] for starts, ends in columns[:2])
            self.place = (float(lat), float(lon))
        for row in (int(start.argmin()), int(start.argmax())):
            starts, ends = columns[2]
            moment = point_time(run.block[starts[row] : ends[row]].decode())
            if moment is not None and (self.start is None or moment.us < self.start.us):
                self.start = moment
            if moment is not None and (self.end is None or moment.us > self.end.us):
                self.end = moment

    def keep(self, point: Point) -> None:
        place: dict[str, Any] = {"segment": self.segments} if self.name == "trk" else {}
        self.undated.append(place | {"n": self.points, "lat": point.lat, "lon": point.lon} | point.fields)
        self.weight += 80 + sum(len(value) for value in point.fields.values())


class _File:
    """One GPX file being read."""

    def __init__(self, name: str = "") -> None:
        self._about: dict[str, Any] = {"file": name} if name else {}
        self._path: _Path | None = None
        self._tracks = 0
        self._positions = Positions()
        self._known: Counter[int] = Counter()
        self._places = 0

    def records(self, events: Iterable[Event | PointRun]) -> Iterator[Record]:
        for event in events:
            if isinstance(event, PointRun):
                yield from self._run(event)
            elif isinstance(event, Opened):
                yield from self._opened(event)
            elif isinstance(event, Closed):
                yield from self._closed(event.name)
            elif isinstance(event, Damage):
                yield Notice(event.reason, f"byte {event.byte}", event.lost)
            else:
                yield from self._element(event)
        yield from self._path_item()
        if self._about.keys() - {"file", "version", "creator"}:
            yield Item(
                kind=Kind.OTHER,
                key=self._numbered(("gpx", msgspec.json.encode(self._about).decode())),
                details={"gpx": self._about},
            )
        yield from self._positions.rest()

    def _opened(self, event: Opened) -> Iterator[Record]:
        if event.name == "gpx":
            self._about |= {name: text for name, text in event.attributes.items() if not _is_technical(name)}
        elif event.name in {"trk", "rte"}:
            yield from self._path_item()
            self._begun(event.name).details |= event.attributes
        elif event.name == "trkseg":
            self._path_or("trk").segments += 1

    def _begun(self, name: str) -> _Path:
        self._path = _Path(name)
        self._tracks += name == "trk"
        return self._path

    def _path_or(self, name: str) -> _Path:
        """The track or route that is read; one of its own for points that stand in none."""
        return self._path if self._path is not None else self._begun(name)

    def _closed(self, name: str) -> Iterator[Record]:
        if name in {"trk", "rte"}:
            yield from self._path_item()

    def _element(self, element: Element) -> Iterator[Record]:
        path = self._path
        if element.name in {"trkpt", "rtept"}:
            yield from self._found(self._path_or(element.name.removesuffix("pt")), point(element))
        elif element.name == "wpt":
            yield from self._place(element)
        elif path is not None:
            _add(path.details, element.name, plain(element))
        else:
            _add(self._about, element.name, plain(element))

    def _run(self, run: PointRun) -> Iterator[Record]:
        path = self._path_or("trk")
        if len(run) >= _RUN:
            start = self._together(run, path.segments)
            if start is not None:
                path.see_run(run, start)
                yield from self._positions.due()
                return
        for single in run.points():
            yield from self._found(path, single)

    def _together(self, run: PointRun, segment: int) -> Times | None:
        """Take all points of a run as positions; their times, or None when one must be looked at by itself."""
        places = dict(run.shape.fields)
        when = places.pop("time", None)
        start = utc_times(run.block, *run.bounds(when)) if when is not None else None
        if start is None or not self._positions.has_room(places):
            return None
        lat, lon = (decimals_at(run.block, *run.bounds(place)) for place in (run.shape.lat, run.shape.lon))
        if not (are_places(lat, 90) and are_places(lon, 180)):
            return None
        columns = {
            name: decimals_at(run.block, *run.bounds(place)) if is_number(name) else run.texts(place)
            for name, place in places.items()
        }
        self._positions.add_run(start, lat, lon, columns, (self._tracks, segment))
        return start

    def _found(self, path: _Path, found: Point) -> Iterator[Record]:
        when = point_time(found.fields.get("time", ""))
        path.see(found, when)
        placed = is_place(found.lat, 90) and is_place(found.lon, 180)
        yield from _odd(found, f"point {path.points}", f"{path.name}pt", placed=placed)
        if placed and when is not None and path.name == "trk":
            self._positions.add(found, when, self._tracks, path.segments)
            yield from self._positions.due()
            return
        path.keep(found)
        if len(path.undated) >= SLICE or path.weight >= _SLICE_TEXT:
            path.parts += 1
            yield self._part(path)

    def _part(self, path: _Path) -> Item:
        """A full slice of points, as an item beside the one of its track."""
        title = _text(path.details.get("name"))
        details = {"element": path.name, "part": path.parts, "points": path.undated}
        path.undated, path.weight = [], 0
        key = (path.name, "part", path.parts, title, path.digest.hexdigest())
        return Item(kind=path.kind, key=self._numbered(key), title=title, details=details)

    def _path_item(self) -> Iterator[Record]:
        path, self._path = self._path, None
        if path is None or not (path.points or path.details):
            return
        title, text = _text(path.details.pop("name", "")), _text(path.details.pop("desc", ""))
        details: dict[str, Any] = {"element": path.name} | path.details | {"pointCount": path.points}
        if path.name == "trk":
            details["segmentCount"] = path.segments
        if path.undated:
            details["points"] = path.undated
        moment = path.start if path.name == "trk" else None
        yield Item(
            kind=path.kind,
            key=self._numbered((path.name, title, path.digest.hexdigest())),
            when=Moment(moment.us, moment.offset, moment.precision) if moment is not None else None,
            end=path.end.us if moment is not None and path.end is not None else None,
            title=title,
            text=text,
            lat=path.place[0] if path.place else None,
            lon=path.place[1] if path.place else None,
            details=details | self._introduced(),
        )

    def _place(self, element: Element) -> Iterator[Record]:
        self._places += 1
        found = point(element)
        fields = dict(found.fields)
        when = point_time(fields.get("time", ""))
        title, text = fields.pop("name", ""), fields.pop("desc", "")
        key = self._numbered(("wpt", found.lat, found.lon, title, fields.get("time", "")))
        if when is not None and when.exact:
            del fields["time"]
        placed = is_place(found.lat, 90) and is_place(found.lon, 180)
        yield from _odd(found, f"waypoint {self._places}", "wpt", placed=placed)
        written = {"lat": found.lat, "lon": found.lon}
        yield Item(
            kind=Kind.BOOKMARK,
            key=key,
            when=Moment(when.us, when.offset, when.precision) if when is not None else None,
            title=title,
            text=text,
            lat=float(found.lat) if placed else None,
            lon=float(found.lon) if placed else None,
            details={"element": "wpt"} | written | fields | self._introduced(),
        )

    def _introduced(self) -> dict[str, Any]:
        """What the file says of itself, with its first item. It is no part of any key: exports of one track differ."""
        about, self._about = self._about, {}
        return {"gpx": about} if about else {}

    def _numbered(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """The key; of items that look alike the second and later ones carry their number."""
        mark = hash(key)
        count = self._known[mark]
        self._known[mark] = count + 1
        return (*key, count) if count else key


def _odd(point: Point, position: str, element: str, *, placed: bool) -> Iterator[Notice]:
    """What of a point is not what it should be."""
    if not placed:
        yield Notice("gpx-point-without-place", position, element)
    if is_no_time(point.fields.get("time", "")):
        yield Notice("gpx-point-without-time", position, element)


def _add(table: dict[str, Any], name: str, value: Any) -> None:
    """Add what an element says; a second one of its name makes a list."""
    if name not in table:
        table[name] = value
    elif isinstance(table[name], list):
        table[name].append(value)
    else:
        table[name] = [table[name], value]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _is_technical(name: str) -> bool:
    return name.startswith(("xmlns", "xsi:")) or name.endswith(":schemaLocation")
