"""Play Store: what was installed, owned, bought, rated and subscribed to, and on which devices. Arrays of one wrapper.

Amounts are sentences of the account's language. An order and a purchase may be the same payment: only the purchase
counts as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.google.elements import Element, elements, words
from importers.google.fields import objects
from importers.google.prices import price
from importers.google.times import moment
from importers.records import Item, Kind, Notice, Record, Role


class _Shape(NamedTuple):
    """``times``: names of the time, the first that is there counts. ``price``: name of the amount, or ''."""

    kind: Kind
    times: tuple[str, ...]
    price: str = ""


_SHAPES = {
    "install": _Shape(Kind.OTHER, ("firstInstallationTime", "lastUpdateTime")),
    "libraryDoc": _Shape(Kind.OTHER, ("acquisitionTime",)),
    "purchaseHistory": _Shape(Kind.PURCHASE, ("purchaseTime",), "invoicePrice"),
    "orderHistory": _Shape(Kind.TRANSACTION, ("creationTime",), "totalPrice"),
    "review": _Shape(Kind.REVIEW, ("creationTime",)),
    "subscription": _Shape(Kind.SUBSCRIPTION, ("renewalDate",)),
    "device": _Shape(Kind.DEVICE, ("deviceRegistrationTime", "userAddedOnDeviceTime", "lastTimeDeviceActive")),
}


@importer(
    Rule(shape="json-array", keys=frozenset({"install", "doc", "firstInstallationTime"})),
    Rule(shape="json-array", keys=frozenset({"libraryDoc", "acquisitionTime"})),
    Rule(shape="json-array", keys=frozenset({"purchaseHistory", "purchaseTime"})),
    Rule(shape="json-array", keys=frozenset({"orderHistory", "creationTime"})),
    Rule(shape="json-array", keys=frozenset({"review", "starRating", "documentType"})),
    Rule(shape="json-array", keys=frozenset({"subscription", "renewalDate", "doc"})),
    Rule(shape="json-array", keys=frozenset({"device", "mostRecentData"})),
    Rule(members=("**/Takeout/Google Play Store/*.json",), shape="json-array", named=True),
    source="google",
    product="play",
    reads="installs, purchases, reviews and devices of the Play Store",
)
def play_store(member: Member) -> Iterator[Record]:
    """One item an entry, at the time of its first event, with everything in its details."""
    alike = Alike()
    for found in elements(member):
        if not isinstance(found, Element):
            yield found
            continue
        name = next((name for name in _SHAPES if isinstance(found.fields.get(name), dict)), "")
        if not name:
            yield Notice("google-unknown-object", found.position)
            yield Item(kind=Kind.OTHER, key=alike.key("play", found.plain), details=found.details())
            continue
        yield from _entry(found, name, found.fields[name], alike)


def _entry(found: Element, name: str, inner: dict[str, Any], alike: Alike) -> Iterator[Record]:
    shape = _SHAPES[name]
    when = next((time for field in shape.times if (time := moment(words(inner, field)))), None)
    if when is None:
        yield Notice("google-no-time", found.position)
    title = _title(inner)
    order = words(inner, "orderId")
    own = (order,) if order else (title, when.us if when else None, *(() if when else (found.plain,)))
    amount, currency = price(words(inner, shape.price)) if shape.price else ("", "")
    device = name == "device" and title
    yield Item(
        kind=shape.kind,
        key=alike.key("play", name, *own),
        stable=bool(order),
        when=when,
        title=title,
        text=words(inner, "comment"),
        amount=amount,
        currency=currency,
        parties=(Role("device", title),) if device else (),
        details=found.details(),
    )


def _title(inner: dict[str, Any]) -> str:
    lines = objects(inner.get("lineItem"))
    found = (
        words(inner, "doc", "title"),
        words(inner, "document", "title"),
        words(lines[0], "doc", "title") if lines else "",
        " ".join(filter(None, (words(inner, "mostRecentData", name) for name in ("manufacturer", "modelName")))),
        words(inner, "title"),
    )
    return next(filter(None, found), "")
