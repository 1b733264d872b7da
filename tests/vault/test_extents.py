"""Reading objects from packs: long ranges, in two halves, are the same bytes as short ones."""

from __future__ import annotations

import io
import os
import secrets

import pytest

from tests.vault.test_objects import content_of, files, put, sealed
from vault_app.vault import driver, packs
from vault_app.vault.beside import WORTH
from vault_app.vault.errors import DamagedVault
from vault_app.vault.packs import PIECE, SEALED

LONG = 3 * WORTH + 12_345


PLACES = (0, 1, PIECE - 1, PIECE, WORTH + 17, LONG - WORTH, LONG - WORTH - 1, LONG - 1, LONG, LONG + 5)


def test_a_long_range_reads_like_the_plaintext_from_anywhere(bare):
    content = os.urandom(LONG)
    (n,) = sealed(bare, [content])
    with bare.store.read(bare.store.row(n)) as stream:
        for start in PLACES:
            for size in (WORTH - 1, WORTH, WORTH + PIECE + 3, LONG, 4 * LONG):
                stream.seek(start)
                assert stream.read(size) == content[start : start + size]
                assert stream.tell() == max(start, min(start + size, LONG))
                assert stream.read(10) == content[start + size : start + size + 10]


def test_all_that_follows_reads_like_the_plaintext_from_anywhere(bare):
    content = os.urandom(LONG)
    (n,) = sealed(bare, [content])
    with bare.store.read(bare.store.row(n)) as stream:
        for start in PLACES:
            stream.seek(start)
            assert stream.read() == content[start:]
            assert stream.read() == b""
        stream.seek(-5, io.SEEK_END)
        assert stream.read() == content[-5:]


def test_a_long_object_over_several_packs_reads_whole_also_while_it_grows(bare, monkeypatch):
    monkeypatch.setattr(packs, "LIMIT", 5 * SEALED + 100)
    content = secrets.token_bytes(LONG)
    with driver.transaction(bare.connection):
        n = put(bare.store, content, LONG)
        assert content_of(bare.store, n) == content
        bare.store.seal()
    assert len(bare.store.row(n).extents) > 4
    assert content_of(bare.store, n) == content


@pytest.mark.parametrize("piece", [0, 1, 12, LONG // PIECE])
def test_a_damaged_piece_is_noticed_in_either_half(bare, piece):
    (n,) = sealed(bare, [secrets.token_bytes(LONG)])
    path = bare.folder.packs / files(bare)[0]
    content = bytearray(path.read_bytes())
    content[piece * SEALED + 9] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedVault):
        content_of(bare.store, n)


def test_a_missing_pack_is_noticed_whichever_half_needs_it(bare, monkeypatch):
    monkeypatch.setattr(packs, "LIMIT", 13 * SEALED)
    (n,) = sealed(bare, [secrets.token_bytes(LONG)])
    for extent in bare.store.row(n).extents:
        path = bare.folder.packs / f"{extent.pack.hex()}.pack"
        whole = path.read_bytes()
        path.unlink()
        with pytest.raises(DamagedVault):
            content_of(bare.store, n)
        path.write_bytes(whole)
    assert len(content_of(bare.store, n)) == LONG


def test_content_given_at_once_has_the_id_of_the_same_content_given_bit_by_bit(bare):
    content = secrets.token_bytes(LONG)
    with driver.transaction(bare.connection):
        n = put(bare.store, content, LONG)
        assert bare.store.row(n).id == bare.store.object_id(content)
        assert put(bare.store, content, 10_000) == n
        bare.store.seal()
