"""Amounts of money as services write them, as decimal texts with a dot."""

from __future__ import annotations

import re

_AROUND = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’\"€$£¥]|\b[A-Z]{3}\b")
_AMOUNT = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)\Z")
_LONGEST = 64


def amount(text: str, decimal: str = ".") -> str:
    """A decimal text with a dot and every digit as written; '' when the text is no amount.

    ``decimal``: the mark of the table. The other mark parts thousands where three digits stand behind each, else it
    is a decimal mark too: files of one service come with both. Apostrophes around or within go (``'-1.7'``).
    """
    digits = _AROUND.sub("", text[: _LONGEST + 1]).replace("−", "-")
    if len(text) > _LONGEST or not digits.isascii() or not _AMOUNT.match(digits):
        return ""
    sign = "-" if digits.startswith("-") else ""
    digits = digits.lstrip("+-")
    other = "," if decimal == "." else "."
    at = max(digits.rfind(decimal), digits.rfind(other))
    if at < 0:
        return sign + digits
    last = digits[at]
    if digits.count(last) > 1 or (last == other and decimal not in digits and _parts_thousands(digits, other)):
        return sign + digits.replace(",", "").replace(".", "")
    whole = digits[:at].replace(",", "").replace(".", "") or "0"
    return f"{sign}{whole}.{digits[at + 1 :]}" if digits[at + 1 :] else sign + whole


def _parts_thousands(digits: str, mark: str) -> bool:
    return re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{mark}\d{{3}})+", digits) is not None
