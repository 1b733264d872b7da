"""The table of trends of the web site: a row a day, durations in seconds, bedtimes with their offset.

Facts: public readers of the file. The archive of the membership hub has other tables; nobody describes them surely.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.formats.measures import Measures
from importers.formats.row_facts import lines
from importers.formats.tables import rest
from importers.records import Item, Kind, Notice, Record

_HEADER = ("date", "Sleep Score", "Bedtime Start", "Bedtime End")
_SERIES = {
    "Average HRV": ("heart-rate-variability", "ms"),
    "Lowest Resting Heart Rate": ("resting-heart-rate", "count/min"),
    "Steps": ("steps-of-day", "count"),
}
_STAMPS = DateReader(Layout.YEAR_FIRST)
_DAY_US = 86_400_000_000


@importer(Rule(header=frozenset(_HEADER)), source="oura", product="health", reads="days and nights")
def trends(member: Member) -> Iterator[Record]:
    """A `sleep` for each row with bedtimes, else a `measurement`, with all scores; three numbers are series as well."""
    measures = Measures(exclusive=True)
    alike = Alike()
    for line in lines(member, _HEADER):
        if isinstance(line, Notice):
            yield line
            continue
        cells = line.cells
        of = _STAMPS.moment(cells.get("date", ""))
        start, end = (_STAMPS.moment(cells.get(name, "")) for name in ("Bedtime Start", "Bedtime End"))
        if of is None:
            yield Notice("table-date", line.position, "date")
        yield Item(
            kind=Kind.SLEEP if start else Kind.MEASUREMENT,
            key=alike.key("day", *cells.values()),
            when=start or of,
            end=end.us if start and end and end.us >= start.us else None,
            title=cells.get("Sleep Score", ""),
            details=rest(cells, ()),
        )
        for name, (series, unit) in _SERIES.items():
            if of is not None and cells.get(name):
                yield from measures.add(series, unit, of.us, cells[name], end=of.us + _DAY_US)
    yield from measures.samples()
