"""One vault a test, bare or whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault import bare_vault
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.vault.vault import Vault


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[bare_vault.BareVault]:
    """A new vault of the lower floor, open."""
    made = bare_vault.make(tmp_path / "coffre")
    yield made
    made.close()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A new and empty vault, open."""
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()
