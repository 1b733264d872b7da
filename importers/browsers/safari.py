"""The history of Safari: ``History.db`` of a Mac or iPhone, and the file that Safari 18.2 and later export.

Facts: a real database, where times are seconds since 2001 with a fraction; for the export its documented keys, times in
microseconds since 1970. Both name a visit by address and time, so that they add nothing to each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from importers.browsers.visits import moment, visit
from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.formats.database_records import Cells, details, number, other_tables, records, rows, text
from importers.formats.json_records import Alike
from importers.formats.sqlite_tables import Database
from importers.records import Item, Json, Kind, Moment, Notice, Record

_2001 = 978_307_200
"""Seconds between 1970 and 2001."""


@importer(
    Rule(shape="sqlite", contains=("table history_items\n", "table history_visits\n")),
    Rule(members=("**/History.db",), shape="sqlite", named=True),
    source="safari",
    reads="browsing history",
    product="history",
    status="proven",
)
def history_db(member: Member) -> Iterator[Record]:
    """One `page-visit` a visit, what was deleted (`history_tombstones`) and all other tables."""
    yield from records(member, _read, ("history_items", "history_visits"))


def _read(database: Database) -> Iterator[Record]:
    pages: dict[int, Cells] = {}
    used: set[int] = set()
    alike = Alike()
    for row in rows(database, "history_items"):
        if isinstance(row, Notice):
            yield row
        else:
            pages[number(row.cells, "id") or -row.number] = row.cells
    for row in rows(database, "history_visits"):
        if isinstance(row, Notice):
            yield row
            continue
        own = number(row.cells, "history_item") or 0
        used.add(own)
        page = pages.get(own, {})
        when = _moment(row.cells)
        if not page or when is None:
            yield Notice("browser-visit", f"record {row.number}")
        yield visit(
            alike,
            text(page, "url"),
            when,
            title=text(row.cells, "title"),
            details=details(row.cells, {"title"}) | ({"page": details(page, {"url"})} if page else {}),
        )
    for own, page in pages.items():
        if own not in used:
            url = text(page, "url")
            yield Item(kind=Kind.OTHER, key=alike.key("page", url), title=url, details=details(page))
    yield from other_tables(database, {"history_items", "history_visits"})


def _moment(cells: Cells) -> Moment | None:
    found = cells.get("visit_time")
    if isinstance(found, bool) or not isinstance(found, int | float) or not abs(found) < 1e10:
        return None
    return moment(round((found + _2001) * 1_000_000))


@importer(
    Rule(shape="json-object", keys=frozenset({"metadata", "browser_name", "history", "time_usec"})),
    Rule(shape="json-object", keys=frozenset({"data_type", "history", "url", "time_usec"})),
    source="safari",
    reads="browsing history (export)",
    product="history",
    status="documents",
)
def history_export(member: Member) -> Iterator[Record]:
    """One `page-visit` an entry; ``visits_count`` and what else it says stay in the details."""
    alike = Alike()
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            if isinstance(event, json_blocks.Broken):
                yield Notice(event.reason, event.position)
            elif isinstance(event, json_blocks.Value):
                yield Item(
                    kind=Kind.OTHER,
                    key=("export", event.key),
                    stable=True,
                    title=event.key,
                    details={event.key: msgspec.json.decode(event.text)},
                )
            else:
                for place, raw in enumerate(event.elements, event.first + 1):
                    yield from _entry(alike, event.key, place, msgspec.json.decode(raw))


def _entry(alike: Alike, key: str, place: int, fields: Json) -> Iterator[Record]:
    if key != "history" or not isinstance(fields, dict):
        yield Notice("json-unexpected", f"record {place}", key[:100])
        yield Item(
            kind=Kind.OTHER,
            key=alike.key("export", key, msgspec.json.encode(fields).decode()[:2000]),
            title=key,
            details={key: fields},
        )
        return
    time = fields.get("time_usec")
    when = moment(time) if isinstance(time, int) and not isinstance(time, bool) else None
    if when is None:
        yield Notice("browser-visit", f"record {place}")
    url, title = (found if isinstance(found := fields.get(name), str) else "" for name in ("url", "title"))
    yield visit(alike, url, when, title=title, details=fields | {"url": url} if not url else fields)
