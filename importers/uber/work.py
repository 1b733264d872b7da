r"""What Uber knows of its drivers and couriers: trips, time online, offers, payments.

Facts: archives of drivers in Paris and in Switzerland, described but not at hand. Files are numbered, and the number
changes from one archive to the next; the separator is ``;`` or ``,``. A ``_local`` time carries a ``Z`` all the same,
so the ``_utc`` column goes first. ``\N`` stands for no value.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from importers.archive import names
from importers.contract import Member, Rule, importer, skip
from importers.formats.amounts import amount
from importers.formats.row_facts import Cells, facts, lines, without
from importers.formats.sniff import HEAD, Facts
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Record, Role
from importers.uber.times import local, utc

_KINDS = {
    "driver lifetime trips": Kind.TRIP,
    "courier lifetime trip data": Kind.TRIP,
    "trip details": Kind.TRIP,
    "driver payments": Kind.TRANSACTION,
}
"""Part of a file's name to the kind of its rows; the others are `other`."""

_NAMES = (
    "Driver Lifetime Trips",
    "Driver Online Offline",
    "Driver App Restrictions",
    "Driver Dispatches Offered and Accepted",
    "Driver Payments",
    "Driver Performance Badges",
    "Driver Detailed Device Data",
    "Courier Lifetime Trip Data",
)
_MEMBERS = (*(f"**/*{name}.csv" for name in _NAMES), "**/Trip details (Driver).csv", "**/Driver/*.csv")
_COLUMNS = {
    "Driver Lifetime Trips": frozenset({"request_timestamp_utc", "begintrip_timestamp_utc", "dropoff_timestamp_utc"}),
    "Driver Payments": frozenset({"recognize_timestamp_local", "amount_local", "classification"}),
}
"""Columns that tell a table under any name."""

_BEGINS = ("begin", "request", "start", "online", "event", "recognize")
_ENDS = ("dropoff", "end", "offline")

skip(Rule(members=_MEMBERS, shape="empty", named=True), source="uber", why="uber-empty", weight=1)


@importer(
    Rule(members=_MEMBERS, shape="csv", named=True),
    *(Rule(header=columns) for columns in _COLUMNS.values()),
    source="uber",
    product="driver",
    reads="work of drivers and couriers",
)
def work(member: Member) -> Iterator[Record]:
    """An item a row, at the first of its times: trips are `trip`s, signed payments `transaction`s, the rest `other`."""
    table = member.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].rpartition(" - ")[2]
    if not names.matches(member.path, *_MEMBERS):
        table = _told(member) or table
    folded = table.casefold()
    kind = next((kind for word, kind in _KINDS.items() if word in folded), Kind.OTHER)
    yield from facts(without(lines(member), {"", "\\N"}), partial(_item, table, kind))


def _told(member: Member) -> str:
    """What Uber calls a table with these columns; '' when they do not tell."""
    with member.open() as stream:
        rows = Facts(stream.read(HEAD)).rows
    return next((name for name, columns in _COLUMNS.items() if any(columns <= row for row in rows)), "")


def _item(table: str, kind: Kind, cells: Cells, _: Moment | None) -> Item:
    when, end = _time(cells, _BEGINS), _time(cells, _ENDS)
    paid = amount(cells.get("amount_local", "")) if kind is Kind.TRANSACTION else ""
    return Item(
        kind=kind,
        key=(table.casefold(), *(part for pair in sorted(cells.items()) for part in pair)),
        when=when or end,
        end=end.us if when and end and end.us > when.us else None,
        title=cells.get("classification") or cells.get("status") or table,
        amount=paid,
        currency=cells.get("currency_code", "") if paid else "",
        parties=(Role("with", "Uber"),) if paid else (),
        details={"table": table} | rest(cells, ()),
    )


def _time(cells: Cells, words: tuple[str, ...]) -> Moment | None:
    """The time of the column that the first of these words names: of UTC columns, else of local ones."""
    for read, mark in ((utc, "_utc"), (local, "_local")):
        for word in words:
            found = (cell for name, cell in cells.items() if word in name.casefold() and name.casefold().endswith(mark))
            when = next(filter(None, map(read, found)), None)
            if when is not None:
                return when
    return None
