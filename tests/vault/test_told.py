"""The memory of the watched folder lies in the vault and nowhere else."""

from __future__ import annotations

from pathlib import Path

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.lives import key_of, opened
from vault_app.intake.watch import Seen, SeenFile
from vault_app.vault.vault import Vault


def test_what_was_told_is_known_at_the_next_opening_in_its_order(tmp_path: Path):
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    key = key_of(vault)
    seen = Seen(vault.told())
    files = [SeenFile(f"archive {n}.zip", n, n) for n in range(5)]
    for file in files:
        seen.add(file)
    vault.tell(seen.kept())
    seen.add(files[1])
    vault.tell(seen.kept())
    vault.close()
    again = opened(tmp_path / "Coffre", key)
    assert again.told() == seen.kept()
    assert again.verify().problems == ()
    again.tell(again.told()[2:])
    assert again.told() == seen.kept()[2:]
    again.close()


def test_one_more_mark_is_one_row_written(vault):
    vault.tell(f"{n:032x}" for n in range(100))
    before = vault._writer.total_changes
    vault.tell(f"{n:032x}" for n in range(101))
    assert vault._writer.total_changes - before == 1


def test_marks_are_not_readable_outside(tmp_path: Path):
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    mark = SeenFile("takeout.zip", 1, 2).mark
    vault.tell([mark])
    vault.close()
    assert not [
        path for path in (tmp_path / "Coffre").rglob("*") if path.is_file() and mark.encode() in path.read_bytes()
    ]
