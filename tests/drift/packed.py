"""Invented workbooks, databases and pages, changed: what the formats hold is taken apart and put together again."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TypeAlias

import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.drift.archives import Told, told_of
from tests.drift.inventions import MORE
from tests.importers.archives import NAMES, Files, files, view

Rows: TypeAlias = list[list[object]]
OfSheet: TypeAlias = Callable[[str, Rows], tuple[str, Rows]]
"""What becomes of a sheet: its name and its rows."""

BOOK = b"PK\x03\x04"
BASE = b"SQLite format 3\x00"
PAGE = (b"<!doctype html", b"<html")


def told(held: Files) -> Told:
    """Read files in memory."""
    return told_of(view(held))


def of_kind(begins: bytes | tuple[bytes, ...], ending: str = "") -> Iterator[tuple[str, Files]]:
    """The invented archives that have a file which begins like this."""
    for name in (*NAMES, *MORE):
        held = MORE[name] if name in MORE else files(name)
        chosen = {
            path: data
            for path, data in held.items()
            if data[:4096].lstrip().lower().startswith(_small(begins)) and path.endswith(ending)
        }
        if chosen:
            yield name, held


def book(data: bytes, change: OfSheet, more: Iterable[tuple[str, Rows]] = ()) -> bytes:
    """A workbook with each sheet changed, and more sheets."""
    source = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = [(name, [list(row) for row in _rows(source, name)]) for name in source.sheet_names]
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as made:
        for name, rows in (*(change(name, rows) for name, rows in sheets), *more):
            page = made.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str | int | float) and cell != "":
                        page.write(place, column, cell)
    return target.getvalue()


def base(data: bytes, change: Callable[[sqlite3.Connection], None]) -> bytes:
    """A database after a change."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(data)
        change(db)
        return db.serialize()


def tables(db: sqlite3.Connection) -> list[str]:
    """The names of the tables of a database."""
    found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return [str(name) for (name,) in found]


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _rows(source: CalamineWorkbook, name: str) -> Rows:
    return source.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[return-value]


def _small(begins: bytes | tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(one.lower() for one in ((begins,) if isinstance(begins, bytes) else begins))
