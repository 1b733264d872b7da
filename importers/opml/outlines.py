"""OPML: subscriptions to feeds and podcasts in nested outlines. The case of attributes differs from program to program.

An outline with an address is a bookmark; one that only holds others is a folder, whose names the bookmark keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.formats.xml_stream import Closed, Damage, Element, Opened, elements
from importers.gpx.positions import plain
from importers.records import Handle, Item, Kind, Notice, Record, Role

_CONTAINERS = frozenset({"opml", "head", "body", "outline"})
_ADDRESSES = ("xmlurl", "htmlurl", "url")


@importer(Rule(root="opml"), source="opml", reads="feeds and podcasts", product="feeds", status="documents")
def outlines(member: Member) -> Iterator[Record]:
    """A `bookmark` for each outline with an address, or with nothing below it. The format gives no times."""
    alike = Alike()
    about: dict[str, Any] = {}
    above: list[dict[str, str]] = []
    leaf = False
    for event in elements(member.pieces(), _CONTAINERS):
        if isinstance(event, Damage):
            yield Notice(event.reason, f"byte {event.byte}", event.lost)
        elif isinstance(event, Opened):
            if event.name == "outline":
                above.append(event.attributes)
                leaf = True
            elif event.name == "opml":
                about |= event.attributes
        elif isinstance(event, Closed):
            if event.name == "outline" and above:
                yield from _ended(above, alike, leaf=leaf)
                above.pop()
                leaf = False
        elif isinstance(event, Element):
            about.setdefault(event.name, []).append(plain(event))
    while above:
        yield from _ended(above, alike, leaf=leaf)
        above.pop()
        leaf = False
    if about.keys() - {"version"}:
        key = ("opml", msgspec.json.encode(about, order="deterministic").decode())
        yield Item(kind=Kind.OTHER, key=key, details=about)


def _ended(above: list[dict[str, str]], alike: Alike, *, leaf: bool) -> Iterator[Item]:
    """The outline that ends: a folder that says no more than its name stands with the outlines in it."""
    given = {name.casefold(): text for name, text in above[-1].items() if text}
    address = next((given[name] for name in _ADDRESSES if name in given), "")
    title = given.get("title") or given.get("text") or address
    if not address and not leaf and not given.keys() - {"title", "text"}:
        return
    folders = [_name(attributes) for attributes in above[:-1]]
    yield Item(
        kind=Kind.BOOKMARK if address or leaf else Kind.OTHER,
        key=alike.key("outline", address or title, *(() if address else folders)),
        title=title,
        text=given.get("description", ""),
        parties=(Role("channel", title, Handle("url", address)),) if address else (),
        details=dict(above[-1]) | ({"folders": folders} if any(folders) else {}),
    )


def _name(attributes: dict[str, str]) -> str:
    given = {name.casefold(): text for name, text in attributes.items()}
    return given.get("title") or given.get("text") or ""
