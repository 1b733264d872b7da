"""The parent's side of the reading process: start it, feed it, watch it, end it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, Self

from importers.archive.parts import FilePart, Part
from vault_app.intake.ahead import Ahead
from vault_app.intake.frames import FromChild, Order, PartOrder, Served, Want, decode, send

MEMORY = 512 << 20
"""Bytes of memory at which the child is ended."""

SILENCE = 60.0
"""Seconds without a sign of life after which the child is ended."""

_SERVED = 1 << 20

_HEAP = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(64 << 20)}
"""For the C library of most Linux systems: blocks and columns come from memory that the child has, not each time from
the system, which would have to clear every page of it again."""


class ReaderDied(Exception):
    """The reading process ended before it was done. ``reason``: id of a sentence for the person."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Reader:
    """One reading process for one archive. Use as a context manager; leaving ends the process."""

    def __init__(
        self,
        parts: Sequence[Part],
        mode: str,
        *,
        done: Sequence[int] = (),
        member: int = -1,
        records: int = 0,
        recipes: Sequence[str] = (),
        kept: Sequence[str] = (),
        modules: Sequence[str] | None = None,
        places: Sequence[int] | None = None,
    ) -> None:
        self._parts = parts
        self._order = (mode, list(done), member, records)
        told = (None if modules is None else list(modules), None if places is None else list(places))
        self._given = (list(recipes), list(kept), *told)
        self._process: subprocess.Popen[bytes] | None = None
        self._alive_at = time.monotonic()
        self._paused = False
        self._ended = threading.Event()
        self._reason = "reader-died"
        self._open: tuple[int, int, IO[bytes]] | None = None

    def __enter__(self) -> Self:
        descriptors = [part.stream.fileno() for part in self._parts if isinstance(part, FilePart) and _inherits()]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_HEAP | ({"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}),
            pass_fds=descriptors,
            close_fds=True,
            bufsize=1 << 20,
        )
        mode, done, member, records = self._order
        with suppress(BrokenPipeError):
            self._tell(Order(mode, [_ordered(part) for part in self._parts], done, member, records, *self._given))
        threading.Thread(target=self._watch, name="reader-watch", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        process = self._running()
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError, OSError):
                    stream.close()
        if self._open is not None:
            self._open[2].close()

    def messages(self, hold: Callable[[], None] = lambda: None) -> Iterator[FromChild]:
        """What the child says, but for its wishes, which are answered here.

        ``hold`` is called before each message and may block (a pause) or raise (a cancel). Raises ``FrameError``
        when the child breaks the protocol and ``ReaderDied`` when it ends too early.
        """
        stream = self._running().stdout
        assert stream is not None
        with Ahead(stream) as ahead:
            for frame in ahead:
                self._paused = True
                message = decode(frame)
                if isinstance(message, Want):
                    self._serve(message)
                else:
                    hold()
                    yield message
                self._alive_at = time.monotonic()
                self._paused = False
        code = self._running().wait()
        if code:
            raise ReaderDied(self._reason)

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the reader is used as a context manager"
        return self._process

    def _tell(self, message: Order | Served) -> None:
        stream = self._running().stdin
        assert stream is not None
        send(stream, message)
        stream.flush()

    def _serve(self, want: Want) -> None:
        if not 0 <= want.part < len(self._parts) or not 0 <= want.length <= _SERVED or want.offset < 0:
            raise ReaderDied("reader-broke-rules")
        stream = self._stream(want.part, want.entry)
        stream.seek(want.offset)
        self._tell(Served(stream.read(want.length)))

    def _stream(self, index: int, entry: int) -> IO[bytes]:
        part = self._parts[index]
        if isinstance(part, FilePart):
            return part.stream
        if not 0 <= entry < len(part.entries):
            raise ReaderDied("reader-broke-rules")
        if self._open is None or self._open[:2] != (index, entry):
            if self._open is not None:
                self._open[2].close()
            self._open = (index, entry, part.open(entry))
        return self._open[2]

    def _watch(self) -> None:
        while not self._ended.wait(1.0):
            if _resident(self._running().pid) > MEMORY:
                self._end("reader-too-large")
            elif not self._paused and time.monotonic() - self._alive_at > SILENCE:
                self._end("reader-silent")

    def _end(self, reason: str) -> None:
        self._reason = reason
        self._running().kill()
        self._ended.set()


def _inherits() -> bool:
    return os.name == "posix"


def _ordered(part: Part) -> PartOrder:
    if isinstance(part, FilePart):
        return PartOrder(part.name, part.size, part.stream.fileno() if _inherits() else -1, folder=False, entries=[])
    size = sum(size for _, size in part.entries)
    return PartOrder(part.name, size, -1, folder=True, entries=list(part.entries))


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    cache = [] if sys.pycache_prefix is None else ["-X", f"pycache_prefix={sys.pycache_prefix}"]
    if sys.dont_write_bytecode or not cache:
        cache.append("-B")
    return [sys.executable, "-I", *cache, "-m", "vault_app.intake.child"]


def _resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not tell (the process has ended, or not Linux)."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:  # noqa: PTH123 - a kernel file, not a path of ours
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0
