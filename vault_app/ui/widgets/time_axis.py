"""Where marks stand on a time axis, from decades to hours, and how they are called. No Qt widget: only arithmetic."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDate

from vault_app.ui.language import locale

HOUR = 3_600_000_000
DAY = 24 * HOUR
YEAR = 365 * DAY
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEPS = (
    ("hour", 1, HOUR), ("hour", 3, 3 * HOUR), ("hour", 6, 6 * HOUR), ("hour", 12, 12 * HOUR),
    ("day", 1, DAY), ("day", 2, 2 * DAY), ("day", 7, 7 * DAY), ("month", 1, 30 * DAY), ("month", 3, 91 * DAY),
    ("month", 6, 182 * DAY), ("year", 1, YEAR), ("year", 2, 2 * YEAR), ("year", 5, 5 * YEAR), ("year", 10, 10 * YEAR),
    ("year", 20, 20 * YEAR), ("year", 50, 50 * YEAR),
)  # fmt: skip


def marks(since: int, until: int, most: int) -> list[tuple[int, str]]:
    """At most about ``most`` round times between two times (us), each with its name; in the UTC day."""
    unit, step, _ = next((entry for entry in _STEPS if (until - since) / entry[2] <= most), _STEPS[-1])
    found: list[tuple[int, str]] = []
    when = _floor(_at(since), unit, step)
    while (us := _us(when)) < until and len(found) < 200:
        if us >= since:
            found.append((us, _name(when, unit)))
        when = _next(when, unit, step)
    return found


def _at(us: int) -> datetime:
    lowest, highest = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC)
    try:
        return min(max(_EPOCH + timedelta(microseconds=us), lowest), highest)
    except OverflowError:
        return lowest if us < 0 else highest


def _us(when: datetime) -> int:
    return (when - _EPOCH) // timedelta(microseconds=1)


def _floor(when: datetime, unit: str, step: int) -> datetime:
    if unit == "year":
        return datetime(max(1, when.year // step * step), 1, 1, tzinfo=UTC)
    if unit == "month":
        return datetime(when.year, (when.month - 1) // step * step + 1, 1, tzinfo=UTC)
    day = when.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "day":
        return day - timedelta(days=day.weekday()) if step == 7 else day - timedelta(days=(day - _EPOCH).days % step)
    return day + timedelta(hours=when.hour // step * step)


def _next(when: datetime, unit: str, step: int) -> datetime:
    if unit == "year":
        return when.replace(year=min(9999, when.year + step))
    if unit == "month":
        months = when.year * 12 + when.month - 1 + step
        return when.replace(year=min(9999, months // 12), month=months % 12 + 1)
    return when + (timedelta(days=step) if unit == "day" else timedelta(hours=step))


def _name(when: datetime, unit: str) -> str:
    if unit == "hour" and when.hour:
        return f"{when.hour:02d}:00"
    day = QDate(when.year, when.month, when.day)
    if unit == "year" or (unit == "month" and when.month == 1):
        return str(when.year)
    return locale().toString(day, "MMM" if unit == "month" else "d MMM")
