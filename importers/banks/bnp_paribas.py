"""BNP Paribas: the old table without column titles, and the new one.

Facts: a real file (old), programs that read them (new). Old: the first line is the account with its balance (kind
twice, masked number, day, nothing, amount), every other line an operation (day, category, sub-category, label,
amount); since 2022 kinds are quoted and HTML-escaped, some of them twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from importers.banks.amounts import amount
from importers.banks.days import moment
from importers.banks.operations import Operations, balance, head
from importers.banks.rows import sheet, value
from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.entities import unescaped
from importers.records import Notice, Record

_NEW = ("Date operation", "Libelle court", "Type operation", "Libelle operation", "Montant operation en euro")
_MASKED = re.compile(r"\*{2,}\d{2,}")


@importer(
    Rule(members=("**/E*.csv",), shape="csv", contains=(";****", ";;")),
    Rule(members=("**/E*.csv",), shape="csv", contains=(';"****', ";;")),
    source="bnp-paribas",
    reads="operations (CSV without column titles)",
    languages=("fr",),
    status="proven",
)
def untitled(member: Member) -> Iterator[Record]:
    """One `transaction` a line; the balance of the first line becomes a sample."""
    made = Operations()
    account = ""
    with member.open() as stream:
        for row in tables.cells(stream, ";"):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            cells = [unescaped(unescaped(value(cell))) for cell in row.cells]
            if not any(cells):
                continue
            if len(cells) == 6 and _MASKED.fullmatch(cells[2]):
                account = cells[2]
                yield from head(account, [cells])
                yield from _balance(cells)
                continue
            yield from _operation(made, f"line {row.line}", account, cells)


def _operation(made: Operations, position: str, account: str, cells: Sequence[str]) -> Iterator[Record]:
    day, category, under, label, number = (*cells, *[""] * 5)[:5]
    details = {"date": day, "category": category, "sub-category": under, "amount": number}
    details |= {f"column {at}": cell for at, cell in enumerate(cells[5:], 6)}
    yield from made.read(
        position,
        when=moment(day),
        amount=amount(number),
        label=label,
        account=account,
        details={name: text for name, text in details.items() if text},
    )


def _balance(cells: Sequence[str]) -> Iterator[Record]:
    when, known = moment(cells[3]), amount(cells[5])
    if when is not None and known is not None:
        yield balance(cells[2], when, known, "EUR")


@importer(
    Rule(header=frozenset(_NEW)),
    source="bnp-paribas",
    reads="operations (CSV)",
    languages=("fr",),
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row; the line about the account stands above the titles."""
    made = Operations()
    with member.open() as stream:
        table = sheet(stream, "Date operation", "Libelle court")
        found = _MASKED.search(" ".join(cell for line in table.above for cell in line))
        account = found[0] if found else ""
        yield from head(account, table.above)
        for row in table.rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                when=moment(row.said("Date operation")),
                amount=amount(row.said("Montant operation en euro")),
                label=row.said("Libelle operation", "Libelle court"),
                account=account,
                details=row.rest("Libelle operation"),
            )
