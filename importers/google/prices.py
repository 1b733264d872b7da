"""Amounts as Google writes them for people: ``US$0.99``, ``EUR 4,99``, ``4,99 €``. A plain ``$`` leaves it open."""

from __future__ import annotations

import re

_SIGNS = {"€": "EUR", "US$": "USD", "£": "GBP", "¥": "JPY", "CA$": "CAD", "A$": "AUD", "R$": "BRL", "₹": "INR"}
_AMOUNT = re.compile(r"([-\u2212]?)\s*(\D{0,5}?)\s*([-\u2212]?)(\d[\d.,\s'\u2019]{0,20})\s*(\D{0,5})\Z")


def price(text: str) -> tuple[str, str]:
    """Amount with a dot, and currency code; ('', '') when the text is none, '' for a currency that it leaves open."""
    found = _AMOUNT.match(text.strip())
    if found is None:
        return "", ""
    minus, before, second, digits, after = found.groups()
    sign = (before.strip() or after.strip()).upper()
    currency = _SIGNS.get(sign, sign if len(sign) == 3 and sign.isalpha() else "")
    return ("-" if minus or second else "") + _plain(digits), currency


def _plain(digits: str) -> str:
    """The last comma or dot with one or two digits behind it is the decimal mark, all others stand for thousands."""
    packed = re.sub(r"[\s'\u2019]", "", digits).rstrip(".,")
    found = re.match(r"(.*)[.,](\d{1,2})\Z", packed)
    whole, fraction = (found[1], found[2]) if found else (packed, "")
    whole = re.sub(r"[.,]", "", whole) or "0"
    return f"{whole}.{fraction}" if fraction else whole
