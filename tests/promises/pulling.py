"""R5: the key is pulled out in the middle of something; afterwards it is plugged in again, and promises hold."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.promises import sticks
from tests.promises.failing import TOLD
from tests.promises.laboratory import Base, Failed, apart, going_on, make_base, prepare, scratch
from tests.promises.look import Expected, broken_promise, picture
from tests.promises.sticks import Stick
from tests.promises.workloads import CODE, WORKLOADS
from vault_app.vault.vault import Vault

ANSWER = 2.0
"""Seconds after which the person must have been told."""

_GIVEN_UP = 20.0


@dataclass(frozen=True)
class Pulls:
    """``count`` pulls in the midst of one workload."""

    kind: str
    workload: str
    count: int
    seed: int


@dataclass
class Pulled:
    """``midway``: how many hit work that was going on; ``slowest``: seconds from a pull to the answer."""

    pulls: int = 0
    midway: int = 0
    slowest: float = 0.0
    broken: list[str] = field(default_factory=list)


def plan(kind: str, count: int, seed: int) -> Iterator[Pulls]:
    """So many pulls of one kind of key, over all workloads."""
    names = list(WORKLOADS)
    random.Random(seed).shuffle(names)
    each, more = divmod(count, len(names))
    for number, name in enumerate(names):
        if wanted := each + (number < more):
            yield Pulls(kind, name, wanted, seed + number)


def kinds() -> dict[str, str]:
    """Each kind of key, with why it cannot be tried here; '' when it can. Runs in a process of the laboratory."""
    found = {}
    for kind in sticks.KINDS:
        where = scratch()
        try:
            found[kind] = sticks.missing(kind) or sticks.unfit(kind, where)
        finally:
            shutil.rmtree(where, ignore_errors=True)
    return found


def pulls(wanted: Pulls) -> Pulled:
    """Make them; runs in a process of the laboratory."""
    where = scratch()
    result, said = where / "found", where / "said"
    try:
        base = make_base(wanted.workload, where)

        def work() -> None:
            prepare(wanted.workload)
            result.write_text(json.dumps(asdict(_pulls(wanted, base, where))), encoding="utf-8")

        code = apart(work, said)
        if code:
            raise Failed(said.read_text("utf-8") if said.exists() else f"exit code {code}")
        return Pulled(**json.loads(result.read_text("utf-8")))
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _pulls(wanted: Pulls, base: Base, where: Path) -> Pulled:
    place = where / "run" / "vault"
    place.mkdir(parents=True)
    stick = Stick(wanted.kind, where / "stick.img", place)
    try:
        stick.format()
        stick.plug()
        _copy(base.place, place)
        stick.eject()
        shutil.copyfile(stick.image, where / "fresh.img")
        return _on(stick, wanted, base, where)
    finally:
        stick.clear()


def _copy(source: Path, target: Path) -> None:
    """The files of a folder, without times and rights: a key has none."""
    for path in source.iterdir():
        if path.is_dir():
            (target / path.name).mkdir()
            _copy(path, target / path.name)
        else:
            (target / path.name).write_bytes(path.read_bytes())


def _on(stick: Stick, wanted: Pulls, base: Base, where: Path) -> Pulled:
    chance, found = random.Random(wanted.seed), Pulled()
    whole = _Run(stick, base, where)
    seconds = whole.go(60.0)
    told = [base.seen, *whole.said()]
    wrong = whole.error() or whole.wrong(told)
    if wrong:
        found.broken.append(f"{wanted.kind}, {wanted.workload}, not pulled at all: {wrong}")
        return found
    for number in range(wanted.count):
        delay = chance.random() * seconds
        run = _Run(stick, base, where)
        took = run.go(delay)
        found.pulls += 1
        found.midway += run.answered > 0
        found.slowest = max(found.slowest, run.answered)
        wrong = run.error() or (f"answered after {run.answered:.1f} s" if run.answered > ANSWER else "")
        wrong = wrong or run.wrong(told, goes_on=number % 3 == 0)
        if wrong:
            found.broken.append(f"{wanted.kind}, {wanted.workload}, pulled after {took:.3f} s: {wrong}")
    return found


class _Run:
    """One run on a fresh key. ``answered``: seconds from the pull to the end of the process; 0 when it had ended."""

    def __init__(self, stick: Stick, base: Base, where: Path) -> None:
        self._stick, self._base = stick, base
        self._marks, self._error = where / "marks", where / "error"
        self._fresh = where / "fresh.img"
        self.answered = 0.0

    def go(self, delay: float) -> float:
        """Run, and pull the key out after ``delay`` seconds unless it has ended; returns how long it ran."""
        self._marks.unlink(missing_ok=True)
        self._error.unlink(missing_ok=True)
        for left in self._stick.place.parent.iterdir():
            if left != self._stick.place:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        shutil.copyfile(self._fresh, self._stick.image)
        self._stick.plug()
        start = time.monotonic()
        child = os.fork()
        if not child:
            self._work()
        ended = _wait(child, delay)
        self._stick.pull()
        pulled = time.monotonic()
        if not ended:
            if not _wait(child, _GIVEN_UP):
                os.kill(child, 9)
                os.waitpid(child, 0)
            self.answered = time.monotonic() - pulled
        self._stick.clear()
        return pulled - start

    def said(self) -> list[str]:
        """What was reported as done."""
        return self._marks.read_text("ascii").splitlines() if self._marks.exists() else []

    def error(self) -> str:
        """What the person must not have seen."""
        return self._error.read_text("utf-8") if self._error.exists() else ""

    def wrong(self, told: list[str], *, goes_on: bool = False) -> str:
        """Plug the key in again; what does not hold for the vault on it."""
        done = len(self.said())
        place, name = self._stick.place, self._base.workload
        code = self._base.code or self._given()
        self._stick.plug()
        try:
            wrong = broken_promise(place, code, Expected(frozenset(told[done : done + 2]), made=bool(told[done])))
            if not wrong and goes_on and (told[done] or WORKLOADS[name].again is not None):
                wrong = going_on(name, place, code, told)
            return wrong
        finally:
            self._stick.clear()

    def _given(self) -> str:
        path = self._stick.place.parent / CODE
        return path.read_text("ascii") if path.exists() else ""

    def _work(self) -> None:
        """In a process of its own, which ends here."""
        try:
            with self._marks.open("a", encoding="ascii", buffering=1) as marks:

                def said(vault: Vault) -> None:
                    marks.write(f"{picture(vault)}\n")

                WORKLOADS[self._base.workload].run(self._stick.place, self._base.code, said)
        except TOLD:
            os._exit(1)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the person would see a traceback
            self._error.write_text(f"a traceback: {type(error).__name__} {error}", encoding="utf-8")
        finally:
            os._exit(0)


def _wait(child: int, seconds: float) -> bool:
    """Whether a process ends within so many seconds."""
    end = time.monotonic() + seconds
    while True:
        ended, _ = os.waitpid(child, os.WNOHANG)
        if ended:
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.0005)
