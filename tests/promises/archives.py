"""S1: hostile archives in their variants, each in a process of its own: a verdict at once, in little memory, in words.

One file of each class also goes the whole way, through the command and its reading process into a vault.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.archive.hostile import CLASSES, Hostile
from tests.archive.variants import Variant, variants
from tests.archive.verdicts import sentences, verdict
from tests.promises.laboratory import apart, be_cheap, scratch
from tests.promises.look import OLD_PHRASE, opened
from tests.promises.workloads import found
from tests.vault.content import bring, item
from vault_app.cli import main

SECONDS = 2.0
"""Of the processor, for one verdict."""

MEMORY = 256 << 20
"""Bytes beyond those that the process had before; the archive itself among them."""

_GIVEN_UP = 60.0


@dataclass
class Judged:
    """``files``: verdicts; ``imports``: whole imports; ``slowest`` in seconds of the processor; ``memory`` in bytes."""

    files: int = 0
    imports: int = 0
    slowest: float = 0.0
    memory: int = 0
    broken: list[str] = field(default_factory=list)


def shares(count: int) -> Iterator[list[str]]:
    """Names of all classes, cut into so many parts."""
    names = [case.name for case in CLASSES]
    return (names[number::count] for number in range(count))


def judge(names: Sequence[str], each: int) -> Judged:
    """``each`` files of these classes; runs in a process of the laboratory."""
    where, judged = scratch(), Judged()
    try:
        for case in _cases(names):
            for variant in variants(case, each):
                _judged(variant, where, judged)
    finally:
        shutil.rmtree(where, ignore_errors=True)
    return judged


def _cases(names: Sequence[str]) -> Iterator[Hostile]:
    return (case for case in CLASSES if case.name in set(names))


def _judged(variant: Variant, where: Path, judged: Judged) -> None:
    result = where / "verdict"
    result.unlink(missing_ok=True)

    def work() -> None:
        before, start = _memory("VmRSS"), time.process_time()
        told, survived = verdict(variant.data, variant.file)
        seconds, memory = time.process_time() - start, _memory("VmHWM") - before
        result.write_text(json.dumps([sorted(told), survived, seconds, memory]), encoding="utf-8")

    code = apart(work, where / "said", _GIVEN_UP)
    judged.files += 1
    if code:
        said = (where / "said").read_text("utf-8")[-300:] if (where / "said").exists() else ""
        judged.broken.append(f"{variant}: ended with {code} {said}")
        return
    told, survived, seconds, memory = json.loads(result.read_text("utf-8"))
    judged.slowest, judged.memory = max(judged.slowest, seconds), max(judged.memory, memory)
    judged.broken += [f"{variant}: {wrong}" for wrong in wrongs(variant, set(told), survived, seconds, memory)]


def wrongs(variant: Variant, told: set[str], survived: bool, seconds: float, memory: int) -> list[str]:  # noqa: FBT001
    """What is wrong about a verdict."""
    found = []
    if seconds > SECONDS:
        found.append(f"took {seconds:.1f} s")
    if memory > MEMORY:
        found.append(f"took {memory >> 20} MiB")
    if not told >= variant.told:
        found.append(f"did not tell {', '.join(sorted(variant.told - told))}")
    if variant.survives is not None and survived != variant.survives:
        found.append("the good member was not read" if variant.survives else "what must be refused was read")
    if wordless := [reason for reason in told if not sentences().get(reason, {}).keys() >= {"fr", "en"}]:
        found.append(f"has no words for {', '.join(wordless)}")
    return found


def _memory(name: str) -> int:
    """A figure of this process's memory in bytes; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) << 10
    return 0


def imported(names: Sequence[str]) -> Judged:
    """One file of each of these classes, by the command, into a vault; runs in a process of the laboratory."""
    where, judged = scratch(), Judged()
    try:
        be_cheap()
        vault, code = found(where / "home" / "vault")
        bring(vault, item(1))
        vault.close()
        for case in _cases(names):
            judged.imports += 1
            if wrong := _whole_way(case, where, code):
                judged.broken.append(f"{case.name}, imported: {wrong}")
    finally:
        shutil.rmtree(where, ignore_errors=True)
    return judged


def _whole_way(case: Hostile, where: Path, code: str) -> str:
    """Import one; what was wrong."""
    home, downloads = where / "home", where / "downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir()
    for name in ("tmp", ".config", ".cache"):
        (home / name).mkdir(exist_ok=True)
    archive, secret = downloads / case.file, downloads / "secret"
    archive.write_bytes(case.make())
    secret.write_text(OLD_PHRASE, encoding="utf-8")
    before, said = _listing(where), where / "told"

    def work() -> None:
        os.environ |= {"HOME": str(home), "TMPDIR": str(home / "tmp"), "XDG_CONFIG_HOME": str(home / ".config")}
        os.environ |= {"XDG_CACHE_HOME": str(home / ".cache")}
        os.environ.pop("LD_PRELOAD", None)
        os.chdir(home)
        out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        be_cheap()
        line = ["--vault", str(home / "vault"), "--password-file", str(secret), "import", str(archive), "--yes"]
        try:
            main.main(line)
        except SystemExit:
            sys.stderr.flush()
        sys.stdout.flush()

    ended = apart(work, where / "said", _GIVEN_UP)
    if ended or b"Traceback" in said.read_bytes():
        return f"ended with {ended} {(where / 'said').read_text('utf-8')[-300:] if (where / 'said').exists() else ''}"
    if not said.read_bytes().strip():
        return "nothing was told"
    left = [name for name in _listing(where) ^ before if not name[0].startswith(("home/vault/", "told", "said"))]
    with opened(home / "vault", code) as vault:
        if vault.verify().problems:
            return "the vault does not verify"
    return f"wrote outside the vault: {left[:3]}" if left else ""


def _listing(place: Path) -> set[tuple[str, int, int]]:
    found = set()
    for path in place.rglob("*"):
        status = path.lstat()
        found.add(
            (path.relative_to(place).as_posix(), 0, 0)
            if path.is_dir()
            else (path.relative_to(place).as_posix(), status.st_size, status.st_mtime_ns)
        )
    return found


def summed(found: Sequence[Judged]) -> Judged:
    """Several as one."""
    whole = Judged()
    for one in found:
        for name, value in asdict(one).items():
            mine = getattr(whole, name)
            setattr(whole, name, max(mine, value) if name in {"slowest", "memory"} else mine + value)
    return whole
