"""An archive on its way in, without Qt: found, looked at, planned, running, done; and how an import is carried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import Plan, foresee
from vault_app.intake.session import Control, ImportFailed, Progress, resume_import, run_import
from vault_app.vault.imports import Account
from vault_app.vault.vault import Vault

Mark = tuple[int, int, int, int]
"""Device, file number, size and time of last change (ns): a file that was swapped since has another."""


class State(StrEnum):
    """Where an arrival stands."""

    LOOKING = "looking"
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    IGNORED = "ignored"
    UNDONE = "undone"


@dataclass
class Arrival:
    """One archive (its parts' paths) from the moment it was found. ``reason``: id of an error's sentence.

    ``progress``: how far its import is; None before the first step.
    """

    paths: tuple[Path, ...]
    state: State = State.LOOKING
    plan: Plan | None = None
    marks: tuple[Mark, ...] = ()
    account: Account | None = None
    progress: Progress | None = None
    reason: str = ""
    what: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """The first part's file name; untrusted."""
        return self.paths[0].name

    @property
    def ready(self) -> bool:
        """Whether it can be imported now."""
        return self.plan is not None and self.plan.understood and self.state in {State.PLANNED, State.FAILED}

    def look(self, recipes: tuple[str, ...] = (), kept: tuple[str, ...] = ()) -> Plan:
        """Recognise it and see how much is in it, in the reading process, with these recipes and those of the vault.

        Writes nothing.
        Raises HandleError when a file cannot be opened.
        """
        marks = _marks(self.paths)
        with closing_parts(self.paths) as parts:
            plan = foresee(parts, recipes, kept)
        self.marks = marks
        return replace(plan, parts=())

    def planned(self, plan: Plan) -> None:
        """It was looked at."""
        self.plan = plan
        self.reason = plan.refused
        self.state = State.PLANNED

    def began(self) -> None:
        """The import runs."""
        self.state = State.RUNNING
        self.progress = None
        self.reason = self.what = ""

    def ended(self, account: Account) -> None:
        """The import is complete."""
        self.account = account
        self.state = State.DONE

    def stopped(self) -> None:
        """The person cancelled: nothing of it is in the vault, it can be imported again."""
        self.state = State.PLANNED

    def failed(self, reason: str, what: str = "") -> None:
        """It could not be imported: nothing of it is in the vault."""
        self.reason, self.what = reason, what
        self.state = State.FAILED

    def undone(self) -> None:
        """The import was taken back."""
        self.state = State.UNDONE

    def ignored(self) -> None:
        """The person does not want it."""
        self.state = State.IGNORED


def bring_in(vault: Vault, arrival: Arrival, on_progress: Callable[[Progress], None], control: Control) -> Account:
    """Import an arrival that was planned; goes on where an interrupted import of the same bytes stopped.

    Blocks; call it off the window's thread. Raises ImportFailed (``archive-changed`` when the file is not the one that
    was looked at), Cancelled of ``vault_app.intake.session``, HandleError.
    """
    assert arrival.plan is not None, "an arrival is planned before it is brought in"
    if _marks(arrival.paths) != arrival.marks:
        raise ImportFailed("archive-changed")
    with closing_parts(arrival.paths) as parts:
        plan = replace(arrival.plan, parts=parts)
        for row in vault.imports.running():
            if row.digest == plan.digest:
                return resume_import(vault, row.id, plan, on_progress, control)
        return run_import(vault, plan, on_progress, control)


def _marks(paths: Sequence[Path]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for path in paths:
        try:
            status = path.lstat()
        except OSError:
            return ()
        marks.append((status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(marks)
