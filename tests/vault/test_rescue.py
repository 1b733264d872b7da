"""The rescue sheet: errors of typing told apart, and a vault that opens without any header."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.vault import founding, header, passphrase, rescue
from vault_app.vault.errors import BadRescueCode, DamagedVault, VaultError, WrongPassword
from vault_app.vault.header import Head

ids = st.binary(min_size=16, max_size=16)


@given(code=ids, vault=ids)
@settings(deadline=None)
def test_a_code_reads_back_however_it_was_typed(code, vault):
    spelled = rescue.spell(code, vault)
    assert len(spelled) == 39
    assert rescue.read(spelled, vault) == code
    assert rescue.read(spelled.lower().replace("-", " ").replace("0", "o").replace("1", "l"), vault) == code
    assert rescue.read(spelled, None) == code


@given(code=ids, vault=ids, place=st.integers(0, 31), shift=st.integers(1, 31))
@settings(deadline=None, max_examples=60)
def test_a_wrong_symbol_is_found_and_its_group_named(code, vault, place, shift):
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    symbols = rescue.spell(code, vault).replace("-", "")
    wrong = symbols[:place] + alphabet[(alphabet.index(symbols[place]) + shift) % 32] + symbols[place + 1 :]
    with pytest.raises(BadRescueCode) as caught:
        rescue.read(wrong, vault)
    assert caught.value.reason in {"rescue-typing", "rescue-typing-somewhere"}
    if caught.value.reason == "rescue-typing":
        assert caught.value.what == str(place // 4 + 1)


def test_most_single_errors_are_placed_in_their_group():
    placed = 0
    for _ in range(20):
        symbols = rescue.spell(rescue.new_code(), bytes(16)).replace("-", "")
        wrong = symbols[:10] + ("7" if symbols[10] != "7" else "8") + symbols[11:]
        with pytest.raises(BadRescueCode) as caught:
            rescue.read(wrong, bytes(16))
        placed += caught.value.what == "3"
    assert placed >= 18


def test_length_foreign_symbols_and_the_sheet_of_another_vault_are_told_apart():
    code, vault = rescue.new_code(), bytes(16)
    spelled = rescue.spell(code, vault)
    for text, given_id, reason, what in (
        (spelled[:-1], vault, "rescue-length", "31"),
        (spelled + "22", vault, "rescue-length", "34"),
        (spelled[:10] + "U" + spelled[11:], vault, "rescue-symbol", "3"),
        (spelled, b"\x01" * 16, "rescue-other-vault", ""),
    ):
        with pytest.raises(BadRescueCode) as caught:
            rescue.read(text, given_id)
        assert (caught.value.reason, caught.value.what) == (reason, what)


def test_the_rescue_code_opens_the_header(bare):
    code = rescue.read(rescue.spell(bare.code, bare.header.vault_id), bare.header.vault_id)
    assert header.unlock_with_rescue(bare.folder.root, code).data_key.bytes == bare.data_key.bytes
    with pytest.raises(WrongPassword):
        header.unlock_with_rescue(bare.folder.root, rescue.new_code())


def test_a_block_reads_back_and_any_wrong_symbol_in_it_is_found(bare):
    block = rescue.block_of(bare.header)
    spelled = rescue.spell_block(block)
    symbols = spelled.replace("-", "")
    assert len(symbols) == 156
    assert rescue.read_block(spelled.lower()) == block
    for place in range(155):
        wrong = symbols[:place] + ("2" if symbols[place] != "2" else "3") + symbols[place + 1 :]
        with pytest.raises(BadRescueCode):
            rescue.read_block(wrong)
    with pytest.raises(BadRescueCode) as caught:
        rescue.read_block(spelled[:-3])
    assert caught.value.reason == "rescue-block-length"


def test_with_the_sheet_a_vault_without_headers_opens_and_gets_new_ones(bare):
    block = rescue.read_block(rescue.spell_block(rescue.block_of(bare.header)))
    root = bare.folder.root
    with pytest.raises(VaultError, match="a header is there"):
        rescue.rebuild_header(
            root, bare.code, block, passphrase.accept(PHRASE), generation=1, ledger=Head(), profile=QUICK
        )
    for name in header.NAMES:
        (root / name).write_bytes(secrets.token_bytes(4096))
    (root / "vault-00000000.db").write_bytes(secrets.token_bytes(16384))
    data_key, database = rescue.open_without_header(root, bare.code, block)
    assert data_key.bytes == bare.data_key.bytes
    assert database == bare.header.database
    rescue.rebuild_header(
        root,
        bare.code,
        block,
        passphrase.accept("une toute nouvelle phrase"),
        generation=5,
        ledger=Head(),
        profile=QUICK,
    )
    opened = header.unlock(root, passphrase.prepared("une toute nouvelle phrase"))
    assert opened.data_key.bytes == bare.data_key.bytes
    assert opened.header.generation == 6
    assert header.unlock_with_rescue(root, bare.code).header.vault_id == bare.header.vault_id


def test_the_sheet_of_another_vault_opens_nothing(bare):
    block = rescue.block_of(bare.header)
    with pytest.raises(WrongPassword):
        rescue.open_without_header(bare.folder.root, rescue.new_code(), block)
    bare.connection.close()
    (bare.folder.root / bare.header.database).unlink()
    with pytest.raises(DamagedVault):
        rescue.open_without_header(bare.folder.root, bare.code, block)


def test_a_change_of_password_keeps_the_sheet_and_a_new_sheet_keeps_the_password(bare):
    root, new = bare.folder.root, "brouette mauve et quatorze"
    changed = founding.with_password(bare.header, bare.data_key, passphrase.accept(new))
    written = header.write(root, changed, bare.data_key)
    assert (written.kdf.memory, written.kdf.passes) == (bare.header.kdf.memory, bare.header.kdf.passes)
    assert written.kdf.salt != bare.header.kdf.salt
    with pytest.raises(WrongPassword):
        header.unlock(root, passphrase.prepared(PHRASE))
    assert header.unlock_with_rescue(root, bare.code).data_key.bytes == bare.data_key.bytes
    renewed, code = founding.with_new_rescue(written, bare.data_key)
    header.write(root, renewed, bare.data_key)
    assert header.unlock(root, passphrase.prepared(new)).data_key.bytes == bare.data_key.bytes
    with pytest.raises(WrongPassword):
        header.unlock_with_rescue(root, bare.code)
    assert header.unlock_with_rescue(root, rescue.read(code, bare.header.vault_id)).healed is False
