"""QIF: days, marks, splits, and lists that are no money."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.records import Kind
from tests.banks.statements import movements, of, read
from tests.importing import Run, run


def written(tmp_path: Path, text: str) -> Run:
    (tmp_path / "a.qif").write_text(text, encoding="cp1252")
    return run(tmp_path / "a.qif")


def test_splits_stay_inside_their_operation() -> None:
    (split, cheque) = of(read("qif/bank.qif"), Kind.TRANSACTION)
    assert (split.amount, split.details["split amount"]) == ("-1049.10", ["-1000,00", "-49,10"])  # type: ignore[index]
    assert split.details["split category"] == ["Loisirs", "Cadeaux"]  # type: ignore[index]
    assert cheque.key[1] == "Compte courant"


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (("01/02/2024", "25/02/2024"), "2024-02-01"),
        (("01/02/2024", "02/25/2024"), "2024-01-02"),
        (("31/12'19", "1/ 5'20"), "2019-12-31"),
        (("31-12-19", "30-12-19"), "2019-12-31"),
    ],
)
def test_the_order_of_day_and_month_is_decided_over_the_whole_file(
    tmp_path: Path, days: tuple[str, ...], first: str
) -> None:
    found = written(tmp_path, "!Type:Bank\n" + "".join(f"D{day}\nT-1.00\nPA\n^\n" for day in days))
    assert movements(found)[0][0] == first
    assert not found.notices


def test_days_that_can_all_be_read_in_two_ways_are_told(tmp_path: Path) -> None:
    found = written(tmp_path, "!Type:CCard\nD01/02/2024\nT-1,00\n^\n")
    assert movements(found) == [("2024-02-01", "-1.00")]
    assert [notice.reason for _, notice in found.notices] == ["bank-day-month"]


def test_the_decimal_mark_is_decided_over_the_whole_file(tmp_path: Path) -> None:
    point = written(tmp_path, "!Type:Bank\nD25/02/2024\nT-1,234.50\n^\nD25/02/2024\nT-1,234\n^\n")
    assert [amount for _, amount in movements(point)] == ["-1234.50", "-1234"]
    comma = written(tmp_path, "!Type:Bank\nD25/02/2024\nT-1.234,50\n^\nD25/02/2024\nT-1.234\n^\n")
    assert [amount for _, amount in movements(comma)] == ["-1234.50", "-1234"]


def test_securities_are_kept_whole_and_move_no_money(tmp_path: Path) -> None:
    found = written(tmp_path, "!Type:Invst\nD25/02/2024\nNBuy\nYFONDS\nI10,5\nQ2\nT21,00\n^\n")
    (item,) = found.items
    assert (item.kind, item.amount) == (Kind.OTHER, "")
    assert item.details["lines"] == ["D25/02/2024", "NBuy", "YFONDS", "I10,5", "Q2", "T21,00"]  # type: ignore[index]


def test_a_record_without_an_end_is_kept_and_said(tmp_path: Path) -> None:
    found = written(tmp_path, "!Type:Bank\nD25/02/2024\nT-1,00\nPA\n")
    assert movements(found) == [("2024-02-25", "-1.00")]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-cut", "line 2")]
