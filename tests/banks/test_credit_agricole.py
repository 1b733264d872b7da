"""Crédit Agricole: labels over several lines, sections, and cards that must not count twice."""

from __future__ import annotations

from decimal import Decimal

from importers.records import Kind
from tests.banks.statements import balances, day, movements, of, read
from tests.importing import run, sample

REAL = "banks-fr/CA_CPTE_JOINT_202606.csv"


def test_the_real_account_has_37_operations_whose_sums_are_right() -> None:
    found = run(sample(REAL))
    amounts = [Decimal(amount) for _, amount in movements(found)]
    debits, credits_ = [one for one in amounts if one < 0], [one for one in amounts if one > 0]
    assert (len(amounts), len(debits), len(credits_)) == (37, 23, 14)
    assert (sum(debits), sum(credits_)) == (Decimal("-10127.46"), Decimal("12102.56"))
    assert {movements(found)[0][0], movements(found)[-1][0]} == {"2026-06-30", "2026-06-01"}
    assert not found.notices


def test_labels_of_the_real_account_span_several_lines_and_lose_none() -> None:
    found = run(sample(REAL))
    texts = [item.text for item in of(found, Kind.TRANSACTION)]
    assert all("\n" in text for text in texts)
    free = next(text for text in texts if "Free Telecom" in text)
    assert free.splitlines()[2:] == ["51527704", "FR83ZZZ459654", "FHD-7409366436"]


def test_the_balance_of_the_real_account_is_that_of_the_download() -> None:
    assert [amount for _, amount, _ in balances(run(sample(REAL)))] == ["3178.30"]


def test_two_monthly_totals_of_cards_stand_on_the_real_account_and_name_their_cards() -> None:
    totals = [item for item in of(run(sample(REAL)), Kind.TRANSACTION) if "card" in item.details]  # type: ignore[operator]
    named = [(item.amount, item.details["card"]) for item in totals]  # type: ignore[index]
    assert named == [("-3116.50", "1091"), ("-410.67", "1481")]


def test_what_a_deferred_card_bought_is_no_second_movement_of_the_account() -> None:
    found = read("credit-agricole/CA2024.csv")
    assert [amount for _, amount in movements(found)] == ["-72.50", "-31.4", "45", "-5"]
    bought = of(found, Kind.PURCHASE)
    assert [item.amount for item in bought] == ["24.00", "24.00", "34.50", "-10.00"]
    assert sum(Decimal(item.amount) for item in bought) == Decimal("72.50")
    assert {item.details["card"] for item in bought} == {"4321"}  # type: ignore[index]


def test_a_row_without_a_sound_day_does_not_end_its_section() -> None:
    found = read("credit-agricole/CA2024.csv")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("row-date", "line 28")]
    assert [day(item) for item in found.items if item.title == "ASSURANCE VELO"] == [""]


def test_a_file_with_a_value_day_is_read_by_its_own_titles() -> None:
    (one,) = of(read("credit-agricole/CA-value.csv"), Kind.TRANSACTION)
    assert (one.amount, one.details["Date valeur"]) == ("-120.00", "04/07/2024")  # type: ignore[index]
