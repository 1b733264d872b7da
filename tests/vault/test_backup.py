"""A backup and the way back: equal row by row and byte by byte, whatever interrupts it."""

from __future__ import annotations

import secrets
import shutil
import sys
from pathlib import Path

import pytest

from tests.vault import crashes
from tests.vault.bare_vault import PHRASE
from tests.vault.content import bring, content, item, power
from tests.vault.lives import bring_files, files_of, key_of, new, opened, rows
from vault_app.vault import backup, header, ledger
from vault_app.vault.errors import DamagedVault, FolderInUse
from vault_app.vault.vault import Vault

PHOTO, OTHER = secrets.token_bytes(150_000), secrets.token_bytes(80_000)


@pytest.fixture
def source(tmp_path: Path) -> Vault:
    """A vault with facts, samples and a photo, open."""
    vault = new(tmp_path / "Coffre")
    bring(vault, item(1), item(2), samples=power((1, "5"), (2, "6")))
    bring_files(vault, PHOTO)
    yield vault
    vault.close()


def test_a_backup_is_a_vault_with_the_same_rows_and_the_same_bytes(source: Vault, tmp_path: Path):
    to = tmp_path / "clé" / "sauvegarde"
    expected = rows(source.read())
    told: list[tuple[int, int]] = []
    done = backup.back_up(source, to, lambda at, total: told.append((at, total)))
    assert done.verdict.problems == ()
    assert done.packs == 1
    assert told[-1][0] == told[-1][1] == done.bytes
    copy = Vault.open(to, PHRASE)
    assert copy.at_opening is None
    assert rows(copy.read()) == expected
    assert copy.attachment(1) == PHOTO
    copy.leave()
    for name in files_of(source.folder.packs):
        assert (to / "packs" / name).read_bytes() == (source.folder.packs / name).read_bytes()
    assert ledger.lines(source.read())[-1].op == "backup"
    assert backup.last_backup(source) == ledger.lines(source.read())[-1].time


def test_the_second_backup_copies_only_new_packs_and_removes_what_is_gone(source: Vault, tmp_path: Path):
    to = tmp_path / "sauvegarde"
    backup.back_up(source, to)
    number = bring_files(source, OTHER)
    assert backup.back_up(source, to).packs == 1
    assert files_of(to / "packs") == files_of(source.folder.packs)
    source.imports.undo(number)
    assert backup.back_up(source, to).packs == 0
    assert files_of(to / "packs") == files_of(source.folder.packs)
    assert len(list(to.glob("vault-*"))) == 1


def test_restore_gives_the_vault_back_in_an_empty_folder_and_nowhere_else(source: Vault, tmp_path: Path):
    to, home = tmp_path / "sauvegarde", tmp_path / "Coffre revenu"
    backup.back_up(source, to)
    before, expected = content(source), rows(source.read(), but=("ledger", "header_seen"))
    kept = Vault.open(to, PHRASE)
    done = backup.restore(kept, home)
    assert done.verdict.problems == ()
    assert "manifest" in done.verdict.checked
    with pytest.raises(FolderInUse):
        backup.restore(kept, home)
    (tmp_path / "autre").mkdir()
    (tmp_path / "autre" / "lettre.txt").write_text("à moi")
    with pytest.raises(FolderInUse):
        backup.restore(kept, tmp_path / "autre")
    kept.leave()
    vault = Vault.open(home, PHRASE)
    assert vault.at_opening is None
    assert content(vault) == before
    found = rows(vault.read(), but=("ledger", "header_seen"))
    assert found == expected
    assert vault.attachment(1) == PHOTO
    assert ledger.lines(vault.read())[-1].op == "restore"
    vault.close()


@pytest.mark.parametrize("part", ["database", "pack"])
def test_a_backup_that_was_changed_is_told_at_restore(source: Vault, tmp_path: Path, part: str):
    to = tmp_path / "sauvegarde"
    backup.back_up(source, to)
    (path,) = to.glob("vault-*.db") if part == "database" else (to / "packs").iterdir()
    data = bytearray(path.read_bytes())
    data[-20_000] ^= 1
    path.write_bytes(data)
    kept = opened(to, key_of(source))
    if part == "database":
        with pytest.raises(DamagedVault):
            backup.restore(kept, tmp_path / "revenu")
    else:
        assert backup.restore(kept, tmp_path / "revenu").verdict.problems == ("packs",)
    kept.leave()


def test_a_bad_pack_in_the_backup_is_told_and_a_missing_one_is_copied_again(source: Vault, tmp_path: Path):
    to = tmp_path / "sauvegarde"
    backup.back_up(source, to)
    (pack,) = (to / "packs").iterdir()
    pack.write_bytes(b"\1" * pack.stat().st_size)
    lines = len(ledger.lines(source.read()))
    assert backup.back_up(source, to).verdict.problems == ("packs",)
    assert len(ledger.lines(source.read())) == lines
    again = backup.back_up(source, to)
    assert again.verdict.problems == ()
    assert again.packs == 1


def test_other_peoples_folders_and_the_vault_itself_are_no_place_for_a_backup(source: Vault, tmp_path: Path):
    other = new(tmp_path / "Autre coffre")
    other.close()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    for place in (tmp_path / "Autre coffre", tmp_path / "photos", source.folder.root, source.folder.root / "packs"):
        before = files_of(place)
        with pytest.raises(FolderInUse):
            backup.back_up(source, place)
        assert files_of(place) == before


def test_stopped_by_the_person_it_goes_on_where_it_stopped(source: Vault, tmp_path: Path):
    bring_files(source, OTHER)
    to = tmp_path / "sauvegarde"

    def stop(_at: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup.back_up(source, to, stop)
    assert not header.exists(to)
    done = backup.back_up(source, to)
    assert (done.packs, done.verdict.problems) == (1, ())
    assert not (to / backup.UNFINISHED).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("which", ["first", "second"])
def test_killed_at_any_moment_the_backup_of_before_is_whole_and_the_next_one_completes(tmp_path: Path, which: str):
    world = tmp_path / "monde"
    vault = new(world / "Coffre")
    bring_files(vault, PHOTO)
    key, old = key_of(vault), content(vault)
    if which == "second":
        backup.back_up(vault, world / "sauvegarde")
    bring(vault, item(7))
    vault.close()
    moments = 0

    def work(at: Path) -> None:
        backup.back_up(opened(at / "Coffre", key), at / "sauvegarde")

    for _, place, _done in crashes.states(world, tmp_path / "states", work, every=4):
        to = place / "sauvegarde"
        if which == "second":
            kept = opened(to, key)
            assert content(kept)[0] == old[0] or len(content(kept)[1]) == len(old[1]) + 1
            assert kept.verify().problems == ()
            kept.leave()
        vault = opened(place / "Coffre", key)
        now = content(vault)
        assert backup.back_up(vault, to).verdict.problems == ()
        vault.close()
        kept = opened(to, key)
        assert content(kept) == now
        kept.leave()
        assert files_of(to) == ["LISEZ-MOI.txt", "header.a", "header.b", "lock", "manifest", "packs", kept.folder.database(kept.inside.header.database).name]  # fmt: skip
        moments += 1
    assert moments > 3
    shutil.rmtree(world)


@pytest.mark.parametrize("kept", [0, 20])
def test_a_backup_that_was_killed_while_it_wrote_its_mark_is_begun_anew(source: Vault, tmp_path: Path, kept: int):
    to = tmp_path / "sauvegarde"
    to.mkdir()
    (to / backup.UNFINISHED).write_bytes(backup._mark(source.inside)[:kept])
    assert backup.back_up(source, to).verdict.problems == ()
    other = tmp_path / "autre"
    other.mkdir()
    (other / backup.UNFINISHED).write_bytes(b"something else")
    with pytest.raises(FolderInUse):
        backup.back_up(source, other)
