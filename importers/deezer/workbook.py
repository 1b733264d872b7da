"""Deezer's workbook ``deezer-data_<number>.xlsx``: a sheet for each kind of data.

Facts: a real workbook of 2025. Every cell is text; ``None`` and ``nan`` stand for no value. Sheets are called
``10_listeningHistory``: the number may change and sheets without content are absent, so the word alone decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importers.contract import Member, Rule, importer
from importers.deezer import sheets
from importers.formats import workbooks
from importers.formats.row_facts import Cells, Line
from importers.records import Notice, Record

_ABSENT = frozenset({"", "None", "nan", "NaT"})


@importer(
    Rule(sheets=frozenset({"_listeningHistory", "_creationData", "_navigationData", "_customizationData"})),
    Rule(members=("**/deezer-data_*.xlsx",), shape="xlsx", named=True),
    source="deezer",
    reads="account, favourites, playlists and listening history",
    status="proven",
)
def workbook(member: Member) -> Iterator[Record]:
    """Each sheet by its own columns; a sheet that nobody has described gives one `other` a row."""
    account: dict[str, Cells] = {}
    try:
        for name, rows in workbooks.sheets(member):
            if rows is None:
                yield Notice("deezer-sheet", what=name[:40])
                continue
            word = name.partition("_")[2] or name
            found = list(_lines(name, rows))
            if word in sheets.ACCOUNT and len(found) == 1:
                account[word] = found[0].cells
            else:
                yield from sheets.records(word, found)
    except workbooks.WorkbookError:
        yield Notice("deezer-workbook")
    if account:
        yield sheets.holder(account)


def _lines(name: str, rows: Sequence[Sequence[object]]) -> Iterator[Line]:
    if not rows:
        return
    header = [_text(cell) or f"column {at}" for at, cell in enumerate(rows[0], 1)]
    for number, row in enumerate(rows[1:], 2):
        cells = {column: _text(cell) for column, cell in zip(header, row, strict=False)}
        cells = {column: cell for column, cell in cells.items() if cell not in _ABSENT}
        if cells:
            yield Line(f"{name[:40]} row {number}", cells)


def _text(cell: object) -> str:
    """A cell as text: when the workbook was saved again its numbers and dates are no text any more."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
