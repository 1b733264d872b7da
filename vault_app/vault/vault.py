"""The vault: made, opened, closed, verified. It owns the small parts that do the work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from vault_app.vault import (
    digests,
    folder,
    founding,
    header,
    kept_keys,
    ledger,
    leftovers,
    migrations,
    objects,
    passphrase,
    rescue,
    same_party,
    told,
    verify,
)
from vault_app.vault.driver import (
    Connection,
    Database,
    DatabaseError,
    OperationalError,
    bound_size,
    close_cleanly,
    durably,
    is_damage,
    is_full,
    transaction,
)
from vault_app.vault.errors import DamagedVault, NewerVault
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Header
from vault_app.vault.imports import Imports, Tools
from vault_app.vault.inside import Inside
from vault_app.vault.keys import NORMAL, Key, Profile
from vault_app.vault.ledger import Op
from vault_app.vault.lock import VaultLock
from vault_app.vault.objects import ObjectStore
from vault_app.vault.verify import Progress, Verdict

__all__ = ["SCHEMA", "Created", "Progress", "Vault", "Verdict"]

SCHEMA = 2
"""Version of the data model, in the database's ``user_version``."""

_HERE = Path(__file__).parent
_GIVEN_BACK = 8192
"""Free pages of the database that a close gives back to the disk, at most: 64 MiB, so that closing stays quick."""


@dataclass(frozen=True)
class Created:
    """A new vault, open, and its rescue code as it is to be shown once."""

    vault: Vault
    rescue_code: str


class Vault:
    """One open vault. Writing belongs to one thread at a time; ``read`` gives each thread its own connection."""

    def __init__(self, place: VaultFolder, lock: VaultLock, data_key: Key, head: Header) -> None:
        self.folder = place
        self._lock = lock
        self._data_key = data_key
        self._header = head
        self._database = Database(place.database(head.database), data_key.subkey("db"), head.salt)
        self._writer = self._database.writer()
        _bound(self._writer, place.root)
        self._keys = kept_keys.of(self._writer, data_key)
        self._store = ObjectStore(place.packs, self._keys, self._writer)
        self._ledger_key = self._keys.subkey("ledger")
        self._digest_key = self._keys.subkey("digest")
        self._gone = False
        self.at_opening: Verdict | None = None
        """What a quick look said when the last close was not clean; None after a clean one."""
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
            _bound(connection, place)
            lay_out(connection)
            with durably(connection):
                head = ledger.append(connection, founded.data_key.subkey("ledger"), Op.CREATE)
            with founded.data_key.subkey("digest") as key:
                state = digests.kept_state(connection, key)
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
        vault = _opened(
            place, lambda: header.unlock_with_rescue(place, rescue.read(code, header.read(place)[0].header.vault_id))
        )
        vault.note(Op.OPEN_WITH_RESCUE, {})
        return vault

    @staticmethod
    def open_keyring(place: Path, secret: bytes) -> Vault:
        """Open a vault with the secret that the session's keyring holds for it. Raises as ``open``."""
        return _opened(place, lambda: header.unlock_with_keyring(place, secret))

    @staticmethod
    def open_unlocked(place: Path, unlocked: header.Unlocked) -> Vault:
        """Open a vault whose header is open already. Its data key belongs to the vault from now on."""
        return _opened(place, lambda: unlocked)

    def leave(self) -> None:
        """Close without changing anything: after a re-key, another database is the vault."""
        self._leave()

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

    def told(self) -> tuple[str, ...]:
        """What the watched folder's memory gave to keep (``Seen.kept``), oldest first."""
        return told.read(self.read())

    def tell(self, marks: Iterable[str]) -> None:
        """Keep the watched folder's memory as it is now, in place of what was kept."""
        self._changing()
        with transaction(self._writer):
            told.write(self._writer, marks)

    def decide(self, one: str, other: str, *, same: bool | None) -> None:
        """Keep what the person says of two parties, by their keys (see ``same_party``); None takes it back."""
        self._changing()
        with durably(self._writer):
            same_party.write(self._writer, one, other, same=same)
        self._tell()

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

    def verify(self, progress: Callable[[Progress], None] | None = None) -> Verdict:
        """Look at everything, see ``verify.full``."""
        return verify.full(self.inside, progress)

    @property
    def inside(self) -> Inside:
        """The parts of this vault, for the rooms beside this one: re-key, backup, salvage. Not for the floors above."""
        return Inside(
            folder=self.folder,
            data_key=self._data_key,
            keys=self._keys,
            ledger_key=self._ledger_key,
            digest_key=self._digest_key,
            header=self._header,
            database=self._database,
            connection=self._writer,
            store=self._store,
        )

    @property
    def closed(self) -> bool:
        """Whether it was closed or left; then nothing of it is of use any more."""
        return self._gone

    def changing(self) -> None:
        """A room beside this one is about to change something."""
        self._changing()

    def rewrite_header(self, slots: Header) -> None:
        """Write the next generation of the header, with what ``founding`` made of the one that stands."""
        self._write_header(replace(slots, ledger=ledger.head(self._writer), state_digest=b""))

    def close(self) -> None:
        """Close cleanly: nothing of the WAL is left, the header knows the ledger's head and the digest of it all.

        Raises OSError and DatabaseError when the drive fails. The keys are gone and the lock is free all the same, and
        what was reported as done is there at the next opening.
        """
        try:
            self._close_whole()
        finally:
            with suppress(DatabaseError):
                self._writer.close()
            self._store.wipe()
            self._let_go()

    def _close_whole(self) -> None:
        if self._writer.in_transaction:
            self._writer.execute("ROLLBACK")
        for connection in self._readers:
            connection.close()
        self._readers = []
        vouched = self._vouched()
        self._close_writer()
        if vouched is not None:
            header.write(self.folder.root, vouched, self._data_key)
        migrations.backup_of(self._database.path).unlink(missing_ok=True)
        self.folder.take_ballast()

    def _vouched(self) -> Header | None:
        """The header that vouches for what is there now; None when nothing was changed, or not all of it reads."""
        if self._header.state_digest:
            return None
        try:
            head, state = ledger.head(self._writer), digests.kept_state(self._writer, self._digest_key)
        except DatabaseError as error:
            if not is_damage(error):
                raise
            return None
        return replace(self._header, ledger=head, state_digest=state)

    def _close_writer(self) -> None:
        """Its WAL goes into the database, on a full disk with the room of the reserve. Free pages are given back."""
        try:
            if not self._header.state_digest:
                self._writer.execute(f"PRAGMA incremental_vacuum({_GIVEN_BACK})").fetchall()
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError as error:
            if not is_full(error):
                raise
            self.folder.release_ballast()
        close_cleanly(self._writer)

    def _let_go(self) -> None:
        self._gone = True
        self._data_key.wipe()
        self._keys.wipe()
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
        if not self._writer.execute("SELECT 1 FROM sqlite_master WHERE name = 'header_seen'").fetchone():
            self._writer.executescript((_HERE / "care.sql").read_text(encoding="utf-8"))
            self._changing()
        if not self._header.state_digest:
            self._after_a_crash()

    def _after_a_crash(self) -> None:
        """Look quickly; in a sound vault, remove files that nothing needs. A medium without writes keeps them."""
        self.at_opening = verify.quick(self.inside)
        if self.at_opening.problems:
            return
        with suppress(OSError):
            leftovers.sweep_packs(self._writer, self._store.packs)
            leftovers.clear(self._writer, self.folder.root)

    def _changing(self) -> None:
        """Before the first change since the last clean close: the header must not vouch for a state that was."""
        if self._header.state_digest:
            self._write_header(replace(self._header, state_digest=b""))

    def _write_header(self, following: Header) -> None:
        """First the header, then the database remembers that it saw it: never the other way round."""
        self._header = header.write(self.folder.root, following, self._data_key)
        with transaction(self._writer):
            self._writer.execute(
                "INSERT OR REPLACE INTO header_seen (one, generation) VALUES (1, ?)", (self._header.generation,)
            )

    def _tell(self) -> None:
        for callback in self.changed:
            callback()


def lay_out(connection: Connection) -> None:
    """The tables of today's schema, in a new database."""
    for name in ("objects.sql", "care.sql", "schema.sql"):
        connection.executescript((_HERE / name).read_text(encoding="utf-8"))
    connection.execute(f"PRAGMA user_version={SCHEMA}")


def _bound(connection: Connection, place: Path) -> None:
    """On a file system with a low bound (FAT) the database stops before it; the bound does not outlive a connection."""
    largest = folder.largest_file(place)
    if largest is not None:
        bound_size(connection, largest)


def _opened(place: Path, unlock: Callable[[], header.Unlocked]) -> Vault:
    lock = VaultLock(VaultFolder(place).lock)
    try:
        unlocked = unlock()
        vault = Vault(VaultFolder(place), lock, unlocked.data_key, unlocked.header)
    except BaseException as error:
        lock.release()
        _raise_damage(error)
        raise
    try:
        vault._ready()  # noqa: SLF001 - the vault's own door
    except BaseException as error:
        vault._leave()  # noqa: SLF001
        _raise_damage(error)
        raise
    return vault


def _raise_damage(error: BaseException) -> None:
    if is_damage(error):
        raise DamagedVault("database") from error
