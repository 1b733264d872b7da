"""Objects: any size, any range, once each, gone when forgotten, whole after a crash."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vault_app.vault import driver, objects, packs
from vault_app.vault.errors import DamagedVault
from vault_app.vault.keys import Key
from vault_app.vault.objects import ObjectStore
from vault_app.vault.packs import PIECE, SEALED, PackFolder

SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 5 * PIECE + 17)


def put(store, content, step=1 << 20):
    writer = store.begin()
    for at in range(0, len(content), step):
        writer.write(content[at : at + step])
    return writer.finish()


def content_of(store, n):
    with store.read(store.row(n)) as stream:
        return stream.read()


def sealed(bare, contents):
    with driver.transaction(bare.connection):
        numbers = [put(bare.store, content) for content in contents]
        bare.store.seal()
    return numbers


def files(bare):
    return sorted(path.name for path in bare.folder.packs.iterdir())


def test_what_goes_in_comes_out_whatever_its_size_before_and_after_it_is_sealed(bare):
    contents = [secrets.token_bytes(size) for size in SIZES]
    with driver.transaction(bare.connection):
        steps = (1, 1, 100, 65_536, 9_999, 1 << 20, 70_000)
        numbers = [put(bare.store, content, step) for content, step in zip(contents, steps, strict=True)]
        assert [content_of(bare.store, n) for n in numbers] == contents
        bare.store.seal()
    assert [content_of(bare.store, n) for n in numbers] == contents
    assert all(bare.store.is_sound(bare.store.row(n)) for n in numbers)
    assert len(files(bare)) == 1


@given(
    size=st.integers(0, 3 * PIECE),
    ranges=st.lists(st.tuples(st.integers(0, 3 * PIECE + 5), st.integers(0, 2 * PIECE)), min_size=1, max_size=8),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_range_reads_like_the_plaintext(bare, size, ranges):
    content = os.urandom(size)
    (n,) = sealed(bare, [content])
    with bare.store.read(bare.store.row(n)) as stream:
        for start, length in ranges:
            stream.seek(start)
            assert stream.read(length) == content[start : start + length]
        stream.seek(-min(size, 3), os.SEEK_END)
        assert stream.read() == content[max(0, size - 3) :]


def test_an_equal_object_is_stored_once_and_leaves_no_byte_behind(bare):
    content = secrets.token_bytes(200_000)
    (first,) = sealed(bare, [content])
    with driver.transaction(bare.connection):
        other = put(bare.store, b"between" * 10_000)
        length = bare.store.pending
        assert put(bare.store, content) == first
        assert put(bare.store, b"between" * 10_000) == other
        assert bare.store.pending == length
        bare.store.seal()
    assert bare.connection.execute("SELECT count(*) FROM object").fetchone() == (2,)
    assert all(bare.store.packs.is_sound(row) for row in objects.pack_rows(bare.connection))
    assert bare.store.is_sound(bare.store.row(other))


def test_equal_objects_only_make_no_pack_at_all(bare):
    sealed(bare, [b"x" * 40_000])
    before = files(bare)
    sealed(bare, [b"x" * 40_000] * 3)
    assert files(bare) == before


def test_an_object_longer_than_the_room_left_goes_on_in_the_next_pack(bare, monkeypatch):
    monkeypatch.setattr(packs, "LIMIT", 4 * SEALED + 100)
    contents = [secrets.token_bytes(PIECE * 3), secrets.token_bytes(PIECE * 9 + 50), secrets.token_bytes(60)]
    numbers = sealed(bare, contents)
    assert [len(bare.store.row(n).extents) for n in numbers] == [1, 3, 1]
    assert [content_of(bare.store, n) for n in numbers] == contents
    rows = objects.pack_rows(bare.connection)
    assert all(row.length <= packs.LIMIT for row in rows)
    assert all(bare.store.packs.is_sound(row) for row in rows)
    with driver.transaction(bare.connection):
        assert put(bare.store, contents[1]) == numbers[1], "taken back over several packs"
        assert bare.store.pending == 0
        bare.store.seal()
    assert len(files(bare)) == len(rows)


def test_cutting_swapping_and_flipping_bytes_is_noticed_when_read(bare):
    content = secrets.token_bytes(PIECE * 4)
    (n,) = sealed(bare, [content])
    row = bare.store.row(n)
    path = bare.folder.packs / files(bare)[0]
    whole = path.read_bytes()
    swapped = whole[SEALED : 2 * SEALED] + whole[:SEALED] + whole[2 * SEALED :]
    flipped = whole[:100] + bytes([whole[100] ^ 1]) + whole[101:]
    for damaged in (whole[: 3 * SEALED], whole[:-1], swapped, flipped):
        path.write_bytes(damaged)
        assert not bare.store.is_sound(row)
    path.write_bytes(whole)
    shorter = objects.ObjectRow(row.n, row.id, row.key, PIECE * 3, row.extents)
    assert not bare.store.is_sound(shorter), "a cut at the end of a piece: the piece left is not marked as the last"
    assert bare.store.is_sound(row)


def test_two_packs_exchanged_by_name_are_noticed(bare):
    one, other = sealed(bare, [b"1" * 50_000])[0], sealed(bare, [b"2" * 50_000])[0]
    first, second = (bare.folder.packs / name for name in files(bare))
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)
    for n in (one, other):
        assert not bare.store.is_sound(bare.store.row(n))


def test_packs_look_like_chance_and_object_limits_are_invisible(bare):
    sealed(bare, [b"canari-jeton " * 5_000, b"\0" * 300_000, b"canari-jeton " * 5_001])
    content = (bare.folder.packs / files(bare)[0]).read_bytes()
    assert b"canari" not in content
    counts = [content.count(bytes([value])) for value in range(256)]
    assert max(counts) < 1.25 * len(content) / 256
    assert min(counts) > 0.75 * len(content) / 256


def test_the_id_of_an_object_cannot_be_guessed_from_its_content(bare, tmp_path):
    other = ObjectStore(tmp_path, Key.random(), bare.connection)
    assert bare.store.object_id(b"a known photo") != other.object_id(b"a known photo")
    parts = bare.store.hasher(b"a known ")
    parts.update(b"photo")
    assert parts.digest() == bare.store.object_id(b"a known photo")


def test_a_rolled_back_import_leaves_no_file(bare):
    def failing():
        with driver.transaction(bare.connection):
            put(bare.store, secrets.token_bytes(100_000))
            bare.store.seal()
            put(bare.store, secrets.token_bytes(100_000))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    bare.store.discard()
    assert files(bare) == []
    assert bare.connection.execute("SELECT count(*) FROM pack").fetchone() == (0,)
    assert sealed(bare, [b"goes on"]) == [1]


def test_discarding_after_a_commit_takes_nothing_back(bare):
    (n,) = sealed(bare, [b"y" * 70_000])
    bare.store.discard()
    assert content_of(bare.store, n) == b"y" * 70_000


def test_forgetting_removes_the_key_and_then_the_empty_pack(bare):
    numbers = sealed(bare, [secrets.token_bytes(40_000) for _ in range(2)])
    key = bare.store.row(numbers[0]).key
    with driver.durably(bare.connection):
        bare.store.forget(numbers[0])
        assert bare.store.drop_empty_packs() == []
    assert bare.store.row(numbers[0]) is None
    assert bare.connection.execute("SELECT count(*) FROM object WHERE key = ?", (key,)).fetchone() == (0,)
    with driver.durably(bare.connection):
        bare.store.forget(numbers[1])
        dead = bare.store.drop_empty_packs()
    for pack in dead:
        bare.store.packs.remove(pack)
    assert files(bare) == []


def test_a_pack_of_mostly_dead_bytes_is_rewritten_under_new_keys(bare):
    contents = [secrets.token_bytes(100_000 + size) for size in range(10)]
    numbers = sealed(bare, contents)
    assert bare.store.worth_rewriting() == []
    old_keys = {n: bare.store.row(n).key for n in numbers}
    with driver.durably(bare.connection):
        for n in numbers[:4]:
            bare.store.forget(n)
    assert bare.store.worth_rewriting() == [1]
    with driver.durably(bare.connection):
        bare.store.rewrite(1)
        bare.store.seal()
        dead = bare.store.drop_empty_packs()
    for pack in dead:
        bare.store.packs.remove(pack)
    assert len(dead) == len(files(bare)) == 1
    assert bare.store.worth_rewriting() == []
    for n, content in zip(numbers[4:], contents[4:], strict=True):
        assert content_of(bare.store, n) == content
        assert bare.store.row(n).key != old_keys[n], "the same key at another place would use a nonce twice"


def test_a_damaged_object_is_not_rewritten_as_if_it_were_sound(bare):
    numbers = sealed(bare, [secrets.token_bytes(100_000), secrets.token_bytes(100_000)])
    path = bare.folder.packs / files(bare)[0]
    content = bytearray(path.read_bytes())
    content[150_000] ^= 1
    path.write_bytes(content)

    def rewriting():
        with driver.durably(bare.connection):
            bare.store.rewrite(1)
            bare.store.seal()

    with pytest.raises(DamagedVault):
        rewriting()
    bare.store.discard()
    assert files(bare) == [path.name]
    assert bare.store.is_sound(bare.store.row(numbers[0]))


@pytest.mark.skipif(sys.platform == "win32", reason="bounds a file's size as a full disk would")
def test_a_full_disk_ends_in_an_error_leaves_no_file_and_the_vault_goes_on(bare):
    """In a process of its own, in which no file may grow beyond 3 MB for a while."""
    bare.connection.close()
    code = """
    import os, resource, sys
    from pathlib import Path
    from vault_app.vault import driver, keys, objects
    root, database, key, salt = sys.argv[1:]
    data_key = keys.Key(bytearray.fromhex(key))
    connection = driver.Database(Path(root, database), data_key.subkey("db"), bytes.fromhex(salt)).writer()
    store = objects.ObjectStore(Path(root, "packs"), data_key, connection)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, resource.RLIM_INFINITY))
    try:
        with driver.durably(connection):
            writer = store.begin()
            for _ in range(100):
                writer.write(os.urandom(100_000))
            writer.finish()
            store.seal()
    except OSError as error:
        store.discard()
        print(type(error).__name__, os.listdir(Path(root, "packs")))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with driver.durably(connection):
        writer = store.begin()
        writer.write(b"room again" * 10_000)
        print(writer.finish())
        store.seal()
    print(store.is_sound(store.row(1)))
    """
    arguments = [str(bare.folder.root), bare.header.database, bare.data_key.bytes.hex(), bare.header.salt.hex()]
    line = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["OSError []", "1", "True"], done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("moment", ["before seal", "after seal", "after commit"])
def test_a_killed_writer_leaves_whole_objects_or_none(bare, moment):
    """A process that dies at the worst moments; this one then opens what is left."""
    bare.connection.close()
    code = """
    import os, signal, sys
    from pathlib import Path
    from vault_app.vault import driver, keys, objects
    root, database, key, salt, moment = sys.argv[1:]
    data_key = keys.Key(bytearray.fromhex(key))
    connection = driver.Database(Path(root, database), data_key.subkey("db"), bytes.fromhex(salt)).writer()
    store = objects.ObjectStore(Path(root, "packs"), data_key, connection)
    def die(name):
        if name == moment:
            os.kill(os.getpid(), signal.SIGKILL)
    with driver.durably(connection):
        writer = store.begin()
        writer.write(b"z" * 300_000)
        writer.finish()
        die("before seal")
        store.seal()
        die("after seal")
    die("after commit")
    """
    root, kept = bare.folder.root, bare.header
    arguments = [str(root), kept.database, bare.data_key.bytes.hex(), kept.salt.hex(), moment]
    line = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    assert subprocess.run(line, check=False).returncode == -9
    bare.connection = bare.database.writer()
    store = ObjectStore(bare.folder.packs, bare.data_key, bare.connection)
    swept = store.packs.sweep()
    assert swept == (moment == "before seal")
    row = store.row(1)
    assert (row is not None) == (moment == "after commit")
    if row is not None:
        assert store.is_sound(row)
    known = {row.id for row in objects.pack_rows(bare.connection)}
    assert len(set(PackFolder(bare.folder.packs, bare.data_key).finished()) - known) == (moment == "after seal")
