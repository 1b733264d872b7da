"""Amounts as banks write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.banks.amounts import amount, less, moved, same, turned


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("-1234,56", "-1234.56"),
        ("\u22121234,56", "-1234.56"),
        ("+3500,00", "3500.00"),
        ("1.234,56", "1234.56"),
        ("1.234", "1234"),
        ("42,49-", "-42.49"),
        ("(42,49)", "-42.49"),
        ("42,49 €", "42.49"),
        ("-3 116.50 €", "-3116.50"),
        ("370.00", "370.00"),
        ("4,8", "4.8"),
        ("550", "550"),
        ("", None),
        ("-", None),
        ("EUR", None),
    ],
)
def test_the_writings_of_french_files(text: str, number: str | None) -> None:
    assert amount(text) == number


@pytest.mark.parametrize(
    ("debit", "credit", "number"),
    [
        ("-45,50", "", "-45.50"),
        ("45,50", "", "-45.50"),
        ("", " 45", "45"),
        ("0,00", "9,95", "9.95"),
        ("9,95", "0,00", "-9.95"),
        ("10,00", "2,00", "-8.00"),
        ("", "", None),
    ],
)
def test_two_columns_are_one_movement(debit: str, credit: str, number: str | None) -> None:
    assert moved(debit, credit) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_one_value_has_one_writing_in_identities(value: object) -> None:
    text = str(value)
    assert same(text) == same(text + "0")
    assert same(turned(turned(text))) == same(text)
    assert same(less(text, "0.00")) == same(text)
