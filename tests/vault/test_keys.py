"""Keys against the published vectors, bounds, slots, and that secrets are zeroed."""

from __future__ import annotations

import pickle
import unicodedata

import nacl.pwhash
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt

from tests.vault.argon2_reference import argon2id
from tests.vault.bare_vault import QUICK
from vault_app.vault import keys, passphrase
from vault_app.vault.errors import BadPassphrase, DamagedVault, TooLittleMemory, WrongPassword
from vault_app.vault.keys import Kdf, Key, hkdf, unwrap, wrap

VAULT = bytes(range(16))


@pytest.mark.parametrize(
    ("material", "salt", "info", "length", "expected"),
    [
        (
            b"\x0b" * 22,
            bytes(range(13)),
            bytes(range(0xF0, 0xFA)),
            42,
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        ),
        (
            bytes(range(80)),
            bytes(range(0x60, 0xB0)),
            bytes(range(0xB0, 0x100)),
            82,
            (
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
            ),
        ),
        (
            b"\x0b" * 22,
            b"",
            b"",
            42,
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        ),
    ],
)
def test_hkdf_gives_the_vectors_of_rfc_5869(material, salt, info, length, expected):
    assert hkdf(material, info, salt, length).hex() == expected


def test_argon2id_gives_the_vector_of_rfc_9106_and_the_library_agrees_with_it():
    """The RFC's vector has four lanes and a secret, which libsodium lacks; a reference written from it joins both."""
    vector = argon2id(
        b"\x01" * 32, b"\x02" * 16, lanes=4, memory_kib=32, passes=3, secret=b"\x03" * 8, extra=b"\x04" * 12
    )
    assert vector.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    for password, passes, kib in ((b"", 1, 8), ("clé".encode(), 3, 64), (b"x" * 200, 2, 37)):
        ours = argon2id(password, VAULT, lanes=1, memory_kib=kib, passes=passes)
        assert nacl.pwhash.argon2id.kdf(32, password, VAULT, opslimit=passes, memlimit=kib << 10) == ours


def test_the_cipher_gives_the_vector_of_rfc_8439():
    text = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        b"sunscreen would be it."
    )
    sealed = crypto_aead_chacha20poly1305_ietf_encrypt(
        text,
        bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
        bytes.fromhex("070000004041424344454647"),
        bytes(range(0x80, 0xA0)),
    )
    assert sealed.hex() == (
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
        "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
        "3ff4def08e4b7a9de576d26586cec64b6116" + "1ae10b594f09e26a7e902ecbd0600691"
    )


def test_a_password_gives_the_key_that_the_page_describes():
    kdf = Kdf.new(QUICK)
    stretched = nacl.pwhash.argon2id.kdf(32, b"mot de passe", kdf.salt, opslimit=3, memlimit=64 << 20)
    derived = keys.from_password(passphrase.prepared("mot de passe"), kdf)
    assert derived.bytes == hkdf(stretched, b"sdv1/kek/password")


def test_every_use_has_a_key_of_its_own():
    data_key = Key.random()
    subkeys = [bytes(data_key.subkey(use).bytes) for use in keys.SUBKEYS]
    assert len({*subkeys, bytes(data_key.bytes)}) == len(keys.SUBKEYS) + 1
    assert subkeys[0] == hkdf(data_key.bytes, b"sdv1/db")
    with pytest.raises(ValueError, match="no such use"):
        data_key.subkey("everything")


def test_a_dropped_key_is_zeroed_and_a_key_neither_prints_nor_travels():
    material = bytearray(b"secret" * 5)
    key = Key(material)
    assert material == bytes(30), "what a key takes in, it takes over"
    assert key.bytes == b"secret" * 5
    assert b"secret".decode() not in repr(key).replace("Key(secret)", "")
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with memoryview(key.bytes) as inside:
        assert bytes(inside) == b"secret" * 5
    with key:
        held = key.bytes
    assert held == bytes(30)
    with pytest.raises(ValueError, match="wiped"):
        _ = key.bytes


def test_bytes_outlive_the_key_that_they_were_taken_from_and_are_zeroed_after():
    import ctypes

    data_key = Key.random()
    taken = data_key.subkey("db").bytes
    assert any(taken)
    place = (ctypes.c_ubyte * 32).from_buffer(taken)
    address = ctypes.addressof(place)
    del place
    freed = []
    original = keys._Secret.zero
    keys._Secret.zero = lambda self: (original(self), freed.append(bytes(self)))[0]
    try:
        assert any(ctypes.string_at(address, 32))
        del taken
    finally:
        keys._Secret.zero = original
    assert freed == [bytes(32)]


def test_the_typed_passphrase_is_zeroed_after_its_derivation():
    text = passphrase.prepared("une phrase à effacer")
    keys.from_password(text, Kdf.new(QUICK))
    assert not any(text)


@pytest.mark.parametrize(
    ("memory_kib", "passes"),
    [(65_535, 3), (65_536, 2), (1_048_577, 3), (65_536, 17), (0, 3), (-65_536, 3), (2**40, 3), (65_536, 2**31)],
)
def test_settings_out_of_bounds_are_refused_before_anything_is_derived(memory_kib, passes):
    plain = Kdf.new(QUICK).plain() | {"memory_kib": memory_kib, "passes": passes}
    with pytest.raises(DamagedVault):
        Kdf.parse(plain)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "argon2i"},
        {"lanes": 4},
        {"version": 16},
        {"salt": "00"},
        {"salt": "Z" * 32},
        {"passes": True},
        {"salt": 1},
    ],
)
def test_settings_that_are_not_argon2id_as_described_are_refused(change):
    with pytest.raises(DamagedVault):
        Kdf.parse(Kdf.new(QUICK).plain() | change)


def test_a_machine_without_the_memory_is_told_so(monkeypatch):
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (128 << 20), before[1]))
    try:
        with pytest.raises(TooLittleMemory) as caught:
            keys.from_password(bytearray(b"x"), Kdf.new(keys.NORMAL))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert caught.value.what == "256 MiB"


def test_a_slot_opens_with_its_own_key_for_its_own_vault_kind_and_settings_only():
    data_key, by, kdf = Key.random(), Key.random(), Kdf.new(QUICK)
    slot = wrap(data_key, by, "password", VAULT, kdf)
    assert unwrap(slot, by, VAULT, kdf).bytes == data_key.bytes
    other_kind = keys.Slot("rescue", slot.nonce, slot.wrapped)
    weaker = Kdf(kdf.memory, kdf.passes + 1, kdf.salt)
    for wrong in (
        (slot, Key.random(), VAULT, kdf),
        (slot, by, bytes(16), kdf),
        (slot, by, VAULT, weaker),
        (slot, by, VAULT, Kdf.new(QUICK)),
        (other_kind, by, VAULT, kdf),
        (keys.Slot("password", slot.nonce, slot.wrapped, format=2), by, VAULT, kdf),
    ):
        with pytest.raises(WrongPassword):
            unwrap(*wrong)


def test_a_rescue_slot_outlives_a_change_of_password():
    data_key, by = Key.random(), keys.from_rescue(b"sixteen bytes!!!")
    slot = wrap(data_key, by, "rescue", VAULT, Kdf.new(QUICK))
    assert unwrap(slot, by, VAULT, Kdf.new(QUICK)).bytes == data_key.bytes
    assert unwrap(slot, by, VAULT, None).bytes == data_key.bytes


def test_two_wraps_of_one_key_look_unlike():
    data_key, by, kdf = Key.random(), Key.random(), Kdf.new(QUICK)
    one, other = (wrap(data_key, by, "password", VAULT, kdf) for _ in range(2))
    assert one.nonce != other.nonce
    assert one.wrapped != other.wrapped


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_a_phrase_gives_the_same_bytes_however_its_accents_were_typed(text):
    composed, parted = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert passphrase.prepared(composed) == passphrase.prepared(parted)


def test_what_is_no_text_is_refused_as_a_passphrase():
    for text in ("\ud800 seul", "x" * 1025):
        with pytest.raises(BadPassphrase) as caught:
            passphrase.prepared(text)
        assert caught.value.reason == "passphrase-unreadable"
    with pytest.raises(BadPassphrase) as caught:
        passphrase.accept("onze lettre")
    assert caught.value.reason == "passphrase-short"
    assert passphrase.accept("douze lettre") == b"douze lettre"
