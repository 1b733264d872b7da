"""A full disk: what was asked for fails with a sentence, the reserve is given back, undo and close still work."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import batch, bring, content, item
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import ImportFailed, run_import
from vault_app.vault import driver
from vault_app.vault.driver import OperationalError
from vault_app.vault.imports import making_room
from vault_app.vault.vault import Vault


def fill(vault: Vault) -> None:
    """From here on the database cannot grow by a page."""
    pages = vault._writer.execute("PRAGMA page_count").fetchone()[0]
    driver.bound_size(vault._writer, pages * driver.PAGE)


def test_an_import_that_finds_no_room_leaves_nothing_and_the_vault_goes_on(vault: Vault):
    bring(vault, item(1))
    before = content(vault)
    writer = vault.imports.begin("b.zip", 1, "b", ["google"], [("a.json", 1)])
    fill(vault)
    rows = batch(*(item(n, day=n, text="x" * 1500) for n in range(1000)))
    with pytest.raises(OperationalError) as error:
        writer.items("google", rows, {})
    assert driver.is_full(error.value)
    writer.abandon()
    driver.bound_size(vault._writer, 1 << 40)
    assert content(vault) == before
    assert not vault.verify().problems
    bring(vault, item(3))


def test_undo_works_on_a_full_disk_and_the_reserve_is_taken_again(tmp_path: Path):
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    number = bring(vault, *(item(n, day=n, text="un long texte " * 20) for n in range(2000)))
    ballast = tmp_path / "Coffre" / "ballast"
    tried = []

    def work() -> None:
        tried.append(ballast.exists())
        if ballast.exists():
            raise OSError(errno.ENOSPC, "No space left on device")

    making_room(vault.imports._tools, work)
    assert tried == [True, False]
    fill(vault)
    vault.imports.undo(number)
    assert content(vault)[1] == []
    vault.close()
    assert ballast.stat().st_size == 2 << 20
    again = Vault.open(tmp_path / "Coffre", PHRASE)
    assert not again.verify().problems
    again.close()


def test_an_archive_that_finds_no_room_is_refused_with_a_sentence(vault: Vault, tmp_path: Path):
    archive = tmp_path / "NetflixViewingHistory.csv"
    rows = [f'"Film {number} {"x" * 400}","{number % 28 + 1:02}/12/2021"' for number in range(3000)]
    archive.write_text("\n".join(["Title,Date", *rows]) + "\n", encoding="utf-8")
    bring(vault, item(1))
    before = content(vault)
    with closing_parts([archive]) as parts:
        plan = recognise(parts)
        fill(vault)
        with pytest.raises(ImportFailed) as error:
            run_import(vault, plan)
        assert error.value.reason == "disk-full"
        driver.bound_size(vault._writer, 1 << 40)
        assert content(vault) == before
        assert not vault.imports.running()
        assert run_import(vault, plan).new == 3000
