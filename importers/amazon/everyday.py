"""Refunds, the cart, pages of products, spoken words and devices, in the archives since 2024.

Facts: headers and folders that public readers of those archives show; no real file was at hand. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.amazon.tables import iso, items
from importers.contract import Member, Rule, importer
from importers.formats.amounts import amount
from importers.formats.row_facts import Cells, named
from importers.formats.tables import rest
from importers.records import Handle, Item, Kind, Moment, Record, Role

_REFUND = ("Order ID", "Refund Amount", "Refund Date", "Currency")
_CART = ("ASIN", "Date Added to Cart", "Product Name")
_PAGE = ("ASIN", "product_name", "creation_date", "marketplace_id")
_SPOKEN = ("Utterance text", "Utterance Creation Date")
_DEVICE = ("Device Serial Number", "First Time Registered", "Time Deregistered")


@importer(Rule(header=frozenset(_REFUND)), source="amazon", reads="refunds")
def refunds(member: Member) -> Iterator[Record]:
    """Money that came back for an order: a `purchase` below zero, so that spending adds up."""
    yield from items(member, _REFUND, _refunded, "Refund Date", iso)


def _refunded(cells: Cells, when: Moment | None) -> Item:
    back = amount(cells.get("Refund Amount", "")).lstrip("-")
    return Item(
        kind=Kind.PURCHASE,
        key=("refund", *named(cells, "Order ID", "Creation Date", "Refund Date", "Refund Amount")),
        when=when,
        title=cells.get("Reversal Reason") or cells.get("Disbursement Type", ""),
        amount=f"-{back}" if back.strip("0.") else back,
        currency=cells.get("Currency", "") if back else "",
        parties=(Role("seller", cells.get("Website", "Amazon")),),
        details=rest(cells, {"Refund Date"} if when else ()),
    )


@importer(Rule(header=frozenset(_CART)), source="amazon", reads="cart")
def cart(member: Member) -> Iterator[Record]:
    """What was put into the cart, bought or not: a `bookmark` each."""
    yield from items(member, _CART, _carted, "Date Added to Cart", iso)


def _carted(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.BOOKMARK,
        key=("cart", *named(cells, "Date Added to Cart", "ASIN", "Cart List")),
        when=when,
        title=cells.get("Product Name", ""),
        details=rest(cells, {"Product Name"} | ({"Date Added to Cart"} if when else set())),
    )


@importer(Rule(header=frozenset(_PAGE)), source="amazon", reads="pages of products seen")
def product_pages(member: Member) -> Iterator[Record]:
    """A `page-visit` for each page of a product that was opened, with its price and place in the details."""
    yield from items(member, _PAGE, _opened, "creation_date", iso)


def _opened(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.PAGE_VISIT,
        key=("page", *named(cells, "creation_date", "ASIN", "device_type")),
        when=when,
        title=cells.get("product_name", ""),
        details=rest(cells, {"product_name"} | ({"creation_date"} if when else set())),
    )


@importer(Rule(header=frozenset(_SPOKEN)), source="amazon", product="alexa", reads="words spoken to Alexa")
def spoken(member: Member) -> Iterator[Record]:
    """What was said to Alexa, as Amazon wrote it down: a `message` to Alexa each."""
    yield from items(member, _SPOKEN, _said, "Utterance Creation Date", iso)


def _said(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.MESSAGE,
        key=("spoken", *named(cells, "Utterance Creation Date", "Utterance text")),
        when=when,
        text=cells.get("Utterance text", ""),
        parties=(Role("to", "Alexa"),),
        details=rest(cells, {"Utterance text"} | ({"Utterance Creation Date"} if when else set())),
    )


@importer(Rule(header=frozenset(_DEVICE)), source="amazon", reads="devices")
def devices(member: Member) -> Iterator[Record]:
    """A `device` from its first registration to its last day."""
    yield from items(member, _DEVICE, _registered, "First Time Registered", iso)


def _registered(cells: Cells, when: Moment | None) -> Item:
    gone = iso(cells.get("Time Deregistered", ""))
    own = cells.get("Device Serial Number", "")
    name = cells.get("Amazon Device Model Name") or cells.get("Device Model", "")
    return Item(
        kind=Kind.DEVICE,
        key=("device", own, *(() if own else named(cells, "First Time Registered", "Device Model"))),
        stable=bool(own),
        when=when,
        end=gone.us if when and gone and gone.us >= when.us else None,
        title=name,
        parties=(Role("device", name, Handle("id", own) if own else None),),
        details=rest(cells, ()),
    )
