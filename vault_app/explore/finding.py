"""Search: facts with these words, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vault_app.explore import facts
from vault_app.explore.fact import Fact
from vault_app.explore.selection import Selection
from vault_app.vault.folding import question
from vault_app.vault.vault import Vault


def find(vault: Vault, words: str, selection: Selection) -> Iterator[Fact]:
    """Facts of a selection that hold all the words; nothing when the words hold no letter or digit."""
    if not question(words):
        return iter(())
    return facts.facts(vault, replace(selection, text=words))
