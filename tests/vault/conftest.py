"""One bare vault a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault import bare_vault


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[bare_vault.BareVault]:
    """A new vault of the lower floor, open."""
    made = bare_vault.make(tmp_path / "coffre")
    yield made
    made.close()
