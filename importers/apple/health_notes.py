"""What hangs below an element of Apple Health: metadata, beat lists, everything else; and the names of devices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

import msgspec

from importers.formats.xml_stream import Element

_POINTER = re.compile(r"^<<(HK\w+): 0x[0-9a-fA-F]+>")


class _Texts(NamedTuple):
    metadata: str | None = None
    beats: str | None = None
    children: str | None = None


class Note(_Texts):
    """JSON texts of the children of a record, None without any.

    ``metadata``: the MetadataEntry children as an object (a list of pairs when a key stands twice). ``beats``: the
    InstantaneousBeatsPerMinute of a beat list as pairs of beats a minute and time of day, as written. ``children``:
    all others as a list.
    """

    COLUMNS: ClassVar = ("MetadataEntry", "HeartRateVariabilityMetadataList", "children")
    __slots__ = ()


def note_of(children: Sequence[Element]) -> Note:
    """The note of a record's children."""
    if not children:
        return Note()
    pairs: list[tuple[str, str]] = []
    beats: list[tuple[str, str]] | None = None
    others: list[Any] = []
    for child in children:
        pair = _pair(child, "MetadataEntry", "key", "value")
        if pair is not None:
            pairs.append(pair)
            continue
        found = _beats(child) if beats is None else None
        if found is not None:
            beats = found
        else:
            others.append({child.name: tree(child)})
    return Note(metadata_text(pairs), beats_text(beats), _json(others) if others else None)


def metadata_text(pairs: Sequence[tuple[str, str]]) -> str | None:
    """Metadata as JSON text; None without any."""
    return _json(_unique(pairs)) if pairs else None


def beats_text(beats: Sequence[tuple[str, str]] | None) -> str | None:
    """A beat list as JSON text; None without one."""
    return _json(beats) if beats is not None else None


def tree(element: Element) -> dict[str, Any]:
    """An element as a JSON object: attributes, metadata, text, and lists of children by name."""
    shown: dict[str, Any] = {
        name: device_name(value) if name == "device" else value for name, value in element.attributes.items()
    }
    if element.text:
        shown["text" if "text" not in shown else "text()"] = element.text
    pairs: list[tuple[str, str]] = []
    for child in element.children:
        pair = _pair(child, "MetadataEntry", "key", "value")
        if pair is not None:
            pairs.append(pair)
            continue
        name = child.name if child.name not in element.attributes else f"{child.name}()"
        shown.setdefault(name, []).append(tree(child))
    if pairs:
        shown["MetadataEntry" if "MetadataEntry" not in shown else "MetadataEntry()"] = _unique(pairs)
    return shown


def device_name(text: str) -> str:
    """A device without the memory address that differs from export to export: ``<<HKDevice>, name:Apple Watch``."""
    return _POINTER.sub(r"<<\1>", text)


def _unique(pairs: Sequence[tuple[str, str]]) -> dict[str, str] | list[list[str]]:
    table = dict(pairs)
    return table if len(table) == len(pairs) else [list(pair) for pair in pairs]


def _pair(element: Element, name: str, first: str, second: str) -> tuple[str, str] | None:
    attributes = element.attributes
    if element.name != name or len(attributes) != 2 or element.children or element.text:
        return None
    if first not in attributes or second not in attributes:
        return None
    return attributes[first], attributes[second]


def _beats(element: Element) -> list[tuple[str, str]] | None:
    if element.name != "HeartRateVariabilityMetadataList" or element.attributes or element.text:
        return None
    beats = [_pair(child, "InstantaneousBeatsPerMinute", "bpm", "time") for child in element.children]
    known = [beat for beat in beats if beat is not None]
    return known if len(known) == len(beats) else None


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
