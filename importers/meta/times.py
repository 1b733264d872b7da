"""Times of Meta's archives: Unix seconds or milliseconds (UTC), or words in the account's own time without its zone.

0 means unknown. Pictures bear absurd times (the year 0, 1969): what is not within 1990-2100 is no time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from importers.formats.dates import DateReader, Layout
from importers.records import Moment, Precision

_FIRST, _BEYOND = 631_152_000, 4_102_444_800
_WORDS = DateReader(Layout.NAMED)
_HALF = re.compile(r"\b(0?0|1[3-9]|2[0-3])(:\d\d(?::\d\d)?)\s*[AaPp]\.?[Mm]\.?")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def seconds(value: Any) -> Moment | None:
    """Unix seconds; None for 0, for what is no number, and for absurd times."""
    if not _is_number(value) or not _FIRST <= value < _BEYOND:
        return None
    return Moment(int(value) * 1_000_000)


def milliseconds(value: Any) -> Moment | None:
    """Unix milliseconds, as ``seconds``."""
    if not _is_number(value) or not _FIRST <= value // 1000 < _BEYOND:
        return None
    return Moment(int(value) * 1000, None, Precision.MILLISECOND)


def words(text: str) -> Moment | None:
    """A time in French or English words, read as if it were UTC because no zone is stated; None when it is none.

    A clock of 24 hours may bear AM or PM all the same (``19:22 PM``).
    """
    if not 6 < len(text) <= 64 or not any(char.isdigit() for char in text):
        return None
    plain = _HALF.sub(r"\1\2", _SPACES.sub(" ", text))
    return _WORDS.moment(plain.replace(" à ", " ").replace(" at ", " "))


def instant(text: str) -> Moment | None:
    """``2026-02-05T16:42:25+00:00``; None when the text is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if found.tzinfo is None or not 1990 <= found.year < 2100:
        return None
    return Moment(int(found.astimezone(UTC).timestamp()) * 1_000_000)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
