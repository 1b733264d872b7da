"""The history and bookmarks of Firefox and its relatives: ``places.sqlite``, and ``browser.db`` of old telephones.

Facts: real databases of 2020. Times count microseconds since 1970, UTC; newer Firefox for Android counts milliseconds,
which their size tells. Relatives (Pale Moon, telephones) lack some tables and columns: names decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.browsers.visits import moment, visit
from importers.contract import Member, Rule, importer
from importers.formats.database_records import Cells, details, number, other_tables, records, rows, text
from importers.formats.json_records import Alike
from importers.formats.sqlite_tables import Database
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_MICROSECONDS = 300_000_000_000_000
"""A greater number counts microseconds since 1970, a smaller one milliseconds."""

_UNWANTED = frozenset({4, 8, 9})
"""Embedded pages, framed links, reloads."""

_BOOKMARK, _FOLDER = 1, 2
_DEEPEST = 50


@importer(
    Rule(shape="sqlite", contains=("table moz_places\n", "table moz_historyvisits\n")),
    Rule(members=("**/places.sqlite",), shape="sqlite", named=True),
    source="firefox",
    reads="browsing history and bookmarks",
    product="history",
    status="proven",
)
def places(member: Member) -> Iterator[Record]:
    """One `page-visit` a visit, one `bookmark` a bookmark, and all other tables."""
    yield from records(member, _places, ("moz_places", "moz_historyvisits"))


def _places(database: Database) -> Iterator[Record]:
    pages: dict[Any, Cells] = {}
    used: set[Any] = set()
    alike = Alike()
    yield from _gathered(database, "moz_places", "id", pages)
    for row in rows(database, "moz_historyvisits"):
        if isinstance(row, Notice):
            yield row
            continue
        own = row.cells.get("place_id")
        used.add(own)
        yield from _visited(alike, row.number, row.cells, pages.get(own, {}), ("place_id", "visit_date", "visit_type"))
    bookmarks: dict[Any, Cells] = {}
    yield from _gathered(database, "moz_bookmarks", "id", bookmarks)
    used |= {cells.get("fk") for cells in bookmarks.values()}
    for cells in bookmarks.values():
        yield _bookmark(alike, cells, bookmarks, pages.get(cells.get("fk"), {}), "dateAdded", "id")
    for own, page in pages.items():
        if own not in used:
            yield _page(alike, page, "last_visit_date")
    yield from other_tables(database, {"moz_places", "moz_historyvisits", "moz_bookmarks"})


@importer(
    Rule(shape="sqlite", contains=("table history\n", "table visits\n", "table bookmarks\n")),
    Rule(members=("**/browser.db",), shape="sqlite", named=True),
    source="firefox",
    reads="browsing history of an old telephone",
    product="history",
    status="proven",
)
def browser_db(member: Member) -> Iterator[Record]:
    """Firefox for Android before 2020: visits, bookmarks, and the searches typed into it (times in ms)."""
    yield from records(member, _browser_db, ("history", "visits"))


def _browser_db(database: Database) -> Iterator[Record]:
    pages: dict[Any, Cells] = {}
    used: set[Any] = set()
    alike = Alike()
    yield from _gathered(database, "history", "guid", pages)
    for row in rows(database, "visits"):
        if isinstance(row, Notice):
            yield row
            continue
        own = row.cells.get("history_guid")
        used.add(own)
        yield from _visited(alike, row.number, row.cells, pages.get(own, {}), ("history_guid", "date", "visit_type"))
    for own, page in pages.items():
        if own not in used:
            yield _page(alike, page, "date")
    bookmarks: dict[Any, Cells] = {}
    yield from _gathered(database, "bookmarks", "_id", bookmarks)
    for cells in bookmarks.values():
        yield _bookmark(alike, cells, bookmarks, {"url": cells.get("url")}, "created", "_id")
    for row in rows(database, "searchhistory"):
        if isinstance(row, Notice):
            yield row
            continue
        yield Item(
            kind=Kind.SEARCH,
            key=alike.key("search", text(row.cells, "query")),
            stable=True,
            when=_moment(row.cells, "date"),
            title=text(row.cells, "query"),
            details=details(row.cells, {"query"}),
        )
    yield from other_tables(database, {"history", "visits", "bookmarks", "searchhistory", "android_metadata"})


def _gathered(database: Database, table: str, by: str, into: dict[Any, Cells]) -> Iterator[Record]:
    for row in rows(database, table):
        if isinstance(row, Notice):
            yield row
        else:
            own = row.cells.get(by)
            into[("without", row.number) if own is None or own in into else own] = row.cells


def _visited(alike: Alike, place: int, cells: Cells, page: Cells, names: tuple[str, str, str]) -> Iterator[Record]:
    foreign, time, type_ = names
    when = _moment(cells, time)
    if not page or when is None:
        yield Notice("browser-visit", f"record {place}")
    yield visit(
        alike,
        text(page, "url"),
        when,
        title=text(page, "title"),
        counts=number(cells, type_) not in _UNWANTED,
        details=details(cells, () if not page else {foreign})
        | ({"page": details(page, {"url", "title"})} if page else {}),
    )


def _page(alike: Alike, page: Cells, time: str) -> Item:
    """An address without visits of its own."""
    return Item(
        kind=Kind.OTHER,
        key=alike.key("page", text(page, "url")),
        stable=True,
        when=_moment(page, time),
        title=text(page, "title") or text(page, "url"),
        details=details(page, {"title"}),
    )


def _bookmark(alike: Alike, cells: Cells, all_: dict[Any, Cells], page: Cells, added: str, own: str) -> Item:
    """A bookmark or folder by its own id (``guid``), which backups give as well."""
    url = text(page, "url")
    type_ = number(cells, "type")
    is_bookmark = bool(url) and type_ != _FOLDER
    when = _moment(cells, added)
    guid = text(cells, "guid")
    key = ("bookmark", guid) if guid else ("bookmark", url, when.us if when else None, text(cells, "title"))
    return Item(
        kind=Kind.BOOKMARK if is_bookmark else Kind.OTHER,
        key=alike.key(*key) if is_bookmark else alike.key("folder", *key[1:]),
        stable=bool(guid),
        when=when,
        title=text(cells, "title") or url,
        details=({"url": url} if url else {})
        | {"folder": _folder(cells, all_, own)}
        | details(cells, {"title", "url"})
        | ({"page": about} if (about := details(page, {"url"})) else {}),
    )


def _folder(cells: Cells, all_: dict[Any, Cells], own: str) -> list[str]:
    names: list[str] = []
    while len(names) < _DEEPEST:
        parent = all_.get(cells.get("parent"))
        if parent is None or parent is cells or parent.get(own) == cells.get(own):
            break
        cells = parent
        names.append(text(cells, "title"))
    return [name for name in reversed(names) if name]


def _moment(cells: Cells, name: str) -> Moment | None:
    found = number(cells, name)
    if not found:
        return None
    if found > _MICROSECONDS:
        return moment(found)
    return moment(found * 1000, Precision.MILLISECOND)
