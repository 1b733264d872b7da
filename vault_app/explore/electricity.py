"""Electricity used, in kWh by half-hour, day, month and year, on the local clock.

Mean power (series ``electricity-power``) and energy (``electricity-energy``) of one meter are never both counted for
one moment. A sample counts in buckets that are at least as long as itself: a day's total says nothing of an hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import isnan

import numpy as np
import numpy.typing as npt

from importers.columns import Numbers
from vault_app.explore import energy, measures
from vault_app.explore.chart_data import Bucket, ChartData, Summary, change
from vault_app.explore.energy import HOUR_US, Floats, Meter, Slices, Times
from vault_app.explore.periods import Period, Slot, local, slots, year_before, zone_of
from vault_app.explore.selection import DAY_US, microseconds
from vault_app.vault import series as stored
from vault_app.vault.chunks import END, OFFSET, VALUE, Table
from vault_app.vault.series import SeriesRow
from vault_app.vault.vault import Vault

COMPARABLE = 0.95
"""The share of a bucket of the year before that must be measured to be compared with."""

WHOLE_YEAR = 0.98
"""The share of a year that must be measured for its total to be called that of the year."""

NIGHT = (22, 6)
"""The night: from this hour in the evening to before that one in the morning, on the local clock."""

_FINE = HOUR_US
_LONGEST: dict[Period, int] = {
    "half-hour": _FINE,
    "day": 25 * HOUR_US,
    "month": 31 * DAY_US + HOUR_US,
    "year": 366 * DAY_US,
}
_WATTS = {"W": 1.0, "kW": 1000.0}
_WATT_HOURS = {"Wh": 1.0, "kWh": 1000.0}
_COLUMNS = frozenset({END, VALUE, OFFSET})


@dataclass(frozen=True, eq=False)
class Heat:
    """kWh by hour of the day (24 rows, local clock) and day (columns); NaN where nothing is known.

    ``first_day``: days since 1970 of the first column's local date. On the day with 25 hours the hour that comes twice
    holds both; on the day with 23 the missing hour is NaN.
    """

    hours: Floats
    first_day: int


def span(vault: Vault) -> tuple[int, int] | None:
    """First start and last start (us, UTC) of what was measured; None without a measurement."""
    rows = _rows(vault)
    first = [row.first for row in rows if row.first is not None]
    last = [row.last for row in rows if row.last is not None]
    return (min(first), max(last) + 1) if first and last else None


def fine_span(vault: Vault) -> tuple[int, int] | None:
    """As ``span``, of measurements of an hour or less."""
    rows = [row for row in _rows(vault) if row.unit in _WATTS]
    first = [row.first for row in rows if row.first is not None]
    last = [row.last for row in rows if row.last is not None]
    return (min(first), max(last) + 1) if first and last else None


def data(vault: Vault, period: Period, since_us: int, until_us: int) -> ChartData:
    """Electricity used by period (kWh), each with the same period of the year before."""
    zone = _zone(vault)
    wanted = slots(period, since_us, until_us, zone)
    kwh, measured = _used(vault, wanted, _LONGEST[period])
    before = [year_before(slot, period, zone) for slot in wanted]
    earlier, known = _used(vault, [slot for slot in before if slot is not None], _LONGEST[period])
    earlier = np.where(known >= COMPARABLE, earlier, np.nan)
    compared = iter(earlier.tolist())
    buckets = [
        Bucket(slot.start_us, slot.end_us, slot.label, _known(value), _known(next(compared) if past else None), share)
        for slot, past, value, share in zip(wanted, before, kwh.tolist(), measured.tolist(), strict=True)
    ]
    return ChartData("kWh", str(zone), buckets, _summary(vault, zone, until_us), _uneven(wanted))


def night(vault: Vault, period: Period, since_us: int, until_us: int) -> ChartData:
    """Electricity used at night (kWh), from measurements of an hour or less. A night belongs to its days: a day's
    value is that of its hours before 6 and from 22 on."""
    zone = _zone(vault)
    wanted = slots(period, since_us, until_us, zone)
    before = [year_before(slot, period, zone) for slot in wanted]
    everything = [*wanted, *(slot for slot in before if slot is not None)]
    kwh, measured = _used_at_night(vault, everything, zone)
    compared = iter(np.where(measured >= COMPARABLE, kwh, np.nan).tolist()[len(wanted) :])
    buckets = [
        Bucket(slot.start_us, slot.end_us, slot.label, _known(value), _known(next(compared) if past else None), share)
        for slot, past, value, share in zip(wanted, before, kwh.tolist(), measured.tolist(), strict=False)
    ]
    total, _ = _used(vault, wanted, _FINE)
    at_night, in_all = float(np.nansum(kwh[: len(wanted)])), float(np.nansum(total))
    summary = Summary("electricity-none", {})
    if in_all:
        summary = Summary("electricity-night", {"percent": round(100 * at_night / in_all), "kwh": at_night})
    return ChartData("kWh", str(zone), buckets, summary, _uneven(wanted))


def heat(vault: Vault, since_us: int, until_us: int) -> Heat:
    """When electricity is used: whole local days that a span (us, UTC) touches, from measurements of an hour or less.
    Raises ValueError for a span of centuries."""
    zone = _zone(vault)
    days = slots("day", since_us, until_us, zone)
    if not days:
        return Heat(np.full((24, 0), np.nan), 0)
    start = np.arange(days[0].start_us, days[-1].end_us, HOUR_US // 2, dtype=np.int64)
    kwh, _ = _used_between(vault, start, start + HOUR_US // 2, _FINE)
    first = local(days[0].start_us, zone).date().toordinal() - datetime(1970, 1, 1).toordinal()  # noqa: DTZ001
    clock = [local(moment, zone) for moment in start.tolist()]
    column = np.array([moment.date().toordinal() for moment in clock]) - clock[0].date().toordinal()
    row = np.array([moment.hour for moment in clock])
    sums = np.zeros((24, len(days)))
    known = np.zeros((24, len(days)), np.bool_)
    measured = ~np.isnan(kwh)
    np.add.at(sums, (row[measured], column[measured]), kwh[measured])
    known[row[measured], column[measured]] = True
    return Heat(np.where(known, sums, np.nan), first)


def _rows(vault: Vault) -> list[SeriesRow]:
    return [
        row
        for row in measures.series(vault)
        if (row.name == "electricity-power" and row.unit in _WATTS)
        or (row.name == "electricity-energy" and row.unit in _WATT_HOURS)
    ]


def _summary(vault: Vault, zone: tzinfo, until_us: int) -> Summary:
    """The last whole year before the end of what is shown, against the year before; else what there is."""
    there = span(vault)
    if there is None:
        return Summary("electricity-none", {})
    first, last = there
    years = slots("year", first, min(last, max(until_us, first + 1)), zone)
    for place in range(len(years) - 1, max(len(years) - 4, -1), -1):
        kwh, measured = _used(vault, years[max(place - 1, 0) : place + 1], _LONGEST["year"])
        if measured[-1] < WHOLE_YEAR:
            continue
        values: dict[str, int | float | str] = {"kwh": float(kwh[-1]), "year": years[place].label}
        before = None
        if place and measured[0] >= WHOLE_YEAR:
            before = float(kwh[0])
            values["before"] = years[place - 1].label
        return change("electricity-year", values, float(kwh[-1]), before)
    total, _ = _used_between(vault, np.array([first]), np.array([last + DAY_US]), _LONGEST["year"])
    days = {"first": local(first, zone).date().isoformat(), "last": local(last - 1, zone).date().isoformat()}
    value = _known(float(total[0]))
    return Summary("electricity-none", {}) if value is None else Summary("electricity-part", {"kwh": value, **days})


def _used(vault: Vault, wanted: list[Slot], longest: int) -> tuple[Floats, Floats]:
    start = np.array([slot.start_us for slot in wanted], np.int64)
    end = np.array([slot.end_us for slot in wanted], np.int64)
    return _used_between(vault, start, end, longest)


def _used_between(vault: Vault, start: Times, end: Times, longest: int) -> tuple[Floats, Floats]:
    if not len(start):
        return np.empty(0), np.empty(0)
    return energy.used(_meters(vault, int(start.min()), int(end.max()), longest), start, end)


def _used_at_night(vault: Vault, wanted: list[Slot], zone: tzinfo) -> tuple[Floats, Floats]:
    if not wanted:
        return np.empty(0), np.empty(0)
    low, high = min(slot.start_us for slot in wanted), max(slot.end_us for slot in wanted)
    pieces = [piece for day in slots("day", low, high, zone) for piece in _night_of(day, zone)]
    start, end = (np.array(column, np.int64) for column in zip(*pieces, strict=True))
    kwh, share = _used_between(vault, start, end, _FINE)
    weight = (end - start).astype(np.float64)
    sums = np.concatenate([[0.0], np.cumsum(np.nan_to_num(kwh))])
    known = np.concatenate([[0.0], np.cumsum(share * weight)])
    whole = np.concatenate([[0.0], np.cumsum(weight)])
    first = np.searchsorted(start, [slot.start_us for slot in wanted])
    after = np.searchsorted(start, [slot.end_us for slot in wanted])
    measured = (known[after] - known[first]) / np.maximum(whole[after] - whole[first], 1.0)
    return np.where(measured > 0, sums[after] - sums[first], np.nan), np.minimum(measured, 1.0)


def _night_of(day: Slot, zone: tzinfo) -> list[tuple[int, int]]:
    date = local(day.start_us, zone).date()
    evening, morning = (microseconds(datetime(date.year, date.month, date.day, hour, tzinfo=zone)) for hour in NIGHT)
    return [(day.start_us, morning), (evening, day.end_us)]


def _meters(vault: Vault, since_us: int, until_us: int, longest: int) -> list[Meter]:
    """One running total a meter; series that name no meter go with the first."""
    groups: dict[str, list[Slices]] = {}
    rows = _rows(vault)
    names = sorted({row.subject for row in rows if row.subject}) or [""]
    for row in rows:
        found = groups.setdefault(row.subject or names[0], [])
        for table in stored.read(vault.read(), row, since_us - longest, until_us, _COLUMNS):
            found.extend(_slices(row, table, longest))
    return [Meter(energy.disjoint(energy.joined(parts))) for parts in groups.values()]


def _slices(row: SeriesRow, table: Table, longest: int) -> Iterator[Slices]:
    value, end = table.columns.get(VALUE), table.columns.get(END)
    if not isinstance(value, Numbers) or not isinstance(end, Numbers):
        return
    ends = end.mantissa.copy()
    ends[list(end.odd)] = table.start[list(end.odd)]
    if row.unit in _WATTS:
        made = energy.of_power(table.start, ends, value.floats() * _WATTS[row.unit])
    else:
        made = energy.of_energy(table.start, ends, value.floats() * _WATT_HOURS[row.unit])
    yield made.take(made.end - made.start <= longest)


def _zone(vault: Vault) -> tzinfo:
    """By the offsets of some samples of each series: those of its newest day or so."""
    minutes: list[tuple[int, int]] = []
    for row in _rows(vault):
        since = None if row.last is None else row.last - 2 * DAY_US
        for table in stored.read(vault.read(), row, since, None, frozenset({OFFSET})):
            offset = table.columns.get(OFFSET)
            if isinstance(offset, Numbers):
                pairs = zip(table.start.tolist(), offset.mantissa.tolist(), strict=True)
                minutes += [pair for at, pair in enumerate(pairs) if at not in offset.odd]
    return zone_of(minutes)


def _uneven(wanted: list[Slot]) -> bool:
    lengths: npt.NDArray[np.int64] = np.array([slot.end_us - slot.start_us for slot in wanted], np.int64)
    near = np.abs(lengths - DAY_US) <= timedelta(hours=1) // timedelta(microseconds=1)
    return bool((near & (lengths != DAY_US)).any())


def _known(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value
