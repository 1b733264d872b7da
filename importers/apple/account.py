"""The account, its devices and sign-ins, and purchases, from Apple's privacy page.

Facts from documents and other people's parsers, no real file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.apple.table_rows import Cells, Shape, items, mended
from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.records import Item, Kind, Record, Role

_DEVICES = ("Device Name", "Device Serial Number")
_SIGN_INS = ("Logged In Date", "Application", "IP Address")
_BOUGHT = ("Item Purchased Date", "Item Description")
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d{1,4})?\Z")
_ROOTS = (
    *("**/Apple ID account and device information/**/", "**/Apple Account and device information/**/"),
    *("**/AppleAccountInformation/**/", "**/Apple Media Services information/**/", "**/Apple_Media_Services/**/"),
    *("**/Marketing communications/**/", "**/Communications marketing/**/", "**/Game Center/**/"),
    *("**/Apple Online and Retail Store/**/", "**/AppleCare*/**/", "**/Maps Report an Issue/**/"),
    *("**/AppInstallActivity/**/", "**/Other data*/**/"),
)

_DEVICE = Shape(
    "device",
    Kind.DEVICE,
    ("Device Added Date", "Device Last Heartbeat Timestamp"),
    ("Device Name",),
    ("Device Serial Number", "Device Added Date", "Device Name"),
)
_SIGN_IN = Shape("sign-in", Kind.SIGN_IN, ("Logged In Date",), ("Application",), _SIGN_INS)
_TIMES = (
    *("Event Date", "Date", "Timestamp", "Event Timestamp", "Date Played", "Activity Date", "Last Played Date"),
    *("Item Purchased Date", "Order Date", "Created Date", "Event Date Time", "Sent Date", "Last Modified"),
)
_TITLES = ("Item Description", "Track Description", "Title", "Name", "Description", "App Name", "Subject")


@importer(
    Rule(header=frozenset(_DEVICES)),
    source="apple",
    reads="devices of the account",
    product="account",
    languages=("en", "fr"),
)
def devices(member: Member) -> Iterator[Record]:
    """A `device` a row, since it was added to the account."""
    yield from items(member, _DEVICES, _DEVICE.item, ("Device Added Date",))


@importer(Rule(header=frozenset(_SIGN_INS)), source="apple", reads="sign-ins", product="account")
def sign_ins(member: Member) -> Iterator[Record]:
    """A `sign-in` a row, with its address in the details."""
    yield from items(member, _SIGN_INS, _SIGN_IN.item, ("Logged In Date",))


@importer(Rule(header=frozenset(_BOUGHT)), source="apple", reads="purchases and downloads", product="media-services")
def store(member: Member) -> Iterator[Record]:
    """A `purchase` for what has an amount; free things, downloads of what was bought before and updates are `other`."""
    yield from items(member, _BOUGHT, _bought, ("Item Purchased Date",))


def _bought(alike: Alike, cells: Cells) -> Item:
    amount = cells.get("Invoice Item Amount", "Invoice Item Total")
    plain = amount.replace(",", ".") if _AMOUNT.match(amount) else ""
    number, reference = cells.get("Order Number", "Document Number"), cells.get("Item Reference Number")
    paid = bool(plain.strip("-0."))
    seller = cells.get("Seller")
    same = (cells.get("Item Purchased Date"), reference, number, cells.get("Item Description"), amount)
    return Item(
        kind=Kind.PURCHASE if paid else Kind.OTHER,
        key=alike.key("store", *same),
        when=cells.moment("Item Purchased Date"),
        title=mended(cells.get("Item Description")),
        amount=plain if paid else "",
        currency=cells.get("Currency", "Invoice Currency") if paid else "",
        parties=(Role("seller", seller),) if seller else (),
        details={name: text for name, text in cells.fields.items() if text},
    )


@importer(
    *(Rule(members=tuple(f"{root}*.csv" for root in _ROOTS), shape=shape, named=True) for shape in ("csv", "text")),
    source="apple",
    reads="other tables of the privacy page",
    status="beta",
    weight=-1,
)
def other_table(member: Member) -> Iterator[Record]:
    """One item a row, whole in its details, at the first column whose name promises a time. Columns are untested."""
    stem = member.path.rpartition("/")[2].rpartition(".")[0]
    kind = Kind.SETTING if "account information" in stem.casefold() else Kind.OTHER
    yield from items(member, (), Shape("row", kind, _TIMES, _TITLES).item)
