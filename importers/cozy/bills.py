"""Bills and refunds as the connectors of Cozy keep them (``io.cozy.bills``), those of the health insurance apart.

Facts: an example of the connector of Ameli, and the documents. Amounts are positive, refunds are marked. A day is
written as midnight in France, in UTC: ``2018-01-14T23:00:00.000Z`` is the 15th of January.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.french_stamps import day_or_time
from importers.formats.json_records import Alike, Entry, entries, text
from importers.records import Item, Kind, Moment, Notice, Record, Role

_SAME = ("vendor", "vendorRef", "date", "amount", "beneficiary", "subtype", "type")


@importer(
    Rule(shape="json-array", keys=frozenset({"isThirdPartyPayer", "groupAmount", "vendor"})),
    Rule(shape="json-array", keys=frozenset({"isRefund", "beneficiary", "vendor"}), contains=('"Ameli"',)),
    source="ameli",
    reads="refunds of care (Cozy)",
    languages=("fr",),
    status="proven",
)
def refunds(member: Member) -> Iterator[Record]:
    """One `transaction` a refunded act, on the day of its payment, in euros. Several make up one credit of the bank
    (``groupAmount``); what was paid to the professional never reaches the bank (``isThirdPartyPayer``).
    """
    yield from _bills(member, "Ameli")


@importer(
    Rule(shape="json-array", keys=frozenset({"vendor", "amount", "date", "type"})),
    Rule(shape="json-array", keys=frozenset({"vendor", "amount", "date", "isRefund"})),
    source="cozy",
    reads="bills",
    languages=("fr",),
    status="proven",
    weight=-10,
)
def bills(member: Member) -> Iterator[Record]:
    """One `purchase` a bill with its amount in the bill's currency, euros when it states none; refunds and pay are
    each a `transaction`.
    """
    yield from _bills(member, "")


def _bills(member: Member, vendor: str) -> Iterator[Record]:
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        when = day_or_time(entry.fields.get("date"))
        if when is None:
            yield Notice("table-date", entry.position, "date")
        yield _bill(entry, when, vendor, alike)


def _bill(entry: Entry, when: Moment | None, vendor: str, alike: Alike) -> Item:
    fields = entry.fields
    received = fields.get("isRefund") is True or text(fields, "type") in {"pay", "income"}
    seller, beneficiary = text(fields, "vendor") or vendor, text(fields, "beneficiary")
    currency = text(fields, "currency")
    amount = text(fields, "amount")
    return Item(
        kind=Kind.TRANSACTION if received else Kind.PURCHASE,
        key=alike.key("bill", *(text(fields, name) for name in _SAME)),
        when=when,
        title=text(fields, "subtype") or seller,
        text=text(fields, "type"),
        amount=amount,
        currency=("EUR" if currency in {"", "€"} else currency) if amount else "",
        parties=(
            *((Role("seller", seller),) if seller else ()),
            *((Role("with", beneficiary),) if beneficiary else ()),
        ),
        details=entry.text,
    )
