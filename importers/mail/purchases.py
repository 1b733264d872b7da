"""Orders, invoices, parcels, subscriptions and sign-ups in the markup of mails.

An order is one `purchase` of all its lines, with the total that the mail states; lines are never added up, since
postage and reductions are not in them. A parcel is `other`: the order counts as what was bought.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.mail import node_fields as fields
from importers.mail.letter import Letter, carried
from importers.mail.markup import Node, types
from importers.records import Item, Kind, Moment, Record

_SHOWN = 200
"""Characters of a title that is put together from names."""

_DAY = 86_400_000_000
_NOT_BOUGHT = ("cancel", "return", "problem", "declin", "refund")


def bought(letter: Letter, form: str, node: Node, place: int) -> Iterator[Record]:
    """The item of an object that is no reservation; none when it says too little. ``place``: of the object in the
    mail."""
    name = next((name for name in types(node) if name in _MAKES), "")
    if name:
        yield from _MAKES[name](letter, f"schema.org {name} ({form})", node, place)


def _order(letter: Letter, rule: str, node: Node, place: int) -> Iterator[Record]:
    number, price = fields.number(node, "orderNumber", "confirmationNumber"), fields.money(node)
    if not number and not price.amount:
        return
    lines = list(_lines(node))
    status = fields.word(node, "orderStatus")
    kept = not any(word in status.casefold() for word in _NOT_BOUGHT)
    yield Item(
        kind=Kind.PURCHASE if kept else Kind.OTHER,
        key=order_key(letter, number, place) + (() if kept else (status,)),
        stable=True,
        when=fields.moment(fields.text(node, "orderDate")) or letter.when,
        title=_joined([name for name, _ in lines]) or letter.item.title,
        text="\n".join(line for _, line in lines),
        amount=price.amount if kept else "",
        currency=price.currency if kept else "",
        parties=letter.parties(fields.text(node, "merchant", "seller", "provider")),
        details=letter.details(rule, {"order": number, "status": status, "markup": carried(node)}),
    )


def order_key(letter: Letter, number: str, place: int = 0) -> tuple[Any, ...]:
    """Identity of an order: its number, as this sender gave it; else its mail."""
    return ("order", letter.whose(number), number.upper()) if number else letter.own_key("order", place)


def _lines(node: Node) -> Iterator[tuple[str, str]]:
    """Name of each thing that was ordered, and a line about it with how many and at what price."""
    for given in ("acceptedOffer", "orderedItem"):
        for line in fields.inners(node, given):
            thing = fields.inner(line, "itemOffered", "orderedItem") or line
            name = fields.text(thing, "name") or fields.text(line, "name", "itemOffered", "orderedItem")
            counted = fields.inner(line, "eligibleQuantity")
            often = fields.text(counted, "value") or fields.text(line, "orderQuantity", "eligibleQuantity", "quantity")
            price = fields.money(line)
            if name:
                before = f"{often} × " if often else ""
                yield name, f"{before}{name}{f' : {price.amount} {price.currency}' if price.amount else ''}"


def _invoice(letter: Letter, rule: str, node: Node, place: int) -> Iterator[Record]:
    """A `purchase`; where it is the invoice of an order, a `document`: the order has the amount."""
    ordered = fields.number(fields.inner(node, "referencesOrder"), "orderNumber")
    number = fields.number(node, "identifier", "confirmationNumber", "accountId")
    price = fields.money(node)
    if not price.amount:
        return
    issued = fields.text(node, "billingPeriod", "paymentDueDate", "paymentDue")
    yield Item(
        kind=Kind.DOCUMENT if ordered else Kind.PURCHASE,
        key=("invoice", letter.whose(number), number, issued)
        if number and issued
        else letter.own_key("invoice", place),
        stable=True,
        when=letter.when,
        title=fields.text(node, "description", "name") or letter.item.title,
        amount=price.amount,
        currency=price.currency,
        parties=letter.parties(fields.text(node, "provider", "broker", "seller")),
        details=letter.details(
            rule,
            {
                "invoice": number,
                "order": ordered,
                "status": fields.word(node, "paymentStatus"),
                "markup": carried(node),
            },
        ),
    )


def _parcel(letter: Letter, rule: str, node: Node, place: int) -> Iterator[Record]:
    """A parcel at the time at which it is expected; once it has come, at the time of the mail that says so."""
    order = fields.inner(node, "partOfOrder")
    tracking, ordered = fields.number(node, "trackingNumber"), fields.number(order, "orderNumber")
    status = fields.word(node, "hasDeliveryStatus", "deliveryStatus") or fields.word(order, "orderStatus")
    first = fields.moment(fields.text(node, "expectedArrivalFrom"))
    last = fields.moment(fields.text(node, "expectedArrivalUntil"))
    here = "deliver" in status.casefold() and "out" not in status.casefold()
    expected = None if here else first or last
    if not (tracking or ordered):
        return
    things = _joined([fields.text(thing, "name") for thing in fields.inners(node, "itemShipped")])
    yield Item(
        kind=Kind.OTHER,
        key=parcel_key(letter, tracking, ordered, "delivered" if here else "expected", place),
        stable=True,
        when=expected or letter.when,
        end=_until(expected, last),
        title=things or letter.item.title,
        parties=letter.parties(fields.text(node, "carrier", "provider") or fields.text(order, "merchant", "seller")),
        details=letter.details(rule, {"parcel": tracking, "order": ordered, "status": status, "markup": carried(node)}),
    )


def parcel_key(letter: Letter, tracking: str, order: str, state: str, place: int = 0) -> tuple[Any, ...]:
    """Identity of what happened to a parcel: by its own number, else by its order and its place in the mail."""
    if tracking:
        return ("parcel", letter.whose(tracking) if len(tracking) < 8 else "", tracking.upper(), state)
    return ("parcel of", letter.whose(order), order.upper(), place, state)


def _until(first: Moment | None, last: Moment | None) -> int | None:
    return last.us if first is not None and last is not None and 0 < last.us - first.us <= 60 * _DAY else None


def _done(node: Node) -> bool:
    """Whether an action took place; markup mostly holds actions that a person may choose."""
    return "completed" in fields.word(node, "actionStatus").casefold()


def _subscribed(letter: Letter, rule: str, node: Node, place: int) -> Iterator[Record]:
    if not _done(node):
        return
    price = fields.money(node)
    yield Item(
        kind=Kind.SUBSCRIPTION,
        key=letter.own_key("subscription", place),
        stable=True,
        when=fields.moment(fields.text(node, "startTime")) or letter.when,
        title=fields.text(node, "object") or letter.item.title,
        amount=price.amount,
        currency=price.currency,
        parties=letter.parties(fields.text(node, "provider", "agent")),
        details=letter.details(rule, {"markup": carried(node)}),
    )


def _registered(letter: Letter, rule: str, node: Node, place: int) -> Iterator[Record]:
    if not _done(node):
        return
    yield Item(
        kind=Kind.SETTING,
        key=letter.own_key("account", place),
        stable=True,
        when=letter.when,
        title=letter.item.title,
        parties=letter.parties(fields.text(node, "provider")),
        details=letter.details(rule, {"markup": carried(node)}),
    )


def _joined(names: list[str]) -> str:
    """Names in a row, as many as fit into a title."""
    shown = ", ".join(filter(None, names))
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


_MAKES = {
    "Order": _order,
    "Invoice": _invoice,
    "ParcelDelivery": _parcel,
    "RegisterAction": _registered,
    "JoinAction": _registered,
    "SubscribeAction": _subscribed,
}
