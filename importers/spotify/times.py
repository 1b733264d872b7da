"""Times as Spotify writes them, all UTC: to the minute, second or millisecond, or a day; some end with ``[UTC]``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from importers.records import Moment, Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PRECISIONS = {10: Precision.DAY, 16: Precision.MINUTE, 19: Precision.SECOND}


def moment(value: object) -> Moment | None:
    """A UTC time with the precision that it is written with; None when it is none."""
    if not isinstance(value, str):
        return None
    text = value.strip().removesuffix("[UTC]").removesuffix(" UTC").removesuffix("Z").removesuffix("+00:00")
    if len(text) < 10:
        return None
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError:
        return None
    if stamp.tzinfo is not None:
        return None
    us = (stamp.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
    return Moment(us, None, _PRECISIONS.get(len(text), Precision.MILLISECOND))
