"""The keyring of the session as a third way into a vault: a real Secret Service, on a session bus of its own."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.vault import header, ledger, rekey, slots, system_keyring
from vault_app.vault.errors import NoKeyring, WrongPassword
from vault_app.vault.vault import Vault

pytestmark = pytest.mark.usefixtures("keyring_session")
OTHER = "brouette mauve et quatorze"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK)
    made.vault.close()
    (tmp_path / "code").write_text(made.rescue_code)
    return tmp_path / "Coffre"


def with_keyring(place: Path) -> bytes:
    """Add the way, and close; returns the vault's id."""
    vault = Vault.open(place, PHRASE)
    slots.add_keyring(vault)
    vault_id = vault.inside.header.vault_id
    vault.close()
    return vault_id


def test_what_was_kept_is_found_under_its_vault_only_and_is_gone_when_forgotten() -> None:
    one, other = secrets.token_bytes(16), secrets.token_bytes(16)
    first, second = secrets.token_bytes(32), secrets.token_bytes(32)
    assert system_keyring.find(one) is None
    system_keyring.keep(one, first)
    system_keyring.keep(one, second)
    assert system_keyring.find(one) == second
    assert system_keyring.find(other) is None
    system_keyring.forget(one)
    system_keyring.forget(one)
    assert system_keyring.find(one) is None


def test_the_session_opens_the_vault_and_so_do_passphrase_and_sheet(place: Path) -> None:
    assert not slots.has_keyring(place)
    with_keyring(place)
    assert slots.has_keyring(place)
    vault = slots.open_with_keyring(place)
    line = ledger.lines(vault.read())[-1]
    assert (line.op, line.detail) == ("password", {"changed": "keyring"})
    assert vault.verify().problems == ()
    vault.close()
    Vault.open(place, PHRASE).close()
    Vault.open_rescue(place, (place.parent / "code").read_text()).close()
    kinds = [slot["kind"] for slot in _plain(place)["slots"]]
    assert sorted(kinds) == ["keyring", "password", "rescue"]


def test_the_way_outlives_a_change_of_password_and_of_sheet_but_not_a_new_key(place: Path) -> None:
    with_keyring(place)
    vault = slots.open_with_keyring(place)
    slots.change_password(vault, OTHER)
    slots.renew_rescue(vault)
    vault.close()
    vault = slots.open_with_keyring(place)
    rekey.rekey(vault, OTHER).vault.close()
    assert not slots.has_keyring(place)
    with pytest.raises(WrongPassword):
        slots.open_with_keyring(place)


def test_taken_back_neither_the_slot_nor_the_secret_is_there(place: Path) -> None:
    vault_id = with_keyring(place)
    secret = system_keyring.find(vault_id)
    assert secret is not None
    vault = Vault.open(place, PHRASE)
    slots.drop_keyring(vault)
    vault.close()
    assert system_keyring.find(vault_id) is None
    with pytest.raises(NoKeyring):
        slots.open_with_keyring(place)
    with pytest.raises(WrongPassword):
        Vault.open_keyring(place, secret)


def test_a_secret_that_is_not_this_one_opens_nothing(place: Path) -> None:
    vault_id = with_keyring(place)
    system_keyring.keep(vault_id, secrets.token_bytes(32))
    with pytest.raises(WrongPassword):
        slots.open_with_keyring(place)
    system_keyring.forget(vault_id)
    with pytest.raises(NoKeyring):
        slots.open_with_keyring(place)


def test_without_a_session_nothing_is_offered_and_nothing_changes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    assert not system_keyring.offered()
    vault = Vault.open(place, PHRASE)
    before = len(ledger.lines(vault.read()))
    with pytest.raises(NoKeyring):
        slots.add_keyring(vault)
    assert len(ledger.lines(vault.read())) == before
    vault.close()
    assert not slots.has_keyring(place)


def _plain(place: Path) -> dict[str, list[dict[str, str]]]:
    """The header's JSON, by its place in the file alone."""
    content = (place / header.NAMES[0]).read_bytes()
    found: dict[str, list[dict[str, str]]] = json.loads(content[12 : 12 + int.from_bytes(content[8:12])])
    return found


def test_it_works_behind_the_locks_of_the_application_too() -> None:
    """No socket but local ones, no readable memory, no networking from Python: as the window runs."""
    code = """
    from vault_app.ui.app import _harden
    _harden()
    from vault_app.vault import system_keyring
    system_keyring.keep(bytes(16), bytes(range(32)))
    print(system_keyring.find(bytes(16)) == bytes(range(32)))
    system_keyring.forget(bytes(16))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["True"], done.stderr
