"""The one file of SNCF Connect's answer: several tables one below the other, each under a title.

Facts: the documents of a public project, checked by it on one real file. Windows-1252, ``;``. A section is a title
(``Données - Commandes train bus``), a row of column names, rows, and blank rows; ``Pas de données`` stands for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from importers.contract import Member
from importers.formats import tables
from importers.formats.row_facts import Cells
from importers.formats.sniff import plain
from importers.records import Notice

_TITLE = re.compile(r"donnees - (.+)")
_NONE = "pas de donnees"


class Row(NamedTuple):
    """``section``: folded title, '' above the first one. ``named``: cells by their folded column name.
    ``cells``: the same by the names in the file; above the first section one cell, under ``line``."""

    section: str
    position: str
    named: Cells
    cells: Cells


def rows(member: Member) -> Iterator[Row | Notice]:
    """All rows of all sections."""
    section = ""
    header: tuple[str, ...] = ()
    with member.open() as stream:
        for entry in tables.cells(stream, ";"):
            if isinstance(entry, tables.Trouble):
                yield Notice(entry.reason, entry.position)
                continue
            filled = [cell.strip() for cell in entry.cells if cell.strip()]
            title = _TITLE.match(plain(filled[0])) if len(filled) == 1 else None
            if title is not None:
                section, header = title[1], ()
            elif not filled:
                header = ()
            elif filled != [filled[0]] or plain(filled[0]) != _NONE:
                position = f"line {entry.line}"
                if not section:
                    yield Row("", position, {}, {"line": filled[0]})
                elif not header:
                    header = tuple(cell.strip() or f"column {at}" for at, cell in enumerate(entry.cells, 1))
                    if not entry.ended:
                        yield Notice("table-cut", position)
                else:
                    yield _row(section, position, header, entry.cells)
                    if not entry.ended and len(entry.cells) < len(header):
                        yield Notice("table-cut", position)


def _row(section: str, position: str, header: tuple[str, ...], found: list[str]) -> Row:
    cells = dict(zip(header, (cell.strip() for cell in found), strict=False))
    cells |= {f"column {at}": cell for at, cell in enumerate(found[len(header) :], len(header) + 1) if cell.strip()}
    cells = {name: cell for name, cell in cells.items() if cell}
    return Row(section, position, {plain(name.replace("_", " ")): cell for name, cell in cells.items()}, cells)
