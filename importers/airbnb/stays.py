"""Stays, searches, wish lists and reviews.

Facts: files of a public project of 2024. A reservation has no price, and its last night is told by their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from importers.airbnb.envelopes import Fields, Part, moment, parts, written
from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike, inner
from importers.formats.row_facts import numbered
from importers.records import Handle, Item, Kind, Notice, Record, Role

_DAY = 86_400_000_000
_NOT_STAYED = ("cancel", "deni", "decline", "expire", "withdraw", "timedout", "not_possible")


@importer(
    Rule(shape="json-array", keys=frozenset({"reservations", "confirmationCode"})),
    Rule(shape="json-array", keys=frozenset({"bookingSessions", "listingOwnerProfileUrl"})),
    source="airbnb",
    reads="reservations",
    status="documents",
)
def reservations(member: Member) -> Iterator[Record]:
    """A `stay` from its first day to its last for each reservation that took place; the others are `other`."""
    yield from _items(member, {"reservations": _stay}, "reservations", "bookingSessions")


def _stay(fields: Fields, position: str) -> Iterator[Record]:
    start = moment(fields.get("startDate"))
    if start is None:
        yield Notice("table-date", position, "startDate")
    nights = fields.get("nights")
    status = written(fields, "status").casefold()
    stayed = not any(word in status for word in _NOT_STAYED) and not fields.get("canceledAt")
    host = written(fields, "hostProfileUrl")
    code, hosting = written(fields, "confirmationCode"), written(fields, "hostingUrl")
    yield Item(
        kind=Kind.STAY if stayed else Kind.OTHER,
        key=("reservation", code) if code else ("reservation", "", written(fields, "createdAt"), hosting),
        when=start,
        end=start.us + nights * _DAY if start and isinstance(nights, int) and 0 < nights < 10_000 else None,
        title=code,
        text=written(fields, "message"),
        parties=(Role("organizer", "", Handle("url", host)),) if host else (),
        details=fields,
    )


@importer(
    Rule(shape="json-array", keys=frozenset({"servicedata", "timeofsearch"})),
    source="airbnb",
    reads="searches",
    status="documents",
)
def searches(member: Member) -> Iterator[Record]:
    """A `search` at its time; the file writes no zone, which is taken as UTC."""
    yield from _items(member, {"servicedata": _search}, "servicedata")


def _search(fields: Fields, position: str) -> Iterator[Record]:
    when = moment(fields.get("timeofsearch"))
    if when is None:
        yield Notice("table-date", position, "timeofsearch")
    words = written(fields, "rawlocation", "city", "state", "country")
    lat, lon = fields.get("searchlocationlatitude"), fields.get("searchlocationlongitude")
    placed = isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90 and abs(lon) <= 180
    same = (written(fields, name) for name in ("timeofsearch", "rawlocation", "checkindate", "checkoutdate"))
    yield Item(
        kind=Kind.SEARCH,
        key=("search", *same, written(fields, "numberofguests")),
        when=when,
        title=words,
        lat=float(lat) if placed else None,  # type: ignore[arg-type]
        lon=float(lon) if placed else None,  # type: ignore[arg-type]
        details=fields,
    )


@importer(
    Rule(shape="json-array", keys=frozenset({"wishlistData"})),
    source="airbnb",
    reads="wish lists",
    status="documents",
)
def wishlists(member: Member) -> Iterator[Record]:
    """Each lodging of a wish list is a `bookmark`; the list itself is `other`. There are no times but those wished."""
    yield from _items(member, {"wishlistData": _wishlist}, "wishlistData")


def _wishlist(fields: Fields, _: str) -> Iterator[Record]:
    entries = fields.get("wishlistItemData")
    listed = entries if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries) else []
    own, name = written(fields, "wishlistId"), written(fields, "name")
    yield Item(
        kind=Kind.OTHER,
        key=("wishlist", own or name),
        title=name,
        details={key: value for key, value in fields.items() if key != "wishlistItemData" or not listed},
    )
    for entry in listed:
        lodging = written(entry, "pdpId")
        yield Item(
            kind=Kind.BOOKMARK,
            key=("wish", written(entry, "wishlistItemId") or (own + lodging)),
            title=" – ".join(part for part in (name, lodging) if part),
            details={"wishlist": name} | entry,
        )


@importer(
    Rule(shape="json-array", keys=frozenset({"reviewsProvided"})),
    Rule(shape="json-array", keys=frozenset({"reviewsReceived"})),
    source="airbnb",
    reads="reviews",
    status="documents",
)
def reviews(member: Member) -> Iterator[Record]:
    """A `review` when it was handed in (UTC); who wrote about whom stands in its details."""
    yield from _items(
        member,
        {"reviewsProvided": _review, "reviewsReceived": _review},
        "reviewsProvided",
        "reviewsReceived",
    )


def _review(fields: Fields, position: str) -> Iterator[Record]:
    review = inner(fields, "review") or fields
    when = moment(written(review, "submittedAt", "createdAt", "firstSubmittedAt"))
    if when is None:
        yield Notice("table-date", position, "submittedAt")
    rating = written(review, "rating")
    author = written(review, "reviewerId")
    yield Item(
        kind=Kind.REVIEW,
        key=("review", written(review, "reviewId") or (written(review, "createdAt") + author)),
        when=when,
        title=f"{rating}/5" if rating else "",
        text=written(review, "comment"),
        parties=(Role("author", "", Handle("id", author)),) if author else (),
        details=fields,
    )


def _items(
    member: Member, makes: dict[str, Callable[[Fields, str], Iterator[Record]]], *known: str
) -> Iterator[Record]:
    """The items of the lists that are described; what else an envelope holds is kept as `other`."""
    alike = Alike()
    for part in parts(member, *known):
        if isinstance(part, Notice):
            yield part
        elif part.list in makes and isinstance(part.value, dict):
            for record in makes[part.list](part.value, part.position):
                yield numbered(record, alike) if isinstance(record, Item) else record
        else:
            yield numbered(other(part), alike)


def other(part: Part) -> Item:
    """Something that the facts do not describe, as it is, at its creation if it says so."""
    fields: Fields = part.value if isinstance(part.value, dict) else {"value": part.value}
    return Item(
        kind=Kind.OTHER,
        key=(part.list, msgspec.json.encode(part.value, order="deterministic").decode()),
        when=moment(fields.get("createdAt")),
        title=part.list,
        details={"list": part.list} | fields,
    )
