"""A new vault from what still reads of a damaged one. The damaged one is not changed.

Rows are read around bad pages (``walking``), what follows from them is made anew (``rebuilding``), packs are copied
when every byte is right, and the objects of all others written anew as far as they read. Password and sheet stay the
same. Lost items are forgotten, not known: bringing the same archive in again brings them back.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from vault_app.vault import digests, durable, header, kept_keys, ledger, objects, rebuilding
from vault_app.vault.driver import Connection, Database, DatabaseError, close_cleanly, durably, transaction
from vault_app.vault.errors import DamagedVault
from vault_app.vault.extents import ObjectRow
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Unlocked, new_database_name
from vault_app.vault.kept_keys import Subkeys
from vault_app.vault.keys import Key
from vault_app.vault.ledger import Op
from vault_app.vault.lock import VaultLock
from vault_app.vault.objects import ObjectStore
from vault_app.vault.packs import PackRow
from vault_app.vault.rekey import prove
from vault_app.vault.vault import Vault, lay_out
from vault_app.vault.verify import Verdict
from vault_app.vault.walking import Table, Walker

SAVED: Final = {
    "source": ("id",),
    "import": ("id",),
    "member": ("import", "n"),
    "notice": ("id",),
    "item": ("id",),
    "day_count": ("day",),
    "key_block": ("id",),
    "seen": ("rowid",),
    "actor": ("id",),
    "party": ("id",),
    "party_import": ("party", "import"),
    "series": ("id",),
    "chunk": ("id",),
    "sampled": ("import", "series"),
    "attachment": ("id",),
    "pack": ("n",),
    "object": ("n",),
    "extent": ("object", "part"),
    "ledger": ("n",),
    "told": ("n",),
    "recipe": ("id",),
    "added": ("item", "import"),
    "same_party": ("id",),
}
"""The tables that are saved, and what orders each."""

REMADE: Final = {
    "kept_key", "leftover", "header_seen", "brought", "item_actor", "acting", "card_key", "density", "item_text",
    "text_mark", "sqlite_sequence",
}  # fmt: skip
"""The tables that follow from them, or that concern the files of the old folder only."""

_BATCH: Final = 2_000
_BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Salvaged:
    """``kept``: rows saved of each table. ``holes``: places that did not read. ``lost_files``: attachments without
    their bytes. ``verdict``: of the new vault."""

    kept: dict[str, int]
    holes: int
    lost_files: int
    verdict: Verdict


def salvage(place: Path, unlocked: Unlocked, to: Path, tell: Callable[[str, int], None] | None = None) -> Salvaged:
    """Save what reads into a new vault in a new or empty folder.

    ``unlocked`` comes from ``header.unlock``; its data key is wiped at the end. ``tell``: the table and how many of
    its rows were saved, now and then; it stops all by raising. Whatever is raised, nothing is left of the new vault.
    Raises FolderInUse, VaultBusy, OSError, and DamagedVault when not even the first page of the database reads.
    """
    old, home = VaultFolder(place), VaultFolder(to)
    with unlocked.data_key, VaultLock(old.lock):
        home.create()
        try:
            return _into(old, home, unlocked, tell)
        except BaseException:
            home.unmake()
            raise


def _into(old: VaultFolder, home: VaultFolder, unlocked: Unlocked, tell: Callable[[str, int], None] | None) -> Salvaged:
    with unlocked.data_key.subkey("db") as key:
        walker = Walker(Database(old.database(unlocked.header.database), key, unlocked.header.salt))
        database = Database(home.database(new_database_name()), key, unlocked.header.salt)
        try:
            kept, lost = _saved(walker, old, home, database, unlocked, tell)
        finally:
            walker.close()
    made = header.read(home.root)[0].header
    vault = Vault.open_unlocked(home.root, Unlocked(Key(bytearray(unlocked.data_key.bytes)), made, healed=False))
    try:
        verdict = vault.verify()
    finally:
        vault.close()
    return Salvaged(kept, walker.holes, lost, verdict)


def _saved(
    walker: Walker,
    old: VaultFolder,
    home: VaultFolder,
    database: Database,
    unlocked: Unlocked,
    tell: Callable[[str, int], None] | None,
) -> tuple[dict[str, int], int]:
    connection = database.create()
    try:
        lay_out(connection)
        connection.execute("PRAGMA foreign_keys=OFF")
        keys = _keys(walker, unlocked.data_key)
        kept = {name: _copy(walker, connection, name, tell) for name in SAVED}
        with transaction(connection):
            kept_keys.keep(connection, keys)
            lost = _save_objects(connection, keys, old, home)
        with durably(connection), keys.subkey("digest") as digest_key, keys.subkey("ledger") as ledger_key:
            rebuilding.rebuild(connection, digest_key)
            chained = rebuilding.chain(connection, ledger_key)
            detail = {"chained": chained, "files": lost, "holes": walker.holes}
            head = ledger.append(connection, ledger_key, Op.SALVAGE, detail)
            state = digests.state(connection, digest_key)
        keys.wipe()
        close_cleanly(connection)
    except BaseException:
        connection.close()
        raise
    prove(database)
    made = replace(unlocked.header, database=database.path.name, ledger=head, state_digest=state)
    header.write(home.root, made, unlocked.data_key)
    return kept, lost


def _keys(walker: Walker, data_key: Key) -> Subkeys:
    """The keys that prove. When those of before a re-key do not read, new ones: all proofs are made anew anyway."""
    connection = walker.database.reader()
    try:
        return kept_keys.of(connection, data_key)
    except DatabaseError:
        return Subkeys(data_key, {})
    finally:
        connection.close()


def _copy(walker: Walker, to: Connection, name: str, tell: Callable[[str, int], None] | None) -> int:
    key = SAVED[name]
    if walker.one(f"SELECT 1 FROM sqlite_master WHERE name = '{name}'") is None:  # noqa: S608 - names of our own tables
        return 0  # a vault of an earlier day
    columns = tuple(str(row[1]) for row in to.execute(f'PRAGMA table_info("{name}")') if row[1] not in key)
    table = Table(name, key, columns)
    names = ", ".join(f'"{column}"' for column in (*key, *columns))
    marks = ", ".join("?" * (len(key) + len(columns)))
    insert = f'INSERT OR IGNORE INTO "{name}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own tables
    count, batch = 0, []
    for row in walker.rows(table):
        batch.append([bytearray(value) if isinstance(value, bytes) else value for value in row])
        count += 1
        if len(batch) == _BATCH:
            _store(to, insert, batch)
            batch = []
            if tell is not None:
                tell(name, count)
    _store(to, insert, batch)
    return count


def _store(to: Connection, insert: str, batch: list[list[object]]) -> None:
    with transaction(to):
        to.executemany(insert, batch)


def _save_objects(connection: Connection, keys: Subkeys, old: VaultFolder, home: VaultFolder) -> int:
    """Copy sound packs, write the objects of the others anew; returns how many attachments lost their bytes."""
    source = ObjectStore(old.packs, keys, connection)
    target = ObjectStore(home.packs, keys, connection)
    bad = {row.n for row in objects.pack_rows(connection) if not _copy_pack(source, row, home)}
    numbers = [n for (n,) in connection.execute("SELECT n FROM object").fetchall()]
    for n in numbers:
        row = objects.load(connection, n)
        if row is None or not _touches(connection, row, bad):
            continue
        _write_anew(connection, source, target, row)
    target.seal()
    target.drop_empty_packs()
    source.wipe()
    target.wipe()
    gone = "object IS NOT NULL AND object NOT IN (SELECT n FROM object)"
    lost = int(connection.execute(f"SELECT count(*) FROM attachment WHERE {gone}").fetchone()[0])  # noqa: S608
    connection.execute(f"UPDATE attachment SET object = NULL, data = zeroblob(0) WHERE {gone}")  # noqa: S608
    return lost


def _touches(connection: Connection, row: ObjectRow, bad: set[int]) -> bool:
    """Whether an object is not whole in sound packs: in a bad one, or with an extent or pack row that was lost."""
    places = connection.execute(
        "SELECT part, extent.pack, pieces, pack.n FROM extent LEFT JOIN pack ON pack.n = extent.pack"
        " WHERE object = ? ORDER BY part",
        (row.n,),
    ).fetchall()
    whole = sum(pieces for _, _, pieces, _ in places) == row.pieces
    return not whole or any(there is None or pack in bad for _, pack, _, there in places)


def _write_anew(connection: Connection, source: ObjectStore, target: ObjectStore, row: ObjectRow) -> None:
    """An object under a new number, in a new pack; what does not read goes."""
    attached = [n for (n,) in connection.execute("SELECT id FROM attachment WHERE object = ?", (row.n,))]
    source.forget(row.n)
    writer = target.begin()
    try:
        with source.read(row) as stream:
            while block := stream.read(_BLOCK):
                writer.write(block)
    except DamagedVault:
        writer.cancel()
        return
    number = writer.finish()
    connection.executemany("UPDATE attachment SET object = ? WHERE id = ?", [(number, n) for n in attached])


def _copy_pack(source: ObjectStore, row: PackRow, home: VaultFolder) -> bool:
    """Copy a pack when every byte is as it was written."""
    if not source.packs.is_sound(row):
        return False
    final = home.packs / f"{row.id.hex()}.pack"
    growing = final.with_name(final.name + ".tmp")
    with source.packs.open(row.id) as file, growing.open("wb") as target:
        shutil.copyfileobj(file, target, _BLOCK)
        target.flush()
        durable.sync_file(target.fileno())
    durable.rename(growing, final)
    return True
