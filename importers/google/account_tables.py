"""Tables about the account: payments of Google Pay, the log of accesses, the devices that were seen.

Files of the access log have names that are cut at about fifty characters, and headers that vary over the years.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.google.prices import price
from importers.google.rows import rows, stamp
from importers.records import Item, Kind, Moment, Notice, Record, Role

_LOG = (
    *("**/Activities - A list of Google services*.csv", "**/Aktivitäten*eine Liste der Google-Dienste*.csv"),
    *("**/Access Log Activity/*.csv", "**/Zugriffsprotokollaktivitäten/*.csv", "**/Aktiviteter i adgangsloggen/*.csv"),
)


@importer(
    Rule(shape="csv", header=frozenset({"Time", "Transaction ID", "Description", "Payment method", "Amount"})),
    source="google",
    product="pay",
    reads="payments of Google Pay",
)
def pay_transactions(member: Member) -> Iterator[Record]:
    """One transaction a row; its number is its identity. Times are written for people and have no zone: UTC."""
    for row in rows(member, {"Time", "Transaction ID"}):
        if isinstance(row, Notice):
            yield row
            continue
        cells = row.cells
        when = stamp(cells.get("Time", ""))
        if when is None:
            yield Notice("table-date", f"line {row.line}", "Time")
        amount, currency = price(cells.get("Amount", ""))
        own = cells.get("Transaction ID", "")
        yield Item(
            kind=Kind.TRANSACTION,
            key=("pay", own) if own else ("pay", *cells.values()),
            stable=bool(own),
            when=when,
            title=cells.get("Description", ""),
            amount=amount,
            currency=currency,
            details=cells,
        )


@importer(
    Rule(shape="csv", header=frozenset({"Gaia ID", "Device Type"})),
    Rule(shape="csv", header=frozenset({"Gaia ID", "Device Last Location Timestamp"})),
    Rule(members=("**/Devices - A list of devices*.csv",), shape="csv", named=True),
    source="google",
    product="access-log",
    reads="devices that used the account",
    weight=1,
)
def access_devices(member: Member) -> Iterator[Record]:
    """A device a row, at its first activity where the table gives it."""
    alike = Alike()
    for row in rows(member):
        if isinstance(row, Notice):
            yield row
            continue
        cells = row.cells
        name = " ".join(filter(None, (cells.get("Brand Name", ""), cells.get("Marketing Name", ""))))
        name = name or cells.get("Device Type", "")
        when = stamp(cells.get("First Activity Timestamp", "")) or _first(cells)
        yield Item(
            kind=Kind.DEVICE,
            key=alike.key("access-device", *cells.values()),
            when=when,
            title=name,
            parties=(Role("device", name),) if name else (),
            details=cells,
        )


@importer(
    Rule(shape="csv", header=frozenset({"Gaia ID", "Activity Timestamp"})),
    Rule(shape="csv", header=frozenset({"Gaia ID", "IP Address", "Product Name"})),
    Rule(members=_LOG, shape="csv", named=True),
    source="google",
    product="access-log",
    reads="log of accesses to the account",
    languages=("en", "de", "da"),
)
def access_log(member: Member) -> Iterator[Record]:
    """One sign-in a row: which product, from which address and program. The first cell that is a time is its time."""
    alike = Alike()
    for row in rows(member):
        if isinstance(row, Notice):
            yield row
            continue
        cells = row.cells
        when = stamp(cells.get("Activity Timestamp", "")) or _first(cells)
        if when is None:
            yield Notice("table-date", f"line {row.line}", "Activity Timestamp")
        names = (cells.get("Product Name", ""), cells.get("Sub-Product Name", ""))
        yield Item(
            kind=Kind.SIGN_IN,
            key=alike.key("access", *cells.values()),
            when=when,
            title=" / ".join(filter(None, names)) or cells.get("Activity Type", ""),
            details=cells,
        )


def _first(cells: dict[str, str]) -> Moment | None:
    times = (stamp(cell) for cell in cells.values() if cell[:4].isdecimal() and cell[4:5] == "-")
    return next((when for when in times if when), None)
