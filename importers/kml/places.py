"""KML 2.x: placemarks in folders, with a point, a line, an area or a recorded track (OGC KML, Google's ``gx``).

Names of elements are compared without prefix and name space, so that files of the old earth.google.com are read too.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.any_stamp import moment
from importers.formats.few_notices import few_notices
from importers.formats.xml_stream import Closed, Damage, Element, Event, Opened, elements
from importers.gpx.positions import Positions, plain
from importers.kml.geometry import SHAPES, all_coordinates, first_place
from importers.kml.track import Track
from importers.records import Item, Kind, Moment, Notice, Record

_CONTAINERS = frozenset({"kml", "Document", "Folder", "Placemark", "Track", "MultiTrack"})
_ABOUT = 200_000
"""Letters of what the file says beside its places (styles, mostly) that one item carries."""


@importer(Rule(root="kml"), source="kml", reads="places and tracks", product="places", status="proven")
def places(member: Member) -> Iterator[Record]:
    """Recorded tracks are trips with their positions (UTC unless stated). A place or line with a span of time is a
    stay or a trip, any other a bookmark."""
    yield from read_kml(member.pieces())


def read_kml(pieces: Iterable[bytes]) -> Iterator[Record]:
    """The records of one KML file."""
    yield from few_notices(_File().records(elements(pieces, _CONTAINERS)))


class _Placemark:
    """A placemark while it is read."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.title = self.text = ""
        self.details: dict[str, Any] = {name: text for name, text in attributes.items() if not _is_technical(name)}
        self.when: Moment | None = None
        self.end: Moment | None = None
        self.place: tuple[float, float] | None = None
        self.shapes: list[str] = []
        self.digest = hashlib.blake2b(digest_size=12)
        self.track: Track | None = None

    def add(self, element: Element) -> Iterator[Notice]:
        """Take one of its elements."""
        if element.name == "name" and not self.title:
            self.title = element.text
            return
        if element.name == "description" and not self.text and not element.children:
            self.text = element.text
            return
        if element.name in {"TimeStamp", "TimeSpan"}:
            yield from self._time(element)
        if element.name in SHAPES:
            self.shapes.append(element.name)
            yield from self._shape(element)
        self.details.setdefault(element.name, []).append(plain(element))

    def _time(self, element: Element) -> Iterator[Notice]:
        written = {child.name: child.text for child in element.children}
        self.when = moment(written.get("when") or written.get("begin")) or self.when
        self.end = moment(written.get("end")) or self.end
        wrong = [name for name, text in written.items() if text and moment(text) is None]
        if wrong:
            yield Notice("table-date", what=wrong[0])

    def _shape(self, element: Element) -> Iterator[Notice]:
        found = False
        for coordinates in all_coordinates(element):
            self.digest.update(" ".join(coordinates.split()).encode() + b";")
            place = first_place(coordinates)
            found = found or place is not None
            self.place = self.place or place
        if not found and element.name != "Model":
            yield Notice("kml-point", what=element.name)

    @property
    def kind(self) -> Kind:
        if self.track is not None and self.track.start is not None:
            return Kind.TRIP
        if self.when is None or self.end is None:
            return Kind.BOOKMARK
        return Kind.STAY if self.shapes == ["Point"] else Kind.TRIP


class _File:
    """One KML file being read."""

    def __init__(self) -> None:
        self._folders: list[tuple[str, str]] = []
        self._about: list[dict[str, Any]] = []
        self._weight = 0
        self._positions = Positions()
        self._tracks = self._number = 0
        self._placemark: _Placemark | None = None
        self._known: Counter[int] = Counter()

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
        if any(set(entry) - {"name"} for entry in self._about):
            yield self._described()
        yield from self._positions.rest()

    def _opened(self, event: Opened) -> None:
        mark = self._placemark
        if event.name == "Placemark":
            self._number += 1
            self._placemark = _Placemark(event.attributes)
        elif event.name == "Track" and mark is not None:
            self._tracks += mark.track is None
            mark.track = mark.track or Track(self._positions, self._tracks)
            mark.track.segments += 1
        elif event.name in {"Folder", "Document"}:
            self._folders.append((event.name, ""))

    def _closed(self, name: str) -> Iterator[Record]:
        mark = self._placemark
        if name == "Placemark":
            yield from self._ended()
        elif name == "Track" and mark is not None and mark.track is not None:
            yield from mark.track.close()
        elif name in {"Folder", "Document"} and self._folders:
            self._folders.pop()

    def _element(self, element: Element) -> Iterator[Record]:
        mark = self._placemark
        if mark is not None and mark.track is not None and element.name in {"when", "coord"}:
            yield from mark.track.add(element)
            yield from self._positions.due()
        elif mark is not None:
            for notice in mark.add(element):
                yield Notice(notice.reason, notice.position or f"placemark {self._number}", notice.what)
        else:
            if element.name == "name" and self._folders:
                self._folders[-1] = (self._folders[-1][0], element.text)
            self._about.append({element.name: plain(element)})
            self._weight += 100 + len(str(self._about[-1]))
            if self._weight > _ABOUT:
                yield self._described()

    def _described(self) -> Item:
        """What the file says beside its places, as an item of its own."""
        about, self._about, self._weight = self._about, [], 0
        key = self._numbered(("kml", msgspec.json.encode(about).decode()))
        return Item(kind=Kind.OTHER, key=key, details={"kml": about})

    def _ended(self) -> Iterator[Record]:
        """The placemark that has been read, whole or not."""
        mark, self._placemark = self._placemark, None
        if mark is None:
            return
        track = mark.track
        details = dict(mark.details)
        when, end, place, digest = mark.when, mark.end.us if mark.end else None, mark.place, mark.digest
        if track is not None:
            yield from track.close()
            details |= {"track": track.details, "pointCount": track.points, "segmentCount": track.segments}
            place, digest = place or track.place, track.digest
            if track.start is not None and track.end is not None:
                when = Moment(track.start.us, track.start.offset, track.start.precision)
                end = track.end.us
        folders = [name for _, name in self._folders if name]
        about, self._about, self._weight = self._about, [], 0
        yield Item(
            kind=mark.kind,
            key=self._numbered(("placemark", mark.title, when.us if when else None, end, digest.hexdigest())),
            when=when,
            end=end,
            title=mark.title,
            text=mark.text,
            lat=place[0] if place else None,
            lon=place[1] if place else None,
            details=details | ({"folders": folders} if folders else {}) | ({"kml": about} if about else {}),
        )

    def _numbered(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """The key; of places that look alike the second and later ones carry their number."""
        mark = hash(key)
        count = self._known[mark]
        self._known[mark] = count + 1
        return (*key, count) if count else key


def _is_technical(name: str) -> bool:
    return name.startswith(("xmlns", "xsi:")) or name.endswith(":schemaLocation")
