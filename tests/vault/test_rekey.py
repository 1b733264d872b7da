"""Another password, another sheet, another data key: who opens the vault afterwards, what stays, what a crash leaves."""

from __future__ import annotations

import secrets
import shutil
import sys
from pathlib import Path

import pytest

from tests.vault import crashes, independent_reader
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, content, item, power
from tests.vault.lives import bring_files, files_of, key_of, new, opened, packs_of, rows
from vault_app.vault import header, ledger, rekey, slots
from vault_app.vault.errors import DamagedVault, NoRoom, WrongPassword
from vault_app.vault.vault import Vault

OTHER = "brouette mauve et quatorze"
PHOTO = secrets.token_bytes(200_000)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A closed vault with facts, samples and a photo; its rescue code and key lie beside it."""
    place = tmp_path / "Coffre"
    created = Vault.create(place, PHRASE, profile=QUICK)
    vault = created.vault
    bring(vault, item(1), item(2), samples=power((1, "5"), (2, "6")))
    bring_files(vault, PHOTO)
    (tmp_path / "code").write_text(created.rescue_code)
    (tmp_path / "key").write_bytes(key_of(vault))
    vault.close()
    return place


def open_(place: Path) -> Vault:
    return opened(place, (place.parent / "key").read_bytes())


def code_of(place: Path) -> str:
    return (place.parent / "code").read_text()


def test_another_password_opens_and_the_old_one_does_not_but_the_sheet_does(filled: Path):
    vault = open_(filled)
    slots.change_password(vault, OTHER)
    vault.close()
    with pytest.raises(WrongPassword):
        Vault.open(filled, PHRASE)
    vault = Vault.open(filled, OTHER)
    assert vault.at_opening is None
    assert ledger.lines(vault.read())[-1].detail == {"changed": "password"}
    assert vault.verify().problems == ()
    vault.close()
    Vault.open_rescue(filled, code_of(filled)).close()


def test_a_new_sheet_revokes_the_old_one(filled: Path):
    vault = open_(filled)
    code = slots.renew_rescue(vault)
    vault.close()
    with pytest.raises(WrongPassword):
        Vault.open_rescue(filled, code_of(filled))
    vault = Vault.open_rescue(filled, code)
    assert ledger.lines(vault.read())[-1].op == "open-with-rescue"
    vault.close()
    Vault.open(filled, PHRASE).close()


@pytest.mark.parametrize("way", [rekey.rekey, rekey.deep_rekey])
def test_after_a_rekey_all_is_there_under_another_key_and_proven_as_before(filled: Path, way):
    old = filled.parent / "old copy"
    shutil.copytree(filled, old)
    vault = open_(filled)
    before, key, name, packs = content(vault), key_of(vault), vault.inside.header.database, packs_of(vault)
    rows_before = rows(vault.read(), but=("ledger", "kept_key", "header_seen", "pack", "object", "extent"))
    head = ledger.head(vault.read())
    done = way(vault, OTHER)
    vault = done.vault
    assert content(vault) == before
    assert rows(vault.read(), but=("ledger", "kept_key", "header_seen", "pack", "object", "extent")) == rows_before
    assert vault.attachment(1) == PHOTO
    assert key_of(vault) != key
    assert vault.verify().problems == ()
    assert [path.name for path in filled.glob("vault-*")] != [name]
    assert len(list(filled.glob("vault-*.db"))) == 1
    assert (packs_of(vault) == packs) == (way is rekey.rekey)
    assert len(packs_of(vault)) == 1
    assert ledger.lines(vault.read())[-1].op == "re-key"
    assert ledger.verify(vault.read(), vault.inside.ledger_key, head).broken is None  # a head on paper still pins it
    bring_files(vault, PHOTO, secrets.token_bytes(100_000))
    assert vault.inside.connection.execute("SELECT count(*) FROM object").fetchone() == (2,)  # the photo is known again
    vault.close()
    with pytest.raises(WrongPassword):
        Vault.open(filled, PHRASE)
    with pytest.raises(WrongPassword):
        Vault.open_rescue(filled, code_of(filled))
    Vault.open_rescue(filled, done.rescue_code).close()
    vault = Vault.open(filled, OTHER)
    assert vault.at_opening is None
    assert vault.verify().problems == ()
    vault.close()
    # Who kept the old header and the old password opens nothing of the new vault.
    for file in header.NAMES:
        shutil.copy(old / file, filled / file)
    with pytest.raises(DamagedVault):
        Vault.open(filled, PHRASE)


def test_a_second_rekey_keeps_the_proofs_of_the_first_vault(filled: Path):
    vault = rekey.rekey(open_(filled), PHRASE).vault
    vault = rekey.deep_rekey(vault, PHRASE).vault
    assert vault.attachment(1) == PHOTO
    assert vault.verify().problems == ()
    vault.close()
    reader = independent_reader.Vault.open(filled, passphrase=PHRASE)
    assert reader.object(1) == PHOTO
    assert reader.damaged_packs() == []
    assert [line[2] for line in reader.ledger()][-2:] == ["re-key", "re-key"]
    reader.close()


def test_a_disk_without_room_for_a_second_copy_changes_nothing(filled: Path, tmp_path: Path):
    with pytest.raises(NoRoom):
        rekey.need_room(tmp_path, 1 << 60)


def test_a_vault_that_is_damaged_gets_no_new_packs_and_stays_as_it_is(filled: Path):
    vault = open_(filled)
    (pack,) = vault.folder.packs.iterdir()
    pack.write_bytes(b"\0" * pack.stat().st_size)
    before = content(vault)
    with pytest.raises(DamagedVault):
        rekey.deep_rekey(vault, OTHER)
    assert content(vault) == before
    assert files_of(vault.folder.packs) == [pack.name]
    assert len(list(filled.glob("vault-*.db"))) == 1
    vault.close()
    Vault.open(filled, PHRASE).close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("way", [rekey.rekey, rekey.deep_rekey])
def test_killed_at_any_moment_the_vault_opens_and_has_everything(filled: Path, tmp_path: Path, way):
    vault = open_(filled)
    before = content(vault)
    vault.leave()
    key = (tmp_path / "key").read_bytes()
    moments = 0
    for _, place, _done in crashes.states(
        filled, tmp_path / "states", lambda at: way(opened(at, key), PHRASE), every=4
    ):
        vault = Vault.open(place, PHRASE)
        assert vault.at_opening is not None
        assert vault.at_opening.problems == ()
        assert content(vault) == before
        assert vault.attachment(1) == PHOTO
        assert len(packs_of(vault)) == 1
        vault.close()
        assert [path.name for path in place.glob("vault-*")] == [vault.inside.header.database]
        moments += 1
    assert moments > 3


def test_an_older_header_that_was_put_back_is_found(tmp_path: Path):
    vault = new(tmp_path / "Coffre")
    place, key = vault.folder.root, key_of(vault)
    vault.close()
    old = {name: (place / name).read_bytes() for name in header.NAMES}
    vault = opened(place, key)
    slots.change_password(vault, OTHER)
    vault.close()
    for name, data in old.items():
        (place / name).write_bytes(data)
    vault = opened(place, key)
    assert "header" in vault.verify().problems
    vault.leave()
