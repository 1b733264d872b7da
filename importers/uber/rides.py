"""What a rider has ordered: rides, and in the same table meals and parcels.

Facts: real tables of 2018 and 2022, and the readers of public projects for the lower-case titles since 2024. The
distance is in miles everywhere. Titles of columns and words of the status have changed; both are folded.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.amounts import amount
from importers.formats.json_records import Alike
from importers.formats.row_facts import Cells, lines, numbered
from importers.formats.tables import rest
from importers.records import Item, Kind, Notice, Record, Role
from importers.uber.times import utc

_COLUMNS = {
    "product": ("Product Type", "product_type"),
    "status": ("Trip or Order Status", "status"),
    "request": ("Request Time", "request_time"),
    "begin": ("Begin Trip Time", "begin_trip_time"),
    "lat": ("Begin Trip Lat", "begintrip_lat"),
    "lon": ("Begin Trip Lng", "begintrip_lng"),
    "from": ("Begin Trip Address", "begintrip_address"),
    "dropoff": ("Dropoff Time", "dropoff_time"),
    "to": ("Dropoff Address", "dropoff_address"),
    "fare": ("Fare Amount", "fare_amount"),
    "currency": ("Fare Currency", "fare_currency"),
}
"""What a column is, by its title in the older and the newer tables."""

_OLD = frozenset({"Product Type", "Trip or Order Status", "Request Time", "Fare Amount"})
_NEW = frozenset({"product_type", "request_time", "begin_trip_time", "fare_amount"})


@importer(
    Rule(members=("**/Rider/trips_data*.csv",), header=_OLD),
    Rule(members=("**/Rider/trips_data*.csv", "**/Rider/trips.csv"), header=_NEW),
    source="uber",
    reads="rides, meals and parcels",
    status="proven",
)
def rides(member: Member) -> Iterator[Record]:
    """A ride is a `trip` from its beginning to its end (UTC) with its fare; a meal or a parcel is a `purchase`.

    What was not carried out is `other`, at the time of the request; a fee for it is an amount all the same.
    """
    alike = Alike()
    for line in lines(member):
        if isinstance(line, Notice):
            yield line
            continue
        named = _named(line.cells)
        if named["request"] and utc(named["request"]) is None:
            yield Notice("table-date", line.position, "Request Time")
        yield numbered(_ordered(line.cells, named), alike)


def _named(cells: Cells) -> Cells:
    return {what: next((cells[name] for name in names if name in cells), "") for what, names in _COLUMNS.items()}


def _ordered(cells: Cells, named: Cells) -> Item:
    requested = utc(named["request"])
    done = named["status"].casefold() == "completed"
    kind = _kind(named["product"]) if done else Kind.OTHER
    begun = utc(named["begin"])
    ended = utc(named["dropoff"])
    when = begun if done and begun else requested
    fare = amount(named["fare"])
    lat, lon = _place(named)
    return Item(
        kind=kind,
        key=("order", requested.us if requested else named["request"], named["product"].casefold(), _digits(fare)),
        when=when,
        end=ended.us if done and ended and when and ended.us > when.us else None,
        title=named["product"],
        text=" → ".join(part for part in (named["from"], named["to"]) if part),
        lat=lat,
        lon=lon,
        amount=fare if done or fare.strip("0.") else "",
        currency=named["currency"] if done or fare.strip("0.") else "",
        parties=(Role("seller", "Uber"),),
        details=rest(cells, ()),
    )


def _kind(product: str) -> Kind:
    folded = product.casefold()
    return Kind.PURCHASE if "eats" in folded or folded in {"flash", "connect", "marketplace"} else Kind.TRIP


def _place(named: Cells) -> tuple[float | None, float | None]:
    """Where a ride began; None where the table does not say, or says 0."""
    try:
        lat, lon = float(named["lat"]), float(named["lon"])
    except ValueError:
        return None, None
    return (lat, lon) if 0 < abs(lat) <= 90 and abs(lon) <= 180 else (None, None)


def _digits(fare: str) -> str:
    """A fare for comparison: one table writes ``0``, another ``0.0``."""
    return fare.rstrip("0").rstrip(".") if "." in fare else fare
