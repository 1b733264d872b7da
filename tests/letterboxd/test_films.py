"""Letterboxd: the day of watching is not that of logging, and one film in three tables is watched once."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample
from tests.kept_cells import lost_cells

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "letterboxd"
ARCHIVE = FIXTURES / "archive"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_real_archive_of_2025_gives_every_row() -> None:
    found = run(sample("letterboxd/letterboxd-exemple-2025-excerpt"))
    assert found.kinds == {"watch": 4, "other": 4, "bookmark": 4, "reaction": 4, "review": 2, "post": 1}
    assert found.outcomes == {"read": 7}
    assert not found.notices


def test_the_real_diary_places_a_film_on_the_day_of_watching() -> None:
    seen = of(run(sample("letterboxd/letterboxd-exemple-2025-excerpt")), "diary")[0]
    assert seen.when is not None
    assert (seen.when.us, seen.when.precision) == (us(2018, 6, 3), Precision.DAY)


def test_no_cell_of_the_real_archive_is_lost() -> None:
    folder = sample("letterboxd/letterboxd-exemple-2025-excerpt")
    assert not lost_cells(run(folder), folder)


def test_a_film_in_three_tables_is_watched_once() -> None:
    found = [item.kind for item in run(ARCHIVE).items if item.title == "Le Grand Test"]
    assert found.count(Kind.WATCH) == 1


def test_what_was_deleted_and_lists_are_kept_whole() -> None:
    found = run(ARCHIVE)
    assert {path for path, ended in found.ended.items() if ended.outcome == "kept"} == {
        "deleted/diary.csv",
        "lists/mes-dix.csv",
    }
    assert found.outcomes == {"read": 8, "kept": 2, "skipped": 1}


def test_an_entry_without_a_sound_date_is_kept_and_said() -> None:
    found = run(ARCHIVE)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 4")]


@pytest.mark.parametrize("name", ["diary", "reviews", "ratings", "profile"])
def test_a_renamed_table_is_recognised_by_its_columns(tmp_path: Path, name: str) -> None:
    shutil.copy(ARCHIVE / f"{name}.csv", tmp_path / "0001.csv")
    found = run(tmp_path)
    assert found.readers["0001.csv"].startswith("letterboxd.")
    assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}
