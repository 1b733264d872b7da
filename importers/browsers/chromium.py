"""The history of Chrome, Edge, Brave, Opera, Vivaldi and other browsers of the Chromium family: the file ``History``.

Facts: a real database of 2021. Times count microseconds since 1601, UTC. The browser keeps 90 days.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.browsers.visits import moment, visit
from importers.contract import Member, Rule, importer
from importers.formats.database_records import Cells, details, number, other_tables, records, rows, text
from importers.formats.json_records import Alike
from importers.formats.sqlite_tables import Database
from importers.records import Item, Kind, Moment, Notice, Record

_1601 = 11_644_473_600_000_000
"""us between 1601 and 1970."""

_LINK_TYPE = 0xFF
_UNWANTED = frozenset({3, 4, 8})
"""Frames within a page that load by themselves or by a click, and reloads."""

_READ = frozenset({"urls", "visits", "keyword_search_terms", "downloads", "downloads_url_chains"})


@importer(
    Rule(shape="sqlite", contains=("table urls\n", "table visits\n", "table downloads\n")),
    Rule(shape="sqlite", contains=("table urls\n", "table visits\n", "table keyword_search_terms\n")),
    Rule(members=("**/History",), shape="sqlite", named=True),
    source="chrome",
    reads="browsing history, searches and downloads",
    product="history",
    status="proven",
)
def history(member: Member) -> Iterator[Record]:
    """One `page-visit` a visit, one `search` for each term and page, downloads and all other tables."""
    yield from records(member, _read, ("urls", "visits"))


def _read(database: Database) -> Iterator[Record]:
    urls: dict[int, Cells] = {}
    visited: set[int] = set()
    alike = Alike()
    for row in rows(database, "urls"):
        if isinstance(row, Notice):
            yield row
        else:
            urls[number(row.cells, "id") or -row.number] = row.cells
    for row in rows(database, "visits"):
        if isinstance(row, Notice):
            yield row
            continue
        page = urls.get(number(row.cells, "url") or 0, {})
        visited.add(number(row.cells, "url") or 0)
        if not page or _moment(row.cells, "visit_time") is None:
            yield Notice("browser-visit", f"record {row.number}")
        yield _visit(alike, row.cells, page)
    for own, page in urls.items():
        if own not in visited:
            yield _page(alike, page)
    yield from _searches(database, urls)
    yield from _downloads(database)
    yield from other_tables(database, _READ)


def _visit(alike: Alike, cells: Cells, page: Cells) -> Item:
    core = (number(cells, "transition") or 0) & _LINK_TYPE
    return visit(
        alike,
        text(page, "url"),
        _moment(cells, "visit_time"),
        title=text(page, "title"),
        lasted=number(cells, "visit_duration") or 0,
        counts=core not in _UNWANTED,
        details=details(cells, {"url"}) | _of_page(page),
    )


def _page(alike: Alike, page: Cells) -> Item:
    """An address whose visits have gone or came from another device: no visit, and its last time is that of one."""
    return Item(
        kind=Kind.OTHER,
        key=alike.key("page", text(page, "url")),
        stable=True,
        when=_moment(page, "last_visit_time"),
        title=text(page, "title") or text(page, "url"),
        details=details(page, {"title"}),
    )


def _searches(database: Database, urls: dict[int, Cells]) -> Iterator[Record]:
    alike = Alike()
    for row in rows(database, "keyword_search_terms"):
        if isinstance(row, Notice):
            yield row
            continue
        page = urls.get(number(row.cells, "url_id") or 0, {})
        yield Item(
            kind=Kind.SEARCH,
            key=alike.key("search", text(row.cells, "term"), text(page, "url")),
            stable=True,
            when=_moment(page, "last_visit_time"),
            title=text(row.cells, "term"),
            details={"url": text(page, "url")} | details(row.cells, {"term"}) | _of_page(page),
        )


def _downloads(database: Database) -> Iterator[Record]:
    chains: dict[int, list[str]] = {}
    for row in rows(database, "downloads_url_chains"):
        if isinstance(row, Notice):
            yield row
        else:
            chains.setdefault(number(row.cells, "id") or 0, []).append(text(row.cells, "url"))
    alike = Alike()
    for row in rows(database, "downloads"):
        if isinstance(row, Notice):
            yield row
            continue
        cells = row.cells
        path = text(cells, "target_path") or text(cells, "full_path")
        when = _moment(cells, "start_time")
        ended = _moment(cells, "end_time")
        chain: dict[str, Any] = {"url_chain": chains[own]} if (own := number(cells, "id") or 0) in chains else {}
        yield Item(
            kind=Kind.OTHER,
            key=alike.key("download", when.us if when else None, path),
            when=when,
            end=ended.us if ended else None,
            title=path.replace("\\", "/").rpartition("/")[2],
            details=details(cells) | chain,
        )


def _of_page(page: Cells) -> dict[str, Any]:
    return {"page": details(page, {"url", "title"})} if page else {}


def _moment(cells: Cells, name: str) -> Moment | None:
    found = number(cells, name)
    return moment(found - _1601) if found else None
