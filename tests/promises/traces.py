"""S6: a shared computer on which the application is killed at any moment keeps nothing of it."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.promises.laboratory import scratch
from tests.ui.driven import PHRASE
from tests.ui.person import Listing, Person, changes, listing, shared_program
from tests.vault.bare_vault import QUICK
from tests.vault.content import bring, item
from vault_app.vault.vault import Vault

RUNS = ("unlock,screens,pick,leave", "unlock,screens,pick,leave", "unlock,screens,lock", "trial,screens,leave")
TOKENS = (b"qzvtrace81037x", b"qzvtrace20561x", b"qzvtrace77120x")
KEPT = "key/programme/selfdata.ini"
"""The one file that shared mode keeps outside the vault: its settings, on the key."""

SESSION = "key/programme/session"
"""Where a session lies before a vault is open, and the vault to try: on the key too, and swept at the next start."""


_PATIENCE = 300.0
"""Seconds that a whole run may take, on a machine with other work."""


@dataclass
class Traced:
    """``moments``: after how many seconds each process was killed."""

    moments: list[float] = field(default_factory=list)
    sessions: int = 0
    broken: list[str] = field(default_factory=list)


def kills(count: int, seed: int) -> Traced:
    """So many kills, over whole runs of the window; runs in a process of the laboratory."""
    where, found, chance = scratch(), Traced(), random.Random(seed)
    try:
        person = _shared(where)
        before = listing(where)
        lengths = {run: _length(person, run) for run in sorted(set(RUNS)) if run.endswith("leave")}
        found.broken += [f"a run to its end left {name}" for name in _left(before, listing(where))]
        for _ in range(count):
            run = chance.choice(RUNS)
            moment = chance.random() * lengths.get(run, max(lengths.values()))
            _killed(person, run, moment)
            found.moments.append(moment)
            after = listing(where)
            found.sessions += any(name.startswith(SESSION) for name in changes(before, after))
            found.broken += [f"{run}, killed after {moment:.2f} s: left {name}" for name in _left(before, after)]
            found.broken += [f"{run}, killed after {moment:.2f} s: {name} shows a word" for name in _showing(where)]
        found.broken += _afterwards(person, before)
    finally:
        shutil.rmtree(where, ignore_errors=True)
    return found


def _shared(where: Path) -> Person:
    """A computer with some files, and a key with the program and a vault that holds the tokens."""
    for name in ("home/tmp", "home/Documents", "home/Downloads", "key"):
        (where / name).mkdir(parents=True)
    (where / "home/Documents/lettre.txt").write_text("Bonjour", encoding="utf-8")
    vault = Vault.create(where / "key" / "Coffre", PHRASE, profile=QUICK).vault
    title, text, detail = (token.decode() for token in TOKENS)
    bring(vault, *(item(n, title=title, text=text, details={"x": detail}) for n in range(40)))
    vault.close()
    return shared_program(Person(where))


def _length(person: Person, run: str) -> float:
    start = time.monotonic()
    person.run(run, *_vault(person, run), patience=_PATIENCE)
    return time.monotonic() - start


def _killed(person: Person, run: str, moment: float) -> None:
    with person.start(run, *_vault(person, run)) as process:
        time.sleep(moment)
        process.kill()


def _vault(person: Person, run: str) -> tuple[str | Path, ...]:
    return () if run.startswith("trial") else ("--vault", person.vault)


def _left(before: Listing, after: Listing) -> Iterator[str]:
    """What was created, changed or removed outside the vault folder, but for what lies on the key for a reason."""
    for name in sorted(changes(before, after)):
        on_the_key = name in {KEPT, SESSION} or name.startswith(f"{SESSION}/")
        if name != "key/Coffre" and not name.startswith("key/Coffre/") and not on_the_key:
            yield name


def _showing(where: Path) -> Iterator[str]:
    """Files anywhere, the vault's own too, that hold a token, and names that do."""
    for path in where.rglob("*"):
        if path.is_file() and not path.is_relative_to(where / "key" / "programme" / "vault_app"):
            content = path.name.encode() + b"\0" + path.read_bytes()
            if any(token in content for token in TOKENS):
                yield path.relative_to(where).as_posix()


def _afterwards(person: Person, before: Listing) -> Iterator[str]:
    """The next start in peace sweeps what the killed ones left."""
    person.run("unlock,leave", "--vault", person.vault, patience=_PATIENCE)
    after = listing(person.world)
    yield from (f"the next start leaves {name}" for name in changes(before, after) if name.startswith(SESSION))
    if (person.vault / "session").exists():
        yield "the next start leaves a session in the vault"
