"""Workbooks and databases of which something changed: sheets, tables and columns are told, and never a cell."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importers.drift.drift import Drift, Missing, New
from importers.drift.known import known
from importers.drift.names import CROWD
from importers.drift.tables import declared, short
from tests.drift.archives import texts
from tests.drift.inventions import MORE, READING, TITLES, gas
from tests.drift.packed import BASE, BOOK, Rows, base, book, of_kind, quoted, tables, told
from tests.drift.test_privacy import MARK, VALUES, WORDS
from tests.importers.archives import Files, files
from vault_app.intake.drifts import description

DEEZER = "deezer/deezer-data_4200042.xlsx"
TOKEN = "zq-valeur"
BROWSER = "more/chromium"


def deezer(change: Any, more: Any = ()) -> Files:
    (name,) = files(DEEZER)
    return {name: book(files(DEEZER)[name], change, more)}


def same(name: str, rows: Rows) -> tuple[str, Rows]:
    return name, rows


def with_column(title: str, cell: object, sheet: str = "listeningHistory") -> Any:
    def change(name: str, rows: Rows) -> tuple[str, Rows]:
        if short(name) != sheet:
            return name, rows
        return name, [[*row, cell if place else title] for place, row in enumerate(rows)]

    return change


def only(held: Files) -> Drift:
    (drift,) = told(held).drifts
    return drift


def said(drifts: tuple[Drift, ...]) -> str:
    return (description(drifts, "1", "2026-11") + "\n".join(texts(drifts))).lower()


@pytest.mark.parametrize(("cell", "kind"), [(TOKEN, "text"), (17.5, "number"), (True, "yes-no"), ("", "text")])
def test_a_column_that_a_sheet_has_got_is_kept_and_told(cell: object, kind: str) -> None:
    before, after = told(deezer(same)), told(deezer(with_column("Mood Then", cell)))
    assert before.drifts == ()
    assert [(item.kind, item.when, item.title) for item in after.items] == [
        (item.kind, item.when, item.title) for item in before.items
    ]
    assert str(cell) in after.details or isinstance(cell, bool)
    assert after.drifts == (Drift("deezer.workbook", 1, (New("|listeningHistory|", "Mood Then", kind, 1),), ()),)


def test_a_renamed_column_below_lines_of_titles_is_new_and_missing() -> None:
    titles = ["Energie lue (kWh)" if title == "Energie consommée (kWh)" else title for title in TITLES]
    found = told(gas(titles, READING))
    assert found.others == told(gas(TITLES, READING)).others
    (drift,) = found.drifts
    place = "|Historique par mois|"
    assert drift.new == (New(place, "Energie lue (kWh)", "number", 1),)
    assert drift.missing == (Missing(place, "Energie consommée (kWh)"),)


def test_the_number_of_a_sheet_the_order_and_the_spelling_of_columns_are_no_change() -> None:
    def turned(name: str, rows: Rows) -> tuple[str, Rows]:
        return f"7{name}", [
            [f" {cell} ".upper() if not place else cell for cell in reversed(row)] for place, row in enumerate(rows)
        ]

    assert told(deezer(turned)).drifts == ()


def test_a_new_sheet_is_told_and_nothing_of_what_is_in_it() -> None:
    found = told(deezer(same, [("90_moodHistory", [["Who", "Zoé Marchéval"], ["x", TOKEN]])]))
    assert TOKEN in found.details
    assert found.drifts == (Drift("deezer.workbook", 1, (New("||", "moodHistory", "list", 1),), ()),)


def test_a_workbook_without_a_header_tells_no_cell() -> None:
    def headless(name: str, rows: Rows) -> tuple[str, Rows]:
        """A song may be called what a column is called."""
        return name, [["Song Title", *row[1:]] for row in rows[1:]]

    assert told(deezer(headless)).drifts == ()


def changed_browser(*statements: str) -> Files:
    def change(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO urls (id, url, title) VALUES (1, 'https://jardin.example', 'Semer')")
        db.execute("INSERT INTO visits (id, url, visit_time) VALUES (1, 1, 13300000000000000)")
        for statement in statements:
            db.execute(statement)

    return {"History": base(MORE[BROWSER]["History"], change)}


def test_columns_and_tables_that_a_database_has_got_are_told_with_their_type() -> None:
    found = told(
        changed_browser(
            "ALTER TABLE visits ADD COLUMN mood_then VARCHAR",
            "ALTER TABLE visits ADD COLUMN mood_score INTEGER",
            "CREATE TABLE moods (mood_name TEXT, zoe TEXT)",
            f"INSERT INTO moods VALUES ('{TOKEN}', 'x')",
            f"UPDATE visits SET mood_then = '{TOKEN}'",
        )
    )
    assert found.details.count(TOKEN) == 2
    (drift,) = found.drifts
    assert drift.reader == "chrome.history"
    assert drift.missing == ()
    assert drift.new == (
        New("|visits|", "mood_score", "number", 1),
        New("|visits|", "mood_then", "text", 1),
        New("||", "moods", "list", 1),
    )


def test_a_column_that_a_database_has_no_more_is_told() -> None:
    drift = only(changed_browser("ALTER TABLE visits RENAME COLUMN visit_duration TO visit_length"))
    assert drift.new == (New("|visits|", "visit_length", "mixed", 1),)
    assert drift.missing == (Missing("|visits|", "visit_duration"),)


def test_what_is_written_in_a_schema_beside_names_is_not_told() -> None:
    held = changed_browser(
        f"CREATE TABLE moods (mood_name TEXT DEFAULT '{MARK}' /* {MARK} */ CHECK (mood_name != '{MARK}'))"
    )
    found = told(held)
    assert found.drifts
    assert MARK not in said(found.drifts)


def test_views_and_indexes_are_no_tables() -> None:
    held = changed_browser("CREATE VIEW moods AS SELECT 1 AS zoe", "CREATE INDEX mood_index ON visits (url)")
    assert told(held).drifts == ()


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        *[("INTEGER", "number"), ("bigint", "number"), ("LONGVARCHAR", "text"), ("DOUBLE", "number"), ("", "mixed")],
        *[("BOOLEAN", "yes-no"), ("BLOB", "mixed"), ("zoe@exemple.org", "mixed")],
    ],
)
def test_a_declared_type_is_one_of_few_words(type_: str, kind: str) -> None:
    assert declared(type_) == kind


def crowd(words: list[str]) -> list[str]:
    return [f"{words[0]}{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}" for n in range(CROWD + 1)]


ALL_TITLES = frozenset(
    title
    for reader in known().readers.values()
    for path, place in reader.places.items()
    if path.startswith("|")
    for title in place.names
)


def planted_book(data: bytes, names: list[str], value: str) -> bytes:
    """A workbook with a text in each cell that is no title, more titles beside the titles, and more sheets."""

    def change(name: str, rows: Rows) -> tuple[str, Rows]:
        wide = max(map(len, rows), default=0)
        whole = [[*row, *[""] * (wide - len(row))] for row in rows]
        return name, [
            [*row, *names]
            if len(set(map(str, row)) & ALL_TITLES) >= 2
            else [
                f"{cell} {value}"
                if isinstance(cell, str) and cell not in ALL_TITLES and not cell[:2].isdigit()
                else cell
                for cell in row
            ]
            for row in whole
        ]

    sheets = {re.sub(r"[\[\]:*?/\\']", "", name)[:31].strip().casefold() for name in names} - {""}
    return book(data, change, [(name, [[value, value], ["x", value]]) for name in sorted(sheets)])


def planted_base(data: bytes, names: list[str], value: str) -> bytes:
    """A database with a text in each row, more columns in each table, and more tables."""

    def change(db: sqlite3.Connection) -> None:
        for table in tables(db):
            for _, column, *_ in db.execute(f"PRAGMA table_info({quoted(table)})").fetchall():
                text = f"typeof({quoted(column)}) = 'text'"
                db.execute(
                    f"UPDATE {quoted(table)} SET {quoted(column)} = {quoted(column)} || ? WHERE {text}", (value,)
                )
            for name in names:
                db.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN {quoted(name)} TEXT")
        for name in names:
            db.execute(f"CREATE TABLE IF NOT EXISTS {quoted(name)} (a TEXT)")
            db.execute(f"INSERT INTO {quoted(name)} VALUES (?)", (value,))

    return base(data, change)


@pytest.mark.parametrize("form", ["book", "base"])
@given(values=st.lists(VALUES, min_size=3, max_size=5, unique_by=str.casefold))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
def test_a_value_in_the_place_of_a_name_is_counted_and_not_told(form: str, values: list[str]) -> None:
    held = (
        {"deezer.xlsx": planted_book(files(DEEZER)[DEEZER.partition("/")[2]], values, values[0])}
        if form == "book"
        else {"History": planted_base(changed_browser()["History"], values, values[0])}
    )
    found = told(held)
    assert MARK in found.details
    (drift,) = found.drifts
    assert {new.name for new in drift.new} == {""}
    assert {"book": "|listeningHistory|", "base": "|visits|"}[form] in {new.place for new in drift.new}
    assert "||" in {new.place for new in drift.new}
    assert MARK not in said(found.drifts)


@given(words=st.lists(WORDS, min_size=1, max_size=1))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
def test_a_crowd_of_columns_and_of_tables_is_counted_and_not_told(words: list[str]) -> None:
    found = told({"History": planted_base(changed_browser()["History"], crowd(words), words[0])})
    (drift,) = found.drifts
    assert {(new.place, new.name, new.count) for new in drift.new} >= {("||", "", 10), ("|visits|", "", 10)}
    assert MARK not in said(found.drifts)


def test_what_is_planted_in_every_invented_workbook_and_database_is_nowhere_in_what_is_told() -> None:
    names = [f"{MARK}@exemple.org", f"Rue {MARK} 12345", f"{MARK}, {MARK}"]
    noticed = 0
    for begins, planted in ((BOOK, planted_book), (BASE, planted_base)):
        for name, held in of_kind(begins):
            chosen = {
                path: planted(data, names, f" {MARK}")
                if data.startswith(begins) and not path.endswith((".kmz", ".zip"))
                else data
                for path, data in held.items()
            }
            found = told(chosen)
            noticed += len(found.drifts)
            assert MARK not in said(found.drifts), name
    assert noticed >= 10
