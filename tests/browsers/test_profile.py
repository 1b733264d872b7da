"""Files of browsers: history databases, bookmarks in four forms, exports; real ones and an invented profile."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.formats.sqlite_tables import Database, DatabaseError
from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "browsers"
PROFILE = FIXTURES / "profile"


def visits(found: Run) -> list[Item]:
    return [item for item in found.items if item.key[0] == "visit"]


def stamp(item: Item) -> str:
    assert item.when is not None
    return datetime.fromtimestamp(item.when.us // 1_000_000, UTC).isoformat()[:19] + f".{item.when.us % 1_000_000:06}"


def test_the_invented_profile_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(PROFILE, FIXTURES / "profile.golden.jsonl", regenerate=regenerate)


@pytest.mark.parametrize("name", ["History", "places.sqlite", "History.db"])
def test_the_invented_databases_are_what_their_text_says(name: str) -> None:
    made = sqlite3.connect(":memory:")
    made.executescript((FIXTURES / "sql" / f"{name}.sql").read_text(encoding="utf-8"))
    kept = sqlite3.connect(":memory:")
    kept.deserialize((PROFILE / name).read_bytes())
    assert list(kept.iterdump()) == list(made.iterdump())
    made.close()
    kept.close()


def test_a_real_database_of_chrome_gives_its_six_visits() -> None:
    found = run(sample("browsers/chrome.sqlite"))
    assert found.kinds["page-visit"] == 6
    first, *_, last = sorted(visits(found), key=lambda item: item.key[2])
    assert stamp(first) == "2021-01-17T06:16:15.902496"
    assert last.when is not None
    assert last.end is not None
    assert (last.end - last.when.us) // 1_000_000 == 16
    assert not found.notices


def test_a_real_database_of_safari_gives_its_three_visits() -> None:
    found = run(sample("browsers/safari.sqlite"))
    assert found.kinds["page-visit"] == 3
    assert not found.notices


def test_a_real_database_of_an_old_telephone_gives_three_visits_of_which_one_is_a_reload() -> None:
    found = run(sample("browsers/firefox_mobile_legacy.sqlite"))
    assert sorted(str(item.kind) for item in visits(found)) == ["other", "page-visit", "page-visit"]
    assert min(map(stamp, visits(found))) == "2020-04-11T00:54:49.044814"
    assert found.kinds["search"] == 2
    assert not found.notices


def test_a_real_database_of_firefox_gives_its_four_visits() -> None:
    found = run(sample("browsers/places-vacuumed.sqlite"))
    assert found.kinds["page-visit"] == 4
    assert min(item.key[2] for item in visits(found)) == 1593250194513750
    assert not found.notices


def test_a_real_list_that_a_tool_joined_gives_its_visit() -> None:
    (item,) = run(sample("browsers/merged_dump.json")).items
    assert (item.kind, stamp(item)) == (Kind.PAGE_VISIT, "2020-09-15T01:29:23.720000")


@pytest.mark.parametrize(
    ("name", "links", "folders"),
    [
        ("chromium_nested", 18, 7),
        ("firefox_nested", 24, 6),
        ("delicious", 5, 0),
        ("netscape_basic", 2, 0),
        ("safari_folded", 3, 5),
    ],
)
def test_real_bookmark_pages_give_all_links_and_folders(name: str, links: int, folders: int) -> None:
    found = run(sample(f"browsers/bookmarks/{name}.htm"))
    assert found.kinds.get("bookmark", 0) == links
    assert len([item for item in found.items if item.key[0] == "folder"]) == folders
    assert not found.notices


def test_a_bookmark_has_its_folders_its_description_and_a_date_with_its_offset() -> None:
    found = run(sample("browsers/bookmarks/netscape_basic.htm"))
    secret = next(item for item in found.items if item.title == "Secret stuff")
    assert (stamp(secret), secret.when and secret.when.offset) == ("2000-10-10T10:55:36.000000", 180)
    assert secret.text == "Super-secret stuff you're not supposed to know about"
    nested = run(sample("browsers/bookmarks/safari_folded.htm"))
    deep = next(item for item in nested.items if item.title.startswith("Wikipedia"))
    assert deep.details["folder"] == ["Autre Divers", "doc"]  # type: ignore[index]


@pytest.mark.parametrize("name", ["History", "places.sqlite", "History.db", "Bookmarks", "Favoris.html"])
def test_files_under_meaningless_names_give_the_same_records(name: str, tmp_path: Path) -> None:
    shutil.copy(PROFILE / name, tmp_path / "0001.bin")
    shutil.copytree(PROFILE, tmp_path / "whole")
    named = {item.key for item in run(PROFILE / name).items}
    assert named == {item.key for item in run(tmp_path / "0001.bin").items}


def test_frames_and_reloads_are_no_visits_and_a_forgotten_tab_has_no_end() -> None:
    found = visits(run(PROFILE / "History"))
    assert [str(item.kind) for item in found] == ["page-visit", "other", "page-visit", "other", "page-visit"]
    assert [item.end is None for item in found] == [False, True, True, True, True]


def test_telephones_count_milliseconds_and_their_size_tells() -> None:
    desktop, telephone = visits(run(PROFILE / "places.sqlite"))
    assert (stamp(desktop), stamp(telephone)) == ("2024-03-21T05:46:40.123456", "2024-03-21T05:47:40.000000")
    assert telephone.when is not None
    assert telephone.when.precision is Precision.MILLISECOND


def test_the_database_and_the_export_of_safari_name_a_visit_alike() -> None:
    database = {item.key for item in visits(run(PROFILE / "History.db"))}
    export = {item.key for item in visits(run(PROFILE / "historique.json"))}
    assert database < export


def test_passwords_are_refused_and_not_kept() -> None:
    found = run(PROFILE / "Mots de passe.csv")
    assert [ended.why for ended in found.ended.values()] == ["browsers-passwords"]
    assert not found.items
    assert not found.files


def test_a_packed_backup_reads_like_the_plain_one(tmp_path: Path) -> None:
    plain = (PROFILE / "bookmarks-2024-03-21.json").read_bytes()
    again = plain.index(b"text/x-moz-place-container", plain.index(b"text/x-moz-place-container") + 30)
    back = again - plain.index(b"text/x-moz-place-container")
    first, last = plain[:again], plain[again + 26 :]
    body = packed(first, back, 26) + packed(last, 0, 0)
    path = tmp_path / "bookmarks-2024-03-21_3_x.jsonlz4"
    path.write_bytes(b"mozLz40\x00" + len(plain).to_bytes(4, "little") + body)
    found = run(path)
    assert found.readers[path.name] == "firefox.bookmark_backup"
    assert found.lines() == run(PROFILE / "bookmarks-2024-03-21.json").lines()
    path.write_bytes(path.read_bytes()[:-9])
    assert [notice.reason for _, notice in run(path).notices] == ["bookmarks-packed"]


def packed(literal: bytes, back: int, repeat: int) -> bytes:
    """One sequence of an LZ4 block: literal bytes (15 at least), then a repetition (19 at least) or the end."""
    more = len(literal) - 15
    out = bytes((0xF0 | (15 if back else 0),)) + b"\xff" * (more // 255) + bytes((more % 255,)) + literal
    return out + back.to_bytes(2, "little") + bytes((repeat - 19,)) if back else out


def test_recent_visits_stand_in_the_log_beside_the_database(tmp_path: Path) -> None:
    writer = sqlite3.connect(tmp_path / "places.sqlite", isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.executescript((FIXTURES / "sql" / "places.sqlite.sql").read_text(encoding="utf-8"))
    writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    writer.execute("INSERT INTO moz_historyvisits VALUES(3,0,1,1712000000000000,1,0)")
    there = tmp_path / "copy"
    there.mkdir()
    for file in tmp_path.glob("places.sqlite*"):
        shutil.copy(file, there)
    writer.close()
    found = run(there)
    assert len(visits(found)) == 3
    assert {ended.why for path, ended in found.ended.items() if "-" in path} == {"browsers-log"}
    (there / "places.sqlite-wal").unlink()
    (there / "places.sqlite-shm").unlink()
    assert len(visits(run(there))) == 2


def large(path: Path) -> int:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA page_size = 512")
    database.executescript((FIXTURES / "sql" / "places.sqlite.sql").read_text(encoding="utf-8"))
    rows = ((number, 0, 1, 1_711_000_000_000_000 + number, 1, 0) for number in range(10, 2000))
    database.execute("BEGIN")
    database.executemany("INSERT INTO moz_historyvisits VALUES(?,?,?,?,?,?)", rows)
    database.execute("COMMIT")
    database.close()
    return 1992


def test_a_database_that_is_cut_off_gives_what_it_can_says_so_and_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    whole = large(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 4])
    found = run(path)
    assert len(visits(found)) < whole
    assert found.kinds["bookmark"] == 1
    assert found.kinds["document"] == 1
    assert "database-damage" in {notice.reason for _, notice in found.notices}


def test_a_damaged_page_costs_its_own_rows_only(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    whole = large(path)
    data = bytearray(path.read_bytes())
    data[60 * 512 : 61 * 512] = bytes(512)
    path.write_bytes(data)
    found = run(path)
    assert whole - 100 < len(visits(found)) < whole
    assert [notice.reason for _, notice in found.notices] == ["database-damage"]


def test_a_hostile_schema_runs_nothing_and_a_file_that_only_begins_like_a_database_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    database = sqlite3.connect(path)
    database.executescript(
        "CREATE VIEW moz_places AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n;"
        "CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY, place_id);"
    )
    database.close()
    found = run(path)
    assert [item.kind for item in found.items] == [Kind.DOCUMENT]
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    found = run(path)
    assert [item.kind for item in found.items] == [Kind.DOCUMENT]
    assert [notice.reason for _, notice in found.notices] == ["database-broken"]


def test_no_field_of_the_originals_is_dropped() -> None:
    said = "\n".join(run(PROFILE).lines())
    for name in ("History", "places.sqlite", "History.db"):
        database = sqlite3.connect(":memory:")
        database.deserialize((PROFILE / name).read_bytes())
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in (table for table in tables if not table.startswith("sqlite_")):
            for row in database.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - our own fixture
                for value in row:
                    assert not isinstance(value, str) or json.dumps(value, ensure_ascii=False)[1:-1] in said
        database.close()


def test_a_page_of_bookmarks_that_is_cut_off_gives_those_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "Favoris.html"
    text = (PROFILE / "Favoris.html").read_text(encoding="utf-8")
    path.write_text(text[: text.index("Le même vélo")], encoding="utf-8")
    found = run(path)
    assert found.kinds["bookmark"] == 4
    assert ("bookmarks-cut", "line 19") in [(notice.reason, notice.position) for _, notice in found.notices]


def test_bytes_that_are_damaged_anywhere_end_in_rows_or_a_reason_and_never_in_another_error() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage in every run
    whole = (PROFILE / "History").read_bytes()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(16, len(data))] = chance.randrange(256)
        try:
            database = Database(data)
        except DatabaseError as error:
            assert error.reason == "database-broken"
            continue
        for table in database.names:
            assert len(list(database.rows(table))) < 1000
        database.close()
