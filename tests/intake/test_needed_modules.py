"""The recognising process says which importers will read; the reading one loads those and is not led elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from importers.reading import NO_READER, NOT_MATCHED
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake import fence
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import ImportFailed, run_import
from vault_app.vault.vault import Vault

ARCHIVE = Path(__file__).resolve().parents[1] / "fixtures" / "netflix" / "archive"
FACTS = 33
closed = pytest.mark.skipif(
    not any(layer.holds and layer.name in {"landlock", "seccomp"} for layer in fence.available()),
    reason="no system lock here: what was not asked for is loaded when it is needed",
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()


def brought(vault: Vault, modules: tuple[str, ...] | None) -> int:
    """Facts that an import brings which is told to load these modules."""
    with closing_parts([ARCHIVE]) as parts:
        return run_import(vault, replace(recognise(parts), modules=modules)).new


def test_a_plan_names_the_modules_of_its_readers_and_no_others() -> None:
    with closing_parts([ARCHIVE]) as parts:
        plan = recognise(parts)
    assert plan.modules
    assert {name.rpartition(".")[0] for name in plan.modules} == {"importers.netflix"}


def test_a_plan_that_names_none_is_read_with_all_of_them(vault: Vault) -> None:
    assert brought(vault, None) == FACTS


@pytest.mark.parametrize("places", [None, (), (NOT_MATCHED,) * 25])
def test_what_reads_each_member_is_found_anew_where_the_plan_does_not_tell(
    vault: Vault, places: tuple[int, ...] | None
) -> None:
    with closing_parts([ARCHIVE]) as parts:
        plan = recognise(parts)
        assert plan.places is not None
        assert len(plan.places) == plan.members == 25
        assert run_import(vault, replace(plan, places=places)).new == FACTS


def test_what_the_plan_tells_is_not_looked_for_again(vault: Vault) -> None:
    """Also when it is wrong: nothing is lost by it, the files are kept whole."""
    with closing_parts([ARCHIVE]) as parts:
        plan = recognise(parts)
        account = run_import(vault, replace(plan, places=(NO_READER,) * plan.members))
    assert (account.new, account.members["unknown"]) == (0, plan.members)
    assert len(vault.read().execute("SELECT id FROM attachment").fetchall()) == plan.members


@closed
@pytest.mark.parametrize(
    ("modules", "reason"),
    [((), "reader-broke-rules"), (("os",), "reader-died"), (("vault_app.vault.vault",), "reader-died")],
)
def test_a_recognising_process_gone_bad_ends_the_import_and_leaves_the_vault_as_it_was(
    vault: Vault, modules: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(ImportFailed) as refused:
        brought(vault, modules)
    assert refused.value.reason == reason
    assert not vault.imports.complete()
    assert vault.read().execute("SELECT count(*) FROM item").fetchone()[0] == 0
