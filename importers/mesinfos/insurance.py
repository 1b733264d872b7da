"""MAIF in the pilot: member, household, contracts, home, claims, means of payment.

Facts: files of the pilot (an invented person), one for each sort; two claims may bear one number.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.french_stamps import day_or_time
from importers.formats.json_records import Entry, entries, inner, text
from importers.mesinfos.shape import Shape, items, person
from importers.records import Handle, Kind, Notice, Party, Record

_CONTRACT = Shape(
    name="contract",
    kind=Kind.SUBSCRIPTION,
    within="contrat",
    needs=frozenset({"formuleBase", "societaire"}),
    same=("societaire", "name", "formuleBase", "startDate"),
    when=("startDate",),
    end=("endDate",),
    title=("formuleBase",),
    text=("name",),
    amount=("montantTarifTtc",),
    stamp=day_or_time,
)
_HOME = Shape(
    name="home",
    kind=Kind.STAY,
    within="home",
    needs=frozenset({"natureLieu", "societaire"}),
    same=("societaire", "address"),
    title=("natureLieu",),
)
_CLAIM = Shape(
    name="claim",
    kind=Kind.EVENT,
    needs=frozenset({"ref", "societaire", "timestamp"}),
    same=("ref", "type"),
    stable=True,
    when=("timestamp",),
    title=("type",),
    text=("lieuSurvenance",),
)
_PAYMENT = Shape(
    name="payment-terms",
    kind=Kind.SETTING,
    within="paymentterms",
    needs=frozenset({"modePaiement"}),
    same=("societaire", "modePaiement"),
    title=("modePaiement",),
)


@importer(
    Rule(shape="json-array", keys=frozenset({"contrat", "formuleBase", "societaire"})),
    Rule(shape="json-array", keys=frozenset({"home", "natureLieu", "societaire"})),
    Rule(shape="json-array", keys=frozenset({"paymentterms", "modePaiement"})),
    Rule(shape="json-array", keys=frozenset({"lieuSurvenance", "ref", "societaire"})),
    source="maif",
    reads="contracts, homes and claims (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def insurance(member: Member) -> Iterator[Record]:
    """A contract from its first day, with its price of a year, tax included; a home without a time; a claim when it
    happened, French civil time to the minute.
    """
    yield from items(member, (_CONTRACT, _HOME, _CLAIM, _PAYMENT))


@importer(
    Rule(shape="json-array", keys=frozenset({"societaire", "codeTitrePersonne", "referenceClient"})),
    Rule(shape="json-array", keys=frozenset({"foyer", "membres"})),
    Rule(shape="json-array", keys=frozenset({"numeroSocietaire", "coordonnees"})),
    source="maif",
    reads="member and household (MesInfos pilot)",
    languages=("fr",),
    status="proven",
)
def members(member: Member) -> Iterator[Record]:
    """The person who is insured; a household as a group with its address, and each of its persons."""
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        insured, household = inner(entry.fields, "societaire"), inner(entry.fields, "foyer")
        if insured:
            yield person(insured, entry.text)
        elif household:
            yield Party(
                key=("household", text(household, "name")),
                name=text(household, "name"),
                type="group",
                details=entry.text,
            )
            held = household.get("membres")
            for one in held if isinstance(held, list) else []:
                if isinstance(one, dict):
                    yield person(one, msgspec.json.encode(one))
        elif text(entry.fields, "numeroSocietaire"):
            yield _later(entry)
        else:
            yield Notice("table-record", entry.position)


def _later(entry: Entry) -> Party:
    """The member as the later connector writes one: no name, mail and phone under ``coordonnees``."""
    number, reached = text(entry.fields, "numeroSocietaire"), inner(entry.fields, "coordonnees")
    mail, phone = text(reached, "email"), text(reached, "numeroTelephonePortable")
    return Party(
        key=("member", number),
        name=number,
        handles=(
            Handle("id", number),
            *((Handle("email", mail),) if mail else ()),
            *((Handle("phone", phone),) if phone else ()),
        ),
        details=entry.text,
    )
