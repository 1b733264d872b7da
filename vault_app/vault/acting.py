"""Who acts in the facts of each source, how often, and under which key: what finds one party over all sources.

``acting`` has a row for each actor and source, ``card_key`` one for each key that a card names. Both follow from the
items and cards of complete imports alone and are kept by completion and undo; rows of imports are never changed for
them. Two rows with one key are one party; a card makes one party of all the keys that it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from importers.records import KINDS, Kind
from vault_app.vault.driver import Connection
from vault_app.vault.party_keys import card_keys, key_of

_HELD = 1 << 21
"""Characters of texts that are counted together: memory does not grow with the vault."""
_ENTRY = 40

_PERSONAL_ROLES = frozenset({"from", "to", "cc", "author", "with", "organizer", "attendee", "owner"})
_PERSONAL_KINDS = frozenset(
    KINDS.index(kind)
    for kind in (
        Kind.MESSAGE, Kind.CALL, Kind.POST, Kind.REACTION, Kind.PLAY, Kind.STAY, Kind.TRIP, Kind.WORKOUT, Kind.PHOTO,
        Kind.VIDEO, Kind.DOCUMENT, Kind.EVENT, Kind.TASK, Kind.NOTE, Kind.REVIEW, Kind.LOCATION_SHARE, Kind.OTHER,
    )
)  # fmt: skip
"""Facts in which people meet; a payee or a singer is no acquaintance."""

_ADD = """
INSERT INTO acting (key, actor, source, n, met) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET n = n + excluded.n, met = met + excluded.met
"""
_OF_IMPORT = """
SELECT party.id, source.name, party.name, handles FROM party JOIN source ON source.id = party.source
WHERE party.id IN (SELECT party FROM party_import WHERE import = ?)
"""
_ALL = """
SELECT party.id, source.name, party.name, handles FROM party JOIN source ON source.id = party.source
WHERE party.id IN (SELECT party FROM party_import JOIN import ON import.id = import WHERE state = 'complete')
"""


@dataclass
class ActingCount:
    """Counts the actors of items that come or go. ``sign``: 1 or -1. ``flush`` at the end, before actors go.

    Items that name the same parties are counted together, so that a conversation costs one look-up.
    """

    connection: Connection
    sign: int
    _waiting: dict[tuple[int, bool, str], int] = field(default_factory=dict)
    _held: int = 0

    def item(self, kind: int, source: int, parties: str, n: int = 1) -> None:
        """One item, or ``n`` alike, by its columns."""
        if parties:
            place = (source, kind in _PERSONAL_KINDS, parties)
            before = self._waiting.get(place)
            self._waiting[place] = (before or 0) + n * self.sign
            self._held += len(parties) + _ENTRY if before is None else 0
            if self._held >= _HELD:
                self.flush()

    def items(self, kinds: list[int], sources: list[int], parties: list[str]) -> None:
        """Many items, by their columns; those that are alike are counted first."""
        if any(parties):
            for (kind, source, each), n in Counter(zip(kinds, sources, parties, strict=True)).items():
                self.item(kind, source, each, n)

    def flush(self) -> None:
        """Write what was counted; rows that count nothing any more go."""
        sums: dict[tuple[int, int], list[int]] = {}
        for (source, personal, parties), n in self._waiting.items():
            for actor, meets in _meetings(parties).items():
                row = sums.setdefault((source, actor), [0, 0])
                row[0] += n
                row[1] += n if meets and personal else 0
        self._waiting.clear()
        self._held = 0
        names = dict(self.connection.execute("SELECT id, name FROM source"))
        rows = [
            (self._key(names[source], actor), actor, source, n, met)
            for (source, actor), (n, met) in sorted(sums.items())
        ]
        self.connection.executemany(_ADD, rows)
        if self.sign < 0:
            self.connection.executemany(
                "DELETE FROM acting WHERE key = ? AND actor = ? AND source = ? AND n = 0",
                ((key, actor, source) for key, actor, source, _, _ in rows),
            )

    def _key(self, source: str, actor: int) -> str:
        row = self.connection.execute("SELECT name, type, value FROM actor WHERE id = ?", (actor,)).fetchone()
        return key_of(source, *row)


def add_cards(connection: Connection, import_id: int) -> None:
    """Keep the keys of the cards that an import has, inside the caller's transaction."""
    _keep(connection, connection.execute(_OF_IMPORT, (import_id,)))


def remove_lost_cards(connection: Connection) -> None:
    """Let the keys of cards go that no import has any more."""
    connection.execute("DELETE FROM card_key WHERE party NOT IN (SELECT id FROM party)")


def make_anew(connection: Connection) -> None:
    """Both tables from the items and cards that are visible, inside the caller's transaction."""
    connection.execute("DELETE FROM acting")
    connection.execute("DELETE FROM card_key")
    count = ActingCount(connection, 1)
    for kind, source, parties in connection.execute(
        "SELECT kind, source, parties FROM item WHERE parties <> ''"
        " AND import IN (SELECT id FROM import WHERE state = 'complete') ORDER BY id"
    ):
        count.item(kind, source, parties)
    count.flush()
    _keep(connection, connection.execute(_ALL))


def differs(connection: Connection) -> bool:
    """Whether the tables say something else than items and cards do. Memory does not grow with the vault."""
    names = dict(connection.execute("SELECT id, name FROM source"))
    told = kept = 0
    for kind, source, parties in connection.execute(
        "SELECT kind, source, parties FROM item WHERE parties <> ''"
        " AND import IN (SELECT id FROM import WHERE state = 'complete')"
    ):
        for actor, meets in _meetings(parties).items():
            told += hash((actor, source)) + (hash((source, actor, 1)) if meets and kind in _PERSONAL_KINDS else 0)
    for key, actor, source, n, met, *who in connection.execute(
        "SELECT key, actor, source, n, met, name, type, value FROM acting LEFT JOIN actor ON actor.id = actor"
    ):
        if n < 1 or who[0] is None or key != key_of(names[source], *who):
            return True
        kept += n * hash((actor, source)) + met * hash((source, actor, 1))
    if told != kept:
        return True
    cards = sum(hash((party, key)) for party, key in _keys(connection.execute(_ALL)))
    return cards != sum(hash((party, key)) for party, key in connection.execute("SELECT party, key FROM card_key"))


def _meetings(parties: str) -> dict[int, bool]:
    """The actors of an item, and whether each takes a part in it that people have."""
    found: dict[int, bool] = {}
    for pair in parties.split(","):
        role, _, number = pair.rpartition(":")
        actor = int(number)
        found[actor] = found.get(actor, False) or role in _PERSONAL_ROLES
    return found


def _keep(connection: Connection, cards: Iterable[tuple[int, str, str, str]]) -> None:
    connection.executemany("INSERT OR IGNORE INTO card_key (party, key) VALUES (?, ?)", _keys(cards))


def _keys(cards: Iterable[tuple[int, str, str, str]]) -> Iterator[tuple[int, str]]:
    for party, source, name, handles in cards:
        for key in card_keys(source, name, [tuple(handle) for handle in msgspec.json.decode(handles)]):
            yield party, key
