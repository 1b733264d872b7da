"""The vault: made, opened, closed, verified. It owns the small parts that do the work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from vault_app.vault import (
    completion,
    digests,
    folder,
    founding,
    header,
    ledger,
    migrations,
    objects,
    passphrase,
    rescue,
)
from vault_app.vault.chunk_store import changed_series
from vault_app.vault.driver import (
    Connection,
    Database,
    OperationalError,
    close_cleanly,
    durably,
    is_full,
    soundness,
)
from vault_app.vault.errors import DamagedVault, NewerVault
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Header
from vault_app.vault.imports import Imports, Tools
from vault_app.vault.keys import NORMAL, Key, Profile
from vault_app.vault.ledger import Op
from vault_app.vault.lock import VaultLock
from vault_app.vault.objects import ObjectStore

SCHEMA = 1
"""Version of the data model, in the database's ``user_version``."""

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Created:
    """A new vault, open, and its rescue code as it is to be shown once."""

    vault: Vault
    rescue_code: str


@dataclass(frozen=True)
class Verdict:
    """What a verification looked at and what it found wrong, as short technical words."""

    checked: tuple[str, ...]
    problems: tuple[str, ...]


class Vault:
    """One open vault. Writing belongs to one thread at a time; ``read`` gives each thread its own connection."""

    def __init__(self, place: VaultFolder, lock: VaultLock, data_key: Key, head: Header) -> None:
        self.folder = place
        self._lock = lock
        self._data_key = data_key
        self._header = head
        self._database = Database(place.database(head.database), data_key.subkey("db"), head.salt)
        self._writer = self._database.writer()
        self._store = ObjectStore(place.packs, data_key, self._writer)
        self._ledger_key = data_key.subkey("ledger")
        self._digest_key = data_key.subkey("digest")
        self._readers: list[Connection] = []
        self._mine = threading.local()
        self._guard = threading.Lock()
        self.changed: list[Callable[[], None]] = []
        self.imports = Imports(
            Tools(
                connection=self._writer,
                store=self._store,
                ledger_key=self._ledger_key,
                digest_key=self._digest_key,
                changing=self._changing,
                changed=self._tell,
                full=place.release_ballast,
            )
        )

    @staticmethod
    def is_vault(place: Path) -> bool:
        """Whether a vault lies in a folder."""
        return VaultFolder(place).exists()

    @staticmethod
    def create(place: Path, password: str, *, profile: Profile = NORMAL) -> Created:
        """Make a vault in a new or empty folder and open it. Raises FolderInUse, BadPassphrase, TooLittleMemory."""
        home = VaultFolder(place)
        founded = founding.found(passphrase.accept(password), profile)
        home.create()
        lock = VaultLock(home.lock)
        try:
            database = Database(
                home.database(founded.header.database), founded.data_key.subkey("db"), founded.header.salt
            )
            connection = database.create()
            bound = folder.largest_file(place)
            if bound is not None:
                connection.execute(f"PRAGMA max_page_count={bound // 8192}")
            for name in ("objects.sql", "schema.sql"):
                connection.executescript((_HERE / name).read_text(encoding="utf-8"))
            connection.execute(f"PRAGMA user_version={SCHEMA}")
            with durably(connection):
                head = ledger.append(connection, founded.data_key.subkey("ledger"), Op.CREATE)
            with founded.data_key.subkey("digest") as key:
                state = digests.state(connection, key)
            close_cleanly(connection)
            written = header.write(place, replace(founded.header, ledger=head, state_digest=state), founded.data_key)
            return Created(Vault(home, lock, founded.data_key, written), founded.code)
        except BaseException:
            lock.release()
            raise

    @staticmethod
    def open(place: Path, password: str) -> Vault:
        """Open a vault. Raises WrongPassword, DamagedVault, NewerVault, VaultBusy, TooLittleMemory."""
        return _opened(place, lambda: header.unlock(place, passphrase.prepared(password)))

    @staticmethod
    def open_rescue(place: Path, code: str) -> Vault:
        """Open a vault with its rescue code. Raises as ``open``, and BadRescueCode."""
        return _opened(
            place, lambda: header.unlock_with_rescue(place, rescue.read(code, header.read(place)[0].header.vault_id))
        )

    def read(self) -> Connection:
        """This thread's connection for reading."""
        if not hasattr(self._mine, "connection"):
            self._mine.connection = self._database.reader()
            with self._guard:
                self._readers.append(self._mine.connection)
        connection: Connection = self._mine.connection
        return connection

    def note(self, op: Op, detail: dict[str, object]) -> None:
        """Add a line to the ledger, on the drive when this returns."""
        self._changing()
        with durably(self._writer):
            ledger.append(self._writer, self._ledger_key, op, detail)

    def attachment(self, number: int) -> bytes:
        """The bytes of a small attachment, or of an object of up to 64 MiB. Raises KeyError, DamagedVault."""
        row = self.read().execute("SELECT object, data FROM attachment WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        if row[0] is None:
            return bytes(row[1])
        found = objects.load(self.read(), row[0])
        if found is None:
            raise DamagedVault("attachment")
        with self._store.read(found) as stream:
            return stream.read(64 << 20)

    def verify(self) -> Verdict:
        """Look at everything: pages, ledger, packs, counters, identities, and the digests of all that was brought."""
        looks: dict[str, Callable[[], bool]] = {
            "database": lambda: not soundness(self._writer),
            "ledger": lambda: ledger.verify(self._writer, self._ledger_key, self._header.ledger).broken is None,
            "packs": lambda: all(map(self._store.packs.is_sound, objects.pack_rows(self._writer))),
            "counters": lambda: not _density_differs(self._writer),
            "identities": lambda: not _identities_differ(self._writer),
            "parties": lambda: not _actors_differ(self._writer),
            "search": lambda: _index_is_whole(self._writer),
            "digests": self._digests_agree,
        }
        return Verdict(tuple(looks), tuple(name for name, is_sound in looks.items() if not _sound(is_sound)))

    def close(self) -> None:
        """Close cleanly: nothing of the WAL is left, the header knows the ledger's head and the digest of it all."""
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")
        for connection in self._readers:
            connection.close()
        self._readers = []
        head, state = ledger.head(self._writer), digests.state(self._writer, self._digest_key)
        self._store.wipe()
        self._close_writer()
        if head != self._header.ledger or state != self._header.state_digest:
            header.write(self.folder.root, replace(self._header, ledger=head, state_digest=state), self._data_key)
        migrations.backup_of(self._database.path).unlink(missing_ok=True)
        self.folder.take_ballast()
        self._let_go()

    def _close_writer(self) -> None:
        """Its WAL goes into the database, on a full disk with the room of the reserve."""
        try:
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError as error:
            if not is_full(error):
                raise
            self.folder.release_ballast()
        close_cleanly(self._writer)

    def _let_go(self) -> None:
        self._data_key.wipe()
        self._ledger_key.wipe()
        self._digest_key.wipe()
        self._lock.release()

    def _leave(self) -> None:
        """Close without changing anything."""
        for connection in (*self._readers, self._writer):
            connection.close()
        self._readers = []
        self._store.wipe()
        self._let_go()

    def _ready(self) -> None:
        """Bring an older database to today's schema. Raises NewerVault when it is not older but newer."""
        found = migrations.version(self._writer)
        if found > SCHEMA:
            raise NewerVault(str(found))
        if found < SCHEMA:
            self._changing()
            migrations.migrate(self._database, self._writer, self._ledger_key, migrations.STEPS)

    def _changing(self) -> None:
        """Before the first change since the last clean close: the header must not vouch for a state that was."""
        if self._header.state_digest:
            self._header = header.write(self.folder.root, replace(self._header, state_digest=b""), self._data_key)

    def _digests_agree(self) -> bool:
        imports = self._writer.execute("SELECT id, content FROM import WHERE state = 'complete'").fetchall()
        if any(completion.digest_of(self._writer, self._digest_key, number) != kept for number, kept in imports):
            return False
        if changed_series(self._writer, self._digest_key):
            return False
        return self._header.state_digest in {b"", digests.state(self._writer, self._digest_key)}

    def _tell(self) -> None:
        for callback in self.changed:
            callback()


def _sound(look: Callable[[], bool]) -> bool:
    """What cannot even be read is not sound."""
    try:
        return look()
    except Exception:  # noqa: BLE001 - a page of another time breaks any question in any way
        return False


def _opened(place: Path, unlock: Callable[[], header.Unlocked]) -> Vault:
    lock = VaultLock(VaultFolder(place).lock)
    try:
        unlocked = unlock()
        vault = Vault(VaultFolder(place), lock, unlocked.data_key, unlocked.header)
    except BaseException:
        lock.release()
        raise
    try:
        vault._ready()  # noqa: SLF001 - the vault's own door
    except BaseException:
        vault._leave()  # noqa: SLF001
        raise
    return vault


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


def _index_is_whole(connection: Connection) -> bool:
    """Whether the full text holds together, and the numbers that were given out are not behind those in use."""
    connection.execute("INSERT INTO item_text (item_text) VALUES ('integrity-check')")
    late = "SELECT 1 FROM (SELECT id >> 20 AS day, max(id) & 1048575 AS n FROM item GROUP BY 1) AS used"
    return not connection.execute(
        f"{late} LEFT JOIN day_count USING (day) WHERE coalesce(day_count.n, 0) < used.n LIMIT 1"
    ).fetchone()
