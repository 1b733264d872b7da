"""Société Générale: the account's file and the savings' file.

Facts: two independent programs that read them. Above the rows of an account stands a summary: account, first and last
day, number of operations, day and amount of the balance. The short label is cut at 18 characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importers.banks.amounts import amount
from importers.banks.days import moment
from importers.banks.operations import Operations, balance, head
from importers.banks.rows import Row, sheet
from importers.contract import Member, Rule, importer
from importers.records import Notice, Record

_ACCOUNT = ("Date de l'opération", "Libellé", "Détail de l'écriture", "Montant de l'opération", "Devise")
_SAVINGS = ("date_comptabilisation", "montant_operation", "devise")


@importer(
    Rule(header=frozenset(_ACCOUNT)),
    source="societe-generale",
    reads="operations of an account (CSV)",
    languages=("fr",),
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row with its whole label; the summary's count is checked, its balance becomes a sample."""
    made = Operations()
    with member.open() as stream:
        table = sheet(stream, "Devise")
        summary = table.above[0] if table.above else ()
        account = summary[0] if summary else ""
        yield from head(account, table.above)
        yield from _balance(summary)
        read = 0
        for row in table.rows:
            if isinstance(row, Notice):
                yield row
                continue
            read += 1
            yield from _operation(made, row, account)
    if len(summary) > 3 and summary[3].isdigit() and int(summary[3]) != read:
        yield Notice("bank-count", what=f"{summary[3]} / {read}")


@importer(
    Rule(header=frozenset(_SAVINGS)),
    source="societe-generale",
    reads="operations of a savings account (CSV)",
    languages=("fr",),
)
def savings(member: Member) -> Iterator[Record]:
    """One `transaction` a row; the line above says the account and the days."""
    made = Operations()
    with member.open() as stream:
        table = sheet(stream, "date_comptabilisation", "devise")
        account = table.above[0][0] if table.above else ""
        yield from head(account, table.above)
        for row in table.rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                when=moment(row.said("date_comptabilisation")),
                amount=amount(row.said("montant_operation")),
                label=row.said("libellé_complet_operation"),
                account=account,
                currency=row.said("devise") or "EUR",
                details=row.rest("libellé_complet_operation", "devise"),
            )


def _operation(made: Operations, row: Row, account: str) -> Iterator[Record]:
    return made.read(
        row.position,
        when=moment(row.said("Date de l'opération")),
        amount=amount(row.said("Montant de l'opération")),
        label=row.said("Détail de l'écriture", "Libellé"),
        account=account,
        currency=row.said("Devise") or "EUR",
        details=row.rest("Détail de l'écriture", "Devise"),
    )


def _balance(summary: Sequence[str]) -> Iterator[Record]:
    """The balance of ``account;first;last;count;day;1234.56 EUR``."""
    if len(summary) < 6:
        return
    when, (number, _, currency) = moment(summary[4]), summary[5].rpartition(" ")
    known = amount(number)
    if when is not None and known is not None:
        yield balance(summary[0], when, known, currency)
