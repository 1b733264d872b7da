"""Revolut: account statements in English, French, and the old one by currency.

Facts: a real file (English), programs that read the others. Times are local and have no zone: they are placed in
Paris. The balance moves by the amount less the fee, which is what the item's amount says. Rows that are pending, or
were sent back, are no movements yet, or no longer: they are kept as kind `other`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.banks.amounts import amount, less, moved
from importers.banks.days import moment
from importers.banks.operations import Operations
from importers.banks.rows import Row, sheet
from importers.contract import Member, Rule, importer
from importers.formats.sniff import plain
from importers.records import Kind, Notice, Record

_ENGLISH = ("Type", "Product", "Started Date", "Completed Date", "Description", "Amount", "Fee", "Currency", "State")
_FRENCH = ("Type", "Produit", "Date de début", "Date de fin", "Description", "Montant", "Frais", "Devise", "État")
_NOT_BOOKED = {"pending", "en attente", "reverted", "renvoye"}
_CURRENCY = re.compile(r"Paid Out \(([A-Z]{3})\)")


@importer(
    Rule(header=frozenset(_ENGLISH)),
    Rule(header=frozenset(_FRENCH)),
    source="revolut",
    reads="operations (CSV)",
    status="proven",
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` for each booked row, at the time when it was started; several currencies in one file."""
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, "Type", "Description").rows:
            if isinstance(row, Notice):
                yield row
                continue
            started = row.said("Started Date", "Date de début")
            state = plain(row.said("State", "État"))
            yield from made.read(
                row.position,
                when=moment(started),
                amount=_moved(row),
                label=row.said("Description"),
                currency=row.said("Currency", "Devise"),
                also=(started, row.said("Currency", "Devise")),
                kind=Kind.OTHER if state in _NOT_BOOKED else Kind.TRANSACTION,
                details=row.rest("Description", "Currency", "Devise"),
            )


def _moved(row: Row) -> str | None:
    number, fee = amount(row.said("Amount", "Montant"), "."), amount(row.said("Fee", "Frais"), ".")
    return number if number is None or fee is None or not fee.strip("-0.") else less(number, fee)


@importer(
    Rule(
        members=("**/Revolut-*-Statement-*.csv",),
        shape="csv",
        contains=("Completed Date", "Paid Out (", "Paid In (", "Exchange Out"),
    ),
    source="revolut",
    reads="operations of one currency (old CSV)",
)
def by_currency(member: Member) -> Iterator[Record]:
    """One `transaction` a row; the currency stands in the column titles."""
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, "Completed Date", "Description").rows:
            if isinstance(row, Notice):
                yield row
                continue
            found = next((found for name in row.cells if (found := _CURRENCY.match(name))), None)
            currency = found[1] if found else ""
            yield from made.read(
                row.position,
                when=moment(row.said("Completed Date")),
                amount=moved(row.said(f"Paid Out ({currency})"), row.said(f"Paid In ({currency})"), "."),
                label=row.said("Description"),
                text=row.said("Notes"),
                currency=currency,
                also=(currency,),
                details=row.rest("Description", "Notes"),
            )
