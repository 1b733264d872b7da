"""The list of everything that was noted, a day each.

Facts: public readers of the list. The value is one object for a period and a list of objects for most others.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike, entries, text
from importers.records import Item, Kind, Notice, Record

_READER = DateReader(Layout.YEAR_FIRST)


@importer(
    Rule(members=("**/measurements.json",), shape="json-array", keys=frozenset({"date", "type", "value", "option"})),
    source="clue",
    product="health",
    reads="cycle diary",
)
def measurements(member: Member) -> Iterator[Record]:
    """A `measurement` for each entry, on its day; the options that were chosen are its text."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        date, type_ = text(entry.fields, "date"), text(entry.fields, "type")
        when = _READER.moment(date)
        if when is None:
            yield Notice("table-date", entry.position, "date")
        options = _options(entry.fields.get("value"))
        yield Item(
            kind=Kind.MEASUREMENT,
            key=alike.key("entry", date, type_, *options) if options else alike.key("entry", entry.text.decode()),
            when=when,
            title=type_,
            text=", ".join(options),
            details=entry.text,
        )


def _options(value: object) -> list[str]:
    """The options of an object, or of a list of objects; none when it has another form."""
    found = value if isinstance(value, list) else [value]
    return [text(one, "option") for one in found if isinstance(one, dict) and text(one, "option")]
