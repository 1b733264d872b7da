"""What Facebook showed and the person looked at: categories within categories, named in the account's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.meta import times
from importers.meta.elements import elements
from importers.meta.tables import Alike
from importers.records import Item, Kind, Notice, Record

_ADS = frozenset({"ads", "werbeanzeigen", "annoncer"})
"""The category of ads in English, German and Danish, the languages in which it has been read."""


@importer(
    *(
        Rule(members=("**/recently_viewed.json", "**/recently_visited.json"), keys=frozenset({key}))
        for key in ("recently_viewed", "recently_viewed_v2", "visited_things", "visited_things_v2")
    ),
    source="facebook",
    reads="what was looked at",
    languages=("en", "fr", "de", "da"),
    status="proven",
)
def viewed(member: Member) -> Iterator[Record]:
    """Ads as `ad`, films with the time watched as `watch`, all else as `page-visit`. Times are UTC."""
    alike = Alike()
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
        else:
            for item in _category(element.value, ()):
                yield alike.numbered(item)


def _category(value: Any, above: tuple[str, ...]) -> Iterator[Item]:
    """The entries of a category, then those of the categories in it."""
    if not isinstance(value, dict):
        yield Item(kind=Kind.OTHER, key=("viewed-other", str(value)), details={"value": value})
        return
    name = value.get("name")
    path = (*above, name) if isinstance(name, str) else above
    entries, children = _list(value.get("entries")), _list(value.get("children"))
    about = {name: entry for name, entry in value.items() if name not in {"name", "entries", "children"}}
    for number, entry in enumerate(entries):
        yield _entry(entry, path, {} if number else about)
    for child in children:
        yield from _category(child, path)
    if not entries:
        yield Item(kind=Kind.OTHER, key=("viewed-category", *path), title=path[-1] if path else "", details=about)


def _entry(entry: Any, path: tuple[str, ...], about: dict[str, Any]) -> Item:
    """``about``: what is said of the category, which its first entry carries."""
    fields = entry if isinstance(entry, dict) else {"entry": entry}
    data = fields.get("data")
    inner: dict[str, Any] = data if isinstance(data, dict) else {}
    words = inner.get("value")
    when = times.seconds(fields.get("timestamp")) or (times.words(words) if isinstance(words, str) else None)
    address, name = inner.get("uri"), inner.get("name")
    title = name if isinstance(name, str) else ""
    return Item(
        kind=_kind(path, inner),
        key=("viewed", when.us if when else None, address if isinstance(address, str) else title),
        when=when,
        title=title,
        details=fields | {"category": list(path)} | ({"about category": about} if about else {}),
    )


def _kind(path: tuple[str, ...], data: dict[str, Any]) -> Kind:
    if any(name.casefold() in _ADS for name in path):
        return Kind.AD
    return Kind.WATCH if "watch_time" in data or "watch_position_seconds" in data else Kind.PAGE_VISIT


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
