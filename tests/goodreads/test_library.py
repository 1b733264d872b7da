"""Goodreads' shelves: formulas around numbers, days only, a rating of zero means none."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind, Precision
from tests.importing import check_golden, run, sample
from tests.kept_cells import lost_cells

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "goodreads"
LIBRARY = FIXTURES / "goodreads_library_export.csv"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_library_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(LIBRARY, FIXTURES / "library.golden.jsonl", regenerate=regenerate)


def test_the_real_library_gives_4_books_read_and_5_others() -> None:
    found = run(sample("goodreads/2025-derived"))
    assert found.kinds == {"read": 4, "bookmark": 5}
    first = found.items[0]
    assert first.when is not None
    assert (first.when.us, first.when.precision) == (us(2025, 1, 22), Precision.DAY)
    assert first.parties[0].name == "J.M. Clarke"
    assert not found.notices


def test_no_cell_is_lost_but_the_formula_around_a_number() -> None:
    for folder in (sample("goodreads/2025-derived"), FIXTURES):
        assert all(cell.startswith('="') for cell in lost_cells(run(folder / LIBRARY.name), folder))


def test_numbers_of_books_are_without_their_formula() -> None:
    details = [item.details for item in run(LIBRARY).items]
    assert details[0]["ISBN13"] == "9782070000012"  # type: ignore[index]
    assert "ISBN" not in details[1]


def test_a_shelf_of_one_s_own_is_a_bookmark_and_columns_added_by_others_are_kept() -> None:
    items = run(LIBRARY).items
    assert (items[1].kind, items[1].details["Exclusive Shelf"]) == (Kind.BOOKMARK, "abandoned")  # type: ignore[index]
    assert items[0].details["genres"] == "fantasy|12"  # type: ignore[index]


def test_a_book_without_a_sound_date_is_kept_and_said() -> None:
    found = run(LIBRARY)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 4")]
    assert found.items[2].when is None


def test_a_renamed_and_cut_file_is_recognised_and_says_where_it_ends(tmp_path: Path) -> None:
    (tmp_path / "livres.csv").write_bytes(LIBRARY.read_bytes()[:-40])
    found = run(tmp_path)
    assert found.readers == {"livres.csv": "goodreads.library"}
    assert [notice.reason for _, notice in found.notices] == ["table-date", "table-cut"]
    shutil.copy(LIBRARY, tmp_path / "livres.csv")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in found.items}
