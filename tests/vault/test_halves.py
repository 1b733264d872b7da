"""An import that was interrupted never hides facts that another import has too."""

from __future__ import annotations

from tests.vault.content import batch, bring, content, item, power
from vault_app.vault.vault import Vault


def half(vault: Vault, *numbers: int) -> int:
    """An import that stops after its first commit; returns its number."""
    writer = vault.imports.begin("moitié.zip", 1, "moitié", ["google"], [("a.json", 1), ("b.json", 1)])
    writer.items("google", batch(*map(item, numbers)), {})
    writer.samples("enedis", 0, power((10, "5")))
    writer.commit(1, 0)
    return writer.id


def test_an_import_beside_a_half_one_shows_all_that_it_has(vault):
    bring(vault, item(1), item(2), samples=power((10, "5")))
    alone = content(vault)
    vault.imports.undo(1)
    half(vault, 2, 3)
    bring(vault, item(1), item(2), samples=power((10, "5")))
    assert content(vault) == alone
    assert vault.imports.running() == []
    assert vault.verify().problems == ()


def test_undo_beside_a_half_import_passes_nothing_to_it(vault):
    bring(vault, item(1))
    before = content(vault)
    shared = bring(vault, item(2), samples=power((10, "5")))
    half(vault, 2, 3)
    vault.imports.undo(shared)
    assert content(vault) == before
    assert vault.imports.running() == []
    bring(vault, item(2))
    assert len(content(vault)[1]) == 2
    assert vault.verify().problems == ()


def test_undo_of_a_half_import_removes_it(vault):
    bring(vault, item(1))
    before = content(vault)
    vault.imports.undo(half(vault, 2))
    assert content(vault) == before
    assert vault.imports.running() == []


def test_a_half_import_can_still_be_resumed(vault):
    number = half(vault, 2)
    writer = vault.imports.resume(number)
    writer.items("google", batch(item(3)), {})
    assert writer.complete().new == 3
