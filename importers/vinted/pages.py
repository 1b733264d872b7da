"""What was put on sale, bought and sold on Vinted, and what else stands in its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.amounts import amount
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.row_facts import numbered
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role
from importers.vinted.cells import MARKER, Cell, cells

_STAMPS = DateReader(Layout.YEAR_FIRST)
_TIMES = ("order_purchased", "created_at", "last_updated")
_PHOTO = re.compile(r"photos/(\d+)/")
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")


@importer(
    *(Rule(contains=(MARKER, f'itemprop="{name}"')) for name in ("order_value", "order_purchased", "item_photo")),
    Rule(
        members=("**/index.html",),
        contains=(MARKER,),
        named=True,
        beside=("**/listings/index.html", "**/items/index.html", "**/transactions/index.html"),
    ),
    source="vinted",
    reads="pages of the archive",
    status="beta",
)
def pages(member: Member) -> Iterator[Record]:
    """A listing is a `post` at its creation; an order is a `purchase`, or a `transaction` for what one has sold.

    Whose the account is, is the one name that stands in every order; where two or none do, orders are `other` without
    an amount. All other cells are `other`, with every field, word and link in their details.
    """
    own = _own(member)
    alike = Alike()
    for cell in cells(member):
        if isinstance(cell, Notice):
            yield cell
            continue
        written = next((cell.first(name) for name in _TIMES if cell.first(name)), "")
        when = _STAMPS.moment(written)
        if written and when is None:
            yield Notice("table-date", f"record {cell.number}", "date")
        yield numbered(_item(cell, when, own), alike)


def _own(member: Member) -> str:
    """The name that is buyer or seller in every order; '' when it is not the only one."""
    orders = 0
    names: Counter[str] = Counter()
    for cell in cells(member):
        if isinstance(cell, Cell) and cell.first("order_purchased"):
            orders += 1
            names.update({cell.first("buyer"), cell.first("seller")} - {""})
            if len(names) > 1000:
                names = Counter({name: count for name, count in names.items() if count == orders})
    always = [name for name, count in names.items() if count == orders]
    return always[0] if len(always) == 1 else ""


def _item(cell: Cell, when: Moment | None, own: str) -> Item:
    if cell.first("order_purchased") or (cell.first("order_value") and cell.first("buyer")):
        return _order(cell, when, own)
    if cell.first("title") and (cell.first("order_value") or cell.first("created_at")):
        return _listing(cell, when)
    return Item(
        kind=Kind.OTHER,
        key=("cell", *(part for name, values in sorted(cell.fields.items()) for part in (name, *values)), *cell.words),
        when=when,
        title=cell.first("title") or next(iter(cell.words), ""),
        text="\n".join(cell.words),
        details=_details(cell),
    )


def _order(cell: Cell, when: Moment | None, own: str) -> Item:
    buyer, seller = cell.first("buyer"), cell.first("seller")
    kind = Kind.OTHER
    if own:
        kind = Kind.PURCHASE if buyer == own else Kind.TRANSACTION
    titles = cell.fields.get("item_title", [])
    value = cell.first("order_value")
    paid = amount(value) if own else ""
    currency = _CURRENCY.search(value)
    return Item(
        kind=kind,
        key=("order", when.us if when else cell.first("order_purchased"), buyer, seller, *titles),
        when=when,
        title=", ".join(titles),
        amount=paid,
        currency=currency[0] if currency and paid else "",
        parties=tuple(
            Role(role, name, Handle("user", name)) for role, name in (("buyer", buyer), ("seller", seller)) if name
        ),
        details=_details(cell),
    )


def _listing(cell: Cell, when: Moment | None) -> Item:
    """A listing has the number of its photos' folder, which is the number of the article."""
    number = next((found[1] for link in cell.links if (found := _PHOTO.search(link))), "")
    title = cell.first("title")
    return Item(
        kind=Kind.POST,
        key=("listing", number) if number else ("listing", "", cell.first("created_at"), title),
        when=when,
        title=title,
        text=cell.first("description"),
        details=_details(cell),
    )


def _details(cell: Cell) -> dict[str, object]:
    fields: dict[str, object] = {
        name: values[0] if len(values) == 1 else values for name, values in cell.fields.items()
    }
    more = {"words": cell.words, "links": cell.links}
    return fields | {name: value for name, value in more.items() if value}
