"""Nothing but the sheet, the database and the packs is left: the vault comes back whole."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, content, item, power
from tests.vault.lives import bring_files
from vault_app.vault import header, ledger, lost_headers, rekey, rescue
from vault_app.vault.errors import BadRescueCode, VaultError, WrongPassword
from vault_app.vault.vault import Vault

NEW = "brouette mauve et quatorze"


def sheet_of(vault: Vault) -> str:
    return rescue.spell_block(rescue.block_of(vault.inside.header))


@pytest.mark.parametrize("damage", ["gone", "torn", "zeros"])
def test_the_sheet_alone_opens_a_vault_whose_headers_are_lost(tmp_path: Path, damage: str):
    place = tmp_path / "Coffre"
    created = Vault.create(place, PHRASE, profile=QUICK)
    bring(created.vault, item(1), samples=power((1, "5"), (2, "6")))
    bring_files(created.vault, secrets.token_bytes(100_000))
    before, block = content(created.vault), sheet_of(created.vault)
    head = ledger.head(created.vault.read())
    generation = created.vault.inside.header.generation
    created.vault.close()
    for name in header.NAMES:
        if damage == "gone":
            (place / name).unlink()
        else:
            (place / name).write_bytes((place / name).read_bytes()[:700] if damage == "torn" else bytes(4096))
    vault = lost_headers.recover(place, created.rescue_code.lower(), block, NEW, QUICK)
    assert content(vault) == before
    assert ledger.lines(vault.read())[-1].detail == {"headers": "rebuilt"}
    assert ledger.verify(vault.read(), vault.inside.ledger_key, head).broken is None
    assert vault.inside.header.generation > generation
    assert vault.verify().problems == ()
    vault.close()
    Vault.open(place, NEW).close()
    Vault.open_rescue(place, created.rescue_code).close()


def test_a_sheet_from_before_a_rekey_opens_nothing_and_the_new_one_does(tmp_path: Path):
    place = tmp_path / "Coffre"
    created = Vault.create(place, PHRASE, profile=QUICK)
    old = sheet_of(created.vault)
    done = rekey.rekey(created.vault, PHRASE)
    new = sheet_of(done.vault)
    done.vault.close()
    with pytest.raises(VaultError, match="a header is there"):
        lost_headers.recover(place, done.rescue_code, new, NEW, QUICK)
    for name in header.NAMES:
        (place / name).unlink()
    with pytest.raises(VaultError):
        lost_headers.recover(place, created.rescue_code, old, NEW, QUICK)
    with pytest.raises(WrongPassword):
        lost_headers.recover(place, created.rescue_code, new, NEW, QUICK)
    with pytest.raises(BadRescueCode):
        lost_headers.recover(place, done.rescue_code, new[:-1], NEW, QUICK)
    assert not header.exists(place)
    lost_headers.recover(place, done.rescue_code, new, NEW, QUICK).close()
