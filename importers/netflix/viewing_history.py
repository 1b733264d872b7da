"""The viewing page's download: title and day of one profile, newest first, dates in the language of the site.

Rows that are alike are several viewings: they are told apart by a running number.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

from importers.contract import Member, Rule, importer
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_LARGEST = 64 << 20


@importer(
    Rule(members=("**/NetflixViewingHistory*.csv",), starts=("Title,Date\n", "Title,Date\r\n")),
    Rule(starts=('"Title","Date"\n', '"Title","Date"\r\n')),
    source="netflix",
    reads="viewing history of one profile",
    status="proven",
)
def viewing_history(member: Member) -> Iterator[Record]:
    """Films and episodes watched, with the day only."""
    text = member.read(_LARGEST).decode("utf-8-sig", "replace")
    reader = csv.reader(io.StringIO(text, newline=""))
    rows = [(reader.line_num, row) for row in reader][1:]
    day_first = _day_first([row[1] for _, row in rows if len(row) == 2])
    alike: Counter[tuple[str, str]] = Counter()
    for line, row in rows:
        if not row:
            continue
        when = _day(row[1], day_first=day_first) if len(row) == 2 else None
        if when is None:
            yield Notice("table-date", f"line {line}", "Date")
            continue
        same = (when.isoformat(), row[0])
        alike[same] += 1
        stamp = datetime(when.year, when.month, when.day, tzinfo=UTC)
        yield Item(
            kind=Kind.WATCH,
            when=Moment(int(stamp.timestamp()) * 1_000_000, None, Precision.DAY),
            key=("viewing", *same, alike[same]),
            title=row[0],
            details={"Date": row[1]},
        )


def _day_first(texts: list[str]) -> bool:
    """Whether dates are day, month, year: by a number above 12, else because a file in that order is sorted."""
    pairs = [tuple(int(part) for part in text.split("/")[:2]) for text in texts if _is_slashed(text)]
    if any(second > 12 for _, second in pairs):
        return any(first > 12 for first, _ in pairs)
    if any(first > 12 for first, _ in pairs):
        return True
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
