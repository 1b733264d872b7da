"""Numbers as tables of both languages write them: ``1 234,56``, ``1,234.56``, ``-3,5 €``, ``48.85N``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]")
_MONEY = re.compile(r"[€$£¥]|\b(?:EUR|USD|GBP|CHF)\b")
_NUMBER = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)\Z")
_SURE_COMMA = re.compile(r"[^,]*,(?:\d{1,2}|\d{4,})?\Z|[^,]*\.[^,]*,\d+\Z|0,\d+\Z")
_SURE_DOT = re.compile(r"[^.]*\.(?:\d{1,2}|\d{4,})?\Z|[^.]*,[^.]*\.\d+\Z|0\.\d+\Z")
_GROUPS = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+\Z") for mark in ".,"}
_LONGEST = 64


@dataclass
class Marks:
    """What the texts of a column say about the decimal mark. ``numbers``: texts that are numbers at all."""

    numbers: int = 0
    comma: int = 0
    dot: int = 0
    either: int = 0

    def add(self, text: str) -> bool:
        """Take one text; returns whether it is a number."""
        found = _mark(text)
        if found is None:
            return False
        self.numbers += 1
        if found:
            setattr(self, found, getattr(self, found) + 1)
        return True


@lru_cache(maxsize=16_384)
def _mark(text: str) -> str | None:
    """Which mark a text proves: ``comma``, ``dot``, ``either`` (``1,234``) or '' (``12``); None for no number."""
    digits = _stripped(text)
    if digits is None:
        return None
    digits = digits.lstrip("+-")
    if "," not in digits and "." not in digits:
        return ""
    if _SURE_COMMA.match(digits) and not _SURE_DOT.match(digits):
        return "comma"
    return "dot" if _SURE_DOT.match(digits) and not _SURE_COMMA.match(digits) else "either"


@lru_cache(maxsize=65_536)
def number(text: str, decimal: str) -> str | None:
    """A number as a decimal text with a dot, to the last digit as written; None when it is none.

    ``decimal``: the mark of the table. The other mark parts thousands; where it cannot, it is a decimal mark too.
    """
    digits = _stripped(text)
    if digits is None:
        return None
    sign = "-" if digits[0] == "-" else ""
    digits = digits.lstrip("+-")
    other = "," if decimal == "." else "."
    whole, mark, fraction = digits.partition(decimal)
    if other in whole:
        if _GROUPS[other].match(whole):
            whole = whole.replace(other, "")
        elif not mark and whole.count(other) == 1:
            whole, mark, fraction = whole.partition(other)
        else:
            return None
    if fraction and not fraction.isdigit():
        # several decimal marks can only part thousands: 1.234.567 in a table whose mark is the dot
        if not _GROUPS[decimal].match(digits):
            return None
        whole, fraction = digits.replace(decimal, ""), ""
    whole = whole or "0"
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


@lru_cache(maxsize=65_536)
def degrees(text: str, decimal: str, limit: int, *, ten_millionths: bool = False) -> str | None:
    """A coordinate in degrees as a decimal text; None when it is none or beyond ``limit``.

    ``48.85N``, ``2,35 W`` and bare numbers; with ``ten_millionths`` whole numbers of 1e-7 degrees.
    """
    text = text.strip()
    side = text[-1:].upper()
    south = side in {"S", "W", "O"}
    if south or side in {"N", "E"}:
        text = text[:-1].rstrip(" °")
    found = number(text, decimal)
    if found is None:
        return None
    if ten_millionths:
        if "." in found:
            return None
        digits = found.lstrip("-").rjust(8, "0")
        found = ("-" if found.startswith("-") else "") + f"{digits[:-7].lstrip('0') or '0'}.{digits[-7:]}"
    if abs(float(found)) > limit:
        return None
    return f"-{found}" if south and not found.startswith("-") else found


@lru_cache(maxsize=65_536)
def _stripped(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    digits = _SPACES.sub("", _MONEY.sub("", text)).replace("−", "-")
    if len(digits) > 1 and digits.endswith("-") and digits[0].isdigit():
        digits = "-" + digits[:-1]
    return digits if _NUMBER.match(digits) and digits.isascii() else None
