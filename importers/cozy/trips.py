"""Trips of CoachCO2, an application of Cozy: its CSV, one row a section, and its documents, one a trip.

Facts: the program. In the CSV every value stands in quotes and nothing is a single space; arrays are flattened, places
as longitude, latitude. Stamps without a zone are French civil time. In a document the mode that the person chose wins
over the one that was measured; distances of trip and sections disagree, and both stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from importers.columns import numbers, texts, times
from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.french_stamps import moment
from importers.formats.json_records import Alike, Entry, entries, inner, text
from importers.records import Item, Kind, Notice, Record, Samples

_HEADER = ("Trip_Id", "Section_Start_Date", "Section_Mode", "Section_Coordinates")
_ARRAYS = ("Section_Coordinates", "Section_Timestamps", "Section_Speeds", "Section_Distances")
_MODES = "PredictedModeTypes."


@importer(
    Rule(header=frozenset(_HEADER)),
    source="cozy",
    product="coachco2",
    reads="trips (CSV)",
)
def sections(member: Member) -> Iterator[Record]:
    """One `trip` a section, and its fixes as positions (timestamps UTC, speeds m/s, distances m)."""
    alike = Alike()
    with member.open() as stream:
        for row in tables.rows(stream, _HEADER):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            yield from _section({name: cell.strip() for name, cell in row.cells.items()}, f"line {row.line}", alike)


def _section(cells: dict[str, str], position: str, alike: Alike) -> Iterator[Record]:
    began = cells.get("Section_Start_Date", "")
    when, end = moment(began), moment(cells.get("Section_End_Date", ""))
    if when is None:
        yield Notice("table-date", position, "Section_Start_Date")
    arrays = [_split(cells.get(name, "")) for name in _ARRAYS]
    track = _track(arrays, cells.get("Trip_Id", ""))
    ends = [cells.get(f"Trip_{end}_Display_Name", "") for end in ("Start", "Arrival")]
    place = _place(arrays[0][:2])
    yield Item(
        kind=Kind.TRIP,
        key=alike.key("section", cells.get("Trip_Id", ""), began, cells.get("Section_Mode", "")),
        when=when,
        end=end.us if end and when and end.us >= when.us else None,
        title=cells.get("Section_Mode", ""),
        text=" → ".join(name for name in ends if name),
        lat=place[0],
        lon=place[1],
        details={name: cell for name, cell in cells.items() if cell and not (track and name in _ARRAYS)},
    )
    if track is not None:
        yield track


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",")] if cell else []


def _track(arrays: Sequence[Sequence[str]], trip: str) -> Samples | None:
    """The fixes of a section; None when its arrays do not fit each other, so that they stay in the details."""
    coordinates, stamps, speeds, distances = arrays
    count = len(stamps)
    if not count or len(coordinates) != 2 * count or any(len(more) not in {0, count} for more in (speeds, distances)):
        return None
    try:
        start = times(int(stamp) * 1000 for stamp in stamps)
        first = _place(coordinates[:2])
    except (ValueError, OverflowError):
        return None
    if first[0] is None:
        return None
    lon, lat = coordinates[0::2], coordinates[1::2]
    if first[0] != float(lat[0]):
        lon, lat = lat, lon
    columns = {"lat": numbers(lat), "lon": numbers(lon)}
    columns |= {name: numbers(more) for name, more in (("speed", speeds), ("distance", distances)) if more}
    return Samples(series="position", unit="deg", start=start, columns=columns | {"trip": texts([trip] * count)})


def _place(pair: Sequence[Any]) -> tuple[float | None, float | None]:
    """Latitude and longitude of a pair that is longitude first; one example of the documents has them the other way
    round, which shows where only that way lies in France."""
    try:
        lon, lat = (float(part) for part in pair)
    except (ValueError, TypeError):
        return None, None
    if not _in_france(lat, lon) and _in_france(lon, lat):
        lat, lon = lon, lat
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else (None, None)


def _in_france(lat: float, lon: float) -> bool:
    return 41 <= lat <= 52 and -6 <= lon <= 10


@importer(
    Rule(shape="json-array", keys=frozenset({"series", "features", "start_fmt_time"})),
    source="cozy",
    product="coachco2",
    reads="trips (documents)",
)
def trips(member: Member) -> Iterator[Record]:
    """One `trip` a document, with its sections, lines and summary in the details."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        held = entry.fields.get("series")
        for trip in held if isinstance(held, list) else [None]:
            if isinstance(trip, dict):
                yield from _trip(entry, trip, alike)
            else:
                yield Notice("table-record", entry.position)


def _trip(entry: Entry, trip: dict[str, Any], alike: Alike) -> Iterator[Record]:
    said = inner(trip, "properties")
    when, end = moment(said.get("start_fmt_time")), moment(said.get("end_fmt_time"))
    if when is None:
        yield Notice("table-date", entry.position, "start_fmt_time")
    place = inner(said, "start_loc").get("coordinates")
    lat, lon = _place(place if isinstance(place, list) and len(place) == 2 else ())
    yield Item(
        kind=Kind.TRIP,
        key=alike.key("trip", text(said, "start_fmt_time"), text(said, "end_fmt_time")),
        when=when,
        end=end.us if end and when and end.us >= when.us else None,
        title=" + ".join(_modes(trip)),
        text=" → ".join(_names(trip)),
        lat=lat,
        lon=lon,
        details=_whole(entry, trip),
    )


def _whole(entry: Entry, trip: dict[str, Any]) -> Mapping[str, Any] | bytes:
    held = entry.fields["series"]
    if len(held) == 1:
        return entry.text
    return {"trip": trip} | {name: value for name, value in entry.fields.items() if name != "series"}


def _modes(trip: dict[str, Any]) -> list[str]:
    """The modes of the sections, each once, in order; the person's own word before the measured one."""
    found = []
    for feature in _features(trip):
        for part in _features(feature):
            said = inner(part, "properties")
            found.append(text(said, "manual_mode") or text(said, "sensed_mode").removeprefix(_MODES))
    return list(dict.fromkeys(mode for mode in found if mode))


def _names(trip: dict[str, Any]) -> list[str]:
    said = (inner(feature, "properties") for feature in _features(trip))
    return [text(one, "display_name") for one in said if text(one, "display_name")]


def _features(of: dict[str, Any]) -> list[dict[str, Any]]:
    found = of.get("features")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
