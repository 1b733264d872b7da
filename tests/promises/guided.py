"""S2 with coverage guidance: ``python -m tests.promises.guided DOOR FOLDER SECONDS``, where ``atheris`` is installed.

Atheris (a fuzzer by Google for Python, Linux) is no dependency: whoever has it in the environment gets this as well.
What it finds goes to the corpus of finds like any other.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
ROOMS = (
    "importers.archive", "importers.formats", "importers.mail", "importers.photos", "vault_app.intake.frames",
    "vault_app.intake.checks", "vault_app.vault.header", "vault_app.vault.keys", "json", "csv", "html",
)  # fmt: skip
"""Modules whose branches guide it."""


@dataclass
class Guided:
    """What one door's run came to. ``edges``: branches that were reached."""

    door: str
    runs: int = 0
    edges: int = 0
    broken: list[str] = field(default_factory=list)


def missing() -> str:
    """Why it cannot be used here; empty when it can."""
    return "" if importlib.util.find_spec("atheris") else "no coverage guidance: atheris is not installed"


def guide(door: str, seconds: int) -> Guided:
    """Fuzz one door for so long, in a process of its own."""
    from tests.promises.laboratory import scratch  # not above: what is loaded before atheris guides nothing

    where = scratch()
    line = [sys.executable, "-m", "tests.promises.guided", door, str(where), str(seconds)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TOP), os.environ.get("PYTHONPATH", "")])}
    environment.pop("LD_PRELOAD", None)
    done = subprocess.run(line, cwd=TOP, env=environment, capture_output=True, text=True, errors="replace", check=False)
    said = re.findall(r"#(\d+)\s+\w+\s+cov: (\d+)", done.stderr)
    found = Guided(door, *(max(int(pair[at]) for pair in said) for at in (0, 1))) if said else Guided(door)
    found.broken += re.findall(r"^find: (.*)$", done.stdout, re.MULTILINE)
    if done.returncode:
        found.broken.append(f"{door}: ended with {done.returncode}: {done.stderr[-300:]}")
    return found


def main(door: str, folder: str, seconds: str) -> None:
    """Run until the time is over; libFuzzer then ends the process."""
    import atheris

    with atheris.instrument_imports(include=list(ROOMS)):
        from tests.promises.fuzz_targets import TARGETS
        from tests.promises.fuzzing import keep, place, tried
    target = TARGETS[door]
    seeds = Path(folder, "seeds")
    seeds.mkdir()
    for number, seed in enumerate(target.seeds()):
        (seeds / str(number)).write_bytes(seed)
    words = Path(folder, "words")
    words.write_text("".join(_quoted(word) for word in target.words))
    seen: set[str] = set()

    def one(data: bytes) -> None:
        error = tried(target, target.fixed(data) if target.fixed is not None and len(data) & 1 else data)
        if error is not None and place(error) not in seen:
            seen.add(place(error))
            print(f"find: {door}: {place(error)}: {keep(door, data)}", flush=True)  # noqa: T201

    options = [f"-max_total_time={seconds}", "-max_len=8192", "-timeout=5", "-rss_limit_mb=2048", f"-dict={words}"]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={folder}/", str(seeds)], one)
    atheris.Fuzz()


def _quoted(word: bytes) -> str:
    """A line of libFuzzer's dictionary."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n'


if __name__ == "__main__":
    main(*sys.argv[1:])
