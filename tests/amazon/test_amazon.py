"""Amazon's archive: each dataset writes dates in its own way, and totals are never counted twice."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample
from tests.kept_cells import lost_cells

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "amazon"
ARCHIVE = FIXTURES / "archive"
ABSENT = {"Not Available", "Not Applicable"}


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def titled(found: Run, title: str) -> Item:
    return next(item for item in found.items if item.title == title)


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome() -> None:
    assert run(ARCHIVE).outcomes == {"read": 12, "kept": 1, "skipped": 2}


def test_the_real_excerpt_of_2023_gives_13_lines_of_orders_and_8_digital_goods() -> None:
    found = run(sample("amazon/2023-us-excerpt"))
    assert (len(of(found, "order")), len(of(found, "digital"))) == (13, 8)
    assert found.kinds == {"purchase": 19, "other": 2}
    assert sum(Decimal(item.amount) for item in of(found, "order") if item.amount) == Decimal("345.39")
    assert not found.notices


def test_the_real_reading_sessions_include_one_of_which_only_the_end_is_known() -> None:
    found = run(sample("amazon/kindle-reading-2025-transcribed"))
    assert found.kinds == {"read": 5}
    last = found.items[-1]
    assert last.when is not None
    assert (last.when.us, last.end) == (us(2025, 5, 6, 15, 7, 11), None)
    assert not found.notices


@pytest.mark.parametrize("path", ["2023-us-excerpt", "kindle-reading-2025-transcribed"])
def test_no_cell_of_the_real_tables_is_lost(path: str) -> None:
    folder = sample(f"amazon/{path}")
    assert not lost_cells(run(folder), folder, ABSENT) - {"'-1.7'"}


def test_no_cell_of_the_invented_archive_is_lost() -> None:
    skipped = {"Retail.OrderHistory.1.csv", "Your orders"}
    assert not lost_cells(run(ARCHIVE), ARCHIVE, ABSENT) - skipped


def test_discounts_stand_between_apostrophes_and_thousands_have_a_comma() -> None:
    found = run(ARCHIVE)
    lamp = titled(found, 'Lampe de bureau "Lueur", 40 cm')
    assert (lamp.amount, lamp.currency, lamp.details["Total Discounts"]) == ("18.5", "EUR", "'-1.5'")  # type: ignore[index]
    assert titled(found, "Vélo pliant").amount == "1250.00"


def test_a_cancelled_line_is_no_purchase_whatever_amount_it_keeps() -> None:
    tent = titled(run(ARCHIVE), "Tente deux places")
    assert (tent.kind, tent.amount) == (Kind.OTHER, "")
    assert tent.details["Total Owed"] == "121.87"  # type: ignore[index]


def test_one_article_shipped_twice_in_one_order_is_two_lines() -> None:
    twice = [item for item in of(run(ARCHIVE), "order") if item.title == "Ampoule ronde"]
    assert len({item.key for item in twice}) == 2


def test_orders_of_all_regions_are_read_and_old_ones_are_month_first() -> None:
    american = titled(run(ARCHIVE), "Carnet")
    assert american.when is not None
    assert (american.when.us, american.currency) == (us(2015, 3, 14, 8, 9, 10), "USD")


def test_prime_video_says_the_hour_only_and_month_first() -> None:
    watched = titled(run(ARCHIVE), "Le Petit Test")
    assert watched.when is not None
    assert (watched.when.us, watched.when.precision) == (us(2024, 3, 4, 21), Precision.HOUR)
    assert watched.end is None


def test_a_reading_session_has_the_name_of_the_book_from_the_purchases() -> None:
    sessions = of(run(ARCHIVE), "session")
    assert [session.title for session in sessions] == ["Les Marées, tome 1", "0123456789ABCDEF0123456789ABCDEF"]
    assert sessions[0].end == us(2024, 1, 6, 20, 30)


def test_an_order_without_a_sound_date_is_kept_and_said_with_its_line() -> None:
    found = run(ARCHIVE)
    assert [(n.reason, n.position, n.what) for _, n in found.notices] == [("table-date", "line 8", "Order Date")]
    assert titled(found, "Gomme").when is None


@pytest.mark.parametrize(
    ("path", "reader"),
    [
        ("Retail.OrderHistory.1/Retail.OrderHistory.1.csv", "amazon.orders"),
        ("Digital-Ordering.1/Digital Items.csv", "amazon.digital_items"),
        ("Kindle.Devices.ReadingSession/Kindle.Devices.ReadingSession.csv", "amazon.reading_sessions"),
        ("Audible.Library/Audible.Library.csv", "amazon.audible_library"),
    ],
)
def test_a_table_taken_out_and_renamed_is_recognised_and_has_the_same_keys(
    tmp_path: Path, path: str, reader: str
) -> None:
    shutil.copy(ARCHIVE / path, tmp_path / "0001 (1).csv")
    found = run(tmp_path)
    assert found.readers["0001 (1).csv"] == reader
    assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}


def test_an_order_that_has_arrived_meanwhile_is_the_same_order(tmp_path: Path) -> None:
    table = ARCHIVE / "Retail.OrderHistory.1" / "Retail.OrderHistory.1.csv"
    later = table.read_text(encoding="utf-8").replace(
        '"Authorized","Not Available","Not Available"', '"Closed","Shipped","2024-03-03T10:00:00Z"'
    )
    (tmp_path / "later.csv").write_text(later, encoding="utf-8")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(table).items}


def test_a_cut_table_gives_what_is_whole_and_says_where_it_ends(tmp_path: Path) -> None:
    table = ARCHIVE / "Retail.OrderHistory.1" / "Retail.OrderHistory.1.csv"
    (tmp_path / "cut.csv").write_bytes(table.read_bytes()[:1500])
    found = run(tmp_path)
    assert len(found.items) >= 2
    assert [notice.reason for _, notice in found.notices] == ["table-cut"]


def test_the_archive_of_2026_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "archive-2026", FIXTURES / "archive-2026.golden.jsonl", regenerate=regenerate)


def test_an_order_in_an_archive_of_each_generation_is_one() -> None:
    old, new = of(run(ARCHIVE), "order"), of(run(FIXTURES / "archive-2026"), "order")
    assert new[0].key in {item.key for item in old}
    assert [(item.kind, item.amount) for item in new] == [(Kind.PURCHASE, "18.5"), (Kind.OTHER, "")]


def test_each_table_of_the_archive_of_2026_has_its_kind_and_loses_no_cell() -> None:
    found = run(FIXTURES / "archive-2026")
    assert found.kinds == {
        "purchase": 2,
        "other": 1,
        "bookmark": 1,
        "page-visit": 1,
        "message": 1,
        "device": 1,
        "search": 1,
    }
    assert not found.notices
    assert not lost_cells(found, FIXTURES / "archive-2026", ABSENT)


def test_a_refund_is_below_zero_so_that_spending_adds_up() -> None:
    (refund,) = of(run(FIXTURES / "archive-2026"), "refund")
    assert (refund.kind, refund.amount, refund.currency) == (Kind.PURCHASE, "-18.50", "EUR")
