"""The two header files: layout, torn writes, healing, what newer versions wrote."""

from __future__ import annotations

import json
import shutil
import struct
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.vault import durable, header, keys, passphrase
from vault_app.vault.errors import DamagedVault, NewerVault, WrongPassword
from vault_app.vault.header import Head
from vault_app.vault.keys import Kdf, Key


def copies(bare):
    return [(bare.folder.root / name).read_bytes() for name in header.NAMES]


def unlock(bare, phrase=PHRASE):
    return header.unlock(bare.folder.root, passphrase.prepared(phrase))


def rewritten(content, **fields):
    """A header file with fields of its start or its JSON changed, and a right CRC: what an attacker can do."""
    magic, form, least, length = struct.unpack_from(">4sHHI", content)
    plain = json.loads(content[12 : 12 + length])
    least = fields.pop("least_reader", least)
    body = json.dumps(plain | fields, sort_keys=True, separators=(",", ":")).encode()
    new = struct.pack(">4sHHI", magic, form, least, len(body)) + body + content[12 + length : 44 + length]
    new = new.ljust(4092, b"\0")
    return new + struct.pack(">I", zlib.crc32(new))


def test_both_files_are_whole_equal_and_of_4096_bytes(bare):
    one, other = copies(bare)
    assert one == other
    assert len(one) == 4096
    assert one[:4] == b"SDVH"
    assert zlib.crc32(one[:-4]) == int.from_bytes(one[-4:])
    length = int.from_bytes(one[8:12])
    assert keys.canonical(json.loads(one[12 : 12 + length])) == one[12 : 12 + length]
    assert not any(one[44 + length : -4])


def test_a_password_opens_and_a_wrong_one_does_not(bare):
    assert unlock(bare).data_key.bytes == bare.data_key.bytes
    with pytest.raises(WrongPassword):
        unlock(bare, PHRASE + ".")


def test_each_write_counts_and_says_what_was_given(bare):
    changed = replace(bare.header, ledger=Head(7, b"\x07" * 32), state_digest=b"\x01" * 32)
    written = header.write(bare.folder.root, changed, bare.data_key)
    assert written.generation == bare.header.generation + 1
    assert unlock(bare).header == written


@pytest.mark.parametrize("torn", header.NAMES)
@pytest.mark.parametrize("cut", [0, 1, 512, 2048, 4095])
def test_a_write_torn_at_any_sector_leaves_the_other_copy_and_is_healed(bare, torn, cut):
    before = copies(bare)[0]
    after = header.encode(replace(bare.header, generation=2), bare.data_key)
    other = next(name for name in header.NAMES if name != torn)
    (bare.folder.root / torn).write_bytes(after[:cut] + before[cut:])
    opened = unlock(bare)
    assert opened.header == bare.header
    assert copies(bare) == [before, before]
    assert (bare.folder.root / other).read_bytes() == before


@pytest.mark.parametrize("lost", header.NAMES)
def test_a_lost_copy_is_written_anew(bare, lost):
    (bare.folder.root / lost).unlink()
    assert header.exists(bare.folder.root)
    assert unlock(bare).healed
    assert len(set(copies(bare))) == 1
    assert not unlock(bare).healed


def test_the_higher_generation_binds_and_the_older_copy_follows(bare):
    old = copies(bare)[1]
    written = header.write(bare.folder.root, bare.header, bare.data_key)
    (bare.folder.root / "header.b").write_bytes(old)
    assert unlock(bare).header == written
    assert len(set(copies(bare))) == 1


def test_a_password_changed_by_half_does_not_open_with_the_old_one(bare):
    """Power fails between the two writes: the new copy is durable, so it binds."""
    old = copies(bare)[1]
    kdf = Kdf.new(QUICK)
    with keys.from_password(passphrase.accept("la nouvelle phrase"), kdf) as by:
        slot = keys.wrap(bare.data_key, by, "password", bare.header.vault_id, kdf)
    rescue_slot = bare.header.slot("rescue")
    header.write(bare.folder.root, replace(bare.header, kdf=kdf, slots=(slot, rescue_slot)), bare.data_key)
    (bare.folder.root / "header.b").write_bytes(old)
    with pytest.raises(WrongPassword):
        unlock(bare)
    assert unlock(bare, "la nouvelle phrase").data_key.bytes == bare.data_key.bytes
    assert header.unlock_with_rescue(bare.folder.root, bare.code).data_key.bytes == bare.data_key.bytes


def test_a_forged_copy_of_a_higher_generation_does_not_win_over_a_proven_one(bare):
    forged = rewritten(copies(bare)[0], generation=99, state_digest="ab" * 32)
    (bare.folder.root / "header.a").write_bytes(forged)
    opened = unlock(bare)
    assert opened.header == bare.header
    assert opened.healed
    for name in header.NAMES:
        (bare.folder.root / name).write_bytes(forged)
    with pytest.raises(DamagedVault):
        unlock(bare)


def test_every_single_bit_is_guarded(bare):
    """Before the unlock by the CRC; the parsed header with the CRC made right again by the MAC."""
    content = copies(bare)[0]
    length = int.from_bytes(content[8:12])
    for place in (*range(0, 44 + length, 7), 3000, 4092, 4095):
        flipped = bytearray(content)
        flipped[place] ^= 1 << (place % 8)
        with pytest.raises(DamagedVault):
            header.decode(bytes(flipped))
        flipped[-4:] = zlib.crc32(flipped[:-4]).to_bytes(4)
        if place >= 44 + length:
            continue
        try:
            copy = header.decode(bytes(flipped))
        except (DamagedVault, NewerVault):
            continue
        assert not copy.proven(bare.data_key)


def test_when_no_copy_is_whole_the_vault_says_that_it_is_damaged(bare):
    for name in header.NAMES:
        (bare.folder.root / name).write_bytes(b"SDVH" + bytes(4092))
    with pytest.raises(DamagedVault):
        unlock(bare)


def test_a_vault_that_needs_a_newer_reader_is_refused_by_name_and_left_alone(bare):
    (bare.folder.root / "header.a").write_bytes(rewritten(copies(bare)[0], least_reader=2, needs="3.1"))
    before = copies(bare)
    with pytest.raises(NewerVault) as caught:
        unlock(bare)
    assert caught.value.what == "3.1"
    assert copies(bare) == before


def test_keys_and_slots_that_a_newer_version_wrote_are_kept(bare):
    token = {"kind": "token", "made": {"by": "a later version"}}
    keyring = keys.wrap(bare.data_key, Key.random(), "keyring", bare.header.vault_id, bare.header.kdf)
    later = replace(
        bare.header, extra={"colour": ["blue", 1]}, other_slots=(token,), slots=(*bare.header.slots, keyring)
    )
    header.write(bare.folder.root, later, bare.data_key)
    opened = unlock(bare)
    assert opened.header.slot("keyring") == keyring
    header.write(bare.folder.root, opened.header, bare.data_key)
    again = unlock(bare).header
    assert again.extra == {"colour": ["blue", 1]}
    assert again.other_slots == (token,)
    assert again.slots == later.slots


@pytest.mark.parametrize(
    "change",
    [
        {"database": {"file": "../../etc/passwd", "salt": "00" * 16}},
        {"database": {"file": "vault-0123456g.db", "salt": "00" * 16}},
        {"vault": "00"},
        {"generation": 0},
        {"generation": "1"},
        {"slots": [1]},
        {"slots": [{"kind": "password"}]},
        {"ledger": {"n": -1, "mac": "00" * 32}},
        {"state_digest": "xyz"},
        {"kdf": {"name": "argon2id", "version": 19, "lanes": 1, "memory_kib": 2**31, "passes": 3, "salt": "00" * 16}},
    ],
)
def test_a_header_that_says_nonsense_is_damaged_before_anything_is_derived(bare, change):
    with pytest.raises(DamagedVault):
        header.decode(rewritten(copies(bare)[0], **change))


@given(st.binary(max_size=4096))
@settings(max_examples=300, deadline=None)
def test_any_bytes_end_in_one_class_of_error(content):
    for candidate in (content, (b"SDVH" + content).ljust(4092, b"\0")[:4092]):
        with pytest.raises((DamagedVault, NewerVault)):
            header.decode(candidate + zlib.crc32(candidate).to_bytes(4))


def test_the_damaged_copy_is_written_first_so_that_a_whole_one_stands_at_every_moment(bare, monkeypatch):
    order = []
    whole = durable.write_whole
    monkeypatch.setattr(durable, "write_whole", lambda path, content: (order.append(path.name), whole(path, content)))
    header.write(bare.folder.root, bare.header, bare.data_key)
    (bare.folder.root / "header.b").write_bytes(b"")
    header.write(bare.folder.root, bare.header, bare.data_key)
    (bare.folder.root / "header.a").write_bytes(b"")
    header.write(bare.folder.root, bare.header, bare.data_key)
    assert order == ["header.a", "header.b", "header.b", "header.a", "header.a", "header.b"]


def test_a_header_that_opens_nothing_of_this_folder_is_no_vault(tmp_path):
    assert not header.exists(tmp_path)
    with pytest.raises(DamagedVault):
        header.read(tmp_path)


def test_a_copied_vault_opens_elsewhere(bare, tmp_path):
    bare.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(bare.folder.root, tmp_path / "elsewhere")
    assert header.unlock(tmp_path / "elsewhere", passphrase.prepared(PHRASE)).header == bare.header
