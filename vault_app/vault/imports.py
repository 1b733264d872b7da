"""Imports: begun, resumed, completed, undone. Nothing of a running one is visible."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from importers.batches import ItemBatch, PartyBatch
from importers.records import KINDS, Samples
from vault_app.vault import attachments, completion, items, ledger, parties, series
from vault_app.vault.account import Account, NoticeRow
from vault_app.vault.attachments import AttachmentWriter
from vault_app.vault.driver import IMPORT_CACHE_KIB, READ_CACHE_KIB, Connection, cache, durably
from vault_app.vault.keys import Key
from vault_app.vault.ledger import Op
from vault_app.vault.objects import ObjectStore

__all__ = ["Account", "Added", "AttachmentWriter", "ImportRow", "ImportWriter", "Imports", "NoticeRow"]


_FIRST_MET = """
SELECT count(*) FROM party_import AS mine WHERE import = ?
AND NOT EXISTS (SELECT 1 FROM party_import WHERE party = mine.party AND import < mine.import)
"""


@dataclass(frozen=True)
class Added:
    """How many records of a batch were new, and how many the vault had."""

    new: int
    known: int


@dataclass(frozen=True)
class ImportRow:
    """An import as listed."""

    id: int
    state: str
    name: str
    source: str
    digest: str


class Imports:
    """All imports of a vault. Writes from one thread at a time."""

    def __init__(self, connection: Connection, store: ObjectStore, key: Key, changed: Callable[[], None]) -> None:
        self._connection = connection
        self._store = store
        self._key = key
        self._changed = changed

    def begin(
        self, name: str, size: int, digest: str, sources: Sequence[str], members: Sequence[tuple[str, int]]
    ) -> ImportWriter:
        """A new import in state running, with its member list."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        cursor = connection.execute(
            "INSERT INTO import (state, source, name, size, digest, started) VALUES ('running', ?, ?, ?, ?, ?)",
            (_main(sources), name, size, digest, time.time_ns() // 1000),
        )
        number = cursor.lastrowid
        assert number is not None
        connection.executemany(
            "INSERT INTO member (import, n, path, size) VALUES (?, ?, ?, ?)",
            ((number, place, path, length) for place, (path, length) in enumerate(members)),
        )
        connection.execute("COMMIT")
        return ImportWriter(connection, self._store, self._key, number, self._changed)

    def resume(self, number: int) -> ImportWriter:
        """Go on with a running import from its last commit."""
        return ImportWriter(self._connection, self._store, self._key, number, self._changed)

    def running(self) -> list[ImportRow]:
        """Imports that were interrupted, or are running."""
        return self._rows("running")

    def complete(self) -> list[ImportRow]:
        """Complete imports, newest first."""
        return self._rows("complete")[::-1]

    def find(self, digest: str) -> ImportRow | None:
        """The complete import of an archive with these bytes."""
        return next((row for row in self._rows("complete") if row.digest == digest), None)

    def account(self, number: int) -> Account:
        """The account of a complete import. Raises KeyError."""
        row = self._connection.execute("SELECT account FROM import WHERE id = ?", (number,)).fetchone()
        if row is None or not row[0]:
            raise KeyError(number)
        account: Account = msgspec.json.decode(row[0], type=Account)
        return account

    def undo(self, number: int) -> None:
        """Take back exactly what this import alone brought; what other imports have too stays with them."""
        with durably(self._connection):
            completion.take_back(self._connection, number, visible=True)
            _remove(self._connection, self._store, number)
            ledger.append(self._connection, self._key, Op.IMPORT_UNDONE, {"import": number})
        self._changed()

    def _rows(self, state: str) -> list[ImportRow]:
        found = self._connection.execute(
            "SELECT id, state, name, source, digest FROM import WHERE state = ? ORDER BY id", (state,)
        )
        return [ImportRow(*row) for row in found]


class ImportWriter:
    """Writes one import. Records go into an open transaction; ``commit`` makes them last, ``complete`` visible."""

    def __init__(
        self, connection: Connection, store: ObjectStore, key: Key, number: int, changed: Callable[[], None]
    ) -> None:
        self.id = number
        self._connection = connection
        self._store = store
        self._key = key
        self._changed = changed
        self._sources: dict[str, int] = {}
        self._known = 0
        self._seq = int(_one(connection, "SELECT coalesce(max(seq), 0) FROM brought WHERE import = ?", number))
        cache(connection, IMPORT_CACHE_KIB)

    @property
    def done_members(self) -> set[int]:
        """Places of members that are finished."""
        rows = self._connection.execute("SELECT n FROM member WHERE import = ? AND outcome <> ''", (self.id,))
        return {n for (n,) in rows}

    @property
    def progress(self) -> tuple[int, int]:
        """The member that was being read at the last commit, and how many of its records are stored."""
        row = self._connection.execute("SELECT member, records FROM import WHERE id = ?", (self.id,)).fetchone()
        return int(row[0]), int(row[1])

    def items(self, source: str, batch: ItemBatch, files: Mapping[int, int]) -> Added:
        """Store items. ``files`` maps file numbers of the batch to attachments."""
        self._begin()
        stored = items.insert(self._connection, self.id, self._source(source), batch)
        new = int(stored.new.sum())
        self._seq += 1
        if new:
            self._connection.execute(
                "INSERT INTO brought (import, seq, ids) VALUES (?, ?, ?)",
                (self.id, self._seq, items.packed(stored.ids[stored.new])),
            )
        if new < len(batch):
            again = np.flatnonzero(~stored.new)
            again = again[np.argsort(stored.ids[again], kind="stable")]
            self._connection.execute(
                "INSERT INTO seen (import, seq, ids, members) VALUES (?, ?, ?, ?)",
                (
                    self.id,
                    self._seq,
                    items.packed(stored.ids[again]),
                    completion.packed_members(batch.member[again]),
                ),
            )
        for row, numbers in enumerate(batch.files):
            for number in numbers:
                self._connection.execute(
                    "UPDATE attachment SET item = ? WHERE id = ?", (int(stored.ids[row]), files[number])
                )
        self._known += len(batch) - new
        return Added(new, len(batch) - new)

    def samples(self, source: str, member: int, batch: Samples) -> Added:  # noqa: ARG002 - samples name no member
        """Store samples."""
        self._begin()
        new, known = series.add(self._connection, self.id, self._source(source), batch)
        self._known += known
        return Added(new, known)

    def parties(self, source: str, batch: PartyBatch, files: Mapping[int, int]) -> Added:
        """Store parties."""
        self._begin()
        new = parties.insert(self._connection, self.id, self._source(source), batch, files)
        self._known += len(batch) - new
        return Added(new, len(batch) - new)

    def file(self, name: str, media_type: str, member: int) -> AttachmentWriter:
        """A file to keep whole; its ``finish`` gives the attachment's number."""
        self._begin()
        return AttachmentWriter(self._connection, self._store, self.id, member, name, media_type)

    def kept(self, member: int, attachment: int) -> None:
        """An attachment that belongs to no item: the bytes of a member that nothing reads."""
        self._begin()
        self._connection.execute("UPDATE attachment SET member = ? WHERE id = ?", (member, attachment))

    def notice(self, member: int, reason: str, position: str, what: str) -> None:
        """Something could not be read."""
        self._begin()
        self._connection.execute(
            "INSERT INTO notice (import, member, position, reason, what) VALUES (?, ?, ?, ?, ?)",
            (self.id, member, position, reason, what),
        )

    def member_done(self, member: int, outcome: str, records: int, why: str) -> None:
        """A member is finished."""
        self._begin()
        self._connection.execute(
            "UPDATE member SET outcome = ?, records = ?, why = ? WHERE import = ? AND n = ?",
            (outcome, records, why, self.id, member),
        )

    def commit(self, member: int, records: int) -> None:
        """Make everything so far last, with the mark to resume at."""
        self._begin()
        self._connection.execute(
            "UPDATE import SET member = ?, records = ?, known = known + ? WHERE id = ?",
            (member, records, self._known, self.id),
        )
        self._known = 0
        self._store.seal()
        self._connection.execute("COMMIT")

    def complete(self) -> Account:
        """The last transaction, on the drive when this returns: the import becomes visible."""
        self.commit(-1, 0)
        with durably(self._connection):
            completion.show(self._connection, self.id)
            account = self._account()
            self._connection.execute(
                "UPDATE import SET state = 'complete', finished = ?, account = ? WHERE id = ?",
                (time.time_ns() // 1000, msgspec.json.encode(account).decode(), self.id),
            )
            ledger.append(
                self._connection,
                self._key,
                Op.IMPORT_DONE,
                {"import": self.id, "known": account.known, "new": account.new},
            )
        cache(self._connection, READ_CACHE_KIB)
        self._changed()
        return account

    def abandon(self) -> None:
        """Remove everything of the running import."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._store.discard()
        with durably(self._connection):
            completion.take_back(self._connection, self.id, visible=False)
            _remove(self._connection, self._store, self.id)
        cache(self._connection, READ_CACHE_KIB)

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def _source(self, name: str) -> int:
        if name not in self._sources:
            self._connection.execute("INSERT OR IGNORE INTO source (name) VALUES (?)", (name,))
            self._sources[name] = int(_one(self._connection, "SELECT id FROM source WHERE name = ?", name))
        return self._sources[name]

    def _account(self) -> Account:
        connection = self._connection
        kinds = {
            str(KINDS[kind]): n
            for kind, n in connection.execute("SELECT kind, count(*) FROM fresh JOIN item USING (id) GROUP BY kind")
        }
        span = connection.execute(
            'SELECT min(start), max(coalesce("end", start)) FROM fresh JOIN item USING (id)'
        ).fetchone()
        times = [span] if span[0] is not None else []
        measured: dict[str, int] = {}
        rows = connection.execute(
            "SELECT name, n, series.id FROM sampled JOIN series ON series.id = series WHERE import = ? AND n > 0",
            (self.id,),
        ).fetchall()
        for name, n, number in rows:
            measured[name] = measured.get(name, 0) + n
            times.append(
                connection.execute("SELECT min(t0), max(t1) FROM chunk WHERE series = ?", (number,)).fetchone()
            )
        met = int(_one(connection, _FIRST_MET, self.id))
        info = connection.execute("SELECT name, source, known FROM import WHERE id = ?", (self.id,)).fetchone()
        outcomes = dict(
            connection.execute("SELECT outcome, count(*) FROM member WHERE import = ? GROUP BY 1", (self.id,))
        )
        notices = connection.execute(
            "SELECT coalesce(path, ''), position, reason, what FROM notice LEFT JOIN member"
            " ON member.import = notice.import AND member.n = notice.member WHERE notice.import = ? ORDER BY id",
            (self.id,),
        )
        return Account(
            id=self.id,
            name=info[0],
            source=info[1],
            new=sum(kinds.values()) + sum(measured.values()) + met,
            known=int(info[2]),
            items=kinds,
            samples=measured,
            parties=met,
            first=min((first for first, _ in times), default=None),
            last=max((last for _, last in times), default=None),
            members={name: int(outcomes.get(name, 0)) for name in ("read", "skipped", "kept", "unknown")},
            notices=[NoticeRow(*row) for row in notices],
        )


def _remove(connection: Connection, store: ObjectStore, number: int) -> None:
    series.remove_import(connection, number)
    parties.remove_import(connection, number)
    attachments.remove_import(connection, store, number)
    for table in ("notice", "member", "brought", "seen"):
        connection.execute(f"DELETE FROM {table} WHERE import = ?", (number,))  # noqa: S608 - names of our own tables
    connection.execute("DELETE FROM import WHERE id = ?", (number,))


def _main(sources: Sequence[str]) -> str:
    return sources[0] if sources else ""


def _one(connection: Connection, question: str, value: object) -> int:
    row = connection.execute(question, (value,)).fetchone()
    return int(row[0])
