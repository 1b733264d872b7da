"""Bank accounts and operations as Cozy keeps them (``io.cozy.bank.accounts``, ``io.cozy.bank.operations``).

Facts: the documents. Of a date the day alone counts: the offset that is written with it is wrong in summer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.french_stamps import moment
from importers.formats.json_records import Alike, entries, inner, text
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@importer(
    Rule(shape="json-array", keys=frozenset({"originalBankLabel", "amount", "account"})),
    source="cozy",
    reads="bank operations",
)
def operations(member: Member) -> Iterator[Record]:
    """One `transaction` an operation, on the day of its debit, with its sign."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        fields = entry.fields
        when = _day(fields.get("date"))
        if when is None:
            yield Notice("table-date", entry.position, "date")
        account = text(fields, "account") or text(inner(fields, "account"), "_id", "number")
        same = (account, text(fields, "date")[:10], text(fields, "amount"), text(fields, "originalBankLabel", "label"))
        currency = text(fields, "currency")
        yield Item(
            kind=Kind.TRANSACTION,
            key=alike.key("operation", *same),
            when=when,
            title=text(fields, "label", "originalBankLabel"),
            text=text(fields, "originalBankLabel"),
            amount=text(fields, "amount"),
            currency="EUR" if currency in {"", "€"} else currency,
            details=entry.text,
        )


@importer(
    Rule(shape="json-array", keys=frozenset({"institutionLabel", "balance"})),
    source="cozy",
    reads="bank accounts",
)
def accounts(member: Member) -> Iterator[Record]:
    """The accounts, with their numbers and the balance that they had."""
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        own = text(entry.fields, "iban", "number", "vendorId")
        yield Party(
            key=("bank-account", own or text(entry.fields, "label")),
            name=text(entry.fields, "label"),
            type="organisation",
            handles=(Handle("id", own),) if own else (),
            details=entry.text,
        )


def _day(stamp: Any) -> Moment | None:
    found = _DAY.match(stamp) if isinstance(stamp, str) else None
    return moment(found[0]) if found else None
