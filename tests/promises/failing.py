"""R3 and R4: the process is killed, or the disk fails it, at every single thing that it does to the vault's files."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.promises import laboratory, shim
from tests.promises.laboratory import Base, Failed, apart, going_on, make_base, prepare, scratch
from tests.promises.look import Expected, broken_promise, entered, go_on, goes_on, picture
from tests.promises.shim import How
from tests.promises.workloads import CODE, WORKLOADS
from vault_app.vault.driver import DatabaseError
from vault_app.vault.errors import VaultError
from vault_app.vault.folder import BALLAST_BYTES
from vault_app.vault.vault import Vault

KILLS = (How.KILL, How.KILL_HALF)
TROUBLES = (How.NO_SPACE_ONCE, How.NO_SPACE, How.IO_ERROR, How.SHORT)
TOLD = (VaultError, OSError, DatabaseError)
"""What the floors above turn into a sentence for the person; everything else would be a traceback."""


@dataclass(frozen=True)
class Points:
    """Experiments with one workload: at every ``step``-th operation from ``first``, each of ``hows``."""

    workload: str
    hows: tuple[How, ...]
    first: int = 1
    step: int = 1


@dataclass
class Found:
    """What came out. ``told``: how often the person was told of trouble; ``broken``: what does not hold, and where."""

    points: int = 0
    operations: int = 0
    told: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)


def points(wanted: Points) -> Found:
    """Make the experiments; runs in a process of the laboratory."""
    start, where = time.monotonic(), scratch()
    result = where / "found"
    reserve = BALLAST_BYTES if How.NO_SPACE in wanted.hows else laboratory.SMALL_RESERVE
    try:
        base = make_base(wanted.workload, where, reserve)

        def work() -> None:
            prepare(wanted.workload, reserve)
            result.write_text(json.dumps(asdict(_points(wanted, base, where))), encoding="utf-8")

        code = apart(work, where / "said")
        if code:
            raise Failed((where / "said").read_text("utf-8") if (where / "said").exists() else f"exit code {code}")
        found = Found(**json.loads(result.read_text("utf-8")))
    finally:
        shutil.rmtree(where, ignore_errors=True)
    found.seconds = time.monotonic() - start
    return found


def _points(wanted: Points, base: Base, where: Path) -> Found:
    whole = _Run(base, where, How.NOTHING, 0, stays=False)
    whole.go()
    told = [base.seen, *whole.said()]
    found = Found(operations=int((where / "counted").read_text("ascii")))
    for operation in range(wanted.first, found.operations + 1, wanted.step):
        for how in wanted.hows:
            found.points += 1
            run = _Run(base, where, how, operation, stays=found.points % 3 == 0)
            wrong = run.go()
            found.told += run.troubled
            wrong = wrong or run.wrong(told, found.points)
            if wrong:
                found.broken.append(f"{wanted.workload}, {how.name} at operation {operation}: {wrong}")
            if len(found.broken) > 20:
                return found
    return found


class _Run:
    """One run in a process of its own, with what goes wrong in it.

    ``stays``: after the trouble the same process goes on with the vault, as a window does; else the next one does.
    """

    def __init__(self, base: Base, where: Path, how: How, operation: int, *, stays: bool) -> None:
        self._base, self._how, self._operation, self._stays = base, how, operation, stays
        self._where = where
        self._place = where / "run" / "vault"
        self._marks = where / "marks"
        self._error = where / "error"
        self.troubled = False

    def go(self) -> str:
        """Returns what the person must not have seen; empty when all is well."""
        shutil.rmtree(self._place.parent, ignore_errors=True)
        self._place.parent.mkdir()
        shutil.copytree(self._base.place, self._place)
        for left in (self._marks, self._error, self._where / "traceback"):
            left.unlink(missing_ok=True)
        code = apart(self._run, self._where / "traceback")
        if self._error.exists():
            self.troubled = True
            return self._error.read_text("utf-8")
        if code not in {0, -9} or (code == -9 and self._how not in KILLS):
            said = self._where / "traceback"
            return f"ended with {code}: {said.read_text('utf-8')[-300:] if said.exists() else ''}"
        return ""

    def said(self) -> list[str]:
        """What was reported as done."""
        return self._marks.read_text("ascii").splitlines() if self._marks.exists() else []

    def wrong(self, told: list[str], number: int) -> str:
        """What does not hold for the vault that is left."""
        done = len(self.said())
        seen = [] if self._stays and self.troubled else told[done : done + 2]
        expected = Expected(frozenset(seen), made=bool(told[done]))
        code = self._base.code or self._given()
        wrong = broken_promise(self._place, code, expected)
        may_go_on = expected.made or WORKLOADS[self._base.workload].again is not None
        if not wrong and may_go_on and not (self._stays and self.troubled) and number % 5 == 0:
            wrong = going_on(self._base.workload, self._place, code, told)
        return wrong

    def _given(self) -> str:
        with suppress(FileNotFoundError):
            return (self._place.parent / CODE).read_text("ascii")
        return ""

    def _run(self) -> None:
        with self._marks.open("a", encoding="ascii", buffering=1) as marks:

            def said(vault: Vault) -> None:
                marks.write(f"{picture(vault)}\n")

            shim.watch(self._place)
            shim.fail(self._operation, self._how)
            try:
                WORKLOADS[self._base.workload].run(self._place, self._base.code, said)
            except TOLD:
                self._error.write_text("", encoding="utf-8")
            except Exception as error:  # noqa: BLE001 - whatever it is, the person would see a traceback
                self._error.write_text(f"a traceback: {type(error).__name__} {error}", encoding="utf-8")
            counted = shim.counted()
            shim.stop()
        if self._stays and self._error.exists() and not self._error.read_text("utf-8"):
            self._error.write_text(self._afterwards(), encoding="utf-8")
        (self._where / "counted").write_text(str(counted), encoding="ascii")

    def _afterwards(self) -> str:
        code = self._base.code
        if not entered:
            return ""
        if entered[0]._lock._descriptor < 0:
            return goes_on(entered[0].folder.root, code) if code else ""
        try:
            go_on(entered[0])
        except Exception as error:  # noqa: BLE001 - whatever it is, the window cannot go on
            return f"the same process cannot go on: {type(error).__name__} {error}"
        return ""


def plan(workloads: list[str], hows: tuple[How, ...], step: int, workers: int) -> Iterator[Points]:
    """Experiments over workloads, cut for many workers."""
    for name in workloads:
        for part in range(workers):
            yield Points(name, hows, first=1 + part * step, step=step * workers)
