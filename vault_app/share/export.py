"""An export: exactly what was chosen, counted before and after, with its data dictionary and a line in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from vault_app.explore import facts, measures
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection
from vault_app.share import dictionary
from vault_app.share.files import FileExists, Leaving, ReadsBackOtherwise, leaving
from vault_app.share.targets import FACT_FIELDS, SAMPLE_FIELDS, Guarded, Row, Target
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

_REASONS = {FileExists: "out-exists", ReadsBackOtherwise: "export-damaged"}


class ExportError(Exception):
    """Nothing left the vault. ``reason``: id of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Written:
    """One file that was written. ``guarded``: cells that got an apostrophe against formulas."""

    name: str
    rows: int
    size: int
    sha256: str
    guarded: int


@dataclass(frozen=True)
class Receipt:
    """What left the vault."""

    target: str
    selected: int
    files: tuple[Written, ...]

    def plain(self) -> dict[str, Any]:
        """The receipt as JSON values."""
        return asdict(self)


def export(vault: Vault, selection: Selection, target: Target, out: Path) -> Receipt:
    """Write the facts of a selection, the series of its sources and span, and the dictionary into a folder.

    The folder is new or empty, and appears whole; or the files are put beside what it holds. Series are left out when
    the selection asks for words, people or kinds. Raises ExportError; what was written before the error is removed.
    The ledger keeps the place before anything stands there: ``half`` finds by it what an interrupted export left.
    """
    out = out.absolute()
    selected = facts.count(vault, selection)
    vault.note(Op.EXPORT_PREPARED, {"items": selected, "target": target.id, "to": str(out)})
    try:
        with leaving(out) as files:
            rows = map(plain, facts.facts(vault, selection))
            written = [_rows(files, f"facts{target.suffix}", target, FACT_FIELDS, rows)]
            if written[0].rows != selected:
                raise ExportError("export-changed")  # noqa: TRY301 - what was written is removed
            if holds_series(selection):
                written += _series(vault, selection, target, files)
            written.append(_dictionary(files, target))
    except (OSError, FileExists, ReadsBackOtherwise, ExportError) as error:
        vault.note(Op.EXPORT_CANCELLED, {"target": target.id})
        if isinstance(error, ExportError):
            raise
        raise ExportError(_REASONS.get(type(error), "no-such-file")) from error
    vault.note(Op.EXPORT_WRITTEN, {"files": [[file.rows, file.sha256] for file in written], "target": target.id})
    return Receipt(target.id, selected, tuple(written))


def holds_series(selection: Selection) -> bool:
    """Whether series are meant as well: not where words, people or kinds are asked for, which samples do not have."""
    return not (selection.text or selection.names_somebody or selection.kinds)


def _series(vault: Vault, selection: Selection, target: Target, files: Leaving) -> list[Written]:
    written = []
    for number, row in enumerate(measures.series(vault), start=1):
        if selection.sources and row.source not in selection.sources:
            continue
        name = re.sub(r"[^a-z0-9-]", "_", row.name.lower())[:60]
        lines = measures.samples_json(vault, row, selection.since, selection.until)
        written.append(_rows(files, f"series-{number:02d}-{name}{target.suffix}", target, SAMPLE_FIELDS, lines))
    return written


def _rows(files: Leaving, name: str, target: Target, fields: tuple[str, ...], rows: Iterable[Row]) -> Written:
    guarded, count = Guarded(), 0
    with files.file(name) as file:
        file.write(target.head(fields))
        for row in rows:
            file.write(target.line(row, fields, guarded))
            count += 1
    return Written(name, count, file.size, file.sha256, guarded.cells)


def _dictionary(files: Leaving, target: Target) -> Written:
    name = "dictionary" + (".csv" if target.suffix == ".csv" else ".json")
    with files.file(name) as file:
        file.write(target.dictionary(dictionary.entries()))
    return Written(name, len(dictionary.entries()), file.size, file.sha256, 0)
