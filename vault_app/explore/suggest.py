"""What a person may mean while typing: kinds, sources, people and words, at each key press.

One or two letters are answered from short lists, never from the index; from three letters on the index finds the
newest facts with such a word, and their words are offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from importers.records import KINDS, Kind
from vault_app import words as sentences
from vault_app.explore.facts import running_imports
from vault_app.explore.folded import folded, words
from vault_app.vault.driver import Connection
from vault_app.vault.folding import question
from vault_app.vault.vault import Vault

FROM_INDEX = 3
"""From so many letters on the index is asked."""

_RECENT = 300
_HITS = 60
_ACTORS = 400
_ONE_LETTER = frozenset("aceinouy")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``what``: kind, source, party or word. ``value``: the kind's or source's name, the party's name, or the word in
    small letters. ``n``: facts of the kind or source; of a word, the newest facts that were looked at; 0 for parties.
    """

    what: Literal["kind", "source", "party", "word"]
    value: str
    n: int


def suggest(vault: Vault, text: str, limit: int) -> list[Suggestion]:
    """At most ``limit`` suggestions for the last word of a text, the most likely first; none for no letter."""
    typed = words(text)
    if not typed or text[-1:].isspace():
        return []
    beginning = typed[-1].folded
    connection = vault.read()
    found = [*_kinds(connection, beginning), *_sources(connection, beginning)]
    shares = max(1, (limit - len(found)) // 2)
    parties = _parties(connection, beginning, limit)
    recent = _words(connection, beginning, limit)
    room = max(shares, limit - len(found) - len(recent))
    return [*found, *parties[:room], *recent][:limit]


def _kinds(connection: Connection, beginning: str) -> list[Suggestion]:
    codes = [code for code, kind in enumerate(KINDS) if _begins(_names(kind), beginning)]
    return _most(Suggestion("kind", str(KINDS[code]), n) for code, n in _counts(connection, "kind", codes))


@cache
def _names(kind: Kind) -> str:
    spoken = [sentences.kind(kind, tongue) for tongue in sentences.LANGUAGES]
    return " ".join(f"{words_.one} {words_.many}" for words_ in spoken)


def _sources(connection: Connection, beginning: str) -> list[Suggestion]:
    names = dict(connection.execute("SELECT id, name FROM source"))
    codes = [number for number, name in names.items() if _begins(name, beginning)]
    return _most(Suggestion("source", names[code], n) for code, n in _counts(connection, "source", codes))


def _counts(connection: Connection, column: Literal["kind", "source"], codes: list[int]) -> list[tuple[int, int]]:
    if not codes:
        return []
    marks = ", ".join("?" for _ in codes)
    sql = f"SELECT {column}, sum(n) FROM density WHERE {column} IN ({marks}) GROUP BY 1"  # noqa: S608 - our own words
    return connection.execute(sql, codes).fetchall()


def _parties(connection: Connection, beginning: str, limit: int) -> list[Suggestion]:
    """Letters that may carry an accent stand for any one; what they let through is compared without accents."""
    pattern = "".join("_" if char in _ONE_LETTER else char for char in beginning)
    rows = connection.execute(
        "SELECT id, name FROM actor WHERE name LIKE ? OR name LIKE ? LIMIT ?",
        (f"{pattern}%", f"% {pattern}%", _ACTORS * max(1, len(beginning))),
    )
    running = running_imports(connection)
    names: dict[str, None] = {}
    for number, name in rows:
        if len(names) >= limit:
            break
        if name not in names and _begins(name, beginning) and (not running or _is_seen(connection, number, running)):
            names[name] = None
    return [Suggestion("party", name, 0) for name in sorted(names, key=lambda name: (len(name), name))]


def _is_seen(connection: Connection, actor: int, running: tuple[int, ...]) -> bool:
    marks = ", ".join("?" for _ in running)
    sql = "SELECT 1 FROM item_actor JOIN item ON item.id = item_actor.item"
    sql += f" WHERE actor = ? AND import NOT IN ({marks}) LIMIT 1"
    return connection.execute(sql, (actor, *running)).fetchone() is not None


def _words(connection: Connection, beginning: str, limit: int) -> list[Suggestion]:
    if len(beginning) < FROM_INDEX:
        running = running_imports(connection)
        marks = ", ".join("?" for _ in running)
        titles = connection.execute(
            f"SELECT title FROM item WHERE import NOT IN ({marks}) ORDER BY id DESC LIMIT ?",  # noqa: S608 - marks only
            (*running, _RECENT),
        ).fetchall()
    else:
        titles = connection.execute(
            "SELECT title || ' ' || substr(text, 1, 2000) FROM item JOIN ("
            "SELECT rowid AS found FROM item_text WHERE item_text MATCH ? ORDER BY rowid DESC LIMIT ?"
            ") ON item.id = found",
            (question(beginning), _HITS),
        ).fetchall()
    counts = Counter(
        word
        for (title,) in titles
        for word in {title[one.start : one.end].lower() for one in words(title) if one.folded.startswith(beginning)}
    )
    order = sorted(counts, key=lambda word: (-counts[word], len(word), word))
    return [Suggestion("word", word, counts[word]) for word in order[:limit]]


def _begins(name: str, beginning: str) -> bool:
    return any(word.folded.startswith(beginning) for word in words(name)) or folded(name).startswith(beginning)


def _most(found: Iterable[Suggestion]) -> list[Suggestion]:
    return sorted(found, key=lambda one: (-one.n, one.value))
