"""N26: the file in French, and that of 2024 whose columns all have other names. Amounts have a dot in both.

Facts: programs that read them. The amount is in euros; a foreign amount and its rate are in the details.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.banks.amounts import amount
from importers.banks.days import moment
from importers.banks.operations import Operations
from importers.banks.rows import Row, sheet
from importers.contract import Member, Rule, importer
from importers.records import Handle, Notice, Record, Role

_FRENCH = ("Date", "Bénéficiaire", "Numéro de compte", "Type de transaction", "Montant (EUR)")
_OF_2024 = ("Booking Date", "Value Date", "Partner Name", "Partner Iban", "Payment Reference", "Amount (EUR)")


@importer(
    Rule(header=frozenset(_OF_2024)),
    source="n26",
    reads="operations (CSV)",
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row, with the other party and its account number."""
    yield from _read(member, "Booking Date")


@importer(
    Rule(header=frozenset(_FRENCH)),
    source="n26",
    reads="operations (French CSV)",
    languages=("fr",),
)
def french(member: Member) -> Iterator[Record]:
    """The same under the French titles that were used before 2024."""
    yield from _read(member, "Montant (EUR)")


def _read(member: Member, anchor: str) -> Iterator[Record]:
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, anchor).rows:
            if isinstance(row, Notice):
                yield row
            else:
                yield from _operation(made, row)


def _operation(made: Operations, row: Row) -> Iterator[Record]:
    number = amount(row.said("Amount (EUR)", "Montant (EUR)"), ".")
    name = row.said("Partner Name", "Bénéficiaire")
    iban = row.said("Partner Iban", "Numéro de compte")
    reference = row.said("Payment Reference", "Référence de paiement")
    party = Role(
        "to" if number is not None and number.startswith("-") else "from", name, Handle("id", iban) if iban else None
    )
    return made.read(
        row.position,
        when=moment(row.said("Booking Date", "Date")),
        amount=number,
        label=" ".join(part for part in (name, reference) if part),
        title=name or reference,
        text=reference,
        account=row.said("Account Name"),
        parties=(party,) if name or iban else (),
        details=row.rest("Partner Name", "Bénéficiaire", "Payment Reference", "Référence de paiement"),
    )
