"""What every importer promises, on every invented archive of this project that has golden records beside it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from importers.archive.errors import RefusedArchive
from importers.archive.parts import FolderPart
from tests.importing import Run, _run, run
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.vault import Vault

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def beside(golden: Path) -> Path | None:
    """The archive whose records a golden file holds; None for one that a test makes itself."""
    stem = golden.name.removesuffix(".golden.jsonl")
    found = [
        path
        for path in golden.parent.iterdir()
        if path.name == stem or (path.stem == stem and not path.name.endswith(".golden.jsonl"))
    ]
    return found[0] if found else None


ARCHIVES = {
    path.relative_to(FIXTURES).as_posix(): path
    for path in (beside(golden) for golden in sorted(FIXTURES.rglob("*.golden.jsonl")))
    if path is not None
}


def identities(result: Run) -> list[str]:
    """What is told apart: keys of items and parties, and starts of samples."""
    items = {f"{item.kind} {item.key!r}" for item in result.items}
    parties = {f"party {party.key!r}" for party in result.parties}
    samples = {
        f"{one.series} {one.subject} {one.unit} {start}" for one in result.samples for start in one.start.tolist()
    }
    return sorted(items | parties | samples)


def test_there_are_archives_of_most_families() -> None:
    assert len({name.split("/")[0] for name in ARCHIVES}) >= 20


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_order_of_the_files_does_not_matter(name: str) -> None:
    path = ARCHIVES[name]
    if path.is_file():
        assert identities(run(path)) == identities(run(path))
        return
    files = sorted(file for file in path.rglob("*") if file.is_file())
    backwards = files[::-1]
    entries = tuple((file.relative_to(path).as_posix(), file.stat().st_size) for file in backwards)
    turned = FolderPart(path.name, entries, lambda index: backwards[index].open("rb"))
    assert identities(_run([turned])) == identities(run(path))


@pytest.mark.parametrize("name", ARCHIVES)
@pytest.mark.parametrize("share", [0.35, 0.8])
def test_files_that_are_cut_off_break_no_importer(name: str, share: float, tmp_path: Path) -> None:
    path = ARCHIVES[name]
    copy = tmp_path / path.name
    if path.is_dir():
        shutil.copytree(path, copy)
    else:
        shutil.copyfile(path, copy)
    for file in [copy] if copy.is_file() else sorted(copy.rglob("*")):
        if file.is_file():
            file.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
    try:
        result = run(copy)
    except RefusedArchive:
        return  # a zip without its end is refused whole, with a sentence
    assert "importer-failed" not in {notice.reason for _, notice in result.notices}


ONE_OF_EACH = {name.split("/")[0]: (name, path) for name, path in reversed(ARCHIVES.items())}
"""One archive of each family, for what takes long."""


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_second_import_of_every_archive_adds_nothing_and_undo_leaves_nothing(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "vault", PHRASE, profile=QUICK).vault
    try:
        for name, path in ONE_OF_EACH.values():
            before = left(vault)
            new = []
            for turn in range(2):
                with closing_parts([path]) as parts:
                    plan = replace(recognise(parts), digest=f"{turn}")  # its bytes are not known: its content is
                    account = run_import(vault, plan)
                assert sum(account.members.values()) == plan.members, name
                new.append(account.new)
            assert new[1] == 0, name
            for row in vault.imports.complete():
                vault.imports.undo(row.id)
            assert left(vault) == before == 0, name
        assert not vault.verify().problems
    finally:
        vault.close()


def left(vault: Vault) -> int:
    """Rows of facts and samples that the vault holds."""
    tables = ("item", "chunk", "party", "attachment")
    return sum(int(vault.read().execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables)
