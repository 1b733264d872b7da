"""The fields of a JSON object as raw text: nothing is decoded that nobody asks for, nothing is written anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import msgspec

from importers.formats.json_blocks import Broken
from importers.records import Item, Kind, Notice, Record

Fields: TypeAlias = dict[str, msgspec.Raw]
"""Name to JSON text."""

_TEXT = msgspec.json.Decoder(str)


def text(fields: Mapping[str, msgspec.Raw], name: str) -> str:
    """The text under a name; '' when it is missing or no text."""
    raw = fields.get(name)
    if raw is None:
        return ""
    try:
        return _TEXT.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


def value(fields: Mapping[str, msgspec.Raw], name: str) -> Any:
    """The decoded value under a name; None when it is missing or cannot be decoded."""
    raw = fields.get(name)
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def objects(found: Any) -> list[dict[str, Any]]:
    """The objects in a decoded list; nothing when it is no list."""
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def details(fields: Mapping[str, msgspec.Raw], without: frozenset[str] | set[str]) -> bytes:
    """All fields but these, as JSON text, each value as the archive has it but for white space around it."""
    parts = [_label(name) + compact(raw) for name, raw in fields.items() if name not in without]
    return b"{" + b",".join(parts) + b"}" if parts else b""


def compact(raw: msgspec.Raw | bytes) -> bytes:
    """JSON text without line breaks and indentation; numbers and texts are not written anew."""
    json = bytes(raw)
    return msgspec.json.format(json, indent=-1) if b"\n" in json else json


def told(event: Broken) -> Iterator[Record]:
    """What to say of something that could not be read; sound JSON of an unexpected shape is kept as an item."""
    yield Notice(event.reason, event.position)
    if event.reason == "json-unexpected":
        yield odd(event.text)


def odd(json: bytes) -> Item:
    """An element that has another shape than all that is known, kept as it is."""
    kept = json if json.startswith(b"{") else b'{"value":' + json + b"}"
    return Item(kind=Kind.OTHER, key=("unexpected", json.decode("utf-8", "replace")), details=kept)


@lru_cache(maxsize=4096)
def _label(name: str) -> bytes:
    return msgspec.json.encode(name) + b":"
