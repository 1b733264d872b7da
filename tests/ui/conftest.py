"""One vault with Camille's archives for all tests of the window; settings of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.windows import settings_in
from tests.vault.bare_vault import QUICK
from vault_app.learn.trial import make_trial
from vault_app.ui.settings import Settings
from vault_app.vault.vault import Vault


@pytest.fixture(scope="session")
def camille() -> Iterator[Vault]:
    """Camille's vault, open. Tests that change it take the change back."""
    trial = make_trial(profile=QUICK)
    yield trial.vault
    trial.vault.close()
    trial.remove()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """French, light, 100 %."""
    return settings_in(tmp_path)
