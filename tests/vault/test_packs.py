"""Pieces in packs: bound to their place, hashed without being decrypted."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault_app.vault import packs
from vault_app.vault.errors import DamagedVault
from vault_app.vault.keys import Key
from vault_app.vault.packs import PackFolder

KEY, PACK = bytes(range(32)), bytes(range(16))


@given(
    plain=st.binary(max_size=200), number=st.integers(0, 2**88 - 1), offset=st.integers(0, 2**40), last=st.booleans()
)
@settings(deadline=None)
def test_a_piece_opens_at_its_place_and_nowhere_else(plain, number, offset, last):
    sealed = packs.encrypt(plain, KEY, number, PACK, offset, last=last)
    assert len(sealed) == len(plain) + packs.TAG
    assert packs.decrypt(sealed, KEY, number, PACK, offset, last=last) == plain
    for wrong in (
        (KEY, number ^ 1, PACK, offset, last),
        (KEY, number, PACK, offset + 1, last),
        (KEY, number, bytes(16), offset, last),
        (KEY, number, PACK, offset, not last),
        (bytes(32), number, PACK, offset, last),
    ):
        with pytest.raises(DamagedVault):
            packs.decrypt(sealed, *wrong[:4], last=wrong[4])


def test_a_pack_grows_under_another_name_and_never_changes_afterwards(tmp_path):
    folder = PackFolder(tmp_path, Key.random())
    growing = folder.grow()
    growing.append(b"a" * 1000)
    assert [path.name for path in tmp_path.iterdir()] == [f"{growing.id.hex()}.pack.tmp"]
    row = growing.finish(1)
    assert [path.name for path in tmp_path.iterdir()] == [f"{row.id.hex()}.pack"]
    assert (row.n, row.length) == (1, 1000)
    assert folder.has_size(row)
    assert folder.is_sound(row)


def test_going_back_gives_the_hash_of_what_is_left(tmp_path):
    folder = PackFolder(tmp_path, Key.random())
    growing = folder.grow()
    growing.append(b"kept")
    mark = growing.mark()
    growing.append(b"taken back" * 10_000)
    growing.rewind(mark)
    growing.append(b"after")
    row = growing.finish(1)
    with folder.open(row.id) as file:
        assert file.read() == b"keptafter"
    assert folder.is_sound(row)


def test_any_change_of_a_pack_is_found_without_its_objects_keys(tmp_path):
    folder = PackFolder(tmp_path, Key.random())
    growing = folder.grow()
    content = secrets.token_bytes(5_000)
    growing.append(content)
    row = growing.finish(1)
    path = tmp_path / f"{row.id.hex()}.pack"
    for damaged in (content[:-1], content + b"x", content[:700] + b"\0" + content[701:], b""):
        if damaged == content:
            continue
        path.write_bytes(damaged)
        assert not folder.is_sound(row)
    assert not folder.has_size(row)
    path.unlink()
    assert not folder.is_sound(row)
    assert not folder.has_size(row)
    with pytest.raises(DamagedVault):
        folder.open(row.id)


def test_the_hash_of_a_pack_needs_the_key(tmp_path):
    growing = PackFolder(tmp_path, Key.random()).grow()
    growing.append(b"x")
    assert not PackFolder(tmp_path, Key.random()).is_sound(growing.finish(1))


def test_unfinished_packs_of_a_crash_are_swept_and_finished_ones_stay(tmp_path):
    folder = PackFolder(tmp_path, Key.random())
    left = folder.grow()
    left.append(b"left")
    left.sync()
    done = folder.grow()
    done.append(b"done")
    row = done.finish(1)
    (tmp_path / "not-a-pack").touch()
    assert folder.sweep() == 1
    assert list(folder.finished()) == [row.id]
    left.discard()
