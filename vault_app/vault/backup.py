"""A backup: the vault once more in another folder; and the way back.

A backup is a vault itself: the same data key, password and sheet open it. Packs never change, so only missing ones are
copied. The database is copied page by page into a file of a new name, then come the manifest and, last of all, the
header: until that moment the backup of before is whole, and an interrupted one goes on where it stopped. Both ways end
with a full verification of what was written.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

from vault_app.vault import digests, durable, header, ledger, manifest, objects
from vault_app.vault.driver import Database, close_cleanly
from vault_app.vault.errors import DamagedVault, FolderInUse
from vault_app.vault.folder import VaultFolder
from vault_app.vault.header import Unlocked, new_database_name
from vault_app.vault.inside import Inside
from vault_app.vault.keys import Key, canonical, tag
from vault_app.vault.ledger import Op
from vault_app.vault.lock import VaultLock
from vault_app.vault.packs import PackFolder, PackRow
from vault_app.vault.rekey import copy_database, need_room, prove
from vault_app.vault.vault import Vault
from vault_app.vault.verify import Verdict

UNFINISHED: Final = "backup.part"
"""Stands in the target until it is whole."""

_BLOCK: Final = 1 << 20

Tell = Callable[[int, int], None]
"""Bytes copied so far, and of how many. It pauses the work by not returning, and stops it by raising."""


@dataclass(frozen=True)
class Copied:
    """``packs``, ``bytes``: what had to be copied this time. ``verdict``: of what lies in the target now."""

    packs: int
    bytes: int
    verdict: Verdict


def back_up(vault: Vault, to: Path, tell: Tell | None = None) -> Copied:
    """Bring a backup up to date, or make one in a new or empty folder.

    Nothing else may write to the vault meanwhile. Raises FolderInUse (the folder holds something else), NoRoom,
    OSError.
    """
    packs, copied = _copy(vault.inside, to, tell)
    target = _opened(vault.inside, to)
    verdict = target.verify()
    target.leave()
    if not verdict.problems:
        vault.note(Op.BACKUP, {"bytes": copied, "packs": packs})
    elif "packs" in verdict.problems:
        _remove_bad_packs(vault.inside, to)
    return Copied(packs, copied, verdict)


def restore(backup: Vault, to: Path, tell: Tell | None = None) -> Copied:
    """Make a vault of an open backup, in a new or empty folder or in that of a restore that was interrupted.

    Of a backup that is not as it was when it was made, ``manifest`` is among the problems. Raises as ``back_up``.
    """
    if header.exists(to) and not _is_unfinished(backup.inside, to):
        raise FolderInUse("header")
    told = manifest.agrees(backup.inside)
    packs, copied = _copy(backup.inside, to, tell)
    target = _opened(backup.inside, to)
    target.note(Op.RESTORE, {"bytes": copied, "packs": packs})
    verdict = target.verify()
    target.close()
    if told is not None:
        wrong = () if told else ("manifest",)
        verdict = Verdict((*verdict.checked, "manifest"), (*verdict.problems, *wrong))
    return Copied(packs, copied, verdict)


def last_backup(vault: Vault) -> int | None:
    """When the last backup was completed, microseconds since 1970 by this computer's clock; None: never."""
    times = [line.time for line in ledger.lines(vault.read()) if line.op == Op.BACKUP]
    return times[-1] if times else None


def _copy(inside: Inside, to: Path, tell: Tell | None) -> tuple[int, int]:
    home = VaultFolder(to)
    _prepare(inside, home)
    with VaultLock(home.lock):
        missing = [row for row in objects.pack_rows(inside.connection) if not _is_there(home, row)]
        size = inside.database.path.stat().st_size
        total = sum(row.length for row in missing) + size
        need_room(to, total)
        done = 0
        for row in missing:
            with inside.store.packs.open(row.id) as source:
                _copy_file(source, home.packs / f"{row.id.hex()}.pack")
            done += row.length
            if tell is not None:
                tell(done, total)
        _finish(inside, home)
        if tell is not None:
            tell(total, total)
    return len(missing), total


def _prepare(inside: Inside, home: VaultFolder) -> None:
    """Only a new or empty folder, a backup of this vault, or one that was interrupted."""
    own, place = inside.folder.root.resolve(), home.root.resolve()
    if own == place or own in place.parents or place in own.parents:
        raise FolderInUse("inside the vault")
    if _is_unfinished(inside, home.root) or _is_backup(inside, home.root):
        return
    _remove_half_mark(inside, home)
    home.create()
    home.release_ballast()
    durable.write_whole(home.root / UNFINISHED, _mark(inside))


def _finish(inside: Inside, home: VaultFolder) -> None:
    """The database, the manifest, the header; then what is not needed any more goes."""
    name = new_database_name()
    database = Database(home.database(name), inside.database.key, inside.database.salt)
    copy = database.create()
    try:
        copy_database(inside, copy)
        head, state, rows = ledger.head(copy), digests.state(copy, inside.digest_key), objects.pack_rows(copy)
        close_cleanly(copy)
    except BaseException:
        copy.close()
        database.path.unlink(missing_ok=True)
        raise
    prove(database)
    manifest.write(inside, home, database.path, rows, int(time.time()))
    generation = inside.header.generation
    with suppress(DamagedVault):
        generation = max(generation, header.read(home.root)[0].header.generation)
    following = replace(inside.header, generation=generation, database=name, ledger=head, state_digest=state)
    header.write(home.root, following, inside.data_key)
    durable.remove(home.root / UNFINISHED)
    for path in home.root.glob("vault-*.db*"):
        if not path.name.startswith(name):
            durable.remove(path)
    needed = {f"{row.id.hex()}.pack" for row in rows}
    for path in home.packs.iterdir():
        if path.name not in needed:
            durable.remove(path)


def _opened(inside: Inside, to: Path) -> Vault:
    key = Key(bytearray(inside.data_key.bytes))
    return Vault.open_unlocked(to, Unlocked(key, header.read(to)[0].header, healed=False))


def _remove_bad_packs(inside: Inside, to: Path) -> None:
    """The next backup copies them again."""
    packs = PackFolder(VaultFolder(to).packs, inside.keys)
    for row in objects.pack_rows(inside.connection):
        if not packs.is_sound(row):
            packs.remove(row.id)
    packs.wipe()


def _is_there(home: VaultFolder, row: PackRow) -> bool:
    """Whether a pack was copied; its bytes are read by the verification at the end."""
    try:
        return (home.packs / f"{row.id.hex()}.pack").stat().st_size == row.length
    except FileNotFoundError:
        return False


def _copy_file(source: IO[bytes], final: Path) -> None:
    growing = final.with_name(final.name + ".tmp")
    with growing.open("wb") as target:
        while block := source.read(_BLOCK):
            target.write(block)
        target.flush()
        durable.sync_file(target.fileno())
    durable.rename(growing, final)


def _is_backup(inside: Inside, place: Path) -> bool:
    """Whether a header there was written with the key of this vault."""
    try:
        best = header.read(place)[0]
    except (DamagedVault, FileNotFoundError, NotADirectoryError):
        return False
    return best.header.vault_id == inside.header.vault_id and best.proven(inside.data_key)


def _is_unfinished(inside: Inside, place: Path) -> bool:
    try:
        return (place / UNFINISHED).read_bytes() == _mark(inside)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _remove_half_mark(inside: Inside, home: VaultFolder) -> None:
    """A mark that a kill left half written, before anything else was: the folder may still be a new or empty one."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if _mark(inside).startswith((home.root / UNFINISHED).read_bytes()):
            durable.remove(home.root / UNFINISHED)


def _mark(inside: Inside) -> bytes:
    """Nobody else's unfinished work is taken for ours: files of a folder may be removed."""
    vault = inside.header.vault_id
    return canonical([vault.hex(), tag(inside.digest_key, b"backup.part", vault).hex()])
