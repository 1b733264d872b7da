"""The viewing page's download: title and day of one profile, newest first, dates in the language of the site.

Rows that are alike are several viewings: they are told apart by a running number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.formats.tables import rest
from importers.netflix.rows import Cells, rows
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_HEADER = ("Title", "Date")
_ENOUGH = 5000
"""Rows that are held until the order of day and month is clear."""


@importer(
    Rule(members=("**/NetflixViewingHistory*.csv",), starts=("Title,Date\n", "Title,Date\r\n")),
    Rule(starts=('"Title","Date"\n', '"Title","Date"\r\n')),
    source="netflix",
    reads="viewing history of one profile",
    status="proven",
)
def viewing_history(member: Member) -> Iterator[Record]:
    """Films and episodes watched, with the day only. The file does not say whose profile it is.

    ``1/2/21`` is a day in February or in January by the language of the site: a number above 12 tells, else the order
    of the file.
    """
    alike = Alike()
    found = rows(member, _HEADER)
    held: list[tuple[int, Cells] | Notice] = []
    for row in found:
        held.append(row)
        if len(held) >= _ENOUGH or (not isinstance(row, Notice) and _tells(row[1].get("Date", ""))):
            break
    day_first = _day_first([row[1].get("Date", "") for row in held if not isinstance(row, Notice)])
    for row in chain(held, found):
        if isinstance(row, Notice):
            yield row
            continue
        line, cells = row
        title, text = cells.get("Title", ""), cells.get("Date", "")
        when = _day(text, day_first=day_first)
        if when is None:
            yield Notice("table-date", f"line {line}", "Date")
        key = alike.key("viewing", when.isoformat() if when else text, title)
        yield Item(
            kind=Kind.WATCH,
            when=Moment(_us(when), None, Precision.DAY) if when else None,
            key=key if len(key) > 3 else (*key, 1),
            title=title,
            details=rest(cells, {"Title"}),
        )


def _us(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000


def _tells(text: str) -> bool:
    parts = text.split("/")
    return _is_slashed(text) and (int(parts[0]) > 12 or int(parts[1]) > 12)


def _day_first(texts: list[str]) -> bool:
    """Whether dates are day, month, year: by a number above 12, else because a file in that order is sorted."""
    pairs = [tuple(int(part) for part in text.split("/")[:2]) for text in texts if _is_slashed(text)]
    if any(first > 12 for first, _ in pairs):
        return True
    if any(second > 12 for _, second in pairs):
        return False
    days = [_day(text, day_first=True) for text in texts]
    known = [day for day in days if day is not None]
    return known == sorted(known, reverse=True)


def _is_slashed(text: str) -> bool:
    parts = text.split("/")
    return len(parts) == 3 and all(part.isdigit() for part in parts)


def _day(text: str, *, day_first: bool) -> date | None:
    parts = text.replace(".", "/").split("/")
    try:
        if len(parts) != 3:
            return date.fromisoformat(text.strip())
        first, second, year = (int(part) for part in parts)
        year += 2000 if year < 100 else 0
        return date(year, second, first) if day_first or "." in text else date(year, first, second)
    except ValueError:
        return None
