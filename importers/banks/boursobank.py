"""BoursoBank (Boursorama): all accounts in one file, and the positions of a securities account.

Facts: two real files. Amounts have a comma and balances a dot, in the same file. The balance is that of the day of
the download, the same on every row of an account: it is no running balance and stays in the details. The columns
``supplierFound`` and ``comment`` come and go.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.banks.amounts import amount
from importers.banks.days import moment
from importers.banks.operations import Operations
from importers.banks.rows import sheet
from importers.contract import Member, Rule, importer
from importers.records import Item, Kind, Notice, Record

_OPERATIONS = ("dateOp", "dateVal", "label", "amount", "accountNum")
_POSITIONS = ("isin", "quantity", "buyingPrice", "lastPrice", "amountVariation")


@importer(
    Rule(members=("**/export-operations-*.csv",), header=frozenset(_OPERATIONS)),
    source="boursobank",
    reads="operations of all accounts (CSV)",
    languages=("fr",),
    status="proven",
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row. A transfer between two own accounts is two rows, one on each account."""
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, "dateOp", "accountNum").rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                when=moment(row.said("dateOp")),
                amount=amount(row.said("amount")),
                label=row.said("label"),
                account=row.said("accountNum"),
                details=row.rest("label"),
            )


@importer(
    Rule(header=frozenset(_POSITIONS)),
    source="boursobank",
    reads="positions of a securities account (CSV)",
    languages=("fr",),
)
def positions(member: Member) -> Iterator[Record]:
    """One undated `other` a security: the file does not say of which day it is."""
    with member.open() as stream:
        for row in sheet(stream, "isin").rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield Item(
                kind=Kind.OTHER,
                key=("position", *(f"{name}={text}" for name, text in sorted(row.rest().items()))),
                title=row.said("name"),
                amount=amount(row.said("amount")) or "",
                currency="EUR",
                details=row.rest("name"),
            )
