"""Amounts of money as services write them."""

from __future__ import annotations

import pytest

from importers.formats.amounts import amount


@pytest.mark.parametrize(
    ("text", "decimal", "read"),
    [
        ("'-1.7'", ".", "-1.7"),
        ("1,234.56", ".", "1234.56"),
        ("1,250", ".", "1250"),
        ("12,5", ".", "12.5"),
        ("-12,34", ",", "-12.34"),
        ("-12.34", ",", "-12.34"),
        ("1 234,56", ",", "1234.56"),
        ("1.234.567,89", ",", "1234567.89"),
        ("1.250", ",", "1250"),
        ("0.125", ",", "0.125"),
        ("4,50 EUR", ",", "4.50"),
        ("$5.00", ".", "5.00"),
        ("−3", ".", "-3"),
        ("", ".", ""),
        ("Not Available", ".", ""),
        ("12 34 Rue", ".", ""),
        ("9" * 100, ".", ""),
    ],
)
def test_an_amount_keeps_every_digit(text: str, decimal: str, read: str) -> None:
    assert amount(text, decimal) == read
