"""Time zones of a calendar: by their name in the zone database, by Windows' names, by the definition in the file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from importers.formats.content_lines import Line
from importers.records import Moment, Precision

_WINDOWS: dict[str, str] = tomllib.loads((Path(__file__).parent / "windows_zones.toml").read_text(encoding="utf-8"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PARIS = ZoneInfo("Europe/Paris")
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(?::?\d\d)?\Z")
_BY_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)\Z")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 500
"""Definitions of zones, and rules in one, that are looked at."""


@dataclass(frozen=True)
class _Rule:
    """From when on an offset holds (local time); every year again when ``yearly``: month, weekday (0 Monday), place."""

    start: datetime
    before: int
    after: int
    yearly: tuple[int, int, int] | None
    until: int

    def last(self, moment: datetime) -> datetime | None:
        """The last time before a moment at which this rule began to hold; None when it never did."""
        if moment < self.start:
            return None
        if self.yearly is None:
            return self.start
        for year in (min(moment.year, self.until), min(moment.year, self.until) - 1):
            onset = _nth(self.start, year, *self.yearly)
            if onset is not None and self.start <= onset <= moment:
                return onset
        return self.start


class Zones:
    """The zones of one calendar. ``default``: name of the calendar's own zone, '' when it has none."""

    def __init__(self) -> None:
        self.default = ""
        self._own: dict[str, list[_Rule]] = {}

    def define(self, lines: Iterable[Line]) -> None:
        """Take the definition of a zone (``VTIMEZONE``)."""
        name = ""
        rules: list[_Rule] = []
        inner: dict[str, str] = {}
        for line in lines:
            if line.name == "TZID":
                name = line.value.strip()
            elif line.name == "BEGIN":
                inner = {}
            elif line.name == "END":
                rule = _rule(inner)
                rules += [rule] if rule and len(rules) < MOST else []
                inner = {}
            else:
                inner.setdefault(line.name, line.value.strip())
        if name and rules and len(self._own) < MOST:
            self._own[name] = rules

    def knows(self, line: Line) -> bool:
        """Whether the zone that a time names can be placed already."""
        name = line.parameters.get("TZID", "").strip()
        return not name or name in self._own or known(name) is not None

    def moment(self, line: Line) -> Moment | None:
        """A date or a time; None when it is neither. A time without a zone, or in one that nobody knows, is placed in
        the calendar's zone, else in Europe/Paris, and has no offset."""
        text = line.value.strip()
        try:
            if re.fullmatch(r"\d{8}", text):
                stamp = datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC)
                return Moment(_us(stamp), None, Precision.DAY)
            stamp = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - placed below
        except ValueError:
            return None
        if text.endswith("Z"):
            return Moment(_us(stamp.replace(tzinfo=UTC)))
        name = line.parameters.get("TZID", "").strip()
        offset = self._offset(name, stamp) if name else None
        if offset is not None:
            return Moment(_us(stamp.replace(tzinfo=UTC)) - offset * 60_000_000, offset)
        placed = stamp.replace(tzinfo=known(self.default) or _PARIS)
        return Moment(_us(placed.astimezone(UTC))) if 1 < stamp.year < 9999 else None

    def _offset(self, name: str, stamp: datetime) -> int | None:
        zone = known(name)
        if zone is not None:
            span = stamp.replace(tzinfo=zone).utcoffset() or timedelta()
            return int(span.total_seconds() // 60)
        rules = self._own.get(name)
        if rules is None:
            return None
        onsets = [(onset, rule.after) for rule in rules if (onset := rule.last(stamp)) is not None]
        return max(onsets)[1] if onsets else min(rules, key=lambda rule: rule.start).before


@lru_cache(maxsize=1024)
def known(name: str) -> ZoneInfo | None:
    """A zone by its name, by the end of a longer one (``/mozilla.org/20070129_1/Europe/Paris``), or by Windows' name;
    None for others."""
    if not name or len(name) > 200:
        return None
    for candidate in (name, *_ends(name), _WINDOWS.get(name, "")):
        try:
            return ZoneInfo(candidate) if candidate else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _ends(name: str) -> Iterator[str]:
    parts = name.split("/")
    for count in (3, 2):
        if len(parts) > count:
            yield "/".join(parts[-count:])


def _rule(lines: dict[str, str]) -> _Rule | None:
    before, after = _minutes(lines.get("TZOFFSETFROM", "")), _minutes(lines.get("TZOFFSETTO", ""))
    try:
        start = datetime.strptime(lines.get("DTSTART", "")[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local by definition
    except ValueError:
        return None
    if after is None:
        return None
    given = dict(part.partition("=")[::2] for part in lines.get("RRULE", "").upper().split(";"))
    until = given.get("UNTIL", "")[:4]
    last = int(until) if until.isdecimal() else 9999
    return _Rule(start, after if before is None else before, after, _yearly(given), last)


def _yearly(given: dict[str, str]) -> tuple[int, int, int] | None:
    month, day = given.get("BYMONTH", ""), _BY_DAY.match(given.get("BYDAY", ""))
    if given.get("FREQ") != "YEARLY" or not month.isdecimal() or day is None or not 1 <= int(month) <= 12:
        return None
    return int(month), _DAYS.index(day[2]), int(day[1] or 1)


def _nth(start: datetime, year: int, month: int, weekday: int, place: int) -> datetime | None:
    """The nth weekday of a month, from its end when ``place`` is negative, at the time of day of ``start``."""
    if not 1 <= year < 9999:
        return None
    first = start.replace(year=year, month=month, day=1)
    if place > 0:
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (place - 1))
    following = first.replace(year=year + month // 12, month=month % 12 + 1)
    last = following - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-place - 1))


def _minutes(text: str) -> int | None:
    found = _OFFSET.match(text)
    if found is None or int(found[2]) > 15 or int(found[3]) > 59:
        return None
    return (int(found[2]) * 60 + int(found[3])) * (-1 if found[1] == "-" else 1)


def _us(stamp: datetime) -> int:
    return (stamp - _EPOCH) // timedelta(microseconds=1)
