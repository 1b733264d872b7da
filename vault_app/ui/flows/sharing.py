"""Sharing, without Qt: choose a format and a place, check what would leave, write it, keep the receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

from vault_app.explore import facts, measures
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection
from vault_app.share.export import Receipt, export
from vault_app.share.files import sweep
from vault_app.share.targets import FACT_FIELDS, TARGETS, Guarded, Target
from vault_app.vault.vault import Vault

_NAME = "mes-donnees"

PREVIEWED = 10
"""Facts that are shown exactly as they would be written."""


class Step(StrEnum):
    """Where the person stands."""

    CHOOSE = "choose"
    CHECK = "check"
    DONE = "done"


@dataclass(frozen=True)
class Check:
    """What would leave: how many facts, which series with how many samples, and the first lines as written."""

    facts: int
    series: tuple[tuple[str, int], ...]
    lines: str


@dataclass
class Sharing:
    """One sharing. ``place``: the folder in which a new folder is made."""

    selection: Selection
    target: Target = field(default_factory=lambda: TARGETS["csv"])
    place: Path | None = None
    step: Step = Step.CHOOSE
    check: Check | None = None
    receipt: Receipt | None = None
    folder: Path | None = None

    def look(self, vault: Vault) -> Check:
        """Count and preview what would leave. Blocks: call it off the window's thread."""
        series: tuple[tuple[str, int], ...] = ()
        if not (self.selection.text or self.selection.names_somebody or self.selection.kinds):
            rows = measures.series(vault)
            chosen = [row for row in rows if not self.selection.sources or row.source in self.selection.sources]
            series = tuple((row.name, row.n) for row in chosen)
        guarded = Guarded()
        first = islice(facts.facts(vault, self.selection), PREVIEWED)
        lines = self.target.head(FACT_FIELDS) + "".join(
            self.target.line(plain(fact), FACT_FIELDS, guarded) for fact in first
        )
        return Check(facts.count(vault, self.selection), series, lines)

    def looked(self, check: Check) -> None:
        """The check is here."""
        self.check = check
        self.step = Step.CHECK

    def write(self, vault: Vault) -> tuple[Receipt, Path]:
        """Write into a new folder; half exports of before are removed there. Blocks. Raises ExportError, OSError."""
        assert self.place is not None, "a place was chosen"
        sweep(self.place, f"{_NAME}-*")
        folder = free_folder(self.place)
        return export(vault, self.selection, self.target, folder), folder

    def written(self, receipt: Receipt, folder: Path) -> None:
        """It has left."""
        self.receipt, self.folder = receipt, folder
        self.step = Step.DONE

    def back(self) -> None:
        """To the choice."""
        self.step = Step.CHOOSE


def free_folder(place: Path) -> Path:
    """A folder name of today that does not exist there yet."""
    base = f"{_NAME}-{datetime.now().astimezone():%Y-%m-%d}"
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, 10_000))
    return next(place / name for name in names if not (place / name).exists())
