"""Crédit Mutuel and CIC: the account's file in two layouts, and the table of the budget page.

Facts: programs that read them. ``Solde`` is the balance after the row, oldest first: it is part of an operation's
identity, as the file does not name its account and a fee is the same on each account of a person. The file is
ISO-8859-15, which differs from Windows-1252 in the euro sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from importers.banks.amounts import amount, moved, same
from importers.banks.days import moment
from importers.banks.operations import Operations
from importers.banks.rows import Row, sheet
from importers.contract import Member, Rule, importer
from importers.records import Notice, Record

_EURO = re.compile(r"(?<=\d)¤|(?<=\d )¤")
_TWO = ("Date", "Date de valeur", "Débit", "Crédit", "Libellé", "Solde")
_ONE = ("Date", "Date de valeur", "Montant", "Libellé", "Solde")
_BUDGET = ("Banque", "Libellé Compte", "RIB", "Date opération", "Libellé opération", "Montant", "Opération pointée")


@importer(
    Rule(header=frozenset(_TWO)),
    Rule(header=frozenset(_ONE)),
    source="credit-mutuel",
    reads="operations of an account (CSV)",
    languages=("fr",),
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row. A balance that does not follow from the one before it is told once."""
    made = Operations()
    before: Decimal | None = None
    broken = False
    with member.open() as stream:
        for row in sheet(stream, "Date de valeur", "Solde").rows:
            if isinstance(row, Notice):
                before = None
                yield row
                continue
            number = _amount(row)
            after = amount(row.said("Solde"))
            yield from made.read(
                row.position,
                when=moment(row.said("Date")),
                amount=number,
                label=_EURO.sub("€", row.said("Libellé")),
                also=(same(after or ""),),
                details=row.rest("Libellé"),
            )
            if before is not None and number and after and before + Decimal(number) != Decimal(after) and not broken:
                broken = True
                yield Notice("bank-balance", row.position)
            before = Decimal(after) if after else None


def _amount(row: Row) -> str | None:
    one = row.said("Montant")
    return amount(one) if one else moved(row.said("Débit"), row.said("Crédit"))


@importer(
    Rule(header=frozenset(_BUDGET)),
    source="credit-mutuel",
    reads="operations of the budget page (CSV)",
    languages=("fr",),
)
def budget(member: Member) -> Iterator[Record]:
    """One `transaction` a row, of all banks that the person has joined there; the own note is its text."""
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, "RIB", "Banque").rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                when=moment(row.said("Date opération")),
                amount=amount(row.said("Montant")),
                label=row.said("Libellé opération"),
                text=row.said("Note personnelle"),
                account=row.said("RIB"),
                currency=row.said("Devise") or "EUR",
                details=row.rest("Libellé opération", "Note personnelle", "Devise"),
            )
