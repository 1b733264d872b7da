"""EDF in the pilot: contracts, bills, terms of payment, the customer and the profile of the home.

Facts: a contract of the pilot (an invented person); the other sorts from its documents.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike, entries, text
from importers.mesinfos.shape import Shape, item, items, person
from importers.records import Kind, Notice, Record

_CONTRACT = Shape(
    name="contract",
    kind=Kind.SUBSCRIPTION,
    needs=frozenset({"number", "pdl", "energie"}),
    same=("number", "energie"),
    stable=True,
    when=("start",),
    end=("end",),
    title=("name",),
    text=("energie",),
    parties=(("seller", "vendor"),),
)
_BILL = Shape(
    name="bill",
    kind=Kind.PURCHASE,
    needs=frozenset({"number", "paymentDueDate", "totalPaymentDue"}),
    same=("number",),
    stable=True,
    when=("date",),
    title=("title",),
    amount=("value", "totalPaymentDue"),
)
_TERMS = Shape(
    name="payment-terms",
    kind=Kind.SETTING,
    needs=frozenset({"paymentMeans", "billFrequency"}),
    same=("clientId", "contractNumber", "paymentMeans", "billFrequency"),
    title=("paymentMeans",),
    text=("billFrequency",),
)
_HOME = Shape(
    name="home",
    kind=Kind.SETTING,
    needs=frozenset({"housingType", "surface", "occupantsCount"}),
    same=("contractNumber", "pdl", "housingType", "surface"),
    title=("housingType",),
)


@importer(
    Rule(shape="json-array", keys=frozenset({"pdl", "energie", "contractSubcategory1"})),
    source="edf",
    reads="contracts (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def contracts(member: Member) -> Iterator[Record]:
    """A contract from its first day to its last, with its meter and everything that it says."""
    yield from items(member, (_CONTRACT,))


@importer(
    Rule(shape="json-array", keys=frozenset({"paymentDueDate", "totalPaymentDue", "number"})),
    Rule(shape="json-array", keys=frozenset({"paymentMeans", "billFrequency"})),
    Rule(shape="json-array", keys=frozenset({"housingType", "occupantsCount", "principalHeatingSystemType"})),
    source="edf",
    reads="bills, terms of payment, home (MesInfos pilot)",
    languages=("fr",),
)
def papers(member: Member) -> Iterator[Record]:
    """A bill with what it asks for in euros, a text in the file; terms of payment and the home without a time."""
    yield from items(member, (_BILL, _TERMS, _HOME))


@importer(
    Rule(shape="json-array", keys=frozenset({"clientId", "numeroAcc"})),
    source="edf",
    reads="customer (MesInfos pilot)",
    languages=("fr",),
)
def customers(member: Member) -> Iterator[Record]:
    """The person who is the customer."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
        elif text(entry.fields, "clientId"):
            yield person(entry.fields, entry.text)
        else:
            yield from item(_TERMS, entry.fields, entry.text, entry.position, alike)
