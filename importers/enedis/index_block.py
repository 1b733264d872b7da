"""The daily index's block: counters of a meter in Wh, the energy of each day between two of them, tariff calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from importers.enedis.curve_block import stamped
from importers.formats import paris_clock
from importers.formats.meter_slots import Slots, unread, value
from importers.formats.sniff import plain
from importers.records import Item, Kind, Moment, Notice, Record

_DAY = 86_400_000_000
_HOUR = 3_600_000_000
_PERIOD = re.compile(r"Du (\S+) au(?: (\S+))?\s*\Z")


class Index:
    """Counters (series ``electricity-index``, Wh, at instants) and energy by day (``electricity-energy``, Wh).

    The value is the total register ``EAS T``; every register stands in a column of its own. A day's energy is the
    difference of two totals that are 24 hours apart, give or take one. Files stamp the end of a day at midnight of
    UTC+1, at local midnight or at 23:00: the day is the local date two hours before the stamp, and its slot is that
    civil day, so that the day's other downloads fall on the same slot.
    """

    def __init__(self, prm: str, *, production: bool, constant: Mapping[str, str]) -> None:
        way = "electricity-production" if production else "electricity"
        self._prm = prm
        self._index = Slots(f"{way}-index", "Wh", prm, constant)
        self._energy = Slots(f"{way}-energy", "Wh", prm, constant)
        self._titles: list[str] = []
        self._before: tuple[int, str] | None = None

    def titles(self, cells: list[str]) -> None:
        """The names of the registers, or those of the calendars."""
        self._titles = cells

    def row(self, cells: list[str], line: int) -> Iterator[Record]:
        """A day's counters, or a period of a calendar."""
        named = dict(zip(self._titles, cells, strict=False))
        if self._titles and plain(self._titles[0]) == "periode":
            yield self._calendar(named)
            return
        try:
            stamp, minutes = stamped(cells[0])
            total = value(next((text for name, text in named.items() if name.endswith(" T")), ""))
        except ValueError:
            yield from unread(f"line {line}", cells)
            return
        others = {name: text for name, text in list(named.items())[1:] if not name.endswith(" T") and text}
        quality = next((others.pop(name) for name in list(others) if plain(name) == "type de releve"), None)
        self._index.add(stamp, None, total, minutes, quality, others)
        yield from self._day(stamp, total, cells[0], quality, line)
        yield from self._index.full()
        yield from self._energy.full()

    def rest(self) -> Iterator[Record]:
        """What is left at the end."""
        yield from self._index.samples()
        yield from self._energy.samples()

    def _day(self, stamp: int, total: str | None, text: str, quality: str | None, line: int) -> Iterator[Record]:
        before, self._before = self._before, None if total is None else (stamp, total)
        if before is None or total is None or abs(abs(stamp - before[0]) - _DAY) > _HOUR:
            return
        later, earlier = ((stamp, total), before) if stamp > before[0] else (before, (stamp, total))
        if "." in later[1] + earlier[1] or int(later[1]) < int(earlier[1]):
            yield Notice("energy-index-back", f"line {line}")
            return
        of = day_of(later[0])
        start, end = paris_clock.day(of)
        used = str(int(later[1]) - int(earlier[1]))
        self._energy.add(start, end, used, paris_clock.offset(start), quality, {"Horodate": text})

    def _calendar(self, named: Mapping[str, str]) -> Item:
        found = _PERIOD.match(next(iter(named.values()), ""))
        kept = {name: text for name, text in named.items() if text}
        when, end = _moment(found.group(1) if found else None), _moment(found.group(2) if found else None)
        title = next((text for name, text in named.items() if plain(name).startswith("libelle calendrier")), "")
        return Item(
            kind=Kind.SETTING,
            key=("calendar", self._prm, *kept.values()),
            when=when,
            end=end.us if end else None,
            title=title,
            details={"Identifiant PRM": self._prm} | kept,
        )


class Peaks:
    """The highest power of each day (series ``electricity-peak-power``, VA), at the instant when it was reached."""

    def __init__(self, prm: str, *, production: bool, constant: Mapping[str, str]) -> None:
        way = "electricity-production" if production else "electricity"
        self._slots = Slots(f"{way}-peak-power", "VA", prm, constant)

    def titles(self, cells: list[str]) -> None:
        """The two titles are always the same."""

    def row(self, cells: list[str], line: int) -> Iterator[Record]:
        """A day's peak."""
        try:
            stamp, minutes = stamped(cells[0])
            self._slots.add(stamp, None, value(cells[1] if len(cells) > 1 else ""), minutes)
        except ValueError:
            yield from unread(f"line {line}", cells)
            return
        yield from self._slots.full()

    def rest(self) -> Iterator[Record]:
        """What is left at the end."""
        yield from self._slots.samples()


def day_of(stamp: int) -> date:
    """The day that an index closes, whatever convention its stamp (us) follows."""
    return (datetime.fromtimestamp(stamp / 1e6, UTC).astimezone(paris_clock.PARIS) - timedelta(hours=2)).date()


def _moment(text: str | None) -> Moment | None:
    if not text:
        return None
    try:
        return Moment(*stamped(text))
    except ValueError:
        return None
