"""XMP beside a picture (``IMG.jpg.xmp``, ``IMG.xmp``): what a program knows of it, as tags and stars."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.any_stamp import moment
from importers.formats.free_names import FreeNames
from importers.formats.french_stamps import moment as in_paris
from importers.formats.xml_stream import Damage, Element, elements
from importers.photos.taken import where
from importers.records import Item, Kind, Moment, Notice, Record

LARGEST = 16 << 20
"""Bytes of the largest sidecar."""

_TIMES = ("DateTimeOriginal", "DateCreated", "CreateDate")
_TEXTS = ("description", "ImageDescription", "title")


@importer(
    Rule(root="xmpmeta", strange=True),
    Rule(root="xmpmeta", alone=True),
    source="photos",
    reads="notes beside pictures",
    status="proven",
)
def sidecar(member: Member) -> Iterator[Record]:
    """One `other` a sidecar, titled by its picture's name, at the time and place that it states, with all its fields.

    A time without a zone is placed in Paris.
    """
    fields: dict[str, Any] = {}
    free = FreeNames()
    for event in elements([member.read(LARGEST)], frozenset()):
        if isinstance(event, Damage):
            yield Notice(event.reason, f"byte {event.byte}", event.lost)
        elif isinstance(event, Element):
            _gather(event, fields, free)
    if not fields:
        return
    plain = msgspec.json.encode(fields, order="deterministic").decode()
    place = where(fields)
    yield Item(
        kind=Kind.OTHER,
        key=("xmp", plain),
        when=next((found for name in _TIMES if (found := _moment(fields.get(name)))), None),
        title=member.path.rpartition("/")[2].removesuffix(".xmp").removesuffix(".XMP"),
        text=next((_text(fields[name]) for name in _TEXTS if fields.get(name)), ""),
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        details=fields,
    )


def _gather(element: Element, fields: dict[str, Any], free: FreeNames) -> None:
    """Put the properties of all descriptions into the fields, by local name; attributes are properties as well."""
    if element.name == "Description":
        for name, text in element.attributes.items():
            if not name.startswith("xmlns") and text:
                fields[free.of(name.rpartition(":")[2], fields)] = text
        for child in element.children:
            fields[free.of(child.name, fields)] = _value(child)
        return
    for name, text in element.attributes.items():
        if not name.startswith("xmlns"):
            fields[free.of(name.rpartition(":")[2], fields)] = text
    for child in element.children:
        _gather(child, fields, free)


def _value(element: Element) -> Any:
    """A property: its text, the list of its entries, or the fields of a structure."""
    if not element.children:
        rest = {name: text for name, text in element.attributes.items() if not name.startswith(("xmlns", "xml:lang"))}
        return rest | {"text": element.text} if rest and element.text else rest or element.text
    if len(element.children) == 1 and element.children[0].name in {"Alt", "Bag", "Seq"}:
        return [_value(entry) for entry in element.children[0].children]
    found: dict[str, Any] = {}
    free = FreeNames()
    for child in element.children:
        found[free.of(child.name, found)] = _value(child)
    return found


def _text(value: Any) -> str:
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> Moment | None:
    text = _text(value)
    zoned = text.endswith("Z") or "+" in text or "-" in text[10:]
    return (moment(text) if zoned else in_paris(text)) if text else None
