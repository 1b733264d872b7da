"""Places that the person saved, labelled or reviewed on Maps: GeoJSON of two generations, and lists in CSV.

Old files have ``Google Maps URL``, ``Location`` and ``Published``, newer ones ``google_maps_url``, ``location`` and
``date``. A place at 0, 0 has no known coordinates; lists in CSV never have any but in their links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.json_records import Alike
from importers.google import addresses
from importers.google.elements import Element, elements, within, words
from importers.google.times import moment
from importers.records import Item, Kind, Moment, Notice, Record

_LABELLED = ("**/Labeled places.json", "**/Adresses avec libellé.json")
_SEARCH = re.compile(r"/search/(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)")
_STRUCTURE = {"type"}
"""What every GeoJSON file says of itself."""


@importer(
    *(
        Rule(shape="json-object", keys=frozenset({"features", name}))
        for name in ("google_maps_url", "Google Maps URL", "five_star_rating_published", "Star Rating")
    ),
    Rule(members=_LABELLED, shape="json-object", keys=frozenset({"features"}), named=True),
    source="google",
    product="maps",
    reads="saved places and reviews",
    languages=("fr", "en", "de"),
    weight=1,
)
def saved_places(member: Member) -> Iterator[Record]:
    """A place is a bookmark, a review a review, at the time that the file gives; labelled places have none."""
    alike = Alike()
    for found in elements(member, _STRUCTURE):
        if not isinstance(found, Element):
            yield found
            continue
        given = within(found.fields, "properties")
        yield _place(found, given if isinstance(given, dict) else {}, alike)


def _place(found: Element, given: dict[str, Any], alike: Alike) -> Item:
    location = given.get("location", given.get("Location"))
    place = location if isinstance(location, dict) else {}
    url = words(given, "google_maps_url") or words(given, "Google Maps URL")
    titles = (words(place, "name"), words(place, "Business Name"), words(given, "Title"), words(given, "name"))
    title = next(filter(None, titles), "")
    address = words(place, "address") or words(place, "Address") or words(given, "address")
    when = _moment(given, "date", "Published")
    review = "five_star_rating_published" in given or "Star Rating" in given or "review_text_published" in given
    texts = (words(given, name) for name in ("review_text_published", "Review Comment", "Comment"))
    spot = _spot(found, place) or addresses.place(url)
    return Item(
        kind=Kind.REVIEW if review else Kind.BOOKMARK,
        key=alike.key("maps-place", url or title or found.plain, address, when.us if when else None),
        when=when,
        title=title or address or url,
        text=next(filter(None, texts), ""),
        lat=spot[0] if spot else None,
        lon=spot[1] if spot else None,
        details=found.details(),
    )


def _spot(found: Element, place: dict[str, Any]) -> tuple[float, float] | None:
    given = within(found.fields, "geometry", "coordinates")
    lon, lat = (given[0], given[1]) if isinstance(given, list) and len(given) >= 2 else (None, None)
    if not lat and not lon:
        inner = within(place, "Geo Coordinates")
        lat, lon = (
            _number(words(inner, name)) if isinstance(inner, dict) else None for name in ("Latitude", "Longitude")
        )
    if not isinstance(lat, int | float) or not isinstance(lon, int | float) or not (lat or lon):
        return None
    return (float(lat), float(lon)) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?\d{1,3}(?:\.\d{1,12})?", text) else None


def _moment(given: Mapping[str, Any], *names: str) -> Moment | None:
    return next((when for name in names if (when := moment(words(given, name)))), None)


@importer(
    Rule(shape="csv", header=frozenset({"Title", "Note", "URL"})),
    source="google",
    product="maps",
    reads="lists of saved places",
    languages=("en", "de"),
)
def saved_lists(member: Member) -> Iterator[Record]:
    """Each row a bookmark, and the list itself as an item that names its rows: a place may stand in several lists."""
    alike = Alike()
    listed: list[str] = []
    with member.open() as stream:
        table = tables.table(stream, {"Title", "Note", "URL"})
        about = "\n".join(" ".join(row.cells).strip() for row in table.preamble)
        for row in table.rows:
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            url, title = row.cells.get("URL", ""), row.cells.get("Title", "")
            found = _SEARCH.search(url)
            spot = (float(found[1]), float(found[2])) if found else addresses.place(url)
            listed.append(url or title)
            yield Item(
                kind=Kind.BOOKMARK,
                key=alike.key("saved", url or title, *(() if url or title else row.cells.values())),
                title=title or url,
                text="\n".join(filter(None, (row.cells.get("Note", ""), row.cells.get("Comment", "")))),
                lat=spot[0] if spot else None,
                lon=spot[1] if spot else None,
                details=row.cells,
            )
    yield Item(
        kind=Kind.OTHER,
        key=("saved-list", about, *listed),
        title=member.path.rpartition("/")[2].rpartition(".")[0],
        text=about,
        details={"places": listed},
    )


@importer(
    Rule(shape="json-array", keys=frozenset({"Thumbs Rating", "Published"})),
    Rule(shape="json-array", keys=frozenset({"Review Star Rating", "Published"})),
    Rule(shape="json-array", keys=frozenset({"Provider Name", "Published"})),
    Rule(members=("**/Search Contributions/*.json",), shape="json-array", keys=frozenset({"Published"}), named=True),
    source="google",
    product="search-contributions",
    reads="thumbs and reviews in Search",
)
def search_contributions(member: Member) -> Iterator[Record]:
    """What the person rated in Search, at the time when it was published."""
    alike = Alike()
    for found in elements(member):
        if not isinstance(found, Element):
            yield found
            continue
        when = _moment(found.fields, "Published", "Updated")
        if when is None:
            yield Notice("google-no-time", found.position)
        yield Item(
            kind=Kind.REVIEW if "Review Star Rating" in found.fields else Kind.REACTION,
            key=alike.key("search-contribution", found.plain),
            when=when,
            title=words(found.fields, "Title")
            or words(found.fields, "Search Query")
            or words(found.fields, "Provider Name"),
            text=words(found.fields, "Review Comment"),
            details=found.details(),
        )
