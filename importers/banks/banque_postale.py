"""La Banque Postale: an account's file, with the account above the rows.

Facts: programs that read them. Old files have the amount in francs as well (it stays in the details). One of the
lines above the titles begins with ``Date`` too. The balance is that of the day of the download.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from importers.banks.amounts import amount
from importers.banks.days import moment
from importers.banks.operations import Operations, balance, head
from importers.banks.rows import sheet
from importers.contract import Member, Rule, importer
from importers.formats.sniff import plain
from importers.records import Notice, Record

_HEADER = ("Date", "Libellé", "Montant(EUROS)")


@importer(
    Rule(header=frozenset(_HEADER)),
    source="la-banque-postale",
    reads="operations of an account (CSV)",
    languages=("fr",),
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row in euros; the balance above becomes a sample."""
    made = Operations()
    with member.open() as stream:
        table = sheet(stream, "Date", "Montant(EUROS)")
        above = _above(table.above)
        account = above.get("numero compte", "")
        yield from head(account, table.above)
        when, known = moment(above.get("date", "")), amount(above.get("solde (euros)", ""))
        if when is not None and known is not None:
            yield balance(account, when, known, "EUR")
        for row in table.rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                when=moment(row.said("Date")),
                amount=amount(row.said("Montant(EUROS)")),
                label=row.said("Libellé"),
                account=account,
                details=row.rest("Libellé"),
            )


def _above(lines: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """The lines above the titles: comparable name to text."""
    return {plain(line[0]): line[1] for line in lines if len(line) > 1}
