"""The zone that PayPal prints beside each time: ``CET``, ``PDT``, ``Europe/Berlin``, ``GMT+01:00``."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_HOURS = {
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?\Z")
_PLACE = re.compile(r"[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_]+){1,2}\Z")


@lru_cache(maxsize=256)
def zone(text: str) -> tzinfo | None:
    """The zone; None when it is unknown."""
    text = text.strip()
    if text in _HOURS:
        return timezone(timedelta(hours=_HOURS[text])) if _HOURS[text] else UTC
    found = _OFFSET.match(text)
    if found is not None and int(found[2]) <= 14:
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    if _PLACE.match(text):
        try:
            return ZoneInfo(text)
        except (KeyError, ValueError, OSError):  # no such place, or no name of a file
            return None
    return None


def in_europe(text: str) -> bool:
    """Whether a printed zone is European: dates beside it are day first."""
    return text.strip().startswith(("Europe/", "GMT", "WE", "BST", "CE", "EE"))
