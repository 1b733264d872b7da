"""A vault with Camille's archives, made once, and small ones made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake.handles import closing_parts, together
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.learn.camille import write_archives
from vault_app.vault.vault import Vault


@pytest.fixture(scope="session")
def camille(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """Two years of Camille's: electricity, Google, films, songs, appointments. Only to be read."""
    folder = tmp_path_factory.mktemp("camille")
    archives = folder / "downloads"
    archives.mkdir()
    made = Vault.create(folder / "Coffre", PHRASE, profile=QUICK).vault
    written = [path for path in write_archives(archives) if path.suffix not in {".vcf", ".gpx"}]
    for paths in together(written):
        with closing_parts(paths) as parts:
            run_import(made, recognise(parts))
    yield made
    made.close()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A new vault."""
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()
