"""Encryption as it lies on the disk. The driver's own tests never set a key; these are the ones for it."""

from __future__ import annotations

import gc
import math
import os
import secrets
import subprocess
import sys
import textwrap
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from vault_app.vault import driver
from vault_app.vault.driver import Database, DatabaseError, Mode, OperationalError
from vault_app.vault.errors import DamagedVault, PlainDatabase, VaultBusy, VaultError
from vault_app.vault.keys import Key

TOKEN = "jeton-canari-8f2c"
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads this process's memory map")


@pytest.fixture
def database(tmp_path):
    return Database(tmp_path / "vault-00c0ffee.db", Key.random(), secrets.token_bytes(16))


@pytest.fixture
def filled(database):
    connection = database.create()
    connection.execute("CREATE TABLE word (n INTEGER PRIMARY KEY, text TEXT)")
    with driver.durably(connection):
        rows = ((n, f"{TOKEN} {n} {'lorem ipsum ' * 5}") for n in range(5_000))
        connection.executemany("INSERT INTO word VALUES (?, ?)", rows)
    yield connection
    connection.close()


def entropy(content):
    counts = Counter(content)
    return -sum(n / len(content) * math.log2(n / len(content)) for n in counts.values())


def sources_with(word):
    root = Path(driver.__file__).resolve().parents[2]
    found = [path for folder in ("vault_app", "importers") for path in (root / folder).rglob("*.py")]
    return {path.relative_to(root).as_posix() for path in found if word in path.read_text(encoding="utf-8")}


def files(database):
    return sorted(database.path.parent.iterdir())


def test_every_byte_on_the_disk_looks_like_chance_and_no_text_is_found(database, filled):
    filled.execute("CREATE INDEX by_text ON word(text)")
    filled.execute("CREATE VIRTUAL TABLE found USING fts5(text)")
    filled.execute("INSERT INTO found SELECT text FROM word")
    names = [path.name for path in files(database)]
    assert names == ["vault-00c0ffee.db", "vault-00c0ffee.db-wal"]
    filled.execute("PRAGMA wal_checkpoint(PASSIVE)")
    for path in files(database):
        content = path.read_bytes()
        for form in (TOKEN.encode(), TOKEN.encode("utf-16-le"), TOKEN.encode().hex().encode(), b"CREATE", b"SQLite"):
            assert form not in content, path.name
    content = database.path.read_bytes()
    assert len(content) % 8192 == 0
    assert entropy(content) > 7.99
    assert content[:16] == database.salt


def test_another_key_or_a_key_with_one_bit_changed_opens_nothing(database, filled):
    filled.close()
    changed = bytearray(database.key.bytes)
    changed[31] ^= 1
    for wrong in (Key(changed), Key.random(), Key(bytearray(32))):
        with pytest.raises(DamagedVault):
            Database(database.path, wrong, database.salt).reader()
    assert database.reader().execute("SELECT count(*) FROM word").fetchone() == (5_000,)


def test_salt_bytes_damaged_in_the_file_are_no_loss_because_the_header_has_them(database, filled):
    driver.close_cleanly(filled)
    content = bytearray(database.path.read_bytes())
    content[:16] = secrets.token_bytes(16)
    database.path.write_bytes(content)
    connection = database.reader()
    assert connection.execute("SELECT count(*) FROM word WHERE text LIKE ?", (f"{TOKEN}%",)).fetchone() == (5_000,)
    connection.close()


def test_a_plaintext_database_in_its_place_is_refused_and_left_as_it_is(database):
    plain = sqlcipher.connect(str(database.path))
    plain.execute("CREATE TABLE word (n)")
    plain.commit()
    plain.close()
    before = database.path.read_bytes()
    for open_it in (database.reader, database.writer):
        with pytest.raises(PlainDatabase):
            open_it()
    with pytest.raises(VaultError):
        database.create()
    assert database.path.read_bytes() == before


def test_a_missing_or_empty_file_is_damage_and_nothing_is_created(database):
    with pytest.raises(DamagedVault):
        database.writer()
    assert files(database) == []
    database.path.touch()
    with pytest.raises(DamagedVault):
        database.writer()
    assert database.path.stat().st_size == 0


def test_the_settings_are_those_of_the_page(database, filled):
    def ask(pragma):
        return filled.execute(f"PRAGMA {pragma}").fetchone()[0]

    assert ask("cipher_status") == "1"
    assert ask("cipher_version").startswith("4.")
    assert ask("page_size") in {8192, "8192"}
    assert ask("journal_mode") == "wal"
    assert ask("auto_vacuum") == 2
    assert ask("secure_delete") == 1
    assert ask("cipher_memory_security") == "0"
    assert ask("mmap_size") == 0
    assert ask("cache_size") == -driver.READ_CACHE_KIB
    assert ask("synchronous") == 1
    assert ask("temp_store") == 2
    options = {row[0] for row in filled.execute("PRAGMA compile_options")}
    assert options & {"TEMP_STORE=2", "TEMP_STORE=3"}
    assert "HAS_CODEC" in options


def test_what_is_reported_as_done_is_synced_in_full(filled):
    def level():
        return filled.execute("PRAGMA synchronous").fetchone()[0]

    with driver.durably(filled):
        filled.execute("DELETE FROM word WHERE n = 1")
        assert level() == 2
    assert level() == 1


def test_sorting_and_indexing_write_no_temporary_file(database, filled, tmp_path_factory, monkeypatch):
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("SQLITE_TMPDIR", str(place))
    monkeypatch.setenv("TMPDIR", str(place))
    driver.cache(filled, 64)
    filled.execute("CREATE TEMP TABLE side AS SELECT text || n AS t FROM word, (VALUES (1), (2), (3))")
    filled.execute("SELECT t FROM side ORDER BY t DESC").fetchall()
    filled.execute("CREATE INDEX by_text ON word(text, n)")
    assert list(place.iterdir()) == []
    assert {path.name for path in files(database)} == {database.path.name, database.path.name + "-wal"}


def test_extensions_are_refused(filled):
    with pytest.raises(OperationalError, match="not authorized"):
        filled.execute("SELECT load_extension('libm')")
    assert sources_with("load_extension") == set(), "only SQL is refused by itself; the driver's own call would work"


def test_readers_of_the_same_process_go_on_while_one_writes_and_cannot_write(database, filled):
    readers = [database.reader() for _ in range(3)]
    filled.execute("BEGIN IMMEDIATE")
    filled.execute("DELETE FROM word")
    assert [reader.execute("SELECT count(*) FROM word").fetchone()[0] for reader in readers] == [5_000] * 3
    filled.execute("COMMIT")
    assert [reader.execute("SELECT count(*) FROM word").fetchone()[0] for reader in readers] == [0] * 3
    for reader in readers:
        with pytest.raises(OperationalError, match="readonly"):
            reader.execute("INSERT INTO word VALUES (1, 'x')")
        reader.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the file `lock` does it there")
def test_another_process_is_shut_out(database, filled):
    code = """
    import sys
    from pathlib import Path
    from vault_app.vault import driver, errors, keys
    database = driver.Database(Path(sys.argv[1]), keys.Key(bytearray.fromhex(sys.argv[2])), bytes.fromhex(sys.argv[3]))
    try:
        database.reader()
    except errors.VaultBusy:
        print("busy")
    """
    arguments = [str(database.path), database.key.bytes.hex(), database.salt.hex()]
    line = [sys.executable, "-c", textwrap.dedent(code), *arguments]
    assert subprocess.run(line, capture_output=True, text=True, check=True).stdout == "busy\n"


def test_a_long_query_is_interrupted_from_another_thread(database, filled):
    reader = database.reader()
    threading.Timer(0.2, reader.interrupt).start()
    started = time.monotonic()
    with pytest.raises(OperationalError, match="interrupted"):
        reader.execute("SELECT count(*) FROM word a, word b, word c WHERE a.text < b.text || c.text").fetchone()
    assert time.monotonic() - started < 5
    assert reader.execute("SELECT count(*) FROM word").fetchone() == (5_000,)
    reader.close()


def test_a_failed_transaction_leaves_nothing_half_done(filled):
    def half():
        with driver.transaction(filled):
            filled.execute("DELETE FROM word")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert not filled.in_transaction
    assert filled.execute("SELECT count(*) FROM word").fetchone() == (5_000,)


def test_a_bounded_database_stops_cleanly_and_stays_usable(database, filled):
    driver.bound_size(filled, database.path.stat().st_size + 40 * 8192)

    def fill():
        with driver.transaction(filled):
            filled.executemany("INSERT INTO word (text) VALUES (?)", (("x" * 1000,) for _ in range(5_000)))

    with pytest.raises(DatabaseError, match="full"):
        fill()
    assert filled.execute("SELECT count(*) FROM word").fetchone() == (5_000,)
    assert driver.soundness(filled) == []


def test_a_clean_close_leaves_one_file(database, filled):
    driver.close_cleanly(filled)
    assert [path.name for path in files(database)] == [database.path.name]


def test_any_flipped_bit_is_found_by_the_check_of_pages(database, filled):
    driver.close_cleanly(filled)
    whole = database.path.read_bytes()
    for place in [20, *range(9_000, len(whole), len(whole) // 12)]:
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        database.path.write_bytes(flipped)
        try:
            connection = database.reader()
        except DamagedVault:
            continue
        assert driver.soundness(connection) != []
        connection.close()
    database.path.write_bytes(whole)
    connection = database.reader()
    assert driver.soundness(connection) == []
    connection.close()


def test_pages_swapped_or_cut_off_are_found(database, filled):
    driver.close_cleanly(filled)
    whole = database.path.read_bytes()
    swapped = whole[:16384] + whole[24576:32768] + whole[16384:24576] + whole[32768:]
    for damaged in (swapped, whole[: -8192 * 3]):
        database.path.write_bytes(damaged)
        try:
            connection = database.reader()
        except DamagedVault:
            continue
        assert driver.soundness(connection) != []
        connection.close()


def test_a_medium_without_writes_shows_no_stale_state(database, filled, tmp_path):
    driver.close_cleanly(filled)
    frozen = driver.connect(database.path, database.key, database.salt, Mode.FROZEN)
    assert frozen.execute("SELECT count(*) FROM word").fetchone() == (5_000,)
    with pytest.raises(DatabaseError):
        frozen.execute("DELETE FROM word")
    frozen.close()
    Path(str(database.path) + "-wal").write_bytes(b"left over")
    with pytest.raises(VaultBusy):
        driver.connect(database.path, database.key, database.salt, Mode.FROZEN)


def test_a_new_key_is_a_new_file_and_never_a_plaintext_one(database, filled, tmp_path):
    other = Database(tmp_path / "vault-11111111.db", Key.random(), secrets.token_bytes(16))
    target = other.create()
    filled.backup(target)
    assert target.execute("SELECT count(*) FROM word").fetchone() == (5_000,)
    driver.close_cleanly(target)
    assert TOKEN.encode() not in other.path.read_bytes()
    with pytest.raises(DamagedVault):
        Database(other.path, database.key, database.salt).reader()


def test_no_other_file_of_the_application_opens_a_database():
    """Databases inside archives are read too: in the fenced process, from bytes, in memory, by one room."""
    assert sources_with("sqlcipher3") == {"vault_app/vault/driver.py"}
    assert sources_with("import sqlite3") == {"importers/formats/sqlite_tables.py"}
    assert sources_with("sqlite3.connect(") == sources_with('sqlite3.connect(":memory:"')


@linux
def test_the_spelled_key_is_nowhere_in_memory_while_the_database_is_open(tmp_path):
    """In a process of its own: other tests hold hex keys of their own."""
    code = """
    import sys
    from pathlib import Path
    from vault_app.vault import driver, keys
    database = driver.Database(Path(sys.argv[1]), keys.Key.random(), bytes(range(16)))
    connection = database.create()
    connection.execute("CREATE TABLE t (a)")
    pieces = [b"%02x" % byte for byte in database.key.bytes]
    found = 0
    maps = open("/proc/self/maps").read().splitlines()
    memory = open("/proc/self/mem", "rb", 0)
    for line in maps:
        span, rights = line.split()[:2]
        if "rw" not in rights or "[v" in line:
            continue
        start, end = (int(part, 16) for part in span.split("-"))
        memory.seek(start)
        try:
            block = memory.read(end - start)
        except OSError:
            continue
        at = block.find(pieces[0] + pieces[1])
        while at >= 0:
            found += all(block[at + 2 * i : at + 2 * i + 2] == piece for i, piece in enumerate(pieces))
            at = block.find(pieces[0] + pieces[1], at + 1)
    print(found)
    """
    line = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path / "vault-00000000.db")]
    done = subprocess.run(
        line, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONMALLOC": "malloc"}
    )
    assert done.stdout.strip() == "0", done.stderr
    gc.collect()


def test_opening_takes_milliseconds_because_the_key_is_raw(database, filled):
    times = []
    for _ in range(9):
        started = time.perf_counter()
        database.reader().close()
        times.append(time.perf_counter() - started)
    assert sorted(times)[4] < 0.05, "SQLCipher's own derivation would take more than 0.1 s"
