"""Who may be one person: people whom nothing certain ties together, but a full name or an almost equal number does.

A name alone never makes one of two. It is said why they may be one, and the owner of the vault decides.
"""

from __future__ import annotations

import hashlib
import secrets
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from vault_app.explore.facts import condition
from vault_app.explore.folded import folded
from vault_app.explore.people import People, Person
from vault_app.explore.selection import Selection
from vault_app.explore.tally import FIRST_DATED
from vault_app.explore.ties import Column, Ties
from vault_app.vault.driver import Connection
from vault_app.vault.same_party import Decision
from vault_app.vault.vault import Vault

MOST = 20
"""So many suggestions are made at once; the next ones come when these are decided."""

_WHYS = ("number", "address", "name")
_TRIED = 8
_LOOKED_AT = 3_000
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who may be one. ``one``: whom more facts mention.

    ``keys``: what ``Vault.decide`` is given. ``why``: ``number`` (equal but for the country), ``address`` (equal but
    for capitals) or ``name``; ``shared``: how the two write it, the same words in both. ``same_days``: days on which
    both stand in facts; ``together``: facts in which both stand, which speaks against it; both among the newest facts
    of each.
    """

    one: Person
    other: Person
    keys: tuple[str, str]
    why: str
    shared: tuple[str, str]
    same_days: int = 0
    together: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What the owner decided. ``one``, ``other``: names of the two as they are now, else their keys. ``holds``: whether
    they are what was said: certain evidence that came later makes one of two all the same."""

    decision: Decision
    one: str
    other: str
    holds: bool


def suggestions(vault: Vault, people: People) -> list[Suggestion]:
    """At most MOST suggestions, those with the best reasons first."""
    connection = vault.read()
    pairs = _pairs(connection, people)
    found = []
    for reason, one, other in pairs[:MOST].tolist():
        why = _WHYS[reason]
        circles = [int(people.ties.circle[key]) for key in (one, other)]
        persons = [people.person(connection, circle) for circle in circles]
        keys = _texts(connection, people.ties, (one, other))
        shared = _shared_name(*persons) if why == "name" else (_value(keys[0]), _value(keys[1]))
        found.append(_met(connection, Suggestion(persons[0], persons[1], keys, why, shared)))
    return sorted(found, key=lambda one: one.together > 0)


def said(vault: Vault, people: People) -> list[Said]:
    """All decisions of the owner."""
    connection = vault.read()
    found = []
    for decision, one, other in people.ties.said:
        names = [people.person(connection, circle).name for circle in (one, other)]
        if one == other:
            names = [decision.one, decision.other]
        shown = [name or key for name, key in zip(names, (decision.one, decision.other), strict=True)]
        found.append(Said(decision, shown[0], shown[1], decision.same == (one == other)))
    return found


def _pairs(connection: Connection, people: People) -> Column:
    """Rows of a reason (place in WHYS) and two keys, the best reasons and the most mentioned people first."""
    ties = people.ties
    apart = {frozenset((one, other)) for decision, one, other in ties.said if not decision.same}
    found = array("q")
    for mark, keys in _groups(ties.alike[:, 0], ties.alike[:, 1], people):
        for pair in _undecided(keys, people, apart):
            found.extend((_WHYS.index("number" if mark >= 0 else "address"), *pair))
    for _, keys in _groups(*_named(connection, ties), people):
        for pair in _undecided(keys, people, apart):
            found.extend((_WHYS.index("name"), *pair))
    rows = np.array(found, np.int64).reshape(-1, 3)
    circles = np.sort(ties.circle[rows[:, 1:]], axis=1)
    _, first = np.unique(circles[:, 0] * ties.circles + circles[:, 1], return_index=True)
    rows = rows[np.sort(first)]
    fewest = people.mentions[ties.circle[rows[:, 1:]]].min(axis=1, initial=1 << 62)
    ordered: Column = rows[np.lexsort((-fewest, rows[:, 0] == _WHYS.index("name")))]
    return ordered


def _groups(marks: Column, keys: Column, people: People) -> Iterator[tuple[int, Column]]:
    """Keys with one mark, the first of each listed person, where there are several people."""
    circle = people.ties.circle[keys]
    kept = people.listed[circle]
    marks, keys, circle = marks[kept], keys[kept], circle[kept]
    order = np.lexsort((keys, circle, marks))
    marks, keys, circle = marks[order], keys[order], circle[order]
    if not len(marks):
        return
    new = np.concatenate([[True], (marks[1:] != marks[:-1]) | (circle[1:] != circle[:-1])])
    marks, keys = marks[new], keys[new]
    starts = np.flatnonzero(np.concatenate([[True], marks[1:] != marks[:-1]]))
    ends = np.append(starts[1:], len(marks))
    for start, end in zip(starts[ends - starts > 1].tolist(), ends[ends - starts > 1].tolist(), strict=True):
        yield int(marks[start]), keys[start:end]


def _undecided(keys: Column, people: People, apart: set[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Each person with the most mentioned one before whom the owner has not told apart: as few pairs as tie them."""
    circle, mentions = people.ties.circle, people.mentions
    ordered = keys[np.lexsort((keys, -mentions[circle[keys]]))].tolist()
    for place, key in enumerate(ordered):
        for before in ordered[: min(place, _TRIED)]:
            if not apart or frozenset((int(circle[before]), int(circle[key]))) not in apart:
                yield before, key
                break


def _named(connection: Connection, ties: Ties) -> tuple[Column, Column]:
    """A mark of each full name, equal for names of the same words in any order, and the key that bears it.

    Marks are keyed hashes of 63 bits with a key of their own each time: no archive can make two names collide.
    """
    secret = secrets.token_bytes(16)
    marks: list[Column] = []
    keys: list[Column] = []
    for table, question in (
        (ties.actors, "SELECT id, name FROM actor WHERE id IN (SELECT actor FROM acting) ORDER BY id"),
        (ties.cards, "SELECT id, substr(name, 1, 200) FROM party WHERE type = 'person' ORDER BY id"),
    ):
        rows = ((number, _mark(name, secret)) for number, name in connection.execute(question))
        flat = np.fromiter((value for row in rows if row[1] for value in row), np.int64).reshape(-1, 2)
        if not len(flat):
            continue
        at = np.minimum(np.searchsorted(flat[:, 0], table[:, 2]), len(flat) - 1)
        has = flat[at, 0] == table[:, 2]
        marks.append(flat[at[has], 1])
        keys.append(table[has, 1])
    empty = np.empty(0, np.int64)
    return np.concatenate([empty, *marks]), np.concatenate([empty, *keys])


def _mark(name: str, secret: bytes) -> int:
    """0 for what is no full name."""
    words = _full(name)
    if not words:
        return 0
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8, key=secret).digest()
    return (int.from_bytes(digest) >> 1) or 1


def _full(name: str) -> str:
    """The words of a full name without case and accents, in order of the alphabet; '' for what is none.

    Full is a name of two words or more that have two letters or more.
    """
    if len(name) > _LONGEST or "@" in name or " " not in name.strip():
        return ""
    words = sorted("".join(char if char.isalnum() else " " for char in folded(name)).split())
    return " ".join(words) if sum(len(word) > 1 and word.isalpha() for word in words) > 1 else ""


def _shared_name(one: Person, other: Person) -> tuple[str, str]:
    """The name that both have, as each writes it; their own where it is not among those that were read."""
    theirs = {_full(name): name for name in (*reversed(other.names), other.name)}
    for name in (one.name, *one.names):
        if (full := _full(name)) and full in theirs:
            return name, theirs[full]
    return one.name, other.name


def _value(key: str) -> str:
    return key.rpartition(":")[2]


def _texts(connection: Connection, ties: Ties, keys: tuple[int, int]) -> tuple[str, str]:
    found = []
    for key in keys:
        for table, question in (
            (ties.actors, "SELECT key FROM acting WHERE actor = ? AND source = ?"),
            (ties.cards, "SELECT key FROM card_key WHERE party = ? ORDER BY key"),
        ):
            place = np.flatnonzero(table[:, 1] == key)
            if len(place):
                row = table[place[0]]
                values = (int(row[2]), int(row[3])) if table is ties.actors else (int(row[2]),)
                texts = [text for (text,) in connection.execute(question, values)]
                mine = np.sort(table[table[:, 2] == row[2], 1]).tolist() if table is ties.cards else [key]
                found.append(texts[mine.index(key)])
                break
    return found[0], found[1]


def _met(connection: Connection, suggestion: Suggestion) -> Suggestion:
    """On how many days, and in how many facts, both stand."""
    facts = []
    for person in (suggestion.one, suggestion.other):
        where, values = condition(connection, Selection(party=person.key, person=person.key))
        question = f"SELECT item.id FROM item WHERE {where} ORDER BY item.id DESC LIMIT {_LOOKED_AT}"  # noqa: S608
        facts.append(np.array([number for (number,) in connection.execute(question, values)], np.int64))
    days = [np.unique(ids >> 20) for ids in facts]
    both = np.intersect1d(days[0], days[1])
    return replace(
        suggestion, same_days=int((both >= FIRST_DATED).sum()), together=len(np.intersect1d(facts[0], facts[1]))
    )
