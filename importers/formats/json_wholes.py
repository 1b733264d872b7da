"""Large objects of a JSON file one by one: each element of its array, or the file itself where it is one object."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import IO, Any

import msgspec

from importers.formats import json_blocks
from importers.formats.json_records import Entry
from importers.records import Item, Kind, Notice

LARGEST = 64 << 20
"""Bytes of the largest file that is one object."""

_FAILED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def wholes(stream: IO[bytes], arrays: Collection[str] = ()) -> Iterator[Entry | Notice | Item]:
    """The objects of the root array, or of these ``arrays`` of a root object; everything else that the root object
    holds comes last, as one object of number 0. Streams; a damaged element costs itself only.

    What is sound and no object comes as an item that keeps it, behind its notice.
    """
    root: dict[str, Any] = {}
    size = 0
    for event in json_blocks.read(stream, {}):
        match event:
            case json_blocks.Block() if not event.key or event.key in arrays:
                for number, raw in enumerate(event.elements, event.first + 1):
                    yield from _entry(number, bytes(raw))
            case json_blocks.Block() | json_blocks.Value():
                size += len(event.text)
                if size > LARGEST:
                    yield Notice("json-too-large", what=event.key[:100])
                    return
                yield from _gathered(root, event)
            case json_blocks.Broken():
                yield Notice(event.reason, event.position)
                if event.reason == "json-unexpected":
                    yield odd(event.text)
    if root:
        yield Entry(0, root, b"")


def _gathered(root: dict[str, Any], event: json_blocks.Block | json_blocks.Value) -> Iterator[Notice]:
    try:
        found = msgspec.json.decode(event.text)
    except _FAILED:
        yield Notice("json-broken", what=event.key[:100])
        return
    if isinstance(event, json_blocks.Block) and isinstance(root.get(event.key), list):
        root[event.key] += found
    else:
        root[event.key] = found


def _entry(number: int, text: bytes) -> Iterator[Entry | Notice | Item]:
    try:
        fields = msgspec.json.decode(text)
    except _FAILED:
        yield Notice("json-broken", f"record {number}")
        return
    if isinstance(fields, dict):
        yield Entry(number, fields, text)
        return
    yield Notice("table-record", f"record {number}")
    yield odd(text)


def odd(text: bytes) -> Item:
    """JSON of another shape than expected, kept as it is."""
    kept = text.strip() if text.lstrip().startswith(b"{") else b'{"value":' + text + b"}"
    return Item(kind=Kind.OTHER, key=("unexpected", text.decode("utf-8", "replace")), details=kept)
