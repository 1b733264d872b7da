"""PayPal's activity report: every movement of the account as a row.

Facts: the header of a French report of 2017, and what is reported of English ones. One purchase is several rows: the
payment, the bank or card that pays for it, currency conversions, an authorisation that is void later. Rows belong
together by ``Reference Txn ID``. Amounts have a decimal comma in French, sometimes a dot.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from importers.contract import Member, Rule, importer
from importers.formats.amounts import amount
from importers.formats.dates import DateReader, Evidence, Layout
from importers.formats.json_records import Alike
from importers.formats.row_facts import Cells, Line, lines, numbered
from importers.formats.sniff import plain
from importers.formats.tables import rest
from importers.paypal.zones import in_europe, zone
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role

_COLUMNS = {
    "time": ("heure", "time"),
    "zone": ("fuseau horaire", "timezone", "time zone"),
    "name": ("nom", "name"),
    "type": ("type",),
    "status": ("etat", "status"),
    "currency": ("devise", "currency"),
    "net": ("net",),
    "from": ("de l'adresse email", "from email address"),
    "to": ("a l'adresse email", "to email address"),
    "id": ("numero de transaction", "transaction id"),
    "title": ("titre de l'objet", "item title"),
    "subject": ("objet", "subject"),
    "note": ("remarque", "note"),
    "impact": ("balance impact", "impact sur le solde"),
}
"""What a column is, by its folded title in French and in English."""

_DONE = frozenset({"termine", "terminee", "completed", ""})
_SHOWN_ONLY = frozenset({"memo"})


@importer(
    Rule(header=frozenset({"Date", "Heure", "Fuseau horaire", "Devise", "Net", "Numéro de transaction"})),
    Rule(header=frozenset({"Date", "Time", "TimeZone", "Currency", "Net", "Transaction ID"})),
    Rule(header=frozenset({"Date", "Time", "Time Zone", "Currency", "Net", "Transaction ID"})),
    source="paypal",
    reads="activity",
)
def activity(member: Member) -> Iterator[Record]:
    """A `transaction` with its net amount for each row that moves the balance, at its time in the printed zone.

    Rows that are void, held, pending or shown only (``Memo``) are `other` and have no amount, so that nothing counts
    twice. The order of day and month is found in the whole column.
    """
    layout, doubt = _layout(member)
    if doubt:
        yield Notice("paypal-date-order")
    reader = DateReader(layout)
    alike = Alike()
    for line in lines(member, {"Date", "Net"}):
        if isinstance(line, Notice):
            yield line
            continue
        named = _named(line.cells)
        when = _moment(reader, line.cells.get("Date", ""), named)
        if when is None:
            yield Notice("table-date", line.position, "Date")
        yield numbered(_item(line.cells, named, when), alike)


def _layout(member: Member) -> tuple[Layout, bool]:
    """How the dates are written, and whether they can be read in two ways."""
    evidence = Evidence()
    french, european = False, False
    for line in lines(member, {"Date", "Net"}):
        if isinstance(line, Line):
            evidence.add(line.cells.get("Date", ""))
            french = french or "Heure" in line.cells
            european = european or in_europe(_named(line.cells).get("zone", ""))
    found = evidence.understanding()
    if found is None:
        return Layout.DAY_FIRST, False
    if Layout.DAY_FIRST not in {found.layout, *found.others} or not found.others:
        return found.layout, False
    if french:
        return Layout.DAY_FIRST, False
    return (Layout.DAY_FIRST if european else Layout.MONTH_FIRST), True


def _named(cells: Cells) -> Cells:
    """The cells that have a meaning here, by that meaning."""
    folded = {plain(name).replace("’", "'"): cell.strip() for name, cell in cells.items()}
    return {what: next((folded[name] for name in names if name in folded), "") for what, names in _COLUMNS.items()}


def _moment(reader: DateReader, day: str, named: Cells) -> Moment | None:
    placed = zone(named["zone"])
    local = reader.moment(day, named["time"])
    if local is None or placed is None or not named["time"]:
        return local
    stamp = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=local.us)
    offset = stamp.replace(tzinfo=placed).utcoffset() or timedelta()
    return Moment(local.us - offset // timedelta(microseconds=1), offset // timedelta(minutes=1), local.precision)


def _item(cells: Cells, named: Cells, when: Moment | None) -> Item:
    net = amount(named["net"], "," if "Heure" in cells else ".")
    moves = plain(named["status"]) in _DONE and plain(named["impact"]) not in _SHOWN_ONLY
    left = net.startswith("-")
    mail = named["to"] if left else named["from"]
    party = Role("to" if left else "from", named["name"], Handle("email", mail) if mail else None)
    title = named["name"] or named["title"] or named["type"]
    return Item(
        kind=Kind.TRANSACTION if moves else Kind.OTHER,
        key=("activity", named["id"], net or named["net"], named["currency"])
        if named["id"]
        else ("activity", "", when.us if when else cells.get("Date", ""), net or named["net"], named["currency"]),
        when=when,
        title=title,
        text=" ".join(part for part in (named["title"], named["subject"], named["note"]) if part and part != title),
        amount=net if moves else "",
        currency=named["currency"] if moves and net else "",
        parties=(party,) if named["name"] or mail else (),
        details=rest(cells, ()),
    )
