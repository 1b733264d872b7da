"""IMDb's ratings: the name of the file is common, its columns decide."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Kind, Precision
from tests.importing import check_golden, run, sample
from tests.kept_cells import lost_cells

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "imdb"
RATINGS = FIXTURES / "ratings.csv"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_ratings_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(RATINGS, FIXTURES / "ratings.golden.jsonl", regenerate=regenerate)


@pytest.mark.parametrize(("name", "count"), [("ratings-2025", 13), ("ratings-2025-tv-only", 5)])
def test_the_real_ratings_give_every_row_and_lose_no_cell(name: str, count: int) -> None:
    found = run(sample(f"imdb/{name}"))
    assert found.kinds == {"reaction": count}
    assert not found.notices
    assert not lost_cells(found, sample(f"imdb/{name}"))


def test_the_real_files_overlap_by_their_numbers() -> None:
    films, series = run(sample("imdb/ratings-2025")), run(sample("imdb/ratings-2025-tv-only"))
    assert {item.key for item in series.items} <= {item.key for item in films.items}


def test_a_rating_without_a_sound_date_is_kept_and_said() -> None:
    found = run(RATINGS)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 3")]


def test_ratings_before_2018_have_small_letters_and_dates_in_words(tmp_path: Path) -> None:
    (tmp_path / "0001.csv").write_text(
        '"position","const","created","modified","description","Title","You rated"\n'
        '"1","tt9000001","Sat Mar 10 00:00:00 2012","","","Le Grand Test","8"\n',
        encoding="utf-8",
    )
    (item,) = run(tmp_path).items
    assert item.when is not None
    assert (item.kind, item.title, item.when.us, item.when.precision) == (
        Kind.REACTION,
        "Le Grand Test",
        us(2012, 3, 10),
        Precision.DAY,
    )
    assert item.key in {one.key for one in run(RATINGS).items}
