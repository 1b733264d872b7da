"""Bookmarks as trees of JSON: the backup of Firefox (plain or packed) and the file ``Bookmarks`` of Chromium browsers.

Facts from documents, no real file. Firefox counts microseconds since 1970; Chromium writes microseconds since 1601, as
text. Both give each entry an identifier that stays (``guid``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.browsers import lz4_block
from importers.browsers.visits import moment
from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.records import Item, Json, Kind, Moment, Notice, Record
from importers.whole import document

LARGEST = 64 << 20
"""Bytes of the largest tree."""

_1601 = 11_644_473_600_000_000
_DEEPEST = 100
_PACKED = b"mozLz40\x00"


@importer(
    Rule(shape="json-object", keys=frozenset({"guid", "typeCode", "dateAdded", "children"})),
    Rule(members=("**/*.jsonlz4",)),
    Rule(starts=("mozLz40",)),
    source="firefox",
    reads="bookmarks (backup)",
    product="bookmarks",
    status="documents",
)
def bookmark_backup(member: Member) -> Iterator[Record]:
    """Firefox: a `bookmark` for each entry with an address, folders and separators as items of their own."""
    data = member.read(LARGEST)
    if data.startswith(_PACKED):
        try:
            data = lz4_block.unpacked(data[len(_PACKED) :], LARGEST)
        except ValueError:
            yield Notice("bookmarks-packed")
            yield document(member)
            return
    yield from _tree(member, data, _firefox)


@importer(
    Rule(shape="json-object", keys=frozenset({"roots", "bookmark_bar", "children"})),
    source="chrome",
    reads="bookmarks",
    product="bookmarks",
    status="documents",
)
def bookmarks(member: Member) -> Iterator[Record]:
    """Chrome and its family: a `bookmark` for each entry with an address, folders as items of their own."""
    yield from _tree(member, member.read(LARGEST), _chromium)


def _tree(member: Member, data: bytes, make: Any) -> Iterator[Record]:
    try:
        root = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield Notice("json-broken", "byte 0")
        yield document(member)
        return
    alike = Alike()
    waiting: list[tuple[Json, tuple[str, ...]]] = [(root, ())]
    while waiting:
        node, folder = waiting.pop()
        if not isinstance(node, dict):
            yield Notice("json-unexpected")
            yield Item(
                kind=Kind.OTHER, key=alike.key("value", msgspec.json.encode(node).decode()), details={"value": node}
            )
            continue
        roots = node.get("roots")
        if isinstance(roots, dict):
            waiting += [(child, folder) for child in reversed(list(roots.values()))]
            rest = {name: value for name, value in node.items() if name != "roots"}
            if rest:
                yield Item(kind=Kind.SETTING, key=("bookmarks file",), stable=True, title="Bookmarks", details=rest)
            continue
        item = make(alike, node, folder)
        yield item
        children = node.get("children")
        if isinstance(children, list) and len(folder) < _DEEPEST:
            inner = (*folder, item.title) if item.title else folder
            waiting += [(child, inner) for child in reversed(children)]


def _firefox(alike: Alike, node: dict[str, Any], folder: tuple[str, ...]) -> Item:
    added = node.get("dateAdded")
    when = moment(added) if isinstance(added, int) and not isinstance(added, bool) else None
    return _entry(alike, node, folder, when, str(node.get("title") or ""), node.get("uri"))


def _chromium(alike: Alike, node: dict[str, Any], folder: tuple[str, ...]) -> Item:
    added = str(node.get("date_added", ""))
    when = moment(int(added) - _1601) if added.isdecimal() and added.isascii() and len(added) < 20 else None
    return _entry(alike, node, folder, when, str(node.get("name") or ""), node.get("url"))


def _entry(
    alike: Alike, node: dict[str, Any], folder: tuple[str, ...], when: Moment | None, title: str, url: object
) -> Item:
    guid = node.get("guid")
    what = "bookmark" if isinstance(url, str) and url else "folder"
    key = (what, guid) if isinstance(guid, str) and guid else (what, str(url or ""), when.us if when else None, title)
    return Item(
        kind=Kind.BOOKMARK if what == "bookmark" else Kind.OTHER,
        key=alike.key(*key),
        stable=isinstance(guid, str) and bool(guid),
        when=when,
        title=title or str(url or ""),
        details={"folder": list(folder)}
        | {name: value for name, value in node.items() if name != "children" or not isinstance(value, list)},
    )
