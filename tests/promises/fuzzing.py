"""S2: mutated inputs by the million through the ten doors, in processes that may break."""

from __future__ import annotations

import faulthandler
import hashlib
import json
import logging
import mmap
import resource
import shutil
import signal
import struct
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests.promises.fuzz_targets import TARGETS, Target, unforeseen
from tests.promises.laboratory import apart, scratch
from tests.promises.mutator import LONGEST, Mutator

TOP = Path(__file__).resolve().parents[2]
FINDS = Path(__file__).resolve().parent / "finds"
"""Inputs that once broke something, by door; ``test_finds.py`` tries them in every run."""

SECONDS = 5
"""Of the processor, for one input."""

MEMORY = 3 << 30
"""Address space of a process that is fuzzed; the reading process has 1 GiB, but less is loaded in it."""

_SHARE = 25_000
"""Mutations of one process: memory that a library leaks ends with it."""


@dataclass(frozen=True)
class Share:
    """Mutations of one door."""

    target: str
    count: int
    seed: int


@dataclass
class Fuzzed:
    """``seconds``: of the processor; ``finds``: what came out, where, and the name of the file that holds the input."""

    target: str
    count: int = 0
    seconds: float = 0.0
    finds: dict[str, str] = field(default_factory=dict)


class TooSlow(BaseException):
    """One input took longer than any may."""


def shares(count: int, seed: int = 0) -> Iterator[Share]:
    """So many mutations over all doors, cut into pieces."""
    for target in TARGETS.values():
        left, number = max(1, int(count * target.weight)), 0
        while left > 0:
            yield Share(target.name, min(left, _SHARE), seed * 1_000_003 + number)
            left, number = left - _SHARE, number + 1


def fuzz(wanted: Share) -> Fuzzed:
    """Try one share in a process of its own; when that dies, what killed it is a find. Runs in the laboratory."""
    where = scratch()
    current, result = where / "current", where / "found"
    current.write_bytes(bytes(8 + LONGEST))
    try:

        def work() -> None:
            result.write_text(json.dumps(vars(_fuzz(wanted, current))), encoding="utf-8")

        code = apart(work, where / "said")
        if code:
            said = (where / "said").read_text("utf-8") if (where / "said").exists() else ""
            number, data = _last(current)
            what = f"the process ended with {code}: {said[-300:]}".strip()
            found = Fuzzed(wanted.target, number, finds={what: keep(wanted.target, data)})
        else:
            found = Fuzzed(**json.loads(result.read_text("utf-8")))
    finally:
        shutil.rmtree(where, ignore_errors=True)
    return found


def keep(target: str, data: bytes) -> str:
    """Put an input into the corpus of finds; returns its name there."""
    path = FINDS / target / f"{hashlib.blake2b(data, digest_size=6).hexdigest()}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path.relative_to(FINDS).as_posix()


def place(error: BaseException) -> str:
    """Kind of an error and the last line of ours that it passed: what tells finds apart."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(TOP))]
    ours = [frame for frame in frames if f"{TOP}/tests" not in frame.filename and ".venv" not in frame.filename]
    last = (ours or frames)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, {last.name}, line {last.lineno}"


def tried(target: Target, data: bytes) -> BaseException | None:
    """What may not come out of a door, ``TooSlow`` included; None when all is well. Needs the ``watch``."""
    try:
        return unforeseen(target, data)
    except TooSlow as error:
        return error


class Watch:
    """Looks once a second of the processor whether the same input is still being tried."""

    def __init__(self) -> None:
        self.number = 0
        self._seen, self._ticks = -1, 0

    def start(self) -> None:
        """From now on. What a C function does not let go of is ended from outside, by faulthandler."""
        signal.signal(signal.SIGPROF, self._tick)
        signal.setitimer(signal.ITIMER_PROF, 1, 1)
        faulthandler.dump_traceback_later(120, exit=True)

    def stop(self) -> None:
        """No more."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()

    def _tick(self, _signal: int, _frame: FrameType | None) -> None:
        faulthandler.dump_traceback_later(120, exit=True)
        self._ticks = self._ticks + 1 if self.number == self._seen else 0
        self._seen = self.number
        if self._ticks >= SECONDS:
            self._ticks = 0
            raise TooSlow


def _fuzz(wanted: Share, current: Path) -> Fuzzed:
    target = TARGETS[wanted.target]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()  # libraries complain of their input by the line
    mutator = Mutator(target.seeds(), target.words, wanted.seed)
    found, watch, start = Fuzzed(wanted.target), Watch(), time.process_time()
    with current.open("r+b") as file, mmap.mmap(file.fileno(), 0) as kept:
        watch.start()
        for number in range(wanted.count):
            watch.number = number
            data = mutator.next()
            if target.fixed is not None and number & 1:
                data = target.fixed(data)
            kept[: 8 + len(data)] = struct.pack("<2I", number, len(data)) + data
            error = tried(target, data)
            if error is not None and (where := place(error)) not in found.finds:
                found.finds[where] = keep(target.name, data)
        watch.stop()
    found.count, found.seconds = wanted.count, time.process_time() - start
    return found


def _last(current: Path) -> tuple[int, bytes]:
    content = current.read_bytes()
    number, length = struct.unpack_from("<2I", content)
    return number, content[8 : 8 + length]
