"""Instagram's saved posts, and its collections: an entry with a title opens one, those after it belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.meta import neighbours
from importers.meta.elements import elements
from importers.meta.fact import Fact, fact
from importers.meta.media import Joined
from importers.meta.tables import Alike, Row, item
from importers.records import Notice, Record

_POST = Row(group="saved", what="saved", kind="bookmark", role="author", same=("url", "name", "rest"))
_COLLECTION = Row(group="saved", what="collection", kind="other", role="", heading="name", same=("name", "rest"))
_NAMES = ("**/saved_posts.json", "**/saved_collections.json")


@importer(
    Rule(members=_NAMES, keys=frozenset({"saved_saved_media"})),
    Rule(members=_NAMES, keys=frozenset({"saved_saved_collections"})),
    Rule(members=_NAMES, keys=frozenset({"label_values"}), named=True, beside=neighbours.INSTAGRAM),
    source="instagram",
    reads="saved posts",
    status="proven",
    weight=1,
)
def saved(member: Member) -> Iterator[Record]:
    """A `bookmark` for each saved post; one within a collection names it."""
    alike, joined = Alike(), Joined(member)
    collection = ""
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        found, value = fact(element.value), element.value
        if element.key == "saved_saved_collections" and _opens(value, found):
            collection = found.name
            yield alike.numbered(item(_COLLECTION, found, value, element, joined))
            continue
        if collection and isinstance(value, dict):
            value = value | {"collection": collection}
        yield alike.numbered(item(_POST, found, value, element, joined))
    yield from joined.told()


def _opens(value: Any, found: Fact) -> bool:
    return isinstance(value, dict) and bool(value.get("title")) and not found.url
