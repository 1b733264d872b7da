"""Browsing and searches from Microsoft's privacy dashboard. Thin facts, no real file: names of columns decide.

Columns are compared without case, spaces and underscores; unknown ones stay in the details. Times are UTC, as ISO or
American (``5/2/2024 9:10:11 PM``) texts. Everything else of such an archive is kept whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import json_records, tables
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike
from importers.records import Item, Kind, Moment, Notice, Record

_ISO, _AMERICAN = DateReader(Layout.YEAR_FIRST), DateReader(Layout.MONTH_FIRST)


def _headers(*wanted: str) -> tuple[Rule, ...]:
    """The ways in which these columns may be written, in a table or as keys."""
    spellings = [tuple("".join(words) for words in map(str.split, wanted)), wanted]
    spellings.append(tuple("_".join(name.split()) for name in wanted))
    camel = tuple(name[0][:1].lower() + name[0][1:] for name in zip(spellings[0], strict=True))
    rules = [Rule(header=frozenset(names)) for names in spellings]
    return (*rules, *(Rule(shape="json-array", keys=frozenset(names)) for names in (spellings[0], camel)))


@importer(
    *_headers("Date Time", "Navigated To Url"),
    source="microsoft",
    reads="browsing history",
    product="privacy",
    status="beta",
)
def browsing(member: Member) -> Iterator[Record]:
    """A `page-visit` for each page that Edge has told Microsoft of."""
    yield from _items(member, Kind.PAGE_VISIT, "navigatedtourl", "pagetitle")


@importer(
    *_headers("Date Time", "Search Terms"),
    *_headers("Date Time", "Search Query"),
    source="microsoft",
    reads="searches",
    product="privacy",
    status="beta",
)
def searches(member: Member) -> Iterator[Record]:
    """A `search` for each row of what was asked of Bing; what was clicked stays in the details."""
    yield from _items(member, Kind.SEARCH, "searchterms", "searchquery")


def _items(member: Member, kind: Kind, same: str, title: str) -> Iterator[Record]:
    alike = Alike()
    for position, fields in _fields(member):
        if isinstance(fields, Notice):
            yield fields
            continue
        plain = {"".join(char for char in name.casefold() if char.isalnum()): value for name, value in fields.items()}
        when = _moment(plain.get("datetime"))
        if when is None:
            yield Notice("table-date", position, "DateTime")
        said = [value if isinstance(value := plain.get(name), str) else "" for name in (same, title)]
        yield Item(
            kind=kind,
            key=alike.key(str(kind), said[0] or said[1], when.us if when else str(plain.get("datetime", ""))),
            when=when,
            title=said[1] or said[0],
            details={name: value for name, value in fields.items() if value not in (None, "")},
        )


def _fields(member: Member) -> Iterator[tuple[str, Mapping[str, Any] | Notice]]:
    with member.open() as stream:
        head = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"["):
        for entry in json_records.entries(member):
            yield ("", entry) if isinstance(entry, Notice) else (entry.position, entry.fields)
        return
    with member.open() as stream:
        for row in tables.rows(stream):
            if isinstance(row, tables.Trouble):
                yield "", Notice(row.reason, row.position)
            else:
                yield f"line {row.line}", row.cells


def _moment(value: object) -> Moment | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return _ISO.moment(value) or _AMERICAN.moment(value)
