"""Trakt's export: what was watched, rated and put on lists, as objects of its interface.

Facts: reports on the export of 2024 and the documents of the interface; no real file was at hand. A film or an episode
stands under its type (``movie``, ``episode`` with its ``show``), with numbers in several catalogues.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats.dates import DateReader, Layout
from importers.formats.json_records import Alike, Entry, entries, inner, text
from importers.formats.row_facts import numbered
from importers.records import Item, Kind, Moment, Notice, Record

_STAMPS = DateReader(Layout.YEAR_FIRST)
_THINGS = ("episode", "season", "movie", "show", "person", "list")
_SORTS = (
    ("watched_at", Kind.WATCH, "history"),
    ("rated_at", Kind.REACTION, "rating"),
    ("listed_at", Kind.BOOKMARK, "listed"),
    ("collected_at", Kind.BOOKMARK, "collected"),
    ("last_watched_at", Kind.OTHER, "watched"),
)
"""The field of the time, the kind, and what it is; the first field that an object has decides."""


@importer(
    Rule(shape="json-array", keys=frozenset({"watched_at", "action", "type"})),
    Rule(shape="json-array", keys=frozenset({"rated_at", "rating", "type", "ids"})),
    Rule(shape="json-array", keys=frozenset({"listed_at", "type", "ids", "trakt"})),
    Rule(shape="json-array", keys=frozenset({"last_watched_at", "plays", "ids", "trakt"})),
    source="trakt",
    reads="films and series watched, rated and listed",
    status="documents",
)
def history(member: Member) -> Iterator[Record]:
    """A `watch` for each time of watching (UTC); ratings are `reaction`s, lists `bookmark`s, sums of plays `other`."""
    alike = Alike()
    for entry in entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        field, kind, what = next((sort for sort in _SORTS if entry.fields.get(sort[0])), ("", Kind.OTHER, "other"))
        when = _moment(entry.fields.get(field))
        if field and when is None:
            yield Notice("table-date", entry.position, field)
        yield numbered(_item(entry, kind, what, when), alike)


def _moment(value: Any) -> Moment | None:
    return _STAMPS.moment(value) if isinstance(value, str) else None


def _item(entry: Entry, kind: Kind, what: str, when: Moment | None) -> Item:
    fields = entry.fields
    sort = text(fields, "type") or next((name for name in _THINGS if isinstance(fields.get(name), dict)), "")
    thing = inner(fields, sort)
    title = " – ".join(dict.fromkeys(filter(None, (text(inner(fields, "show"), "title"), text(thing, "title")))))
    own = text(fields, "id") if what == "history" else ""
    number = text(inner(thing, "ids"), "trakt", "imdb", "slug")
    return Item(
        kind=kind,
        key=(what, own) if own else (what, sort, number or title, when.us if when and what == "history" else ""),
        stable=bool(own),
        when=when,
        title=title,
        details=entry.text,
    )
