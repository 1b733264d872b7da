"""Processes with the shim in them: each experiment forks off one, so that what it breaks ends with it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tests.promises import faults, shim, workloads
from tests.promises.look import goes_on, opened, picture
from tests.promises.workloads import CODE, WORKLOADS
from vault_app.vault import folder, founding, header, keys
from vault_app.vault.keys import Kdf, Key

SMALL_RESERVE = 4096
"""Bytes of the vault's reserve where states are written by the thousand; its size changes no order of operations."""


@dataclass(frozen=True)
class Base:
    """A vault before a workload; ``code``: its rescue code; ``seen``: what a person sees of it ('' when there is none)."""

    workload: str
    place: Path
    code: str
    seen: str


@dataclass(frozen=True)
class Recording:
    """A watched run: its base, and the log of what it did. ``code``: the rescue code, also of a vault it made."""

    base: Base
    log: Path
    root: Path
    code: str


class Failed(Exception):
    """An experiment's process did not end well; the text is what it said."""


def scratch() -> Path:
    """A new folder in memory where there is one, else in the temporary folder."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="promises-", dir=memory if os.access(memory, os.W_OK) else None))


@contextmanager
def pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes for experiments; the shim stands in them unless it is ``shim.missing()``."""
    place = scratch()
    before = {name: os.environ.get(name) for name in ("LD_PRELOAD", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    if not shim.missing():
        os.environ["LD_PRELOAD"] = str(shim.build(place))
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as workers_:
            yield workers_
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        shutil.rmtree(place, ignore_errors=True)


def apart(work: Callable[[], None], said: Path, patience: float | None = None) -> int:
    """Do something in a forked process; returns its exit code, negative for a signal. Its traceback goes to ``said``.

    ``patience``: seconds after which it is killed.
    """
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
            said.write_text(traceback.format_exc(), encoding="utf-8")
        finally:
            if shim.is_here():
                shim.stop()
            os._exit(code)
    end = None if patience is None else time.monotonic() + patience
    while end is not None and not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            end = None
        time.sleep(0.001)
    _, status = os.waitpid(child, 0) if end is None else ended
    return os.waitstatus_to_exitcode(status)


def make_base(name: str, where: Path, reserve: int = SMALL_RESERVE) -> Base:
    """The vault as it is before a workload, closed; of a half import as a crash left it."""
    workload = WORKLOADS[name]
    place = where / "base"
    if workload.base is None:
        place.mkdir()
        return Base(name, place, "", "")

    def make() -> None:
        be_cheap(reserve)
        vault, code = workloads.found(place)
        assert workload.base is not None
        workload.base(place, vault)
        if vault._writer.in_transaction or vault.imports.running():
            vault.leave()
        else:
            vault.close()
        (where / CODE).write_text(code, encoding="ascii")
        if workload.beside is not None:
            workload.beside(place, code)
        seen = ""
        if header.exists(place):
            with opened(place, code) as vault:
                seen = picture(vault)
        (where / "seen").write_text(seen, encoding="ascii")

    _must(apart(make, where / "said"), where / "said")
    return Base(name, place, (where / CODE).read_text("ascii"), (where / "seen").read_text("ascii"))


def record(name: str, where: Path, fault: str = "") -> Recording:
    """Watch a workload from a new base, with a fault put into the code, or none."""
    base = make_base(name, where)
    root, log = where / "run" / "vault", where / "log"
    root.parent.mkdir()
    shutil.copytree(base.place, root)

    def run() -> None:
        prepare(name)
        if fault:
            faults.FAULTS[fault].apply()
        with log.open("wb") as file:
            shim.watch(root, file.fileno())
            WORKLOADS[name].run(root, base.code, lambda vault: shim.mark(picture(vault)))
            shim.stop()

    _must(apart(run, where / "said"), where / "said")
    code = base.code or (root.parent / CODE).read_text("ascii")
    return Recording(base, log, root, code)


def prepare(name: str, reserve: int = SMALL_RESERVE) -> None:
    """This process becomes the application that runs a workload."""
    be_cheap(reserve)
    if WORKLOADS[name].version != workloads.vault_module.SCHEMA:
        workloads.be_newer()


def going_on(name: str, place: Path, code: str, told: Sequence[str]) -> str:
    """Whether one can go on where a workload was interrupted, and then sees the end of ``told``; the reason if not."""
    again = WORKLOADS[name].again
    if again is None:
        return goes_on(place, code)
    seen: list[str] = []
    try:
        again(place, code, lambda vault: seen.append(picture(vault)))
    except Exception as error:  # noqa: BLE001 - whatever it is, one cannot go on
        return f"cannot go on: {type(error).__name__} {error}"
    return "" if seen[-1:] == list(told[-1:]) else "going on leads elsewhere"


def be_cheap(reserve: int = SMALL_RESERVE) -> None:
    """A small reserve, and a derivation that costs nothing: both change no order of what is written."""
    folder.BALLAST_BYTES = reserve  # type: ignore[misc]
    for module in (keys, header, founding):
        module.from_password = _derived  # type: ignore[attr-defined]


def _derived(text: bytearray, kdf: Kdf) -> Key:
    state = hashlib.blake2b(bytes(text), key=kdf.salt, digest_size=32)
    return Key(bytearray(state.digest()))


def _must(code: int, said: Path) -> None:
    if code:
        raise Failed(said.read_text("utf-8") if said.exists() else f"exit code {code}")
