"""R4 as the person meets it: the command itself on a full or failing disk ends with a sentence, never with a traceback."""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from dataclasses import asdict
from pathlib import Path

from tests.promises import shim
from tests.promises.failing import Found
from tests.promises.laboratory import SMALL_RESERVE, Failed, apart, be_cheap, scratch
from tests.promises.look import OLD_PHRASE, Expected, broken_promise, opened, picture
from tests.promises.shim import How
from tests.promises.workloads import found, write_items
from tests.vault.content import bring, item
from vault_app.cli import main

ARCHIVE = Path(__file__).resolve().parents[1] / "fixtures" / "netflix" / "archive"
COMMANDS = ("import", "undo", "verify", "backup")
HOWS = (How.NO_SPACE_ONCE, How.NO_SPACE, How.IO_ERROR)


def commands(name: str, step: int, first: int = 1) -> Found:
    """One command, with each trouble at every ``step``-th operation; runs in a process of the laboratory."""
    where = scratch()
    result = where / "found"

    def work() -> None:
        be_cheap()
        result.write_text(json.dumps(asdict(_Command(name, where).tried(step, first))), encoding="utf-8")

    try:
        if apart(work, where / "said"):
            raise Failed((where / "said").read_text("utf-8"))
        return Found(**json.loads(result.read_text("utf-8")))
    finally:
        shutil.rmtree(where, ignore_errors=True)


class _Command:
    def __init__(self, name: str, where: Path) -> None:
        self._name, self._base, self._place = name, where / "base", where / "run" / "vault"
        self._out, self._counted, self._traceback = where / "out", where / "counted", where / "traceback"
        secret, archive = where / "secret", where / "netflix.zip"
        secret.write_text(OLD_PHRASE, encoding="utf-8")
        shutil.make_archive(str(archive.with_suffix("")), "zip", ARCHIVE)
        given = {
            "import": ["import", str(archive), "--yes"],
            "undo": ["undo", "1"],
            "verify": ["verify", "--full"],
            "backup": ["backup", str(where / "run" / "copy")],
        }
        self._line = ["--vault", str(self._place), "--password-file", str(secret), *given[name]]
        vault, self._code = found(self._base)
        bring(vault, *(item(n) for n in range(5)))
        writer = vault.imports.begin("b.zip", 1, "b", ["google"], [("b.json", 1)])
        write_items(writer, 20, 10)
        writer.complete()
        vault.close()

    def tried(self, step: int, first: int) -> Found:
        """All troubles of the command."""
        told = [self._seen(self._base)]
        assert self._run(How.NOTHING, 0) == "", self._traceback.read_text("utf-8")
        told.append(self._seen(self._place))
        found = Found(operations=int(self._counted.read_text("ascii")))
        for operation in range(first, found.operations + 1, step):
            for how in HOWS:
                wrong = self._run(how, operation)
                found.points += 1
                found.told += bool(self._out.read_text("utf-8"))
                wrong = wrong or broken_promise(self._place, self._code, Expected(frozenset(told)))
                if wrong:
                    found.broken.append(f"selfdata {self._name}, {how.name} at operation {operation}: {wrong}")
        return found

    def _seen(self, place: Path) -> str:
        with opened(place, self._code) as vault:
            return picture(vault)

    def _run(self, how: How, operation: int) -> str:
        shutil.rmtree(self._place.parent, ignore_errors=True)
        self._place.parent.mkdir()
        shutil.copytree(self._base, self._place)
        self._traceback.unlink(missing_ok=True)

        def run() -> None:
            errors = os.open(self._out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(errors, 2)
            os.dup2(nowhere, 1)
            be_cheap(SMALL_RESERVE)
            shim.watch(self._place.parent)
            shim.fail(operation, how)
            try:
                main.main(self._line)
            except BaseException:  # noqa: BLE001 - whatever it is, the person would see it
                self._traceback.write_text(traceback.format_exc(), encoding="utf-8")
            sys.stderr.flush()
            counted = shim.counted()
            shim.stop()
            self._counted.write_text(str(counted), encoding="ascii")

        apart(run, self._traceback)
        if self._traceback.exists():
            return f"a traceback: {' / '.join(self._traceback.read_text('utf-8').splitlines()[-3:])}"
        return "a traceback" if "Traceback" in self._out.read_text("utf-8") else ""
