"""Fortuneo: an account's file, alone or inside a zip; its titles end with an empty one, its debits are negative.

Facts: programs that read them. A published file has lost its accents for good (replacement characters).
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.banks.amounts import moved
from importers.banks.days import moment
from importers.banks.operations import Operations
from importers.banks.rows import sheet
from importers.contract import Member, Rule, importer
from importers.records import Notice, Record


@importer(
    Rule(
        members=("**/HistoriqueOperations_*.csv",),
        header=frozenset({"Date opération", "Date valeur", "libellé", "Débit", "Crédit"}),
    ),
    Rule(members=("**/HistoriqueOperations_*.csv",), header=frozenset({"Date valeur"}), named=True),
    Rule(header=frozenset({"Date op\ufffdration", "Date valeur", "libell\ufffd"})),
    source="fortuneo",
    reads="operations of an account (CSV)",
    languages=("fr",),
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` a row, on the day of the operation; the file does not name its account."""
    made = Operations()
    with member.open() as stream:
        for row in sheet(stream, "Date valeur").rows:
            if isinstance(row, Notice):
                yield row
                continue
            yield from made.read(
                row.position,
                when=moment(row.said("Date opération")),
                amount=moved(row.said("Débit"), row.said("Crédit")),
                label=row.said("libellé"),
                also=(row.said("Date valeur"),),
                details=row.rest("libellé"),
            )
