"""Times as Garmin writes them: epoch milliseconds, and ``2023-07-12T07:00:00.0`` in GMT without a mark.

``startTimeLocal`` is an epoch that was already moved to the local time: it is no instant, only its distance to the true
one tells the offset.
"""

from __future__ import annotations

from importers.formats.dates import DateReader, Layout

DAY_MS = 86_400_000
"""Milliseconds of a day."""

_READER = DateReader(Layout.YEAR_FIRST)
_FIRST, _LAST = 0, 4_102_444_800_000
_LARGEST = 18 * 60


def milliseconds(value: object) -> int | None:
    """Us of epoch milliseconds (a JSON number; some are printed as ``1.772721103E12``); None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _FIRST < value < _LAST:
        return None
    return round(value) * 1000


def stamp(value: object) -> int | None:
    """Us of a text in GMT; None when it is none."""
    found = _READER.moment(value) if isinstance(value, str) else None
    return found.us if found is not None else None


def day(value: object) -> int | None:
    """Us of the midnight (UTC) that stands for a ``calendarDate``; None when it is none."""
    return stamp(value[:10]) if isinstance(value, str) else None


def offset(start: int | None, local: object) -> int | None:
    """Minutes east of UTC, from an instant and the same time as the local clock showed it; None when it cannot be."""
    shown = milliseconds(local) if not isinstance(local, str) else stamp(local)
    if start is None or shown is None:
        return None
    shift, rest = divmod(shown - start, 60_000_000)
    return shift if not rest and abs(shift) <= _LARGEST else None
