"""Fields of a schema.org object as senders fill them: a text or an object with a name, one value or a list of them."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from importers.formats import airports
from importers.formats.amounts import amount
from importers.formats.dates import DateReader, Layout
from importers.formats.sniff import plain
from importers.mail.markup import Node
from importers.records import Moment

LONGEST = 300
"""Characters of a text that becomes a column or a key; longer ones are cut there and stand whole in the details."""

LIST = 100
"""Values of one field that are looked at."""

_LISTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("country_zones.toml").read_text(encoding="utf-8"))
_COUNTRIES = {country: ZoneInfo(zone) for zone, countries in _LISTS.items() for country in countries}
_SIGNS = {"€": "EUR", "£": "GBP"}
_NUMBER = re.compile(r"[\w#][\w #./-]{0,59}\Z")
_SHORT_ZONE = re.compile(r"([+-])(\d:\d\d)\Z")
_CODE = re.compile(r"[A-Z]{3}\Z")
_PRICES = ("totalPrice", "price", "total", "totalPaymentDue", "priceSpecification", "value")
_CURRENCIES = ("priceCurrency", "currency")


class Money(NamedTuple):
    """An amount with its currency (ISO 4217); both '' where either is not clear."""

    amount: str = ""
    currency: str = ""


def many(node: Node, name: str) -> list[Any]:
    """All values of a field, in order."""
    value = node.get(name)
    return [] if value is None else value[:LIST] if isinstance(value, list) else [value]


def inner(node: Node, *names: str) -> Node:
    """The first object among these fields; an empty one when there is none."""
    return next((value for name in names for value in many(node, name) if isinstance(value, dict)), {})


def inners(node: Node, name: str) -> Iterator[Node]:
    """All objects of a field."""
    return (value for value in many(node, name) if isinstance(value, dict))


def text(node: Node, *names: str) -> str:
    """The first of these fields that says something; of an object its name."""
    for name in names:
        for value in many(node, name):
            found = text(value, "name", "@value") if isinstance(value, dict) and name != "@value" else said(value)
            if found:
                return found
    return ""


def said(value: Any) -> str:
    """A leaf as one line of text; '' for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    written = value if isinstance(value, str) else str(value)
    return " ".join(html.unescape(written[: 2 * LONGEST]).split())[:LONGEST]


def number(node: Node, *names: str) -> str:
    """The first of these fields that can be the number of an order or a booking: letters, digits and few marks."""
    return next((found for name in names if _NUMBER.match(found := text(node, name))), "")


def word(node: Node, *names: str) -> str:
    """A value of an enumeration without its namespace (``ReservationConfirmed``)."""
    return re.split(r"[/#]", text(node, *names))[-1]


def money(node: Node) -> Money:
    """The price of an object, or of the price that it holds."""
    for name in _PRICES:
        for value in many(node, name):
            if isinstance(value, dict):
                found = money(value)
                if found.amount:
                    return found
                continue
            written = said(value)
            paid = amount(written)
            code = currency(text(node, *_CURRENCIES)) or currency(re.sub(r"[\d\s.,+'-]", "", written))
            if paid and code:
                return Money(paid, code)
    return Money()


def currency(written: str) -> str:
    """The code of a currency; '' when it is not certain (a dollar may be of many countries)."""
    code = _SIGNS.get(written, written.upper())
    return code if _CODE.match(code) else ""


def moment(written: str, zone: tzinfo | None = None) -> Moment | None:
    """A time of ISO 8601. Without a zone of its own it is placed in ``zone``, in UTC when that is not known.

    Hotels write ``+0:00``. Days and months as numbers that could change places (``02-04-2018``) are not read.
    """
    return _reader(zone or UTC).moment(_SHORT_ZONE.sub(r"\g<1>0\2", written))


def has_no_zone(written: str) -> bool:
    """Whether it is a time of day without a zone."""
    return ":" in written and re.search(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*\Z", written, re.IGNORECASE) is None


@lru_cache(maxsize=600)
def _reader(zone: tzinfo) -> DateReader:
    return DateReader(Layout.YEAR_FIRST, zone)


def zone_of(place: Node) -> tzinfo | None:
    """The time zone of an airport by its code, of another place by its country where that has only one; else None."""
    code = text(place, "iataCode")
    if code:
        return airports.zone(code)
    address = inner(place, "address", "location")
    return _COUNTRIES.get(plain(text(address, "addressCountry") or text(inner(address, "address"), "addressCountry")))


def degrees(place: Node) -> tuple[float | None, float | None]:
    """Latitude and longitude (WGS 84) of a place; None for both when they are not on earth."""
    spot = inner(place, "geo")
    try:
        lat, lon = float(text(spot, "latitude")), float(text(spot, "longitude"))
    except ValueError:
        return None, None
    return (lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 and (lat or lon) else (None, None)
