"""The viewing page's download: title and day, in the order of day and month of the site's language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "netflix"


def page(tmp_path: Path, *dates: str) -> Run:
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text("Title,Date\n" + "".join(f'"Film {n}","{day}"\n' for n, day in enumerate(dates)), encoding="utf-8")
    return run(path)


def days(found: Run) -> list[str]:
    stamps = [item.when for item in found.items]
    return [datetime.fromtimestamp(stamp.us / 1e6, UTC).date().isoformat() if stamp else "" for stamp in stamps]


def test_the_invented_page_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "viewing-page", FIXTURES / "viewing-page.golden.jsonl", regenerate=regenerate)


def test_the_real_french_page_gives_53_viewings_and_keeps_those_that_are_alike() -> None:
    found = run(sample("netflix/viewing-history-fr-excerpt"))
    assert found.kinds == {"watch": 53}
    assert days(found)[0] == "2021-03-29"
    again = [item for item in found.items if item.title == "New Amsterdam: : "]
    assert len({item.key for item in again}) == 6
    assert not found.notices


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("29/03/2021", "28/03/2021"), "2021-03-29"),
        (("1/25/23", "1/24/23"), "2023-01-25"),
        (("05/03/2021", "04/03/2021", "09/02/2021"), "2021-03-05"),
        (("5/3/21", "5/1/21", "4/9/21"), "2021-05-03"),
        (("25.01.23", "24.01.23"), "2023-01-25"),
        (("2023-01-25", "2023-01-24"), "2023-01-25"),
    ],
)
def test_the_order_of_day_and_month_is_found(tmp_path: Path, dates: tuple[str, ...], first: str) -> None:
    assert days(page(tmp_path, *dates))[0] == first


def test_a_row_without_a_date_is_kept_and_a_cut_row_is_said() -> None:
    found = run(FIXTURES / "viewing-page")
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 6"), ("table-cut", "line 7")]
    assert days(found) == ["2024-02-05", "2024-02-05", "2024-02-04", "2024-01-31", "", "2024-01-30"]


def test_two_pages_that_overlap_share_their_keys(tmp_path: Path) -> None:
    older, newer = tmp_path / "older", tmp_path / "newer"
    older.mkdir()
    newer.mkdir()
    first = page(older, "29/03/2021", "28/03/2021")
    path = newer / "NetflixViewingHistory (2).csv"
    path.write_text('Title,Date\n"New","30/03/2021"\n"Film 0","29/03/2021"\n"Film 1","28/03/2021"\n', encoding="utf-8")
    assert {item.key for item in first.items} < {item.key for item in run(path).items}
