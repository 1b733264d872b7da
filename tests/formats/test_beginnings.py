"""What opens a workbook or a database leaves how its tables begin, once, and of few files."""

from __future__ import annotations

import sqlite3

import pytest

from importers.archive.errors import DamagedMember
from importers.formats import workbooks
from importers.formats.beginnings import ROWS, Beginning, leave, take
from importers.formats.sqlite_tables import Database, open_database
from tests.importers.archives import Files, database, view, workbook

BOOK = workbook(
    {
        "Relevés": [("A1", ["Un titre"]), ("B3", ["Jour", "Valeur"]), *((f"B{n}", ["x", n]) for n in range(4, 90))],
        "Vide": [],
    }
)
BASE = database('CREATE TABLE "deux ""mots" (id INTEGER PRIMARY KEY, said TEXT, odd)', "CREATE TABLE other (a BLOB)")


def test_a_workbook_leaves_the_first_rows_of_each_sheet_once() -> None:
    (member,) = view({"a.xlsx": BOOK}).members
    found = list(workbooks.sheets(member))
    assert [(sheet.name, len(sheet.rows or ())) for sheet in found] == [("Relevés", 89), ("Vide", 0)]
    left = take(member)
    assert [(one.name, len(one.rows)) for one in left] == [("Relevés", ROWS), ("Vide", 0)]
    assert list(left[0].rows[2][1:3]) == ["Jour", "Valeur"]
    assert take(member) == ()


def test_a_database_leaves_its_columns_and_what_they_are_declared_to_hold() -> None:
    (member,) = view({"a.db": BASE}).members
    open_database(member).close()
    assert take(member) == (
        Beginning('deux "mots', (("id", "said", "odd"),), ("INTEGER", "TEXT", "")),
        Beginning("other", (("a",),), ("BLOB",)),
    )


def test_a_database_runs_no_other_pragma_for_that() -> None:
    base = Database(bytearray(BASE))
    assert base.columns("other") == {"a": "BLOB"}
    assert base.columns("sqlite_master") == {}
    for statement in ("PRAGMA writable_schema = ON", "PRAGMA database_list", "CREATE TABLE x (a)"):
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            base._db.execute(statement)
    base.close()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", BOOK[: len(BOOK) // 2]])
def test_what_is_no_workbook_is_said_and_leaves_nothing(data: bytes) -> None:
    (member,) = view({"a.bin": data}).members
    with pytest.raises((workbooks.WorkbookError, DamagedMember)):
        list(workbooks.sheets(member))
    assert take(member) == ()


def test_of_files_that_nobody_asks_about_few_are_held() -> None:
    held: Files = {f"{n}.db": str(n).encode() for n in range(10)}
    members = view(held).members
    for member in members:
        leave(member, [Beginning("x", ())])
    assert [bool(take(member)) for member in members] == [False] * 6 + [True] * 4
