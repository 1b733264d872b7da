"""S10: attachments in packs beside the same bytes as blobs of the database, and more of them than fit in memory."""

from __future__ import annotations

import random
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.perf.memory import PeakMemory
from tests.promises.look import OLD_PHRASE
from tests.vault import bare_vault
from vault_app.vault import driver, objects
from vault_app.vault.keys import Key
from vault_app.vault.vault import Vault

TIMES = 3
"""The least of so many is told: other work on the machine only adds."""

FRAME = 1 << 20
"""Bytes of an attachment that come at once from the reading process."""


@dataclass
class Pace:
    """Seconds, by the clock and of the processor."""

    clock: float = 0.0
    processor: float = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """The seconds of the block."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self.clock, self.processor = time.perf_counter() - clock, time.process_time() - processor


@dataclass
class Paces:
    """One run. ``seek``: seconds, by the clock, to a place in an object and its first bytes."""

    pack_write: Pace
    pack_read: Pace
    blob_write: Pace
    blob_read: Pace
    seek: float


@dataclass(frozen=True)
class Compared:
    """How many times faster packs are, by the clock and in processor time; ``seek`` in milliseconds."""

    write: float
    read: float
    write_processor: float
    read_processor: float
    seek: float


def compared(megabytes: int) -> Compared:
    """Objects of 2 MiB, on the disk of the temporary folder: in memory a sync costs nothing."""
    contents = [random.Random(n).randbytes(2 << 20) for n in range(megabytes // 2)]
    runs = [_run(contents) for _ in range(TIMES)]

    def ratio(blobs: str, packs: str, seconds: str) -> float:
        slow, fast = (min(getattr(getattr(run, name), seconds) for run in runs) for name in (blobs, packs))
        return float(slow / fast)

    return Compared(
        ratio("blob_write", "pack_write", "clock"),
        ratio("blob_read", "pack_read", "clock"),
        ratio("blob_write", "pack_write", "processor"),
        ratio("blob_read", "pack_read", "processor"),
        min(run.seek for run in runs) * 1000,
    )


def _run(contents: list[bytes]) -> Paces:
    paces = Paces(Pace(), Pace(), Pace(), Pace(), 0.0)
    where = Path(tempfile.mkdtemp(prefix="promises-"))
    try:
        _packs(where, contents, paces)
        _blobs(where, contents, paces)
    finally:
        shutil.rmtree(where, ignore_errors=True)
    return paces


def _packs(where: Path, contents: list[bytes], paces: Paces) -> None:
    bare = bare_vault.make(where / "vault")
    with paces.pack_write.measured(), driver.durably(bare.connection):
        numbers = []
        for content in contents:
            writer = bare.store.begin()
            writer.write(content)
            numbers.append(writer.finish())
        bare.store.seal()
    rows = [bare.store.row(n) for n in numbers]
    with paces.pack_read.measured():
        for row in rows:
            with bare.store.read(row) as stream:
                stream.read()
    chance, seeking = random.Random(1), Pace()
    with bare.store.read(rows[0]) as stream, seeking.measured():
        for _ in range(200):
            stream.seek(chance.randrange(1 << 20))
            stream.read(100)
    paces.seek = seeking.clock / 200
    bare.close()


def _blobs(where: Path, contents: list[bytes], paces: Paces) -> None:
    """The same contents as rows of a database with the vault's own settings."""
    database = driver.Database(where / "vault-0badb10b.db", Key.random(), secrets.token_bytes(16))
    with paces.blob_write.measured():
        connection = database.create()
        connection.execute("CREATE TABLE blob (n INTEGER PRIMARY KEY, data BLOB)")
        with driver.durably(connection):
            connection.executemany("INSERT INTO blob (data) VALUES (?)", ((content,) for content in contents))
        driver.close_cleanly(connection)
    connection = database.reader()
    with paces.blob_read.measured():
        for n in range(1, len(contents) + 1):
            connection.execute("SELECT data FROM blob WHERE n = ?", (n,)).fetchone()
    connection.close()


@dataclass(frozen=True)
class Large:
    """A vault of many gigabytes. ``megabytes``: the most memory, from the first byte to the last check; ``wrong``: what was not sound."""

    megabytes: float
    seconds: float
    packs: int
    wrong: list[str]


def large(gigabytes: int) -> Large:
    """One object of a gigabyte, others of 4 MiB: brought in, verified, each read, in a process that did nothing else."""
    where, start = Path(tempfile.mkdtemp(prefix="promises-")), time.perf_counter()
    try:
        with PeakMemory() as memory:
            vault = Vault.create(where / "vault", OLD_PHRASE, profile=bare_vault.QUICK).vault
            _bring(vault, gigabytes)
            wrong = [f"Verify: {problem}" for problem in vault.verify().problems]
            store, connection = vault.inside.store, vault.inside.connection
            numbers = [n for (n,) in connection.execute("SELECT n FROM object")]
            rows = [row for row in map(store.row, numbers) if row is not None]
            wrong += [f"object {row.n} is not what was written" for row in rows if not store.is_sound(row)]
            kept, packs = sum(row.length for row in rows), len(objects.pack_rows(connection))
            if kept != gigabytes << 30:
                wrong.append(f"{kept:,} bytes of {gigabytes << 30:,} are there")
            vault.close()
        return Large(memory.megabytes, time.perf_counter() - start, packs, wrong)
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _bring(vault: Vault, gigabytes: int) -> None:
    writer = vault.imports.begin("beaucoup.zip", gigabytes << 30, "", ["google"], [("a", gigabytes << 30)])
    noise, frame, since = random.Random(1).randbytes(FRAME - 8), 0, 0
    for size in [1024] + [4] * ((gigabytes - 1) * 256):
        file = writer.file(f"{frame}.mp4", "video/mp4", 0)
        for _ in range(size):
            file.write(frame.to_bytes(8, "big") + noise)
            frame += 1
        writer.kept(0, file.finish())
        since += size
        if since >= 256:
            writer.commit(0, 0)
            since = 0
    writer.complete()
