"""Times as Google's JSON writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from importers.records import Moment, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(text: object) -> Moment | None:
    """``2022-05-15T09:42:18.202Z`` as a moment; None when it is no such time."""
    if not isinstance(text, str):
        return None
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError:
        return None
    if stamp.tzinfo is None:
        return None
    precision = Precision.MILLISECOND if "." in text else Precision.SECOND
    offset = None if text.endswith("Z") else int((stamp.utcoffset() or timedelta()).total_seconds() // 60)
    return Moment((stamp - _EPOCH) // timedelta(microseconds=1), offset, precision)
