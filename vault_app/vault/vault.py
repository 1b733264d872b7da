"""The vault: made, opened, closed, verified. It owns the small parts that do the work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from vault_app.vault import folder, founding, header, ledger, objects, passphrase, rescue
from vault_app.vault.driver import Connection, Database, close_cleanly, durably, soundness
from vault_app.vault.errors import DamagedVault, NewerVault
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Header
from vault_app.vault.imports import Imports
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
        self._readers: list[Connection] = []
        self._mine = threading.local()
        self._guard = threading.Lock()
        self.changed: list[Callable[[], None]] = []
        self.imports = Imports(self._writer, self._store, self._ledger_key, self._tell)

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
            close_cleanly(connection)
            written = header.write(place, replace(founded.header, ledger=head), founded.data_key)
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
        """Look at everything: pages, ledger, packs, counters, identities."""
        problems: list[str] = []
        if soundness(self._writer):
            problems.append("database")
        if ledger.verify(self._writer, self._ledger_key, self._header.ledger).broken is not None:
            problems.append("ledger")
        for row in objects.pack_rows(self._writer):
            if not self._store.packs.is_sound(row):
                problems.append("packs")
                break
        if _density_differs(self._writer):
            problems.append("counters")
        if _identities_differ(self._writer):
            problems.append("identities")
        return Verdict(("database", "ledger", "packs", "counters", "identities"), tuple(problems))

    def close(self) -> None:
        """Close cleanly: nothing of the WAL is left, the header knows the ledger's head."""
        for connection in self._readers:
            connection.close()
        self._readers = []
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")
        head = ledger.head(self._writer)
        self._store.wipe()
        close_cleanly(self._writer)
        if head != self._header.ledger:
            header.write(self.folder.root, replace(self._header, ledger=head), self._data_key)
        self._data_key.wipe()
        self._ledger_key.wipe()
        self._lock.release()

    def _tell(self) -> None:
        for callback in self.changed:
            callback()


def _opened(place: Path, unlock: Callable[[], header.Unlocked]) -> Vault:
    lock = VaultLock(VaultFolder(place).lock)
    try:
        unlocked = unlock()
        vault = Vault(VaultFolder(place), lock, unlocked.data_key, unlocked.header)
        version = int(vault.read().execute("PRAGMA user_version").fetchone()[0])
        if version > SCHEMA:
            vault.close()
            raise NewerVault(str(version))  # noqa: TRY301 - the lock is given back below
    except BaseException:
        lock.release()
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
    known = sum(len(ids) // 8 for (ids,) in connection.execute("SELECT ids FROM key_block"))
    return known != int(connection.execute("SELECT count(*) FROM item").fetchone()[0])
