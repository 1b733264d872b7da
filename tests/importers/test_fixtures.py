"""What every importer promises, on every invented archive of this project: all importers have one.

That nothing is dropped stands in ``test_nothing_dropped.py``, that memory is bounded in ``test_growth.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.archive.errors import ArchiveError
from importers.contract import Importer
from importers.records import Item, Notice, Party, singly
from importers.registry import declarations
from tests.importers import cuts
from tests.importers.archives import NAMES, ON_DISK, Files, files, golden, part, readers, rulebook, view
from tests.importers.straight import imported
from tests.importing import _run, check_golden
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.vault.vault import Vault

ARCHIVES = ON_DISK
"""The archives that lie as files in ``tests/fixtures``."""

SEVERAL = [name for name in NAMES if len(files(name)) > 1]
UNSEEN_CUTS = {"apple.electrocardiogram": "a number a line: one that lacks digits is a number all the same"}


def test_every_importer_has_an_invented_archive() -> None:
    read_here = {importer.id for name in NAMES for importer in readers(name).values()}
    assert {one.id for one in declarations() if isinstance(one, Importer)} - read_here == set()


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_invented_archive_reads_as_the_golden_records_beside_it(name: str, *, regenerate: bool) -> None:
    expected = golden(ARCHIVES[name])
    assert expected is not None
    check_golden(ARCHIVES[name], expected, regenerate=regenerate)


@pytest.mark.parametrize("name", SEVERAL)
def test_the_order_of_the_files_does_not_matter(name: str) -> None:
    held = files(name)
    turned = dict(reversed(held.items()))
    assert facts(turned) == facts(held)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_cut_off_is_said_and_breaks_nothing(name: str) -> None:
    for path in readers(name):
        data = files(name)[path]
        for cut in cuts.places(f"{name} {path}", data):
            reader, told = what_is_said({**files(name), path: data[:cut]}, path)
            if reader == readers(name)[path].id not in UNSEEN_CUTS and cuts.shows(path, data, cut):
                assert told, (path, cut)


def test_a_second_import_of_every_archive_adds_nothing_and_undo_leaves_nothing(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "vault", PHRASE, profile=QUICK).vault
    try:
        for name in NAMES:
            first, second = (imported(vault, files(name), f"{name} {turn}") for turn in range(2))
            assert sum(first.members.values()) == len(files(name)), name
            assert (first.new > 0, second.new) == (True, 0), name
            vault.imports.undo(first.id)
            vault.imports.undo(second.id)
            assert left(vault) == 0, name
        assert not vault.verify().problems
    finally:
        vault.close()


def facts(held: Files) -> list[str]:
    """All that was read, in an order of its own, without the notices."""
    found = _run([part(held)])
    return sorted(line for line in found.lines() if '"record": "notice"' not in line)


def what_is_said(held: Files, path: str) -> tuple[str, bool]:
    """Which importer reads a member, and whether it says that something is wrong or keeps the file as it is."""
    try:
        member = next(member for member in view(held).members if member.path == path)
        found = rulebook().match(member)
        if found is None or not isinstance(found[0], Importer):
            return "", True
        told = False
        for record in singly(found[0].read(member)):
            files_of = record.files if isinstance(record, Item | Party) else ()
            kept = [b"".join(file.pieces()) for file in files_of]  # at once: later there are none
            told = told or isinstance(record, Notice) or held[path] in kept
    except ArchiveError:
        return "", True  # refused or damaged, with a sentence
    return found[0].id, told


def left(vault: Vault) -> int:
    """Rows of facts and samples that the vault holds."""
    tables = ("item", "chunk", "party", "attachment")
    return sum(int(vault.read().execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables)
