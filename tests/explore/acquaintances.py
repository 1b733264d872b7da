"""An invented circle of people, as an address book and five services write about them."""

from __future__ import annotations

from collections.abc import Sequence

from importers.records import Handle, Item, Kind, Party, Role
from tests.explore.by_hand import DAY, bring, item
from vault_app.explore import facts, measures
from vault_app.explore.fact import plain
from vault_app.explore.people import PAGE, People, Person
from vault_app.explore.selection import Selection
from vault_app.intake import checks
from vault_app.intake.collector import Collector
from vault_app.intake.frames import PartyRows
from vault_app.vault.vault import Vault

MARIE_MAIL = Handle("email", "marie.martin@example.org")
MARIE_PHONE = Handle("phone", "+33600000001")
PAUL_PHONE = Handle("phone", "+33600000002")


def message(number: int, day: int, *roles: Role, kind: Kind = Kind.MESSAGE) -> Item:
    """A message of a day since 1970."""
    return item(number, day * DAY + number, kind=kind, title="", text=f"message {number}", parties=roles)


def card(name: str, *handles: Handle, type_: str = "person") -> Party:
    """A card of an address book."""
    return Party(key=(name, *(handle.value for handle in handles)), name=name, type=type_, handles=handles)


def bring_cards(vault: Vault, *cards: Party, source: str = "contacts") -> int:
    """A complete import of an address book; its number."""
    sent: list[object] = []
    collector = Collector(sent.append)
    collector.begin(source)
    for one in cards:
        collector.party(0, one)
    collector.flush()
    (rows,) = sent
    assert isinstance(rows, PartyRows)
    writer = vault.imports.begin("cartes.vcf", 1, str(cards), [source], [("cartes.vcf", 1)])
    writer.parties(source, checks.party_batch(rows, members=1, files=0), {})
    writer.member_done(0, "read", len(cards), "")
    return writer.complete().id


def mail(vault: Vault) -> int:
    """Marie writes twice from one address, Paul once."""
    return bring(
        vault,
        message(1, 19_000, Role("from", "Marie Martin", MARIE_MAIL)),
        message(2, 19_001, Role("to", "MM", Handle("email", "marie.martin@EXAMPLE.org"))),
        message(3, 19_002, Role("from", "Paul Durand", Handle("email", "paul@example.net"))),
        source="mail",
    )


def texts(vault: Vault) -> int:
    """Short messages: Marie by her number without a name, Paul by his number."""
    return bring(
        vault,
        message(4, 19_001, Role("from", "+33600000001", MARIE_PHONE)),
        message(5, 19_003, Role("to", "Paulo", PAUL_PHONE)),
        source="sms-backup",
    )


def whatsapp(vault: Vault) -> int:
    """A chat in which Marie is a number, and a group that bears a name."""
    return bring(
        vault,
        message(6, 19_001, Role("from", "+33 6 00 00 00 01", MARIE_PHONE), Role("to", "Voisins")),
        source="whatsapp",
    )


def facebook(vault: Vault) -> int:
    """Names only; the number of Paul as France writes it."""
    return bring(
        vault,
        message(7, 19_001, Role("from", "Martin Marie")),
        message(8, 19_002, Role("from", "Marie Martin"), Role("to", "Paul Durand")),
        message(9, 19_004, Role("from", "", Handle("phone", "06 00 00 00 02"))),
        source="facebook",
    )


def bank(vault: Vault) -> int:
    """A shop, and Marie by her name: nobody is met here."""
    return bring(
        vault,
        message(10, 19_005, Role("to", "EPICERIE DU COIN"), kind=Kind.TRANSACTION),
        message(11, 19_006, Role("to", "Marie Martin"), kind=Kind.TRANSACTION),
        source="ofx",
    )


def address_book(vault: Vault) -> int:
    """Two cards: Marie's names her address and her number together."""
    return bring_cards(
        vault, card("Tante Marie", MARIE_MAIL, MARIE_PHONE), card("Zoé", Handle("email", "zoe@example.org"))
    )


ALL = (mail, texts, whatsapp, facebook, bank, address_book)


def everybody(vault: Vault, text: str = "", sources: Sequence[str] = ()) -> list[Person]:
    """All people of the list."""
    people = People.of(vault, sources, text)
    found = [one for number in range(-(-len(people) // PAGE)) for one in people.page(vault, number)]
    assert len(found) == len(people)
    return found


def told(people: Sequence[Person]) -> set[tuple[object, ...]]:
    """What a person sees of people, whatever their order."""
    return {(one.name, frozenset(one.handles), frozenset(one.mentions.items()), one.first, one.last) for one in people}


def numbers(vault: Vault, party: str = "", person: str = "") -> set[int]:
    """The numbers of the messages of somebody."""
    found = facts.facts(vault, Selection(party=party, person=person))
    return {int(fact.text.split()[1]) for fact in found}


def seen(vault: Vault) -> tuple[object, ...]:
    """Everything that does not depend on numbers of rows: facts, series, totals, people and how they are found."""
    shown = [plain(fact) for fact in facts.facts(vault, Selection())]
    for fact in shown:
        del fact["id"], fact["import"]
    lines = [list(measures.samples_json(vault, row)) for row in measures.series(vault)]
    rows = vault.read().execute(
        "SELECT key, actor.name, actor.value, source.name, n, met FROM acting JOIN actor ON actor.id = actor"
        " JOIN source ON source.id = source ORDER BY 1, 2, 3, 4"
    )
    keys = vault.read().execute("SELECT card_key.key, name FROM card_key JOIN party ON party.id = party ORDER BY 1, 2")
    return (
        sorted(map(str, shown)), lines, measures.stats(vault), told(everybody(vault)), rows.fetchall(), keys.fetchall(),
    )  # fmt: skip
