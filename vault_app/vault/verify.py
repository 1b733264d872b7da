"""Verification: whether the vault is what was written. Quick after a crash, full when somebody asks.

Each look asks one question; what cannot even be read is not sound. The names of the looks have sentences in
``resources/words/verdicts``. Nothing is changed, and packs are read without decrypting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from vault_app.vault import acting, completion, digests, header, ledger, objects
from vault_app.vault.chunk_store import changed_series
from vault_app.vault.driver import Connection, soundness
from vault_app.vault.errors import DamagedVault, NewerVault
from vault_app.vault.inside import Inside

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class Verdict:
    """What a verification looked at and what it found wrong, as names of looks."""

    checked: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """How far it is. ``look``: what is looked at now; ``done`` of ``total`` in bytes to be read, roughly."""

    look: str
    done: int
    total: int


@dataclass(frozen=True)
class _Look:
    name: str
    weight: int
    is_sound: Callable[[], bool]


def quick(inside: Inside) -> Verdict:
    """After a crash: header, structure of the database, head of the ledger, sizes of packs. Seconds, not minutes."""
    connection, store = inside.connection, inside.store
    looks = [
        _Look("header", 0, partial(_header_is_current, inside)),
        _Look("database", 0, lambda: connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)),
        _Look("ledger", 0, partial(_ledger_is_whole, inside)),
        _Look("packs", 0, lambda: all(map(store.packs.has_size, objects.pack_rows(connection)))),
    ]
    return _verdict(looks, None)


def full(inside: Inside, progress: Callable[[Progress], None] | None = None) -> Verdict:
    """Everything: pages, ledger, packs, counters, identities, and the digests of all that was brought.

    ``progress`` is called between two looks: it pauses by not returning, and stops all by raising.
    """
    return _verdict(list(_full_looks(inside)), progress)


def _full_looks(inside: Inside) -> Iterator[_Look]:
    connection, packs = inside.connection, inside.store.packs
    size = inside.database.path.stat().st_size
    yield _Look("header", 0, lambda: _header_is_current(inside) and _copies_agree(inside))
    yield _Look("database", size, lambda: not soundness(connection))
    yield _Look("ledger", 0, partial(_ledger_is_whole, inside))
    yield _Look("packs", 0, lambda: True)
    for row in _or_none(lambda: objects.pack_rows(connection)):
        yield _Look("packs", row.length, partial(packs.is_sound, row))
    yield _Look("counters", size // 10, lambda: not _density_differs(connection))
    yield _Look("identities", size // 10, lambda: not _identities_differ(connection))
    yield _Look("parties", size // 10, lambda: not _actors_differ(connection) and not acting.differs(connection))
    yield _Look("search", size // 10, lambda: _index_is_whole(connection))
    yield _Look("digests", size // 10, lambda: not changed_series(connection, inside.digest_key))
    yield _Look("digests", 0, partial(_state_agrees, inside))
    imports = _or_none(lambda: connection.execute("SELECT id, content FROM import WHERE state = 'complete'").fetchall())
    for number, kept in imports:
        yield _Look("digests", size // (2 * len(imports)), partial(_import_agrees, inside, number, kept))


def _verdict(looks: list[_Look], progress: Callable[[Progress], None] | None) -> Verdict:
    total, done = sum(look.weight for look in looks), 0
    checked: dict[str, bool] = {}
    for look in looks:
        if progress is not None:
            progress(Progress(look.name, done, total))
        checked[look.name] = checked.get(look.name, True) and _sound(look.is_sound)
        done += look.weight
    return Verdict(tuple(checked), tuple(name for name, sound in checked.items() if not sound))


def _sound(look: Callable[[], bool]) -> bool:
    """What cannot even be read is not sound."""
    try:
        return look()
    except Exception:  # noqa: BLE001 - a page of another time breaks any question in any way
        return False


def _or_none(question: Callable[[], list[_Row]]) -> list[_Row]:
    """The answer; an empty one when it cannot be read, which another look then tells."""
    try:
        return question()
    except Exception:  # noqa: BLE001 - as above
        return []


def _header_is_current(inside: Inside) -> bool:
    """Whether no older header was put back: the database has seen no later one."""
    row = inside.connection.execute("SELECT generation FROM header_seen").fetchone()
    return row is None or int(row[0]) <= inside.header.generation


def _copies_agree(inside: Inside) -> bool:
    """Whether both files hold the header that is open, proven."""
    try:
        copies = header.read(inside.folder.root)
    except (DamagedVault, NewerVault):
        return False
    return len(copies) == 2 and all(
        copy.proven(inside.data_key) and copy.header.generation == inside.header.generation for copy in copies
    )


def _ledger_is_whole(inside: Inside) -> bool:
    return ledger.verify(inside.connection, inside.ledger_key, inside.header.ledger).broken is None


def _state_agrees(inside: Inside) -> bool:
    """Whether all is as it was at the last clean close; nobody knows as long as the vault is being changed."""
    return inside.header.state_digest in {b"", digests.state(inside.connection, inside.digest_key)}


def _import_agrees(inside: Inside, number: int, kept: bytes) -> bool:
    return completion.digest_of(inside.connection, inside.digest_key, number) == kept


def _density_differs(connection: Connection) -> bool:
    counted = """
        SELECT id >> 20, kind, source, count(*) FROM item
        WHERE import IN (SELECT id FROM import WHERE state = 'complete') GROUP BY 1, 2, 3
    """
    kept = "SELECT day, kind, source, n FROM density"
    for one, other in ((counted, kept), (kept, counted)):
        question = f"SELECT * FROM ({one} EXCEPT {other}) LIMIT 1"  # noqa: S608 - both are our own
        if connection.execute(question).fetchone():
            return True
    return False


def _identities_differ(connection: Connection) -> bool:
    known = [0, 0]
    for (ids,) in connection.execute("SELECT ids FROM key_block"):
        known[0] += len(ids) // 8
        known[1] += int(np.frombuffer(ids, np.int64).sum())
    return known != list(connection.execute("SELECT count(*), coalesce(sum(id), 0) FROM item").fetchone())


def _actors_differ(connection: Connection) -> bool:
    """Whether the table that finds items by actor says something else than the items do."""
    told = kept = 0
    for item, parties in connection.execute("SELECT id, parties FROM item WHERE parties <> ''"):
        told += sum(hash((actor, item)) for actor in {int(pair.rpartition(":")[2]) for pair in parties.split(",")})
    for pair in connection.execute("SELECT actor, item FROM item_actor"):
        kept += hash(pair)
    return told != kept


_SEGMENTS_WITHOUT_INDEX = """
SELECT id >> 37 FROM item_text_data WHERE id > 10 AND id >> 37 NOT IN (SELECT segid FROM item_text_idx) LIMIT 1
"""
"""Segments of the full text that no search would look into: an old page of their directory was put back."""


def _indexed(connection: Connection) -> int:
    """How many items the full text says that it holds: the first number (SQLite's varint) of its record of averages.

    Its own check does not compare it with anything, so an index of another time would pass.
    """
    row = connection.execute("SELECT block FROM item_text_data WHERE id = 1").fetchone()
    number = 0
    for byte in row[0] if row else b"":
        number = number << 7 | byte & 127
        if byte < 128:
            break
    return number


def _index_is_whole(connection: Connection) -> bool:
    """Whether the full text holds together, and the numbers that were given out are not behind those in use."""
    connection.execute("INSERT INTO item_text (item_text) VALUES ('integrity-check')")
    if _indexed(connection) != connection.execute("SELECT coalesce(sum(n), 0) FROM density").fetchone()[0]:
        return False
    if connection.execute(_SEGMENTS_WITHOUT_INDEX).fetchone():
        return False
    late = "SELECT 1 FROM (SELECT id >> 20 AS day, max(id) & 1048575 AS n FROM item GROUP BY 1) AS used"
    return not connection.execute(
        f"{late} LEFT JOIN day_count USING (day) WHERE coalesce(day_count.n, 0) < used.n LIMIT 1"
    ).fetchone()
