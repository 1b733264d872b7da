"""People: everybody whom the archives name as somebody one meets, over all sources, with their names and handles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from vault_app.explore import persons
from vault_app.explore.facts import condition, running_imports
from vault_app.explore.selection import Selection
from vault_app.explore.tally import FIRST_DATED
from vault_app.explore.ties import Column, Ties
from vault_app.vault.driver import Connection
from vault_app.vault.vault import Vault

PAGE = 64
"""People of a page."""

SHOWN = 20
"""So many names, handles and cards of a person are read, those used most."""

_FEW = 100
_NAME = 200


@dataclass(frozen=True, slots=True)
class Person:
    """One person.

    ``key``: one of the keys, for ``Selection.person``. ``name``: as address books call the person, else as most facts
    do, else the first handle. ``names``: other names. ``handles``: keys (see ``party_keys``) but for those of bare
    names. ``mentions``: how often the person stands in facts, by source, most first. ``first``, ``last``: days (since
    1970, UTC) of the first and last such fact; None without a dated one; facts of a day that was full are not looked
    at. ``has_card``: whether an address book or profile describes the person.
    """

    key: str
    name: str
    names: tuple[str, ...]
    handles: tuple[str, ...]
    mentions: dict[str, int]
    first: int | None
    last: int | None
    has_card: bool


class People:
    """Everybody, most mentioned first. Counted once; pages are read when they are asked for, from any thread."""

    def __init__(self, ties: Ties, sources: Collection[int] = (), *, only_marked: bool = False) -> None:
        self.ties = ties
        actors, cards = ties.actors, ties.cards
        self.mentions = np.bincount(actors[:, 0], actors[:, 4], ties.circles).astype(np.int64)
        met = np.bincount(actors[:, 0], actors[:, 5], ties.circles) > 0
        met |= np.bincount(cards[:, 0], cards[:, 5], ties.circles) > 0
        met[ties.nobody] = False
        self.listed = met
        chosen = met.copy()
        if only_marked:
            chosen &= np.isin(np.arange(ties.circles), ties.marked)
        if sources:
            there = [table[np.isin(table[:, 3], list(sources)), 0] for table in (actors, cards)]
            chosen &= np.isin(np.arange(ties.circles), np.concatenate(there))
        circles = np.flatnonzero(chosen)
        self._order = circles[np.argsort(-self.mentions[circles], kind="stable")]

    @classmethod
    def of(cls, vault: Vault, sources: Collection[str] = (), text: str = "") -> People:
        """Those of some sources (all, when empty) whose name or handle holds a text."""
        connection = vault.read()
        asked = persons.keys_of(connection, text, "") if text.strip() else set()
        numbers = [number for number, name in connection.execute("SELECT id, name FROM source") if name in sources] or (
            [-1] if sources else []
        )
        return cls(Ties.of(connection, asked), numbers, only_marked=bool(text.strip()))

    def __len__(self) -> int:
        return len(self._order)

    def page(self, vault: Vault, number: int) -> list[Person]:
        """The people from ``number * PAGE`` to before ``(number + 1) * PAGE``."""
        connection = vault.read()
        return [self.person(connection, int(one)) for one in self._order[number * PAGE : (number + 1) * PAGE]]

    def person(self, connection: Connection, circle: int) -> Person:
        """Somebody, by the number of the circle."""
        actors, cards = _rows(self.ties.actors, circle), _rows(self.ties.cards, circle)
        keys = list(_keys(connection, actors, cards))
        names = list(_names(connection, actors, cards))
        handles = tuple(dict.fromkeys(key for key in keys if ":name:" not in key))
        sources = dict(connection.execute("SELECT id, name FROM source"))
        mentions: dict[str, int] = {}
        for source, n in zip(actors[:, 3].tolist(), actors[:, 4].tolist(), strict=True):
            mentions[sources[source]] = mentions.get(sources[source], 0) + n
        first, last = _span(connection, actors, keys[0] if keys else "")
        return Person(
            key=keys[0] if keys else "",
            name=names[0] if names else handles[0].rpartition(":")[2] if handles else "",
            names=tuple(names[1 : SHOWN + 1]),
            handles=handles,
            mentions=dict(sorted(mentions.items(), key=lambda pair: (-pair[1], pair[0]))),
            first=first,
            last=last,
            has_card=len(cards) > 0,
        )


def _rows(table: Column, circle: int) -> Column:
    """The rows of a circle, those with most facts first."""
    low, high = np.searchsorted(table[:, 0], (circle, circle + 1))
    mine = table[low:high]
    return mine[np.argsort(-mine[:, 4], kind="stable")]


def _keys(connection: Connection, actors: Column, cards: Column) -> Iterator[str]:
    """The keys of a person that are used most, then those of cards."""
    used = dict(zip(actors[:, 1].tolist(), actors[:, 2:4].tolist(), strict=True))
    for actor, source in list(used.values())[:SHOWN]:
        yield connection.execute("SELECT key FROM acting WHERE actor = ? AND source = ?", (actor, source)).fetchone()[0]
    for party in dict.fromkeys(cards[:, 2].tolist()[: SHOWN * 4]):
        yield from (key for (key,) in connection.execute("SELECT key FROM card_key WHERE party = ?", (party,)))


def _names(connection: Connection, actors: Column, cards: Column) -> Iterator[str]:
    """Names on cards, then those of facts, most used first; a handle is no name."""
    used: dict[str, int] = {}
    for party in dict.fromkeys(cards[:, 2].tolist()[: SHOWN * 4]):
        (name,) = connection.execute("SELECT substr(name, 1, ?) FROM party WHERE id = ?", (_NAME, party)).fetchone()
        used[_shown(name)] = 1 << 62
    for actor, n in zip(actors[: SHOWN * 4, 2].tolist(), actors[: SHOWN * 4, 4].tolist(), strict=True):
        name, value = connection.execute("SELECT name, value FROM actor WHERE id = ?", (actor,)).fetchone()
        if name != value:
            used[_shown(name[:_NAME])] = used.get(_shown(name[:_NAME]), 0) + n
    yield from (name for name in sorted(used, key=lambda name: (-used[name], -len(name), name)) if name)


def _shown(name: str) -> str:
    """A name in one line; '' for what is a handle."""
    return " ".join(name.split()) if "@" not in name and any(map(str.isalpha, name)) else ""


def _span(connection: Connection, actors: Column, key: str) -> tuple[int | None, int | None]:
    """First and last day."""
    if len(actors) > _FEW:
        where, values = condition(connection, Selection(party=key, person=key), (FIRST_DATED << 20, 1 << 62))
        low, high = connection.execute(
            f"SELECT min(item.id), max(item.id) FROM item WHERE {where}",  # noqa: S608 - our own words
            values,
        ).fetchone()
        found = [] if low is None else [low, high]
    else:
        pairs = actors[:, 2:4].tolist()
        found = [end for actor, source in pairs for end in _ends(connection, actor, source)]
    return (min(found) >> 20, max(found) >> 20) if found else (None, None)


def _ends(connection: Connection, actor: int, source: int) -> Iterator[int]:
    """The first and the last dated fact of an actor in a source: the index is walked from both ends."""
    running = msgspec.json.encode(running_imports(connection)).decode()
    for order in ("ASC", "DESC"):
        row = connection.execute(
            "SELECT item_actor.item FROM item_actor JOIN item ON item.id = item_actor.item"  # noqa: S608 - our own words
            " WHERE actor = ? AND item_actor.item >= ? AND item.source = ?"
            f" AND item.import NOT IN (SELECT value FROM json_each(?)) ORDER BY item_actor.item {order} LIMIT 1",
            (actor, FIRST_DATED << 20, source, running),
        ).fetchone()
        if row is not None:
            yield row[0]
