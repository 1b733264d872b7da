"""PayPal's report: one purchase is several rows, times are in the printed zone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample
from tests.kept_cells import lost_cells

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "paypal"
REPORT = FIXTURES / "Telecharger.csv"
ENGLISH = (
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","Transaction ID","Balance Impact"\n'
)


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def english(folder: Path, *rows: str) -> Run:
    (folder / "Download.CSV").write_text(ENGLISH + "".join(row + "\n" for row in rows), encoding="utf-8")
    return run(folder)


def named(found: Run, name: str) -> Item:
    return next(item for item in found.items if item.title == name)


def test_the_invented_report_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(REPORT, FIXTURES / "report.golden.jsonl", regenerate=regenerate)


def test_the_real_french_header_of_2017_is_recognised_and_its_report_is_empty() -> None:
    found = run(sample("paypal/fr-2017-header-transcribed"))
    assert found.readers == {"Telecharger.csv": "paypal.activity"}
    assert (found.items, found.notices) == ([], [])


def test_no_cell_is_lost() -> None:
    assert not lost_cells(run(REPORT), FIXTURES)


def test_amounts_have_a_comma_a_dot_and_no_break_spaces() -> None:
    found = run(REPORT)
    assert [item.amount for item in found.items] == ["-12.34", "12.34", "-1250.00", "", "19.30", "1.00"]
    assert sum(Decimal(item.amount) for item in found.items[:2]) == 0


def test_what_is_void_or_only_shown_has_no_amount() -> None:
    hotel = named(run(REPORT), "Hôtel Inventé")
    assert (hotel.kind, hotel.amount, hotel.currency) == (Kind.OTHER, "", "")


def test_times_are_in_the_printed_zone() -> None:
    found = run(REPORT)
    whens = [item.when for item in found.items]
    assert [(when.us, when.offset) for when in (whens[0], whens[2], whens[4]) if when] == [
        (us(2024, 2, 3, 9, 15), 60),
        (us(2024, 7, 14, 7, 0, 1), 120),
        (us(2024, 7, 16, 7, 0, 1), 120),
    ]


def test_whom_the_money_went_to_or_came_from_is_a_party() -> None:
    found = run(REPORT)
    shop, friend = named(found, "Boutique Inventée").parties[0], named(found, "Ami Testeur").parties[0]
    assert shop.handle is not None
    assert (shop.role, shop.handle.value, friend.role) == ("to", "boutique@example.com", "from")


@pytest.mark.parametrize(
    ("dates", "zone", "first", "told"),
    [
        (("03/25/2024", "03/02/2024"), "PDT", us(2024, 3, 25, 17), []),
        (("25/03/2024", "03/02/2024"), "GMT", us(2024, 3, 25, 10), []),
        (("03/02/2024",), "PST", us(2024, 3, 2, 18), ["paypal-date-order"]),
        (("03/02/2024",), "CET", us(2024, 2, 3, 9), ["paypal-date-order"]),
    ],
)
def test_english_reports_have_either_order_of_day_and_month(
    tmp_path: Path, dates: tuple[str, ...], zone: str, first: int, told: list[str]
) -> None:
    rows = [
        f'"{day}","10:00:00","{zone}","Shop","Payment","Completed","USD","-1.00","0","-1.00","T{n}","Debit"'
        for n, day in enumerate(dates)
    ]
    found = english(tmp_path, *rows)
    assert found.items[0].when is not None
    assert found.items[0].when.us == first
    assert [notice.reason for _, notice in found.notices] == told


def test_a_report_that_overlaps_shares_its_keys_in_either_language(tmp_path: Path) -> None:
    found = english(
        tmp_path,
        '"03/02/2024","10:15:00","CET","Boutique","Express Checkout","Completed","EUR","-12.34","0","-12.34",'
        '"TXN000000001","Debit"',
    )
    assert found.items[0].key in {item.key for item in run(REPORT).items}


def test_a_row_without_a_sound_date_and_a_cut_row_are_kept_and_said(tmp_path: Path) -> None:
    (tmp_path / "Telecharger.csv").write_bytes(REPORT.read_bytes()[:-30])
    found = run(tmp_path)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 8"), ("table-cut", "line 8")]
    assert len(found.items) == 6
