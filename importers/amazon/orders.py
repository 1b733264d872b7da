"""What was ordered from Amazon's shop: a row is one article of an order.

Facts: a real file of 2023 with 1,056 rows of 677 orders. ``Total Owed`` is what the row cost with tax, carriage and
discounts; ``Shipment Item Subtotal`` repeats the whole parcel on each of its rows and is never added up. A cancelled
row may keep an amount that nobody paid.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.amazon.tables import american, iso, iso_or_american, items
from importers.contract import Member, Rule, importer
from importers.formats.amounts import amount
from importers.formats.row_facts import Cells, named
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Record, Role

_ORDERS = ("Order ID", "Order Date", "Total Owed", "ASIN", "Product Name")
_CURRENT = ("Order ID", "Order Date", "Total Amount", "ASIN", "Product Name")
_DIGITAL = ("ASIN", "Title", "OrderId", "DigitalOrderItemId", "OurPrice")
_PARTS = ("DeliveryPacketId", "MonetaryComponentTypeCode", "TransactionAmount")


@importer(
    Rule(members=("**/Retail.OrderHistory.*.csv",), header=frozenset(_ORDERS)),
    source="amazon",
    reads="orders",
    status="proven",
)
def orders(member: Member) -> Iterator[Record]:
    """A `purchase` for each article of an order, at the time of the order (UTC); a cancelled one is `other`.

    The day of shipping is no part of the identity: an order that was under way in one archive is the same order when
    it has arrived in the next.
    """
    yield from items(member, _ORDERS, _ordered, "Order Date", iso_or_american)


@importer(
    Rule(members=("**/Your Amazon Orders/Order History.csv", "**/Order History.csv"), header=frozenset(_CURRENT)),
    source="amazon",
    reads="orders (archives since 2025)",
)
def order_history(member: Member) -> Iterator[Record]:
    """The same rows under the titles of today's ``Order History.csv``; an order in both archives is one.

    Facts: headers that several public readers show; no real file was at hand.
    """
    yield from items(member, _CURRENT, _ordered, "Order Date", iso_or_american)


def _ordered(cells: Cells, when: Moment | None) -> Item:
    cancelled = cells.get("Order Status", "").casefold() in {"cancelled", "canceled"}
    paid = amount(cells.get("Total Owed") or cells.get("Total Amount", ""))
    shop = cells.get("Website", "Amazon")
    taken = {"Product Name", "Gift Message"} | ({"Order Date"} if when else set())
    return Item(
        kind=Kind.OTHER if cancelled else Kind.PURCHASE,
        key=("order", *named(cells, "Order ID", "ASIN")),
        when=when,
        title=cells.get("Product Name", ""),
        text=cells.get("Gift Message", ""),
        amount="" if cancelled else paid,
        currency=cells.get("Currency", "") if paid and not cancelled else "",
        parties=(Role("seller", shop),),
        details=rest(cells, taken),
    )


@importer(
    Rule(members=("**/Digital Items.csv",), header=frozenset(_DIGITAL)),
    source="amazon",
    reads="digital purchases",
    status="proven",
)
def digital_items(member: Member) -> Iterator[Record]:
    """Books, films, apps and membership fees: a `purchase` each, on its day. What was free has the amount 0."""
    yield from items(member, _DIGITAL, _digital, "OrderDate", iso)


def _digital(cells: Cells, when: Moment | None) -> Item:
    paid = amount(cells.get("OurPrice", ""))
    seller = cells.get("SellerOfRecord", "Amazon")
    own = cells.get("DigitalOrderItemId", "")
    return Item(
        kind=Kind.PURCHASE,
        key=("digital", own) if own else ("digital", "", *named(cells, "OrderId", "ASIN")),
        when=when,
        title=cells.get("Title", ""),
        amount=paid,
        currency=(cells.get("OurPriceCurrencyCode") or cells.get("BaseCurrencyCode", "")) if paid else "",
        parties=(Role("seller", seller),),
        details=rest(cells, {"Title"} | ({"OrderDate"} if when else set())),
    )


@importer(
    Rule(members=("**/Digital Orders Monetary.csv",), header=frozenset(_PARTS)),
    source="amazon",
    reads="parts of the prices of digital purchases",
)
def digital_amounts(member: Member) -> Iterator[Record]:
    """Price, tax and discount of a digital purchase, each for itself: `other`, as the purchase has the amount."""
    yield from items(member, _PARTS, _part)


def _part(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.OTHER,
        key=("digital-amount", *(part for pair in sorted(cells.items()) for part in pair)),
        when=when,
        title=cells.get("MonetaryComponentTypeCode", ""),
        details=rest(cells, ()),
    )


@importer(
    Rule(header=frozenset({"First Search Time (GMT)", "Keywords"})),
    Rule(header=frozenset({"First Search Time (GMT)", "First Search Query String"})),
    source="amazon",
    reads="searches in the shop",
)
def searches(member: Member) -> Iterator[Record]:
    """What was searched, at the first time of that search (UTC)."""
    yield from items(member, {"First Search Time (GMT)"}, _searched, "First Search Time (GMT)", _search_time)


def _search_time(text: str) -> Moment | None:
    return iso(text) or american(text)


def _searched(cells: Cells, when: Moment | None) -> Item:
    words = cells.get("Keywords") or cells.get("First Search Query String", "")
    return Item(
        kind=Kind.SEARCH,
        key=("search", cells.get("First Search Time (GMT)", ""), words, cells.get("First Search Query String", "")),
        when=when,
        title=words,
        details=rest(cells, {"First Search Time (GMT)"} if when else ()),
    )
