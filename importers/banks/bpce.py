"""Caisse d'Épargne and Banque Populaire: one layout for all banks of the group, and one for professionals.

Facts: a real file (personal), programs that read them (professional). The bank is not named in the file, nor the
account. Debits are negative in one generation and positive in another.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.banks.amounts import moved
from importers.banks.days import moment
from importers.banks.operations import Operations
from importers.banks.rows import sheet
from importers.contract import Member, Rule, importer
from importers.records import Notice, Record

_PERSONAL = ("Date de comptabilisation", "Libelle operation", "Type operation", "Debit", "Credit", "Pointage operation")
_BUSINESS = ("Date comptable", "Libelle simplifie", "Type operation", "Debit", "Credit", "Pointage")


@importer(
    Rule(header=frozenset(_PERSONAL)),
    source="bpce",
    reads="operations (CSV)",
    languages=("fr",),
    status="proven",
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row, on its booking day; the day of the purchase and the categories are in the details."""
    yield from _read(member, "Date de comptabilisation", "Libelle operation")


@importer(
    Rule(header=frozenset(_BUSINESS)),
    source="bpce",
    reads="operations of a professional account (CSV)",
    languages=("fr",),
)
def professional(member: Member) -> Iterator[Record]:
    """The same for professionals, whose file has one label and no categories."""
    yield from _read(member, "Date comptable", "Libelle simplifie")


def _read(member: Member, day: str, label: str) -> Iterator[Record]:
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, day).rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                when=moment(row.said(day)),
                amount=moved(row.said("Debit"), row.said("Credit")),
                label=row.said(label, "Libelle simplifie"),
                also=(row.said("Reference"),),
                details=row.rest(label),
            )
