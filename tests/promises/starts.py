"""R9 and R10: several starts at once, and a clock that is wrong or jumps."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from tests.promises import shim
from tests.promises.laboratory import apart, be_cheap, make_base, prepare, scratch
from tests.promises.look import enter, go_on, opened, picture
from tests.promises.workloads import CODE, WORKLOADS
from tests.vault.content import bring, item
from vault_app.vault import ledger
from vault_app.vault.errors import VaultBusy

STARTERS = 3
YEAR = 365.25 * 86_400


def races(count: int) -> list[str]:
    """Several processes open one vault at once, so many times: what was wrong. Runs in a process of the laboratory."""
    where, broken = scratch(), []
    try:
        base = make_base("import", where)
        for number in range(count):
            got = _race(base.place, base.code)
            if sorted(got) != ["busy"] * (STARTERS - 1) + ["writer"]:
                broken.append(f"race {number}: {got}")
        said = where / "said"

        def look() -> None:
            be_cheap()
            with opened(base.place, base.code) as vault:
                assert len(vault.imports.complete()) == 1 + count, "an import of a winner is missing"
                assert not vault.verify().problems

        if apart(look, said):
            broken.append(said.read_text("utf-8")[-200:])
    finally:
        shutil.rmtree(where, ignore_errors=True)
    return broken


def _race(place: Path, code: str) -> list[str]:
    """All wait for one signal; the winner brings something once the others were refused, and closes."""
    start, starting = os.pipe()
    end, ending = os.pipe()
    answers = [os.pipe() for _ in range(STARTERS)]
    children = []
    for _, write in answers:
        child = os.fork()
        if not child:
            try:
                os.close(starting)
                os.close(ending)
                be_cheap()
                os.read(start, 1)
                _start(place, code, write, end)
            finally:
                os._exit(0)
        children.append(child)
    for descriptor in (start, end, starting, *(write for _, write in answers)):
        os.close(descriptor)
    said = [os.read(read, 100).decode() for read, _ in answers]
    os.close(ending)
    for child, (read, _) in zip(children, answers, strict=True):
        os.waitpid(child, 0)
        os.close(read)
    return said


def _start(place: Path, code: str, write: int, end: int) -> None:
    try:
        vault = enter(place, code)
    except VaultBusy:
        os.write(write, b"busy")
        return
    except Exception as error:  # noqa: BLE001 - to be told
        os.write(write, f"{type(error).__name__} {error}"[:100].encode())
        return
    os.write(write, b"writer")
    os.read(end, 1)
    bring(vault, item(len(vault.imports.complete()) + 100))
    vault.close()


CLOCKS = {
    "ten years back": (-10 * YEAR, 0.0),
    "ten years on": (10 * YEAR, 0.0),
    "1970": (-60 * YEAR, 0.0),
    "jumping": (0.0, 86_400.0),
}
"""Seconds by which the clock is wrong, and the first of its jumps; before 1970 there is nothing."""


def clocks(workloads: list[str]) -> tuple[int, list[str]]:
    """Workloads under each wrong clock: how many runs, what was wrong. Needs the shim."""
    tried = [(name, clock) for name in workloads for clock in CLOCKS]
    told = [(name, clock, _under(name, clock)) for name, clock in tried]
    return len(tried), [f"{name}, {clock}: {wrong}" for name, clock, wrong in told if wrong]


def _under(name: str, clock: str) -> str:
    """One workload under one clock, looked at under the right one; what was wrong."""
    where = scratch()
    said = where / "said"
    place = where / "run" / "vault"
    try:
        base = make_base(name, where)
        place.parent.mkdir()
        shutil.copytree(base.place, place)

        def run() -> None:
            prepare(name)
            now = time.time()
            shim.clock(*CLOCKS[clock])
            assert abs(time.time() + time.time() - 2 * now) > 3600, "the clock did not move"
            WORKLOADS[name].run(place, base.code, lambda vault: None)
            shim.clock(0)

        def look() -> None:
            prepare(name)
            code = base.code or (place.parent / CODE).read_text("ascii")
            with opened(place, code) as vault:
                assert not vault.verify().problems, vault.verify().problems
                lines = [line.n for line in ledger.lines(vault.read())]
                assert lines == list(range(1, len(lines) + 1)), "the ledger is out of order"
                picture(vault)
            go_on(enter(place, code))

        broken = apart(run, said) or apart(look, said)
        return said.read_text("utf-8")[-300:] if broken and said.exists() else f"exit code {broken}" if broken else ""
    finally:
        shutil.rmtree(where, ignore_errors=True)
