"""Who is meant by a name, an address or a key: every actor of one person, over all sources.

People are what hangs together by keys (``vault_app.vault.party_keys``): equal keys, keys of one card, and keys that the
owner of the vault called the same. It is looked up from the keys that are asked for, so nothing has to be made anew
when an import comes or goes, and the order of imports cannot matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from vault_app.explore.folded import folded
from vault_app.vault.driver import Connection

_BATCH: Final = 5_000
_NAME: Final = 4096
_PATTERN: Final = 200
_ACCENTED: Final = frozenset("acdegilnorstuyz")
_LIGATURES: Final = re.compile("oe|ae|ss")
_NUMBER: Final = re.compile(r"[\d\s+().\-/\u2010-\u2015]+")
_DIGITS: Final = 6
"""So many digits look like a telephone number."""

_NAMED = """
SELECT key, name || ' ' || value FROM actor JOIN acting ON acting.actor = actor.id
WHERE name || ' ' || value LIKE ?1 ESCAPE '\\' OR name || ' ' || value LIKE ?2 ESCAPE '\\'
"""
_ON_CARDS = """
SELECT key, shown FROM (
    SELECT card_key.key AS key, substr(party.name, 1, ?3) || ' ' || card_key.key AS shown
    FROM party JOIN card_key ON card_key.party = party.id
) WHERE shown LIKE ?1 ESCAPE '\\' OR shown LIKE ?2 ESCAPE '\\'
"""
_LISTED = "(SELECT value FROM json_each(?))"


def keys_of(connection: Connection, party: str, person: str) -> set[str]:
    """All keys of one person, or of everybody whose name or handle holds a text.

    ``person``: a key; '' to look for ``party``, in which case, accents and ligatures do not count. A text that looks
    like a telephone number finds it however it is written.
    """
    return closed(connection, [person] if person else set(_named(connection, party)))


def closed(connection: Connection, keys: Iterable[str]) -> set[str]:
    """These keys and all that certain evidence or the owner's word ties to them."""
    found: set[str] = set()
    waiting = set(keys)
    while waiting:
        found |= waiting
        waiting = set(_tied(connection, waiting)) - found
    return found


def condition(connection: Connection, party: str, person: str, within: str, bounds: list[int]) -> tuple[str, list[Any]]:
    """Facts in which they take part, as a condition on ``item``, and its values.

    ``within``: a further condition on the column ``{0}``, with the values ``bounds``.
    """
    whole, partly = _actors(connection, keys_of(connection, party, person))
    parts = [f"SELECT item FROM item_actor WHERE actor IN {_LISTED}{within.format('item')}"]  # noqa: S608 - our own words
    values: list[Any] = [_json(whole), *bounds]
    for source, actors in sorted(partly.items()):
        parts.append(
            "SELECT item_actor.item FROM item_actor JOIN item AS own ON own.id = item_actor.item"  # noqa: S608
            f" WHERE actor IN {_LISTED} AND own.source = ?{within.format('item_actor.item')}"
        )
        values += [_json(actors), source, *bounds]
    return f"item.id IN ({' UNION ALL '.join(parts)})", values


def _actors(connection: Connection, keys: set[str]) -> tuple[list[int], dict[int, list[int]]]:
    """Actors who are these people wherever they stand, and by source those who are them in that source only."""
    mine = {pair for batch in _batches(keys) for pair in connection.execute(
        f"SELECT actor, source FROM acting WHERE key IN {_LISTED}", (_json(batch),)  # noqa: S608 - our own words
    )}  # fmt: skip
    elsewhere = {
        actor
        for batch in _batches({actor for actor, _ in mine})
        for actor, source in connection.execute(
            f"SELECT actor, source FROM acting WHERE actor IN {_LISTED}",  # noqa: S608 - our own words
            (_json(batch),),
        )
        if (actor, source) not in mine
    }
    partly: dict[int, list[int]] = {}
    for actor, source in sorted(mine):
        if actor in elsewhere:
            partly.setdefault(source, []).append(actor)
    return sorted({actor for actor, _ in mine} - elsewhere), partly


def _tied(connection: Connection, keys: set[str]) -> Iterator[str]:
    """The keys next to some."""
    for batch in _batches(keys):
        listed = _json(batch)
        for question in (
            f"SELECT key FROM card_key WHERE party IN (SELECT party FROM card_key WHERE key IN {_LISTED})",  # noqa: S608
            f"SELECT other FROM same_party WHERE same = 1 AND one IN {_LISTED}",  # noqa: S608
            f"SELECT one FROM same_party WHERE same = 1 AND other IN {_LISTED}",  # noqa: S608
        ):
            yield from (key for (key,) in connection.execute(question, (listed,)))


def _named(connection: Connection, text: str) -> Iterator[str]:
    """The keys of everybody whose name or handle holds a text, also where only a card says so.

    The database lets through what may fit; what fits without accents is seen here.
    """
    wanted = folded(text)
    begun = wanted[:_PATTERN]
    patterns = (_pattern(begun), _pattern(_LIGATURES.sub("\0", begun)))
    for key, shown in connection.execute(_NAMED, patterns):
        if wanted in _plain(shown):
            yield key
    for key, shown in connection.execute(_ON_CARDS, (*patterns, _NAME)):
        if wanted in _plain(shown):
            yield key
    digits = re.sub(r"\D", "", text) if _NUMBER.fullmatch(text) else ""
    if len(digits) >= _DIGITS:
        tail = f"%phone:%{digits.lstrip('0')}"
        for table in ("acting", "card_key"):
            yield from (key for (key,) in connection.execute(f"SELECT key FROM {table} WHERE key LIKE ?", (tail,)))  # noqa: S608


def _plain(text: str) -> str:
    """As ``folded``, at once for the many that are ASCII."""
    return text.lower() if text.isascii() else folded(text)


def _pattern(text: str) -> str:
    """A folded text for LIKE: letters that may carry an accent, and all that are not ASCII, stand for any one."""
    return "%" + "".join(_any_or(char) for char in text) + "%"


def _any_or(char: str) -> str:
    if char in _ACCENTED or not char.isascii() or char == "\0":
        return "_"
    return f"\\{char}" if char in "%_\\" else char


def _batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def _json(values: list[Any]) -> str:
    return msgspec.json.encode(values).decode()
