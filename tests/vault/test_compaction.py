"""Room comes back: packs that nobody needs go, half dead ones are rewritten, a crash leaves nothing behind for good."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.vault.bare_vault import PHRASE
from tests.vault.lives import bring_files, files_of, new, packs_of, reopened
from vault_app.vault import compaction, leftovers
from vault_app.vault.driver import durably
from vault_app.vault.vault import Vault

LARGE = 300_000


def test_undo_removes_the_packs_that_nothing_lies_in_any_more(vault: Vault):
    number = bring_files(vault, secrets.token_bytes(LARGE))
    assert len(packs_of(vault)) == 1
    vault.imports.undo(number)
    assert packs_of(vault) == []
    assert vault.inside.connection.execute("SELECT count(*) FROM leftover").fetchone() == (0,)
    assert not vault.verify().problems


def test_a_half_dead_pack_is_rewritten_and_its_objects_read_as_before(vault: Vault):
    kept, gone = secrets.token_bytes(LARGE), secrets.token_bytes(LARGE)
    first = bring_files(vault, kept, gone)
    bring_files(vault, kept)
    vault.imports.undo(first)
    (before,) = packs_of(vault)
    done = compaction.compact(vault)
    (after,) = packs_of(vault)
    assert (done.packs, before == after) == (1, False)
    assert done.freed > LARGE * 0.9
    assert vault.attachment(3) == kept
    assert compaction.compact(vault).packs == 0
    assert vault.verify().problems == ()


def test_one_who_wants_to_work_stops_compaction_between_two_packs(vault: Vault):
    bring_files(vault, secrets.token_bytes(LARGE))
    vault.inside.store.forget(1)
    assert compaction.compact(vault, stop=lambda: True).packs == 0


def test_opening_after_a_crash_sweeps_packs_that_no_row_knows(tmp_path: Path):
    vault = new(tmp_path / "Coffre")
    bring_files(vault, secrets.token_bytes(LARGE))
    place = vault.folder.root
    (known,) = packs_of(vault)
    (vault.folder.packs / f"{'ab' * 16}.pack").write_bytes(b"left")
    (vault.folder.packs / f"{'cd' * 16}.pack.tmp").write_bytes(b"left")
    vault._leave()
    again = Vault.open(place, PHRASE)
    assert again.at_opening is not None
    assert again.at_opening.problems == ()
    assert files_of(again.folder.packs) == [f"{known.hex()}.pack"]
    again.close()


def test_a_list_of_packs_with_gaps_is_no_reason_to_remove_a_pack(tmp_path: Path):
    vault = new(tmp_path / "Coffre")
    bring_files(vault, secrets.token_bytes(LARGE))
    kept = packs_of(vault)
    vault.inside.connection.execute("PRAGMA foreign_keys=OFF")
    with durably(vault.inside.connection) as connection:
        connection.execute("DELETE FROM pack")
    vault = reopened(vault)
    assert packs_of(vault) == kept
    vault.close()


def test_a_file_noted_as_left_over_goes_at_the_next_opening_unless_it_is_needed(tmp_path: Path):
    vault = new(tmp_path / "Coffre")
    bring_files(vault, secrets.token_bytes(LARGE))
    (known,) = packs_of(vault)
    own, other = vault.inside.header.database, "vault-0badcafe.db"
    for end in ("", "-wal", ".before"):
        (vault.folder.root / f"{other}{end}").write_bytes(b"x" * 100)
    with durably(vault.inside.connection) as connection:
        leftovers.note(connection, [leftovers.pack_name(known), own, other, "../outside", "header.a"])
    vault = reopened(vault)
    assert not list(vault.folder.root.glob(f"{other}*"))
    assert (vault.folder.root / own).exists()
    assert packs_of(vault) == [known]
    assert vault.inside.connection.execute("SELECT count(*) FROM leftover").fetchone() == (0,)
    vault.close()
