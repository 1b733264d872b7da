"""Mistakes that somebody could make in the vault's code, put in on purpose: the harness must catch each.

A fault is applied in the process that runs a workload only, never in the one that looks afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vault_app.vault import completion, driver, durable, founding, header, migrations
from vault_app.vault import vault as vault_module
from vault_app.vault.driver import Database, transaction
from vault_app.vault.imports import ImportWriter
from vault_app.vault.migrations import Step
from vault_app.vault.objects import ObjectStore
from vault_app.vault.packs import GrowingPack, PackFolder, PackRow


@dataclass(frozen=True)
class Fault:
    """``workload``: the one in which it shows; ``apply`` changes the code of this process."""

    name: str
    workload: str
    apply: Callable[[], None]


def _packs_are_not_synced() -> None:
    GrowingPack.sync = lambda self: self._file.flush()  # type: ignore[method-assign]


def _names_of_packs_are_not_synced() -> None:
    PackFolder.sync = lambda self: None  # type: ignore[method-assign]


def _no_folder_is_synced() -> None:
    durable.sync_folder = lambda folder: None


def _one_header_copy() -> None:
    header.NAMES = ("header.a", "header.a")  # type: ignore[misc]


def _headers_are_not_synced() -> None:
    header._write_copy = lambda path, content: path.write_bytes(content)  # type: ignore[assignment]


def _both_headers_go_before_the_new_ones() -> None:
    write = header.write

    def rewritten(folder: Any, known: Any, data_key: Any) -> Any:
        for name in ("header.a", "header.b"):
            durable.remove(folder / name)
        return write(folder, known, data_key)

    header.write = rewritten


def _header_before_database() -> None:
    found, create = founding.found, Database.create
    made: list[Any] = []

    def remembered(*given: Any) -> Any:
        made.append(found(*given))
        return made[-1]

    def created(self: Database) -> Any:
        header.write(self.path.parent, made[-1].header, made[-1].data_key)
        return create(self)

    founding.found = remembered
    Database.create = created  # type: ignore[method-assign]


def _last_commit_is_normal() -> None:
    for module in list(sys.modules.values()):
        if getattr(module, "durably", None) is driver.durably and module is not driver:
            module.durably = transaction  # type: ignore[attr-defined]


def _database_never_syncs() -> None:
    settle = driver._settle

    def settled(connection: Any, mode: Any) -> None:
        settle(connection, mode)
        connection.execute("PRAGMA synchronous=OFF")

    driver._settle = settled
    _last_commit_is_normal()


def _files_go_before_the_commit() -> None:
    drop = ObjectStore.drop_empty_packs

    def dropped(self: ObjectStore) -> list[bytes]:
        dead = drop(self)
        for pack in dead:
            self.packs.remove(pack)
        return dead

    ObjectStore.drop_empty_packs = dropped  # type: ignore[method-assign]


def _rows_before_the_pack() -> None:
    def seal(self: ObjectStore) -> Any:
        first = self._next("pack")
        growing = [pack for pack in self._growing if pack.length]
        rows = [PackRow(first + n, pack.id, pack.length, pack._state.digest()) for n, pack in enumerate(growing)]
        new = tuple(self._new.values())
        if growing:
            self._insert(rows, new)
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")
        for n, pack in enumerate(growing):
            pack.finish(first + n)
        self.packs.sync()
        self._growing, self._new = [], {}
        return tuple(rows), new

    ObjectStore.seal = seal  # type: ignore[method-assign]


def _visible_too_early() -> None:
    commit = ImportWriter.commit

    def committed(self: ImportWriter, member: int, records: int) -> None:
        commit(self, member, records)
        self._connection.execute("UPDATE import SET state = 'complete', account = '{}' WHERE id = ?", (self.id,))

    ImportWriter.commit = committed  # type: ignore[method-assign]


def _undo_in_two_transactions() -> None:
    take_back = completion.take_back

    def taken(connection: Any, *given: Any, **named: Any) -> None:
        take_back(connection, *given, **named)
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")

    completion.take_back = taken


def _the_old_header_vouches_on() -> None:
    vault_module.Vault._changing = lambda self: None  # type: ignore[method-assign]


def _version_before_the_change() -> None:
    def early(step: Step) -> Step:
        def change(connection: Any) -> None:
            connection.execute(f"PRAGMA user_version={step.to}")
            connection.execute("COMMIT")
            connection.execute("BEGIN IMMEDIATE")
            step.change(connection)

        return Step(step.to, change)

    migrations.STEPS = tuple(map(early, migrations.STEPS))


def _said_before_it_is_done() -> None:
    """A line of the ledger is left in an open transaction until the next one."""

    def noted(self: vault_module.Vault, op: Any, detail: Any) -> None:
        self._changing()
        if self._writer.in_transaction:
            self._writer.execute("COMMIT")
        self._writer.execute("BEGIN IMMEDIATE")
        vault_module.ledger.append(self._writer, self._ledger_key, op, detail)

    vault_module.Vault.note = noted  # type: ignore[method-assign]
    close = vault_module.Vault.close

    def closed(self: vault_module.Vault) -> None:
        if self._writer.in_transaction:
            self._writer.execute("COMMIT")
        close(self)

    vault_module.Vault.close = closed  # type: ignore[method-assign]


FAULTS: dict[str, Fault] = {
    fault.name: fault
    for fault in (
        Fault("packs are not synced", "attachments", _packs_are_not_synced),
        Fault("names of packs are not synced", "attachments", _names_of_packs_are_not_synced),
        Fault("no folder is synced", "create", _no_folder_is_synced),
        Fault("one header copy", "ledger", _one_header_copy),
        Fault("headers are not synced", "ledger", _headers_are_not_synced),
        Fault("both headers go before the new ones", "password", _both_headers_go_before_the_new_ones),
        Fault("header before database", "create", _header_before_database),
        Fault("last commit is NORMAL", "import", _last_commit_is_normal),
        Fault("the database never syncs", "long-import", _database_never_syncs),
        Fault("pack files go before the commit", "compaction", _files_go_before_the_commit),
        Fault("rows before the pack", "attachments", _rows_before_the_pack),
        Fault("an import is visible too early", "long-import", _visible_too_early),
        Fault("undo in two transactions", "undo", _undo_in_two_transactions),
        Fault("the old header vouches on", "import", _the_old_header_vouches_on),
        Fault("version before the change", "migrate", _version_before_the_change),
        Fault("said before it is done", "ledger", _said_before_it_is_done),
    )
}
