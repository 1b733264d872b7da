"""What the person said of two parties outlives closing, backup and salvage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, item
from vault_app.vault import header, passphrase, same_party
from vault_app.vault.backup import back_up
from vault_app.vault.salvage import salvage
from vault_app.vault.same_party import Decision
from vault_app.vault.vault import Vault

SAID = [Decision("a:name:x", "b:name:x", same=True), Decision("b:name:x", "c:name:x", same=False)]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """A closed vault with two decisions, one of them changed once, and a third that was taken back."""
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    bring(made, item(1))
    made.decide("b:name:x", "a:name:x", same=False)
    made.decide("a:name:x", "b:name:x", same=True)
    made.decide("c:name:x", "b:name:x", same=False)
    made.decide("c:name:x", "d:name:x", same=True)
    made.decide("d:name:x", "c:name:x", same=None)
    made.close()
    return tmp_path / "Coffre"


def kept(place: Path) -> list[Decision]:
    vault = Vault.open(place, PHRASE)
    try:
        assert vault.verify().problems == ()
        return same_party.read(vault.read())
    finally:
        vault.close()


def test_decisions_are_there_at_the_next_opening_the_last_word_counts(told: Path):
    assert kept(told) == SAID


def test_decisions_are_in_a_backup(told: Path, tmp_path: Path):
    vault = Vault.open(told, PHRASE)
    back_up(vault, tmp_path / "Copie")
    vault.close()
    assert kept(tmp_path / "Copie") == SAID


def test_decisions_and_keys_of_parties_are_saved_from_a_damaged_vault(told: Path, tmp_path: Path):
    saved = salvage(told, header.unlock(told, passphrase.prepared(PHRASE)), tmp_path / "Neuf")
    assert saved.verdict.problems == ()
    assert kept(tmp_path / "Neuf") == SAID
