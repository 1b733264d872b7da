"""What a person is shown of an unknown table before anything is read: columns, proposed fields, the first rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from importers.contract import Member
from importers.generic.mapping import Doubt, Mapping, propose
from importers.generic.survey import Survey, survey
from importers.generic.tables import SHEETS
from importers.recipes.recipe import Format, proposed, write

ROWS = 20_000
"""Rows that are looked at for a proposal; when the file is read, all of them are."""

COLUMNS, SHOWN, CELL = 100, 10, 200
"""Columns, rows and characters of a cell that are shown at most."""

_FORMATS = {
    "generic.csv": Format.CSV,
    "generic.json": Format.JSON,
    "generic.json_lines": Format.JSON_LINES,
    "generic.workbook": Format.WORKBOOK,
}


@dataclass(frozen=True)
class TableProposal:
    """A proposal for one table. ``rows``: the first ones as plain texts, one text a column.

    ``recipe``: the proposed mapping as the text of a recipe; '' without one.
    """

    sheet: str
    columns: tuple[str, ...]
    mapping: Mapping | None
    confidence: float
    doubts: tuple[Doubt, ...]
    rows: tuple[tuple[str, ...], ...]
    recipe: str


def proposals(member: Member, reader: str) -> Iterator[TableProposal]:
    """The proposals for the tables of a file; none when ``reader`` (an importer's id) is not of unknown tables."""
    find = SHEETS.get(reader)
    if find is None:
        return
    for sheet in find(member):
        found = survey(sheet, ROWS)
        if not found.columns:
            continue
        made = propose(found)
        columns = tuple(found.columns)[:COLUMNS]
        rows = tuple(tuple(line.cells.get(name, "")[:CELL] for name in columns) for line in found.first[:SHOWN])
        recipe = "" if made.mapping is None else _recipe(made.mapping, found, member, reader)
        shown = tuple(name[:CELL] for name in columns)
        yield TableProposal(sheet.name[:CELL], shown, made.mapping, made.confidence, made.doubts, rows, recipe)


def _recipe(mapping: Mapping, found: Survey, member: Member, reader: str) -> str:
    """Columns that nearly every row has make the rule: a JSON object may lack what is empty."""
    usual = [
        name for name, column in found.columns.items() if column.filled >= 0.9 * found.rows or name in mapping.fields
    ]
    names = tuple(found.columns) if reader == "generic.csv" else usual
    return write(proposed(mapping, _FORMATS[reader], names, member.path.rsplit("/", 1)[-1]))
