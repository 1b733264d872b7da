"""Times as a person reads them. Stored times are us since 1970, UTC; shown in the offset of the original if known,
else in the computer's own zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from PySide6.QtCore import QDate, QLocale, QTime

from importers.records import Precision
from vault_app.ui.language import locale

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HIDES_TIME = {Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.NONE}


def local(us: int, offset: int | None = None) -> datetime:
    """A stored time in the given offset (minutes east of UTC), or in the computer's zone."""
    moment = _EPOCH + timedelta(microseconds=us)
    if offset is not None:
        return moment.astimezone(timezone(timedelta(minutes=offset)))
    try:
        return moment.astimezone()
    except (OverflowError, OSError, ValueError):
        return moment


def day_text(us: int, offset: int | None = None, precision: Precision = Precision.DAY) -> str:
    """A day with its weekday, month or year, as exactly as it is known."""
    when = _EPOCH + timedelta(microseconds=us) if precision in _HIDES_TIME else local(us, offset)
    day = QDate(when.year, when.month, when.day)
    if precision is Precision.YEAR:
        return str(when.year)
    if precision is Precision.MONTH:
        return locale().toString(day, "MMMM yyyy")
    return locale().toString(day, "ddd d MMM yyyy")


def time_text(us: int, offset: int | None, precision: Precision) -> str:
    """Hours and minutes; '' where the archive only knows the day."""
    if precision in _HIDES_TIME:
        return ""
    when = local(us, offset)
    return locale().toString(QTime(when.hour, when.minute), QLocale.FormatType.ShortFormat)


def short_day(us: int) -> str:
    """A day in short, in the computer's zone."""
    when = local(us)
    return locale().toString(QDate(when.year, when.month, when.day), "d MMM yyyy")


def span_text(since: int | None, until: int | None) -> str:
    """A span from ``since`` to before ``until``."""
    first = short_day(since) if since is not None else ""
    last = short_day(until - 1) if until is not None else ""
    if first and last:
        return first if first == last else f"{first} → {last}"
    return f"{first} → …" if first else f"… → {last}"
