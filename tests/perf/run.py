"""One measured run in a process of its own; prints one line of JSON. Started by ``tests.perf.goals``.

python -m tests.perf.run import   encrypted|plain  FOLDER ARCHIVE ...
python -m tests.perf.run floor    -                FOLDER ARCHIVE ...
python -m tests.perf.run fill     encrypted|plain  FOLDER IMPORTS ROWS
python -m tests.perf.run ask      encrypted|plain  FOLDER
python -m tests.perf.run undo     encrypted|plain  FOLDER ROWS
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from importers.archive.view import open_archive
from importers.reading import Kept, read
from importers.recognition import Rulebook
from importers.records import Item, Party
from importers.registry import declarations
from tests.perf import clock, plain, questions
from tests.perf.memory import PeakMemory
from tests.perf.messages import batches
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.keys import MEMORY_FLOOR, PASSES_FLOOR, Profile
from vault_app.vault.vault import Vault

PHRASE = "lanterne sabot mirador tilleul onze"
COMMIT = 100_000


def main(arguments: Sequence[str]) -> None:
    """Do one run."""
    what, how, folder, *rest = arguments
    if how == "plain":
        plain.without_key()
    runs = {"import": bring, "floor": floor, "fill": fill, "ask": ask, "undo": undo}
    print(json.dumps(runs[what](Path(folder), rest)))  # noqa: T201


def bring(folder: Path, archives: Sequence[str]) -> dict[str, Any]:
    """Import archives one after the other; ``seconds`` without recognition, ``bytes`` of the closed vault."""
    vault = _open(folder)
    new, known, each = 0, 0, []
    with PeakMemory() as memory:
        for archive in archives:
            with closing_parts([Path(archive)]) as parts:
                plan = recognise(parts)
                start = clock.now()
                account = run_import(vault, plan)
                each.append(clock.now() - start)
            new, known = new + account.new, known + account.known
    vault.close()
    return {
        "seconds": sum(each), "each": each, "new": new, "known": known,
        "memory": memory.megabytes, "bytes": size(folder), "samples": account.samples,
    }  # fmt: skip


def floor(_folder: Path, archives: Sequence[str]) -> dict[str, Any]:
    """The same readers in one process, everything inflated and parsed, nothing kept."""
    rulebook = Rulebook(declarations())
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    start = clock.now()
    for archive in archives:
        with closing_parts([Path(archive)]) as parts:
            for event in read(open_archive(parts), rulebook):
                match event:
                    case Item() | Party():
                        for file in event.files:
                            _exhaust(file.pieces())
                    case Kept():
                        _exhaust(event.file.pieces())
    return {"seconds": clock.now() - start}


def fill(folder: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """Imports of so many messages each, straight to the writer; ``each``: seconds of every import."""
    imports, rows = map(int, arguments)
    vault = _open(folder)
    with PeakMemory() as memory:
        each = [_fill(vault, rows, seed) for seed in range(imports)]
    vault.close()
    return {"each": each, "bytes": size(folder), "memory": memory.megabytes}


def undo(folder: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """One more import of so many messages, and its undoing."""
    rows = int(arguments[0])
    vault = _open(folder)
    brought = _fill(vault, rows, 1000)
    number = vault.imports.complete()[0].id
    start = clock.now()
    vault.imports.undo(number)
    undone = clock.now() - start
    vault.close()
    return {"import": brought, "undo": undone}


def ask(folder: Path, _arguments: Sequence[str]) -> dict[str, Any]:
    """What a person asks of a filled vault; see ``questions``."""
    vault = _open(folder)
    answers = questions.ask(vault)
    vault.close()
    return answers


def size(folder: Path) -> int:
    """Bytes of the database and its packs; the WAL is empty after a close."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.suffix in {".db", ".pack"})


def _open(folder: Path) -> Vault:
    if Vault.is_vault(folder):
        return Vault.open(folder, PHRASE)
    return Vault.create(folder, PHRASE, profile=Profile(MEMORY_FLOOR, PASSES_FLOOR)).vault


def _fill(vault: Vault, rows: int, seed: int) -> float:
    """Seconds without the making of the messages."""
    writer = vault.imports.begin(f"{seed}.zip", rows, f"{seed}", ["messages"], [("messages.json", rows)])
    spent, waiting = 0.0, 0
    for batch in batches(rows, seed):
        start = clock.now()
        writer.items("messages", batch, {})
        waiting += len(batch)
        if waiting >= COMMIT:
            writer.commit(0, waiting)
            waiting = 0
        spent += clock.now() - start
    start = clock.now()
    writer.member_done(0, "read", rows, "")
    writer.complete()
    return spent + clock.now() - start


def _exhaust(pieces: Any) -> None:
    for _ in pieces:
        pass


if __name__ == "__main__":
    main(sys.argv[1:])
