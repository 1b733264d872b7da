"""Days of bank files. None of them has a zone: a day is a day, never moved through UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from importers.formats.dates import DateReader, Layout
from importers.formats.paris_clock import PARIS
from importers.records import Moment, Precision

_READERS = tuple(DateReader(layout, PARIS) for layout in (Layout.DAY_FIRST, Layout.YEAR_FIRST, Layout.NAMED))
_UTC = DateReader(Layout.DAY_FIRST, UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = re.compile(r"\s*(\d{4})(\d\d)(\d\d)")
_DAY = 86_400_000_000


def moment(text: str) -> Moment | None:
    """``31/12/2024``, ``31/12/24``, ``31-12-2024``, ``2024-12-31``, with a time of Paris or without; else None."""
    return next((found for reader in _READERS if (found := reader.moment(text)) is not None), None)


def utc_moment(text: str) -> Moment | None:
    """``31-12-2024 08:15:00`` in UTC; None when it is none."""
    return _UTC.moment(text)


def digits(text: str) -> Moment | None:
    """The day of ``20240131`` and of everything that begins so; None when it is none."""
    found = _DIGITS.match(text)
    if found is None:
        return None
    try:
        return whole(datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC))
    except ValueError:
        return None


def whole(stamp: datetime) -> Moment:
    """The day of a stamp as a moment."""
    return Moment((stamp - _EPOCH).days * _DAY, None, Precision.DAY)


def iso(when: Moment | None) -> str:
    """A day as text, for identities; '' for none."""
    return "" if when is None else datetime.fromtimestamp(when.us // 1_000_000, UTC).date().isoformat()
