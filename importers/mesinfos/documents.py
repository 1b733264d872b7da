"""Everything else that bears the pilot's mark (``docType`` and its version): each of its sorts has a kind.

Facts: the pilot's map of 38 sorts of data, most of which were never published as a file. Nothing is known of their
fields, so all of them stay in the details; a date and a name are taken where their usual names occur.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.french_stamps import utc_day
from importers.formats.json_records import Alike, entries, text
from importers.formats.sniff import plain
from importers.mesinfos.shape import Shape, item
from importers.records import Kind, Notice, Record

_WHEN = ("timestamp", "date", "start", "startDate", "dateDebut", "creationDate", "issueDate", "datetime")
_END = ("end", "endDate", "dateFin", "expirationDate")
_TITLE = ("title", "name", "label", "subject", "number", "ref", "type")
_AMOUNT = ("amount", "montant", "total")
_SAME = ("_id", "id", "number", "ref", "contractNumber", "clientId")

_SORTS = {
    Kind.OTHER: "geolocationlog geopoint album notification notifications",
    Kind.PURCHASE: "receipt receiptdetail bill",
    Kind.WATCH: "videoondemand videostream",
    Kind.CALL: "phonecommunicationlog phonecommunicatiolog",
    Kind.SETTING: "bankaccount person client user contact paymentterms",
    Kind.TRANSACTION: "bankoperation savings premiums quittance",
    Kind.SUBSCRIPTION: "bankproduct insurancecontract homeinsurancecontract carinsurancecontract contract",
    Kind.INFERENCE: "personincome insurancescoring",
    Kind.DOCUMENT: "proposal tarification risk riskhome riskvehicle",
    Kind.EVENT: "insuranceclaim claim alarm",
    Kind.DEVICE: "vehicle",
    Kind.STAY: "home",
    Kind.MESSAGE: "mail message",
    Kind.PHOTO: "photo",
    Kind.NOTE: "note",
    Kind.TASK: "task todolist",
    Kind.CONSUMPTION: "consumptionstatement",
}
_KINDS = {sort: kind for kind, sorts in _SORTS.items() for sort in sorts.split()}


@importer(
    Rule(shape="json-array", keys=frozenset({"docType", "docTypeVersion"})),
    source="mesinfos",
    reads="other records (MesInfos pilot)",
    languages=("fr",),
    weight=-5,
)
def documents(member: Member) -> Iterator[Record]:
    """Each record as the kind of its sort, with everything that it says."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        sort = plain(text(entry.fields, "docType")).rsplit(".", 1)[-1]
        same = tuple(name for name in _SAME if text(entry.fields, name))[:1] or tuple(sorted(entry.fields))
        shape = Shape(
            name=sort,
            kind=_KINDS.get(sort, Kind.OTHER),
            needs=frozenset(),
            same=same,
            when=_WHEN,
            end=_END,
            title=_TITLE,
            amount=_AMOUNT,
        )
        yield from item(shape, entry.fields, entry.text, entry.position, alike)


@importer(
    Rule(shape="json-array", keys=frozenset({"bankAccount", "operationTypeID", "raw", "amount"})),
    source="mesinfos",
    reads="bank operations (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def bank_operations(member: Member) -> Iterator[Record]:
    """One `transaction` an operation, a day of the bank (written as midnight in UTC), with its sign, in euros."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        yield from item(_OPERATION, entry.fields, entry.text, entry.position, alike)


_OPERATION = Shape(
    name="operation",
    kind=Kind.TRANSACTION,
    needs=frozenset({"amount", "bankAccount"}),
    same=("bankAccount", "date", "amount", "raw"),
    when=("date",),
    title=("title",),
    text=("raw",),
    amount=("amount",),
    stamp=utc_day,
)
