"""What the vault does while the power goes, the disk fills or the process is killed: short, and each different.

A workload has a base that is made in peace, and a run that is watched. The run says after each step what a person
sees at that moment (``said``); from then on that is promised.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.promises.look import NEW_PHRASE, OLD_PHRASE, enter, opened
from tests.vault.bare_vault import QUICK
from tests.vault.content import DAY, batch, bring, item, power, pulse
from vault_app.vault import backup, compaction, header, migrations, rekey, slots
from vault_app.vault import vault as vault_module
from vault_app.vault.driver import Connection
from vault_app.vault.imports import ImportWriter
from vault_app.vault.ledger import Op
from vault_app.vault.migrations import Step
from vault_app.vault.vault import Vault

Said = Callable[[Vault], None]
CODE = "code"
"""Beside the base: the file with the vault's rescue code."""

SOURCE = "source"
"""Beside the base: the vault that is copied from, where another place than its own is watched."""


@dataclass(frozen=True)
class Workload:
    """``base``: lays out what there is before; ``run``: what is watched. Both get the vault's folder and its code."""

    name: str
    base: Callable[[Path, Vault], None] | None
    run: Callable[[Path, str, Said], None]
    version: int = vault_module.SCHEMA
    """Schema of the application that runs it."""
    beside: Callable[[Path, str], None] | None = None
    """A last step of the base, the vault being closed: puts it elsewhere, and something else in its place."""
    again: Callable[[Path, str, Said], None] | None = None
    """How one goes on after an interruption, where that is more than to use the vault."""


def found(place: Path) -> tuple[Vault, str]:
    """A new vault that costs little to open."""
    made = Vault.create(place, OLD_PHRASE, profile=QUICK)
    return made.vault, made.rescue_code


def words(number: int) -> str:
    """Text that no page packs away."""
    return " ".join(random.Random(number).choices(("pomme", "rivière", "lampe", "dimanche", "vélo"), k=60))


def _content(number: int, size: int) -> bytes:
    return random.Random(number).randbytes(size)


def begin(vault: Vault, name: str, members: int = 1) -> ImportWriter:
    return vault.imports.begin(name, 10, name, ["google"], [(f"{n}.json", 5) for n in range(members)])


def write_items(writer: ImportWriter, first: int, count: int, member: int = 0) -> None:
    writer.items("google", batch(*(item(n, day=100 + n % 7, text=words(n)) for n in range(first, first + count))), {})
    writer.member_done(member, "read", count, "")


def attach(writer: ImportWriter, number: int, size: int, member: int = 0) -> None:
    file = writer.file(f"photo {number}.jpg", "image/jpeg", member)
    content = _content(number, size)
    for at in range(0, size, 50_000):
        file.write(content[at : at + 50_000])
    writer.kept(member, file.finish())


def _create(place: Path, code: str, said: Said) -> None:
    vault, given = found(place)
    (place.parent / CODE).write_text(given, encoding="ascii")
    said(vault)
    vault.close()


def _import(place: Path, code: str, said: Said) -> None:
    vault = enter(place, code)
    bring(vault, *(item(n, text=words(n)) for n in range(12)), samples=power((DAY, "12"), (2 * DAY, "13.50")))
    said(vault)
    bring(vault, *(item(n, text=words(n)) for n in range(6, 18)))
    said(vault)
    vault.close()


def _long_import(place: Path, code: str, said: Said) -> None:
    """Many commits, and the write-ahead log comes into the database in their midst."""
    vault = enter(place, code)
    vault._writer.execute("PRAGMA wal_autocheckpoint=12")
    writer = begin(vault, "long.zip", members=6)
    for member in range(6):
        write_items(writer, 100 * member, 15, member)
        writer.samples("enedis", member, pulse(5_000 * member, 60))
        writer.commit(member + 1, 0)
    writer.complete()
    said(vault)
    vault.close()


def _attachments(place: Path, code: str, said: Said) -> None:
    vault = enter(place, code)
    writer = begin(vault, "photos.zip", members=2)
    attach(writer, 1, 90_000)
    attach(writer, 2, 700)
    writer.commit(0, 0)
    attach(writer, 3, 140_000, 1)
    attach(writer, 1, 90_000, 1)
    write_items(writer, 0, 4, 1)
    writer.complete()
    said(vault)
    vault.close()


def _half(place: Path, vault: Vault) -> None:
    bring(vault, item(1))
    writer = begin(vault, "half.zip", members=3)
    write_items(writer, 10, 8)
    attach(writer, 1, 70_000)
    writer.commit(1, 0)


def _resume(place: Path, code: str, said: Said) -> None:
    vault = enter(place, code)
    (row,) = vault.imports.running()
    writer = vault.imports.resume(row.id)
    assert writer.done_members == {0}
    write_items(writer, 40, 8, 1)
    attach(writer, 2, 50_000, 2)
    writer.member_done(2, "kept", 0, "")
    writer.complete()
    said(vault)
    vault.close()


def _abandon(place: Path, code: str, said: Said) -> None:
    """A half import is removed."""
    vault = enter(place, code)
    (row,) = vault.imports.running()
    vault.imports.resume(row.id).abandon()
    said(vault)
    vault.close()


def _twice(place: Path, vault: Vault) -> None:
    bring(vault, *(item(n, text=words(n)) for n in range(10)), samples=power((DAY, "12"), (2 * DAY, "13")))
    writer = begin(vault, "second.zip")
    write_items(writer, 5, 10)
    attach(writer, 7, 60_000)
    writer.complete()


def _undo(place: Path, code: str, said: Said) -> None:
    vault = enter(place, code)
    for number in (1, 2):
        vault.imports.undo(number)
        said(vault)
    vault.close()


def _dead(place: Path, vault: Vault) -> None:
    """One pack with objects of two imports, of which one is undone."""
    first = begin(vault, "first.zip")
    for number in (1, 2, 3):
        attach(first, number, 70_000)
    first.complete()
    second = begin(vault, "second.zip")
    attach(second, 2, 70_000)
    write_items(second, 0, 3)
    second.complete()
    vault.imports.undo(1)


def _compact(place: Path, code: str, said: Said) -> None:
    """Packs of mostly dead bytes are written anew: the new one durable, then the rows, then the old one goes."""
    vault = enter(place, code)
    assert compaction.compact(vault).packs == 1
    said(vault)
    vault.close()


def _one(place: Path, vault: Vault) -> None:
    bring(vault, *(item(n) for n in range(3)))


def _password(place: Path, code: str, said: Said) -> None:
    vault = enter(place, code)
    slots.change_password(vault, NEW_PHRASE, QUICK)
    said(vault)
    vault.close()


def _rekey(place: Path, code: str, said: Said) -> None:
    """A new data key. Until it is said, the person has the old sheet, and the new passphrase in mind."""
    renewed = rekey.rekey(enter(place, code), NEW_PHRASE).vault
    said(renewed)
    renewed.close()


def _deep_rekey(place: Path, code: str, said: Said) -> None:
    renewed = rekey.deep_rekey(enter(place, code), NEW_PHRASE).vault
    said(renewed)
    renewed.close()


def _source(place: Path) -> Path:
    """A fresh copy of the vault that stands beside the base."""
    source = place.parent / "working"
    shutil.rmtree(source, ignore_errors=True)
    return shutil.copytree(place.parent.parent / SOURCE, source)


def _move_away(place: Path, code: str) -> None:
    """The folder that is watched is empty; the vault is beside it."""
    place.replace(place.parent / SOURCE)
    place.mkdir()


def _backed_up_before(place: Path, code: str) -> None:
    """The folder that is watched has an older backup; the vault went on since."""
    _move_away(place, code)
    vault = enter(place.parent / SOURCE, code)
    backup.back_up(vault, place)
    vault.imports.undo(1)
    writer = begin(vault, "later.zip")
    attach(writer, 9, 40_000)
    writer.complete()
    vault.close()


def _a_backup_of_it(place: Path, code: str) -> None:
    """The folder that is watched is empty; a backup is beside it."""
    place.replace(place.parent / "original")
    vault = enter(place.parent / "original", code)
    backup.back_up(vault, place.parent / SOURCE)
    vault.close()
    place.mkdir()


def _back_up(place: Path, code: str, said: Said) -> None:
    vault = enter(_source(place), code)
    assert not backup.back_up(vault, place).verdict.problems
    with opened(place, code) as copy:
        said(copy)
    vault.leave()


def _restore(place: Path, code: str, said: Said) -> None:
    kept = enter(_source(place), code)
    if not header.exists(place) or (place / backup.UNFINISHED).exists():
        assert not backup.restore(kept, place).verdict.problems
    kept.leave()
    with opened(place, code) as vault:
        said(vault)


def _note(place: Path, code: str, said: Said) -> None:
    """What an export writes into the ledger."""
    vault = enter(place, code)
    for op in (Op.EXPORT_PREPARED, Op.EXPORT_WRITTEN, Op.EXPORT_CANCELLED):
        vault.note(op, {"items": {"watch": 3}})
        said(vault)
    vault.close()


def _tags(connection: Connection) -> None:
    connection.execute("CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")


def _fill_tags(connection: Connection) -> None:
    connection.execute("ALTER TABLE tag ADD COLUMN colour TEXT NOT NULL DEFAULT 'bleu'")
    connection.execute("INSERT INTO tag (name) VALUES ('vacances')")


STEPS = (Step(vault_module.SCHEMA + 1, _tags), Step(vault_module.SCHEMA + 2, _fill_tags))


def be_newer() -> None:
    """This process is an invented later version of the application."""
    vault_module.SCHEMA = STEPS[-1].to
    migrations.STEPS = STEPS


def _migrate(place: Path, code: str, said: Said) -> None:
    vault = enter(place, code)
    said(vault)
    bring(vault, item(50))
    said(vault)
    vault.close()


WORKLOADS: dict[str, Workload] = {
    workload.name: workload
    for workload in (
        Workload("create", None, _create),
        Workload("import", _one, _import),
        Workload("long-import", _one, _long_import),
        Workload("attachments", _one, _attachments),
        Workload("resume", _half, _resume),
        Workload("abandon", _half, _abandon),
        Workload("undo", _twice, _undo),
        Workload("compaction", _dead, _compact),
        Workload("password", _one, _password),
        Workload("re-key", _twice, _rekey),
        Workload("deep re-key", _twice, _deep_rekey),
        Workload("backup", _twice, _back_up, beside=_move_away, again=_back_up),
        Workload("backup again", _twice, _back_up, beside=_backed_up_before, again=_back_up),
        Workload("restore", _twice, _restore, beside=_a_backup_of_it, again=_restore),
        Workload("ledger", _one, _note),
        Workload("migrate", _one, _migrate, version=STEPS[-1].to),
    )
}

MISSING = {
    "delete": "the vault deletes by undo only; its workload is `undo`",
}
"""Workloads of the goals that are not here, and why."""
