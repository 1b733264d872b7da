"""The tables of a workbook or a database: what they are called, and where their columns stand.

A number before the name of a sheet (``10_plays``) is no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from importers.contract import Member
from importers.formats.beginnings import Beginning
from importers.formats.sniff import SQLITE
from importers.formats.sqlite_tables import open_database
from importers.formats.workbooks import sheets

ALL = "||"
"""The place of the names of tables."""

_NUMBER = re.compile(r"\A\d{1,3}[_ .-]+(?=\S)")
_DECLARED = (
    ("BOOL", "yes-no"),
    ("INT", "number"),
    ("CHAR", "text"),
    ("CLOB", "text"),
    ("TEXT", "text"),
    ("STRING", "text"),
    ("REAL", "number"),
    ("FLOA", "number"),
    ("DOUB", "number"),
    ("NUM", "number"),
)
_BEGINS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Grid(NamedTuple):
    """Rows among which the header stands. ``kind``: what a column holds below it, by the places of row and column.
    ``certain``: there is one row, and it is the header."""

    rows: list[list[str]]
    kind: Callable[[int, int], str]
    certain: bool = False


def place(table: str) -> str:
    """The place of the columns of a table."""
    return f"|{table}|"


def is_table(path: str) -> bool:
    """Whether a place is that of the columns of one table."""
    return path == "" or (path.startswith("|") and path != ALL)


def short(name: str) -> str:
    """The name of a sheet or table without the number before it."""
    return _NUMBER.sub("", name)


def grid(table: Beginning) -> Grid:
    """The rows of a table as text."""
    rows = [[cell.strip() if isinstance(cell, str) else "" for cell in row] for row in table.rows]
    if table.types:
        return Grid(rows, lambda _, column: declared(table.types[column]), certain=True)
    return Grid(rows, lambda row, column: _below(table, row, column))


def declared(type_: str) -> str:
    """What a column of a database holds that is declared to be of a type; SQLite has no types of its own."""
    return next((kind for word, kind in _DECLARED if word in type_.upper()), "mixed")


def open_again(member: Member, head: bytes) -> None:
    """Open a workbook or a database only for the names of its tables, as an importer does. Raises what that raises."""
    if head.startswith(SQLITE):
        open_database(member).close()
    elif head.startswith(_BEGINS):
        for _ in sheets(member):
            pass


def _below(table: Beginning, row: int, column: int) -> str:
    cells = (cells[column] for cells in table.rows[row + 1 :] if column < len(cells))
    first = next((cell for cell in cells if cell is not None and cell != ""), None)
    if isinstance(first, bool):
        return "yes-no"
    return "number" if isinstance(first, int | float) else "text"
