"""The text of a paper is read inside the fence, where nothing can be loaded any more."""

from __future__ import annotations

from pathlib import Path

from tests.france.paper import lined
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.vault import Vault


def test_a_bill_comes_into_the_vault_with_its_issuer_and_its_date(tmp_path: Path) -> None:
    path = tmp_path / "sans nom.pdf"
    path.write_bytes(lined("Électricité de France", "Facture du 12/03/2024", "edf.fr"))
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    try:
        with closing_parts([path]) as parts:
            run_import(vault, recognise(parts))
        (fact,) = facts.facts(vault, Selection())
        assert (fact.text, fact.start) == ("EDF · facture", 1_710_201_600_000_000)
    finally:
        vault.close()
