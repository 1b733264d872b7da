"""What was paid. A monthly charge stands in four rows: the payment and the subscription, each as announced and as made.

Facts: a real file (36 rows, 9 charges). Rows are sorted by day, newest first; within a day their order says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.tables import rest
from importers.netflix.rows import Cells, rows
from importers.netflix.stamps import moment
from importers.records import Item, Kind, Notice, Record

_HEADER = ("Transaction Date", "Service Period Start Date", "Gross Sale Amt", "Pmt Txn Type")
_MOST = 10_000
"""Rows of one day that are held at once."""


@importer(
    Rule(members=("**/BillingHistory.csv",), header=frozenset(_HEADER)),
    source="netflix",
    reads="charges",
    status="proven",
)
def charges(member: Member) -> Iterator[Record]:
    """One `purchase` for each charge (a day and the first day of its service period), with the amount that was paid,
    tax included, as a positive number; all its rows stand in its details. Refunds are charges of their own, negative.
    """
    day = ""
    same_day: list[Cells] = []
    for row in rows(member, _HEADER):
        if isinstance(row, Notice):
            yield row
            continue
        line, cells = row
        if moment(cells.get("Transaction Date", "")) is None:
            yield Notice("table-date", f"line {line}", "Transaction Date")
        if cells.get("Transaction Date", "") != day or len(same_day) >= _MOST:
            yield from _charges(day, same_day)
            day, same_day = cells.get("Transaction Date", ""), []
        same_day.append(cells)
    yield from _charges(day, same_day)


def _charges(day: str, same_day: list[Cells]) -> Iterator[Item]:
    groups: dict[tuple[str, ...], list[Cells]] = {}
    payments: list[Cells] = []
    for cells in same_day:
        if cells.get("Description") == "payment_transaction":
            payments.append(cells)
        else:
            groups.setdefault(_charge(cells), []).append(cells)
    if payments:
        first = next(iter(groups), _charge(payments[0]))
        groups.setdefault(first, []).extend(payments)
    for same, cells_of in groups.items():
        yield _item(day, same, cells_of)


def _charge(cells: Cells) -> tuple[str, ...]:
    refund = "refund" if "REFUND" in cells.get("Pmt Txn Type", "").upper() else ""
    return cells.get("Service Period Start Date", ""), cells.get("Description", ""), refund


def _item(day: str, same: tuple[str, ...], cells_of: list[Cells]) -> Item:
    told = cells_of[0]
    amount = told.get("Gross Sale Amt") or told.get("Item Price Amt", "")
    refunded = same[2] and amount and not amount.startswith("-")
    return Item(
        kind=Kind.PURCHASE,
        key=("charge", day, *same),
        when=moment(day),
        title=told.get("Description", ""),
        amount=f"-{amount}" if refunded else amount,
        currency=told.get("Currency", ""),
        details={"rows": [rest(cells, ()) for cells in cells_of]},
    )
