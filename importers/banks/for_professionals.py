"""Shine and Qonto: banks of the self-employed, whose files give each operation an identifier of its own.

Facts: programs that read them. Qonto's times are UTC and say so in their titles.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.banks.amounts import moved
from importers.banks.days import moment, utc_moment
from importers.banks.operations import Operations
from importers.banks.rows import sheet
from importers.contract import Member, Rule, importer
from importers.records import Notice, Record

_SHINE = ("Transaction ID", "Date d'opération", "IBAN", "Débit", "Crédit", "Libellé", "Nom de la contrepartie")
_QONTO = ("Statut", "Date de l'opération (UTC)", "Débit", "Crédit", "Devise", "Identifiant de transaction")


@importer(
    Rule(header=frozenset(_SHINE)),
    source="shine",
    reads="operations (CSV)",
    languages=("fr",),
)
def shine(member: Member) -> Iterator[Record]:
    """One `transaction` a row; what the person noted for the accounts (tax, category) is in the details."""
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, "Transaction ID").rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                number=row.said("Transaction ID"),
                when=moment(row.said("Date d'opération", "Date de la valeur")),
                amount=moved(row.said("Débit"), row.said("Crédit")),
                label=row.said("Libellé", "Nom de la contrepartie"),
                account=row.said("IBAN"),
                details=row.rest("Libellé"),
            )


@importer(
    Rule(header=frozenset(_QONTO)),
    source="qonto",
    reads="operations (CSV)",
    languages=("fr",),
)
def qonto(member: Member) -> Iterator[Record]:
    """One `transaction` a row, in UTC, with the state that the bank gives it in the details."""
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, "Statut", "Identifiant de transaction").rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                number=row.said("Identifiant de transaction"),
                when=utc_moment(row.said("Date de l'opération (UTC)", "Date de la valeur (UTC)")),
                amount=moved(row.said("Débit"), row.said("Crédit")),
                label=row.said("Nom de la contrepartie", "Référence"),
                currency=row.said("Devise") or "EUR",
                details=row.rest("Nom de la contrepartie", "Devise"),
            )
