"""Archives inside archives: opened one level deep, by stream, within the budget of the outer one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from importers.archive import nested
from importers.archive.errors import BudgetExceeded, DamagedMember
from importers.archive.view import open_archive
from tests.archive.building import STORED, Entry, files, paths, reasons, tgz, view, whole, zipped
from tests.importing import parts_of

INNER = zipped(Entry(b"a.txt", b"text" * 90), Entry(b"b/c.txt", b"more" * 90))
FILES = files(12)


@pytest.mark.parametrize("method", [STORED, 8])
def test_members_of_a_zip_in_a_zip_stand_under_its_path(method: int) -> None:
    read = view(zipped(Entry(b"first", b"1"), Entry(b"in/inner.zip", INNER, method), Entry(b"last", b"2")))
    assert paths(read) == ["first", "in/inner.zip/a.txt", "in/inner.zip/b/c.txt", "last"]
    assert whole(read)["in/inner.zip/b/c.txt"] == b"more" * 90
    assert not read.notices


def test_members_of_a_tgz_in_a_zip_stand_under_its_path() -> None:
    read = view(zipped(Entry(b"inner.tgz", tgz(*FILES))))
    assert whole(read) == {f"inner.tgz/{header.name}": data for header, data in FILES}


def test_a_packed_file_in_a_zip_is_unpacked() -> None:
    assert whole(view(zipped(Entry(b"log/list.csv.gz", gzip.compress(b"a,b"))))) == {"log/list.csv.gz/list.csv": b"a,b"}


def test_an_inner_zip_that_is_stored_is_read_in_its_place_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested, "HELD", 10)
    assert len(view(zipped(Entry(b"inner.zip", INNER, STORED))).members) == 2


def test_an_inner_zip_too_large_for_memory_is_kept_whole_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested, "HELD", len(INNER) - 1)
    read = view(zipped(Entry(b"inner.zip", INNER)))
    assert whole(read) == {"inner.zip": INNER}
    assert reasons(read) == ["nested-too-large"]


def test_an_inner_tgz_too_large_for_memory_is_read_by_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nested, "HELD", 100)
    read = view(zipped(Entry(b"inner.tgz", tgz(*FILES))))
    wanted = {f"inner.tgz/{header.name}": data for header, data in FILES}
    assert whole(read) == wanted
    assert {member.path: member.read(9000) for member in reversed(read.members)} == wanted


def test_inner_zips_take_turns_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.archive.sources.HELD", len(INNER) + 10)
    read = view(zipped(*(Entry(b"%d.zip" % n, INNER) for n in range(4))))
    for _ in range(2):
        assert set(whole(read).values()) == {b"text" * 90, b"more" * 90}
    assert len(read.members) == 8


def test_a_third_archive_inside_is_listed_and_not_opened() -> None:
    middle = zipped(Entry(b"inner.zip", INNER))
    read = view(zipped(Entry(b"middle.zip", middle)))
    assert whole(read) == {"middle.zip/inner.zip": INNER}
    assert [(path, notice.reason) for path, notice in read.notices] == [("middle.zip/inner.zip", "nested-too-deep")]


def test_a_folder_is_no_level(tmp_path: Path) -> None:
    (tmp_path / "outer.zip").write_bytes(zipped(Entry(b"inner.zip", INNER)))
    (tmp_path / "side.tgz").write_bytes(tgz(*FILES[:1]))
    (tmp_path / "note.txt").write_bytes(b"text")
    read = open_archive(parts_of(tmp_path))
    assert paths(read) == [
        "note.txt",
        "outer.zip/inner.zip/a.txt",
        "outer.zip/inner.zip/b/c.txt",
        "side.tgz/folder/0000.bin",
    ]
    assert whole(read)["side.tgz/folder/0000.bin"] == FILES[0][1]


@pytest.mark.parametrize(
    "name", [b"book.xlsx", b"text.docx", b"book.epub", b"map.kmz", b"app.apk", b"app.jar", b"sheet.ods"]
)
def test_documents_that_are_zips_stay_one_member(name: bytes) -> None:
    assert whole(view(zipped(Entry(name, INNER)))) == {name.decode(): INNER}


def test_a_workbook_named_zip_stays_one_member() -> None:
    book = zipped(Entry(b"[Content_Types].xml", b"<Types/>"), Entry(b"xl/workbook.xml", b"<workbook/>"))
    assert whole(view(zipped(Entry(b"book.zip", book)))) == {"book.zip": book}


def test_a_damaged_inner_archive_is_kept_whole_and_the_others_are_opened() -> None:
    read = view(zipped(Entry(b"bad.zip", INNER[:-30]), Entry(b"wrong.zip", INNER, crc=3), Entry(b"good.zip", INNER)))
    assert paths(read) == ["bad.zip", "wrong.zip", "good.zip/a.txt", "good.zip/b/c.txt"]
    assert reasons(read) == ["nested-damaged", "nested-damaged"]
    with pytest.raises(DamagedMember):
        read.members[1].read(9000)


def test_inner_archives_share_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.archive.budget.FREE", 0)
    monkeypatch.setattr("importers.archive.budget.TIMES", 20)
    data = zipped(*(Entry(b"%d.zip" % n, zipped(Entry(b"zeros", bytes(20_000))), STORED) for n in range(9)))
    with pytest.raises(BudgetExceeded):
        whole(view(data))


def test_what_is_odd_about_an_inner_archive_names_it() -> None:
    read = view(zipped(Entry(b"inner.zip", INNER + b"behind")))
    assert [(path, notice.what) for path, notice in read.notices] == [("inner.zip", "data-after")]
