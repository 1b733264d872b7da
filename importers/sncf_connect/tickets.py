"""Tickets, cards and the account, as SNCF Connect answers a request for access."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from importers.contract import Member, Rule, importer
from importers.formats.amounts import amount
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.row_facts import numbered
from importers.formats.sniff import plain
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record, Role
from importers.sncf_connect.sections import Row, rows

_YEAR_FIRST = DateReader(Layout.YEAR_FIRST, ZoneInfo("Europe/Paris"))
_DAY_FIRST = DateReader(Layout.DAY_FIRST, ZoneInfo("Europe/Paris"))
_MOST = 200_000
"""Departures that are remembered."""


@importer(
    Rule(contains=("Données - Commandes train bus",)),
    Rule(header=frozenset({"date voyage", "lieu origine", "lieu destination"})),
    source="sncf-connect",
    reads="tickets, cards and account",
    languages=("fr",),
    status="documents",
)
def answer(member: Member) -> Iterator[Record]:
    """A ticket that was paid is a `trip` at its departure, in French local time whatever mark stands behind it.

    A second ticket for one departure (for another train on the way) is a `purchase`: its amount counts, no second
    journey does. A ticket that was only held is `other`, without an amount. Cards are `subscription`s.
    """
    alike = Alike()
    departures: set[tuple[str, str, str]] = set()
    for row in rows(member):
        if isinstance(row, Notice):
            yield row
        elif row.section == "info client":
            yield _customer(row)
        else:
            item = _ticket(row, departures) if "date voyage" in row.named else _MAKES.get(row.section, _other)(row)
            if item.when is None and "date voyage" in row.named:
                yield Notice("table-date", row.position, "date voyage")
            yield numbered(item, alike)


def _moment(text: str) -> Moment | None:
    """Local times carry a ``Z`` all the same."""
    text = text.strip().removesuffix("Z")
    return _YEAR_FIRST.moment(text) or _DAY_FIRST.moment(text)


def _ticket(row: Row, departures: set[tuple[str, str, str]]) -> Item:
    named = row.named
    start, end = named.get("lieu origine", ""), named.get("lieu destination", "")
    departure = (named.get("date voyage", ""), plain(start), plain(end))
    held = "option" in plain(named.get("mode de paiement", ""))
    paid = "" if held else amount(named.get("montant brut", ""), ",")
    kind = Kind.OTHER
    if not held:
        kind = Kind.PURCHASE if departure in departures else Kind.TRIP
        if len(departures) < _MOST:
            departures.add(departure)
    return Item(
        kind=kind,
        key=("ticket", named.get("numero de commande", ""), named.get("dossier voyage", ""), *departure),
        when=_moment(named.get("date voyage", "")),
        title=" → ".join(place for place in (start, end) if place),
        amount=paid,
        currency="EUR" if paid else "",
        parties=(Role("seller", "SNCF Connect"),),
        details=row.cells,
    )


def _card(row: Row) -> Item:
    """A card or season ticket, from the first day on which it is valid."""
    named = row.named
    ordered = named.get("date commande", "")
    paid = amount(named.get("montant brut", ""), ",")
    return Item(
        kind=Kind.SUBSCRIPTION,
        key=("card", named.get("numero de commande", ""), named.get("numero de reservation", ""), ordered),
        when=_moment(named.get("date de debut de validite", "")) or _moment(ordered),
        title=named.get("type de carte ou abonnement") or named.get("type achat", ""),
        amount=paid,
        currency="EUR" if paid else "",
        parties=(Role("seller", "SNCF Connect"),),
        details=row.cells,
    )


def _account(row: Row) -> Item:
    created = _moment(row.named.get("date de creation", ""))
    return Item(
        kind=Kind.SETTING,
        key=("account", row.named.get("email", ""), row.named.get("date de creation", "")),
        when=created,
        title=row.section,
        details=row.cells,
    )


_MAKES: dict[str, Callable[[Row], Item]] = {"commandes carte abo": _card, "compte client": _account}


def _other(row: Row) -> Item:
    """A row of a section that nobody has described, or a line above the first one."""
    dated = (_moment(cell) for name, cell in row.named.items() if name.startswith("date") and "naissance" not in name)
    return Item(
        kind=Kind.OTHER,
        key=(row.section, *(part for pair in sorted(row.cells.items()) for part in pair)),
        when=next(filter(None, dated), None),
        title=row.section or row.cells.get("line", ""),
        details=({"section": row.section} if row.section else {}) | row.cells,
    )


def _customer(row: Row) -> Party:
    named = row.named
    name = " ".join(filter(None, (named.get("prenom"), named.get("nom"))))
    mail = named.get("email", "")
    return Party(
        key=("customer", mail, named.get("source technique", "")),
        name=name,
        handles=(Handle("email", mail),) if mail else (),
        details=row.cells,
    )
