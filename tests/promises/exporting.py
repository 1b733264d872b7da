"""S12: what leaves is what was chosen, to the last value; and an export that is killed leaves nothing but a ``.part``.

The next start offers to delete that folder, and no other.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.promises import planted, shim
from tests.promises.laboratory import Failed, apart, be_cheap, scratch
from tests.promises.look import enter
from tests.promises.planted import Planted, tokens_in
from tests.promises.shim import How
from vault_app.explore.selection import Selection
from vault_app.share.export import Receipt, export
from vault_app.share.files import PART
from vault_app.share.half import halves, remove
from vault_app.share.targets import TARGETS

NAME = "mes-donnees"
HOWS = (How.KILL, How.KILL_HALF)


@dataclass
class Exported:
    """``plans``: exports that were looked at; ``kills``: exports that were killed; ``whole``: of these, complete ones."""

    plans: int = 0
    kills: int = 0
    whole: int = 0
    broken: list[str] = field(default_factory=list)


def plans(count: int, seed: int) -> Exported:
    """Each of so many selections to every target; runs in a process of the laboratory."""
    return _apart(lambda where: _plans(where, count, seed))


def kills(count: int) -> Exported:
    """So many kills, evenly over all that an export does to files; runs in a process of the laboratory. Needs the shim."""
    return _apart(lambda where: _kills(where, count))


def _apart(work: Callable[[Path], Exported]) -> Exported:
    where = scratch()

    def run() -> None:
        be_cheap()
        (where / "found").write_text(json.dumps(asdict(work(where))), encoding="utf-8")

    try:
        if apart(run, where / "said"):
            raise Failed((where / "said").read_text("utf-8"))
        return Exported(**json.loads((where / "found").read_text("utf-8")))
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _plans(where: Path, count: int, seed: int) -> Exported:
    world, found = planted.plant(where / "vault"), Exported()
    vault = enter(where / "vault", world.code)
    for number, plan in enumerate(world.plans(count, seed)):
        for target in TARGETS.values():
            out = where / f"{NAME}-{number}"
            receipt = export(vault, plan, target, out)
            found.plans += 1
            found.broken += [f"{target.id}, {plan}: {wrong}" for wrong in wrongs(world, plan, receipt, out)]
            shutil.rmtree(out)
    vault.close()
    return found


def wrongs(world: Planted, plan: Selection, receipt: Receipt, out: Path) -> list[str]:
    """What of an export is not as it must be."""
    files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    seen = tokens_in(b"\0".join([*files.values(), "\0".join(files).encode()])) & world.tokens
    allowed = world.allowed(plan)
    found = []
    if extra := seen - allowed:
        found.append(f"{len(extra)} values that were not chosen")
    if lost := allowed - seen:
        found.append(f"{len(lost)} values that were chosen are missing")
    if set(files) != {file.name for file in receipt.files}:
        found.append("files that the receipt does not name")
    if any(file.rows != _rows(file.name, files[file.name]) for file in receipt.files if file.name in files):
        found.append("rows that the receipt does not count")
    return found


def _rows(name: str, content: bytes) -> int:
    text = content.decode("utf-8")
    if name.endswith(".csv"):
        return sum(1 for _ in csv.reader(io.StringIO(text, newline=""))) - 1
    return len(json.loads(text)) if name.endswith(".json") else text.count("\n")


def _kills(where: Path, count: int) -> Exported:
    world, found = planted.plant(where / "base"), Exported()
    out, place = where / "run" / "out", where / "run" / "vault"
    wanted, operations = {}, {}
    for target in TARGETS.values():
        _run(where, world, target.id, How.NOTHING, 0)
        operations[target.id] = int((where / "counted").read_text("ascii"))
        wanted[target.id] = files_of(out / NAME)
    points = [(name, how, at) for name, last in operations.items() for how in HOWS for at in range(1, last + 1)]
    step = max(1, len(points) // max(1, count))
    for name, how, at in [*points[::step], *(point for n, point in enumerate(points) if n % step)]:
        if found.kills == count:
            break
        found.kills += _run(where, world, name, how, at)
        whole = (out / NAME).exists() and files_of(out / NAME) == wanted[name]
        found.whole += whole
        left = [path for path in out.rglob("*") if path.is_file() and not _is_part(path, out)]
        wrong = "" if whole or not left else f"left {len(left)} files"
        wrong = wrong or _offer(place, world, out, delete=found.kills % 2 == 0)
        wrong = wrong or _afterwards(place, world, name, out, wanted[name])
        if wrong:
            found.broken.append(f"{name}, {how.name} at operation {at}: {wrong}")
    return found


def _run(where: Path, world: Planted, target: str, how: How, at: int) -> bool:
    """One export of everything, in a process of its own, killed at an operation on what leaves; whether it was."""
    run = where / "run"
    shutil.rmtree(run, ignore_errors=True)
    (run / "out").mkdir(parents=True)
    shutil.copytree(where / "base", run / "vault")

    def work() -> None:
        vault = enter(run / "vault", world.code)
        shim.watch(run / "out")
        shim.fail(at, how)
        export(vault, Selection(), TARGETS[target], run / "out" / NAME)
        counted = shim.counted()
        shim.stop()
        (where / "counted").write_text(str(counted), encoding="ascii")

    code = apart(work, where / "said")
    if code not in {0, -9}:
        raise Failed(f"{target}, {how.name} at {at}: ended with {code}: {(where / 'said').read_text('utf-8')[-300:]}")
    return code == -9


def _offer(place: Path, world: Planted, out: Path, *, delete: bool) -> str:
    """What does not hold for what the next start offers to delete: the half folder if there is one, and nothing else."""
    vault = enter(place, world.code)
    try:
        there = [path for path in out.iterdir() if path.name.endswith(PART)]
        if list(halves(vault)) != there:
            return f"the next start does not offer {[path.name for path in there]}"
        beside = {name: content for name, content in files_of(out).items() if PART not in name}
        for part in there if delete else ():
            remove(part)
            if files_of(out) != beside or part.exists() or halves(vault):
                return "what was deleted is not the half folder alone"
        return ""
    finally:
        vault.leave()


def _afterwards(place: Path, world: Planted, target: str, out: Path, wanted: dict[str, bytes]) -> str:
    """What does not hold for the vault, and for the next export to the same place."""
    vault = enter(place, world.code)
    try:
        if vault.verify().problems:
            return "the vault does not verify"
        if not (out / NAME).exists():
            export(vault, Selection(), TARGETS[target], out / NAME)
        left = [path.name for path in out.iterdir() if path.name != NAME]
        return "" if files_of(out / NAME) == wanted and not left else f"the next export leads elsewhere {left}"
    finally:
        vault.leave()


def files_of(folder: Path) -> dict[str, bytes]:
    """What stands in a folder, by the names of the files below it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _is_part(path: Path, out: Path) -> bool:
    return any(name.endswith(PART) for name in path.relative_to(out).parts)
