"""Imports: begun, resumed, completed, undone. Nothing of a running one is visible."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from importers.batches import NO_TIME, ItemBatch, PartyBatch
from importers.columns import Times
from importers.drift.drift import Drift
from importers.records import KINDS, Samples
from vault_app.vault import added, attachments, brought, completion, ledger, leftovers, parties, series
from vault_app.vault.account import Account, NoticeRow
from vault_app.vault.attachments import AttachmentWriter
from vault_app.vault.brought import Brought
from vault_app.vault.driver import (
    IMPORT_CACHE_KIB,
    READ_CACHE_KIB,
    Connection,
    OperationalError,
    cache,
    durably,
    is_full,
)
from vault_app.vault.items import ItemWriter
from vault_app.vault.keys import Key
from vault_app.vault.ledger import Op
from vault_app.vault.objects import ObjectStore
from vault_app.vault.series import SeriesWriter

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


@dataclass(frozen=True)
class Tools:
    """What imports write with. ``full``: called once when the disk is full, to give room back; ``changing``: called
    before anything is changed, ``changed`` after something became visible or went."""

    connection: Connection
    store: ObjectStore
    ledger_key: Key
    digest_key: Key
    changing: Callable[[], None]
    changed: Callable[[], None]
    full: Callable[[], None]


class Imports:
    """All imports of a vault. Writes from one thread at a time."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._connection = tools.connection

    def begin(
        self, name: str, size: int, digest: str, sources: Sequence[str], members: Sequence[tuple[str, int]]
    ) -> ImportWriter:
        """A new import in state running, with its member list. Half imports go first, see ``remove_halves``."""
        connection = self._connection
        self._tools.changing()
        self.remove_halves()
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
        return ImportWriter(self._tools, number)

    def resume(self, number: int) -> ImportWriter:
        """Go on with a running import from its last commit. Other half imports are removed first."""
        self._tools.changing()
        self.remove_halves(but=number)
        return ImportWriter(self._tools, number)

    def remove_halves(self, but: int = 0) -> None:
        """Remove imports that were interrupted, except number ``but``.

        A half import holds identities that nobody sees: what a later import shares with it would count as known and
        be hidden with it, and what an undone one shares with it would pass to it.
        """
        for row in self.running():
            if row.id != but:
                ImportWriter(self._tools, row.id).abandon()

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
        """Take back exactly what this import alone brought; what other imports have too stays with them.

        Half imports are removed first, and nothing more is done when this one is half.
        """
        self._tools.changing()
        self.remove_halves()
        if all(row.id != number for row in self.complete()):
            return
        making_room(self._tools, lambda: self._undo(number))
        leftovers.clear(self._connection, self._tools.store.packs.folder.parent)
        self._tools.changed()

    def _undo(self, number: int) -> None:
        with durably(self._connection):
            completion.take_back(self._connection, self._tools.digest_key, number, visible=True)
            _remove(self._tools, number)
            ledger.append(self._connection, self._tools.ledger_key, Op.IMPORT_UNDONE, {"import": number})

    def _rows(self, state: str) -> list[ImportRow]:
        found = self._connection.execute(
            "SELECT id, state, name, source, digest FROM import WHERE state = ? ORDER BY id", (state,)
        )
        return [ImportRow(*row) for row in found]


class ImportWriter:
    """Writes one import. Records go into an open transaction; ``commit`` makes them last, ``complete`` visible."""

    def __init__(self, tools: Tools, number: int) -> None:
        self.id = number
        self._tools = tools
        connection = self._connection = tools.connection
        self._items = ItemWriter(connection, number)
        self._series = SeriesWriter(connection, tools.digest_key, number)
        self._sources: dict[str, int] = {}
        self._known = 0
        self._span: tuple[int, int] | None = None
        self._seq = max(
            _one(connection, f"SELECT coalesce(max(seq), 0) FROM {table} WHERE import = ?", number)  # noqa: S608 - ours
            for table in ("brought", "seen")
        )
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
        number = self._source(source)
        stored = self._items.insert(number, batch)
        new = int(stored.new.sum())
        self._seq += 1
        if new:
            brought.keep(self._connection, self.id, self._seq, number, stored.ids[stored.new], batch.kind[stored.new])
            self._reach(batch.start[stored.new], batch.end[stored.new])
        if new < len(batch):
            again = ~stored.new
            brought.keep_seen(self._connection, self.id, self._seq, stored.ids[again], batch.member[again])
            told = [batch.details[row] for row in np.flatnonzero(again).tolist()]
            added.keep(self._connection, self.id, self._seq, stored.ids[again], told)
        self._connection.executemany(
            "UPDATE attachment SET item = ? WHERE id = ?",
            [(int(stored.ids[row]), files[file]) for row, given in enumerate(batch.files) for file in given],
        )
        self._known += len(batch) - new
        return Added(new, len(batch) - new)

    def samples(self, source: str, member: int, batch: Samples) -> Added:  # noqa: ARG002 - samples name no member
        """Store samples."""
        self._begin()
        new, known = self._series.add(self._source(source), batch)
        self._known += known
        if new:
            self._reach(batch.start, batch.start)
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
        return AttachmentWriter(self._connection, self._tools.store, self.id, member, name, media_type)

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
        self._items.flush()
        self._connection.execute(
            "UPDATE import SET member = ?, records = ?, known = known + ? WHERE id = ?",
            (member, records, self._known, self.id),
        )
        if self._span is not None:
            self._connection.execute(
                "UPDATE import SET first = min(coalesce(first, ?1), ?1), last = max(coalesce(last, ?2), ?2)"
                " WHERE id = ?3",
                (*self._span, self.id),
            )
        self._known, self._span = 0, None
        self._tools.store.seal()
        self._connection.execute("COMMIT")

    def complete(self, drift: Sequence[Drift] = ()) -> Account:
        """The last transaction, on the drive when this returns: the import becomes visible. ``drift``: to tell."""
        self.commit(-1, 0)
        with durably(self._connection):
            mine, digest = completion.show(self._connection, self._tools.digest_key, self.id, self._items.at_hand)
            account = self._account(mine, drift)
            self._connection.execute(
                "UPDATE import SET state = 'complete', finished = ?, account = ?, content = ? WHERE id = ?",
                (time.time_ns() // 1000, msgspec.json.encode(account).decode(), bytearray(digest), self.id),
            )
            ledger.append(
                self._connection,
                self._tools.ledger_key,
                Op.IMPORT_DONE,
                {"digest": digest.hex(), "import": self.id, "known": account.known, "new": account.new},
            )
        self._items.at_hand.drop()
        cache(self._connection, READ_CACHE_KIB)
        self._tools.changed()
        return account

    def abandon(self) -> None:
        """Remove everything of the running import."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._items.drop()
        self._series.drop()
        self._sources = {}
        self._tools.store.discard()
        making_room(self._tools, self._take_back)
        leftovers.clear(self._connection, self._tools.store.packs.folder.parent)
        cache(self._connection, READ_CACHE_KIB)

    def _take_back(self) -> None:
        with durably(self._connection):
            completion.take_back(self._connection, self._tools.digest_key, self.id, visible=False)
            _remove(self._tools, self.id)

    def _reach(self, start: Times, end: Times) -> None:
        """Widen the span of time that the import covers."""
        dated = start != NO_TIME
        if not dated.any():
            return
        first, last = int(start[dated].min()), int(np.maximum(start[dated], end[dated]).max())
        if self._span is not None:
            first, last = min(first, self._span[0]), max(last, self._span[1])
        self._span = (first, last)

    def _begin(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def _source(self, name: str) -> int:
        if name not in self._sources:
            self._connection.execute("INSERT OR IGNORE INTO source (name) VALUES (?)", (name,))
            self._sources[name] = int(_one(self._connection, "SELECT id FROM source WHERE name = ?", name))
        return self._sources[name]

    def _account(self, mine: Brought, drift: Sequence[Drift]) -> Account:
        connection = self._connection
        counts = np.bincount(mine.kinds, minlength=len(KINDS)).tolist()
        kinds = {str(KINDS[kind]): n for kind, n in enumerate(counts) if n}
        measured: dict[str, int] = {}
        for name, n in connection.execute(
            "SELECT name, n FROM sampled JOIN series ON series.id = series WHERE import = ? AND n > 0", (self.id,)
        ):
            measured[name] = measured.get(name, 0) + n
        met = int(_one(connection, _FIRST_MET, self.id))
        info = connection.execute(
            "SELECT name, source, known, first, last FROM import WHERE id = ?", (self.id,)
        ).fetchone()
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
            first=info[3],
            last=info[4],
            members={name: int(outcomes.get(name, 0)) for name in ("read", "skipped", "kept", "unknown")},
            notices=[NoticeRow(*row) for row in notices],
            drift=list(drift),
        )


def making_room(tools: Tools, work: Callable[[], None]) -> None:
    """Do what must be possible on a full disk: when it fails for want of room, give the reserve back and try again."""
    try:
        work()
    except (OperationalError, OSError) as error:
        if not is_full(error):
            raise
        tools.full()
        work()


def _remove(tools: Tools, number: int) -> None:
    connection = tools.connection
    series.remove_import(connection, tools.digest_key, number)
    added.remove_import(connection, number)
    parties.remove_import(connection, number)
    attachments.remove_import(connection, tools.store, number)
    leftovers.note(connection, map(leftovers.pack_name, tools.store.drop_empty_packs()))
    for table in ("notice", "member", "brought", "seen"):
        connection.execute(f"DELETE FROM {table} WHERE import = ?", (number,))  # noqa: S608 - names of our own tables
    connection.execute("DELETE FROM import WHERE id = ?", (number,))


def _main(sources: Sequence[str]) -> str:
    return sources[0] if sources else ""


def _one(connection: Connection, question: str, value: object) -> int:
    row = connection.execute(question, (value,)).fetchone()
    return int(row[0])
