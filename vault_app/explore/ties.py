"""All keys of the vault in circles, a circle for each person: what ``persons`` finds for one, for everybody at once.

Linear in the number of actors and cards, and held as columns of numbers: a million people take some tens of megabytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vault_app.vault import same_party
from vault_app.vault.driver import Connection
from vault_app.vault.party_keys import national
from vault_app.vault.same_party import Decision

Column = npt.NDArray[np.int64]

_KEYS = """
SELECT key, 0, actor, source, n, met FROM acting
UNION ALL SELECT card_key.key, 1, party.id, party.source, 0, party.type = 'person'
FROM card_key JOIN party ON party.id = card_key.party
ORDER BY 1
"""


@dataclass(frozen=True, eq=False)
class Ties:
    """Keys are numbered in the order of their texts, circles from 0.

    ``circle``: of each key. ``actors``: a row for each actor and source, in order of the circles, with the columns
    circle, key, actor, source, facts, facts in which people meet. ``cards``: the same of cards, with the columns
    circle, key, party, source, 0, whether it is a person's. ``nobody``: circles of roles that no archive names.
    ``marked``: circles with a key that was asked for. ``said``: what the owner decided, and the two circles.
    ``alike``: of each pair of keys that look alike, a mark (equal for those that do) and the key.
    """

    circle: Column
    circles: int
    actors: Column
    cards: Column
    nobody: Column
    marked: Column
    said: tuple[tuple[Decision, int, int], ...]
    alike: Column

    @classmethod
    def of(cls, connection: Connection, asked: Collection[str] = ()) -> Ties:
        """Read them. ``asked``: keys whose circles are to be marked."""
        decisions = same_party.read(connection)
        read = _Read(connection, asked, decisions)
        parent = np.arange(read.keys, dtype=np.int64)
        cards = read.table(1)
        for one, other in _next_to_each_other(cards):
            _unite(parent, one, other)
        pairs = [(said, read.places[said.one], read.places[said.other]) for said in decisions]
        for said, one, other in pairs:
            if said.same:
                _unite(parent, one, other)
        circle = _numbered(parent)
        return cls(
            circle=circle,
            circles=int(circle.max()) + 1 if len(circle) else 0,
            actors=_by_circle(read.table(0), circle),
            cards=_by_circle(cards, circle),
            nobody=circle[np.array(read.nobody, np.int64)],
            marked=np.unique(circle[[read.places[key] for key in asked if key in read.places]]),
            said=tuple((said, int(circle[one]), int(circle[other])) for said, one, other in pairs),
            alike=np.array(read.alike, np.int64).reshape(-1, 2),
        )


class _Read:
    """The rows as they are read: columns of numbers, and the places of those keys that somebody asks for."""

    def __init__(self, connection: Connection, asked: Collection[str], decisions: list[Decision]) -> None:
        wanted = {*asked, *(said.one for said in decisions), *(said.other for said in decisions)}
        self.places: dict[str, int] = {}
        self.keys = 0
        self.nobody = array("q")
        self.alike = array("q")
        self._rows = (array("q"), array("q"))
        before = None
        for key, table, *columns in connection.execute(_KEYS):
            if key != before:
                before = key
                if key in wanted:
                    self.places[key] = self.keys
                self._look_at(key)
                self.keys += 1
            self._rows[table].extend((self.keys - 1, *columns))
        for key in sorted(wanted - self.places.keys()):
            self.places[key] = self.keys
            self.keys += 1

    def table(self, which: int) -> Column:
        """Rows of key, actor or party, source and two numbers."""
        return np.array(self._rows[which], np.int64).reshape(-1, 5)

    def _look_at(self, key: str) -> None:
        if key.endswith(":name:"):
            self.nobody.append(self.keys)
        elif digits := national(key):
            self.alike.extend((int(digits), self.keys))
        elif key.startswith("email:"):
            self.alike.extend((-1 - (hash(key.lower()) & (1 << 62) - 1), self.keys))


def _next_to_each_other(cards: Column) -> list[tuple[int, int]]:
    """Pairs of keys of one card, as few as tie them all."""
    order = np.lexsort((cards[:, 0], cards[:, 1]))
    party, key = cards[order, 1], cards[order, 0]
    same = np.flatnonzero(party[1:] == party[:-1])
    return list(zip(key[same].tolist(), key[same + 1].tolist(), strict=True))


def _unite(parent: Column, one: int, other: int) -> None:
    one, other = _root(parent, one), _root(parent, other)
    if one != other:
        parent[max(one, other)] = min(one, other)


def _root(parent: Column, key: int) -> int:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = int(parent[key])
    return key


def _numbered(parent: Column) -> Column:
    """The number of the circle of each key: roots in order."""
    roots = parent
    while True:
        further = roots[roots]
        if np.array_equal(further, roots):
            break
        roots = further
    return np.unique(roots, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _by_circle(rows: Column, circle: Column) -> Column:
    own = circle[rows[:, 0]]
    return np.column_stack([own, rows])[np.argsort(own, kind="stable")]
