"""Days, months and years as people count them: by local time, where two days a year have 23 or 25 hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from vault_app.explore.selection import microseconds

Period = Literal["half-hour", "day", "month", "year"]

PERIODS: tuple[Period, ...] = ("half-hour", "day", "month", "year")
"""From short to long."""

PARIS = ZoneInfo("Europe/Paris")
"""The zone of everything that does not say another one."""

MOST_BUCKETS = 20_000
"""More than these are never made: a longer span asks for a longer period."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Slot:
    """One period: from ``start_us`` to before ``end_us`` (us, UTC). ``label``: its local beginning as ISO writes it,
    as far as the period needs: ``2024``, ``2024-03``, ``2024-03-12``, ``2024-03-12T14:30+01:00``."""

    start_us: int
    end_us: int
    label: str


def local(us: int, zone: tzinfo) -> datetime:
    """A time (us, UTC) on the clock of a zone."""
    return (_EPOCH + timedelta(microseconds=us)).astimezone(zone)


def slots(period: Period, since_us: int, until_us: int, zone: tzinfo = PARIS) -> list[Slot]:
    """All periods that a span (us, UTC) touches, whole, in order; none for an empty span. Raises ValueError when they
    are more than MOST_BUCKETS."""
    found: list[Slot] = []
    if since_us >= until_us:
        return found
    edges = _edges(period, local(since_us, zone), zone)
    start = next(edges)
    while (at := microseconds(start)) < until_us:
        if len(found) >= MOST_BUCKETS:
            raise ValueError("too many buckets")
        after = next(edges)
        found.append(Slot(at, microseconds(after), _label(period, start)))
        start = after
    return found


def year_before(slot: Slot, period: Period, zone: tzinfo = PARIS) -> Slot | None:
    """The same period a year before, by the calendar; None for the 29th of February."""
    start = local(slot.start_us, zone)
    try:
        earlier = start.replace(year=start.year - 1)
    except ValueError:
        return None
    at = microseconds(earlier)
    edges = _edges(period, local(at, zone), zone)
    return Slot(microseconds(next(edges)), microseconds(next(edges)), _label(period, earlier))


def zone_of(minutes: list[tuple[int, int]]) -> tzinfo:
    """The zone of samples by their starts (us, UTC) and offsets (minutes east): Paris when most agree with it or none
    says anything, else the most frequent offset."""
    if not minutes:
        return PARIS
    agreeing = sum(_offset(start) == offset for start, offset in minutes)
    if 2 * agreeing >= len(minutes):
        return PARIS
    offsets = [offset for _, offset in minutes]
    return timezone(timedelta(minutes=max(sorted(set(offsets)), key=offsets.count)))


def _offset(us: int) -> int:
    return (local(us, PARIS).utcoffset() or timedelta()) // timedelta(minutes=1)


def _edges(period: Period, start: datetime, zone: tzinfo) -> Iterator[datetime]:
    """The beginning of the period in which a time lies, and all after it, in UTC for half-hours."""
    if period == "half-hour":
        moment = start.astimezone(UTC)
        moment -= (moment - _EPOCH) % _HALF_HOUR
        while True:
            yield moment.astimezone(zone)
            moment += _HALF_HOUR
    day = start.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
    if period != "day":
        day = day.replace(day=1)
    if period == "year":
        day = day.replace(month=1)
    while True:
        yield day.replace(tzinfo=zone)
        day = _next(period, day)


def _next(period: Period, day: datetime) -> datetime:
    if period == "day":
        return day + timedelta(days=1)
    if period == "month":
        return (day + timedelta(days=32)).replace(day=1)
    return day.replace(year=day.year + 1)


def _label(period: Period, start: datetime) -> str:
    if period == "half-hour":
        return start.isoformat(timespec="minutes")
    return start.date().isoformat()[: {"day": 10, "month": 7, "year": 4}[period]]
