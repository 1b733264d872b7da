"""Recipes lie in the vault: encrypted, proven, bounded, saved by salvage, and gone when they are removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.lives import key_of, opened
from vault_app.vault import kept_recipes
from vault_app.vault.kept_recipes import MOST, ROOM, TooManyRecipes
from vault_app.vault.salvage import SAVED
from vault_app.vault.vault import Vault


def test_a_kept_recipe_is_there_at_the_next_opening_and_nowhere_outside(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    key = key_of(vault)
    number = kept_recipes.keep(vault, "Carnet de Zébulon", 'source = "zebulonade"\n')
    vault.close()
    files = [path.read_bytes() for path in (tmp_path / "Coffre").rglob("*") if path.is_file()]
    assert not [data for data in files if b"zebulonade" in data or "Zébulon".encode() in data]
    again = opened(tmp_path / "Coffre", key)
    (row,) = kept_recipes.rows(again)
    assert (row.id, row.name, row.text) == (number, "Carnet de Zébulon", 'source = "zebulonade"\n')
    assert row.kept > 1_700_000_000_000_000
    assert again.verify().problems == ()
    again.close()


def test_the_same_text_is_kept_once_renamed_and_removed(vault: Vault) -> None:
    number = kept_recipes.keep(vault, "un", "a")
    assert kept_recipes.keep(vault, "deux", "a") == number
    kept_recipes.rename(vault, number, "trois")
    assert [row.name for row in kept_recipes.rows(vault)] == ["trois"]
    assert kept_recipes.remove(vault, number)
    assert not kept_recipes.remove(vault, number)
    assert kept_recipes.rows(vault) == ()


def test_there_is_an_end_to_how_many_and_how_much(vault: Vault) -> None:
    for n in range(MOST):
        kept_recipes.keep(vault, str(n), str(n))
    with pytest.raises(TooManyRecipes):
        kept_recipes.keep(vault, "x", "x")
    kept_recipes.remove(vault, 1)
    with pytest.raises(TooManyRecipes):
        kept_recipes.keep(vault, "x", "x" * ROOM)
    assert kept_recipes.keep(vault, "x", "x")


def test_a_recipe_that_was_changed_behind_our_back_is_found(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    key = key_of(vault)
    kept_recipes.keep(vault, "un", "a")
    vault.close()
    again = opened(tmp_path / "Coffre", key)
    again.inside.connection.execute("UPDATE recipe SET text = 'b'")
    assert again.verify().problems
    again.leave()


def test_salvage_saves_recipes() -> None:
    assert SAVED["recipe"] == ("id",)
