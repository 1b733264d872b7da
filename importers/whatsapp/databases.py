"""Databases of the app: no exports. They are kept whole, and what would be read instead is said."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.records import Notice, Record
from importers.whole import document


@importer(
    Rule(members=("**/msgstore*.db.crypt*", "**/wa.db.crypt*", "**/ChatStorage.sqlite"), named=True),
    source="whatsapp",
    reads="database of the app, kept as it is",
)
def database(member: Member) -> Iterator[Record]:
    """Encrypted backups of Android and the database in a backup of an iPhone."""
    yield Notice("whatsapp-database")
    yield document(member)
