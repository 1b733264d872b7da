"""Chrome: visits, and what a browser remembers for the person. Bookmarks come as a page that all browsers write.

History holds what was synchronised, about a year. The file was ``BrowserHistory.json`` until 2024, then
``History.json``; the keys of its arrays are the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer, keep
from importers.formats.json_records import Alike
from importers.google.elements import Element, elements, words
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role

_ARRAYS = (
    *("Browser History", "Typed Url", "Search Engines", "Autofill", "Autofill Profile", "Device Info", "Extensions"),
    "Reading List",
)
_LAST = 10**17

keep(Rule(members=("**/Chrome/Dictionary.csv",), named=True), source="google")


@importer(
    *(Rule(shape="json-object", keys=frozenset({name})) for name in _ARRAYS),
    Rule(members=("**/Takeout/Chrome/*.json",), shape="json-object", named=True),
    source="google",
    product="chrome",
    reads="browsing history and what Chrome remembers",
    languages=("fr", "en", "de"),
)
def chrome(member: Member) -> Iterator[Record]:
    """A visit at its microsecond. Search engines, forms and extensions are settings; devices have their last time."""
    alike = Alike()
    for found in elements(member):
        if not isinstance(found, Element):
            yield found
        elif found.key == "Browser History":
            yield from _visit(found)
        elif found.key == "Device Info":
            yield _device(found)
        else:
            yield _remembered(found, alike)


def _visit(found: Element) -> Iterator[Record]:
    when = _moment(found.fields.get("time_usec"), 1)
    if when is None:
        yield Notice("google-no-time", found.position)
    url = words(found.fields, "url")
    yield Item(
        kind=Kind.PAGE_VISIT,
        key=("chrome-visit", url, when.us) if when else ("chrome-visit", found.plain),
        when=when,
        title=words(found.fields, "title") or url,
        details=found.details("title") if words(found.fields, "title") else found.details(),
    )


def _device(found: Element) -> Item:
    name = words(found.fields, "client_name") or words(found.fields, "model")
    own = (words(found.fields, field) for field in ("client_name", "manufacturer", "model", "device_type"))
    return Item(
        kind=Kind.DEVICE,
        key=("chrome-device", *own),
        when=_moment(found.fields.get("last_updated_timestamp"), 1000),
        title=name,
        parties=(Role("device", name),) if name else (),
        details=found.details(),
    )


def _remembered(found: Element, alike: Alike) -> Item:
    used = found.fields.get("usage_timestamp")
    last = used[-1] if isinstance(used, list) and used else None
    form = tuple(words(found.fields, field) for field in ("name", "value"))
    own = (words(found.fields, "sync_guid") or found.plain,) if found.key != "Autofill" or not all(form) else form
    names = (words(found.fields, field) for field in ("title", "short_name", "name", "url"))
    return Item(
        kind=Kind.BOOKMARK
        if found.key == "Reading List"
        else Kind.OTHER
        if found.key in {"Session", "Typed Url"}
        else Kind.SETTING,
        key=alike.key("chrome", found.key, *own),
        when=_moment(last, 1),
        title=next(filter(None, names), found.key),
        details=found.details(),
    )


def _moment(given: object, each: int) -> Moment | None:
    """A count since 1970 of ``each`` microseconds; None when it is none."""
    if not isinstance(given, int) or isinstance(given, bool) or not 0 < given * each < _LAST:
        return None
    return Moment(given * each, None, Precision.MILLISECOND if each > 1 else Precision.MICROSECOND)
