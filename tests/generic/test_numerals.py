"""Numbers of both languages: to the last digit, and None rather than a wrong one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.generic.numerals import degrees, number


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1 234,56 €", ",", "1234.56"),
        ("1\u202f234,50", ",", "1234.50"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("−3,5", ",", "-3.5"),
        ("12,00-", ",", "-12.00"),
        ("+7", ".", "7"),
        ("1.5", ",", "1.5"),
        ("1.234", ",", "1234"),
        ("1,234", ".", "1234"),
        ("1.234.567", ".", "1234567"),
        (",5", ",", "0.5"),
        ("$12", ".", "12"),
        ("12-3", ".", None),
        ("1,2,3", ",", None),
        ("abc", ".", None),
        ("", ".", None),
        ("1e5", ".", None),
    ],
)
def test_each_way_of_writing_a_number(text: str, decimal: str, expected: str | None) -> None:
    assert number(text, decimal) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_a_french_number_comes_back_exactly(value: Decimal) -> None:
    text = f"{value:,.2f}".replace(",", "\u202f").replace(".", ",")
    found = number(text, ",")
    assert found is not None
    assert Decimal(found) == value


@given(st.text(max_size=20), st.sampled_from(",."))
def test_any_text_is_a_number_or_none(text: str, decimal: str) -> None:
    found = number(text, decimal)
    assert found is None or Decimal(found) is not None


@pytest.mark.parametrize(
    ("text", "expected"), [("48.85N", "48.85"), ("48.85 S", "-48.85"), ("-12", "-12"), ("91", None), ("x", None)]
)
def test_coordinates_know_their_side_and_their_limit(text: str, expected: str | None) -> None:
    assert degrees(text, ".", 90) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("525200000", "52.5200000"), ("-1", "-0.0000001"), ("0", "0.0000000"), ("1.5", None)]
)
def test_whole_numbers_of_ten_millionths_of_a_degree(text: str, expected: str | None) -> None:
    assert degrees(text, ".", 90, ten_millionths=True) == expected
