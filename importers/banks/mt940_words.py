"""What field 86 says in words: free text, German sub-fields (``?20SVWZ+...?32NAME``), or ``/NAME/...``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_GERMAN = re.compile(r"\d{3}\?\d\d")
_SUB = re.compile(r"\?(\d\d)")
_SLASHED = re.compile(r"/([A-Z]{2,8})/")


class Words(NamedTuple):
    """``name``, ``account``: the other side, '' when it is not told apart. ``text``: what the operation is for."""

    name: str
    account: str
    text: str


def words(lines: Sequence[str]) -> Words:
    """Read the lines of a field 86. Wrapped lines of the two ordered forms are joined without anything between."""
    joined = "".join(lines)
    if _GERMAN.match(joined):
        return _german(joined)
    if joined.startswith("/") and len(_SLASHED.findall(joined)) > 1:
        return _slashed(joined)
    return Words("", "", "\n".join(line.strip() for line in lines if line.strip()))


def _german(joined: str) -> Words:
    parts = _SUB.split(joined)
    found = list(zip(parts[1::2], parts[2::2], strict=True))
    purpose = "".join(text for code, text in found if "20" <= code <= "29" or "60" <= code <= "63")
    name = "".join(text for code, text in found if code in {"32", "33"}).strip()
    account = next((text for code, text in found if code == "31"), "").strip()
    booking = next((text for code, text in found if code == "00"), "")
    return Words(
        " ".join(name.split()), account, "\n".join(part for part in (booking.strip(), purpose.strip()) if part)
    )


def _slashed(joined: str) -> Words:
    parts = _SLASHED.split(joined)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Words(found.get("NAME", "").strip(), found.get("IBAN", "").strip(), found.get("REMI", "").strip() or joined)
