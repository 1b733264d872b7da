"""The objects of a JSON array one by one, each with its own text; what is damaged or no object as a notice."""

from __future__ import annotations

import io
import re
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import msgspec

from importers.contract import Member
from importers.formats import json_blocks
from importers.records import Notice

REMEMBERED = 100_000
"""Keys that are remembered by ``Alike``."""


class Entry(NamedTuple):
    """``number``: place in its array, from 1. ``fields``: the object, decoded. ``text``: its JSON text."""

    number: int
    fields: dict[str, Any]
    text: bytes

    @property
    def position(self) -> str:
        """Where, for a notice."""
        return f"record {self.number}"


def entries(member: Member) -> Iterator[Entry | Notice]:
    """The objects of the root array, or of all arrays of a root object. Streams; a broken one costs itself only."""
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            match event:
                case json_blocks.Block():
                    for number, raw in enumerate(event.elements, event.first + 1):
                        yield _entry(number, bytes(raw))
                case json_blocks.Value():
                    yield Notice("json-unexpected", "byte 0", event.key[:100])
                case json_blocks.Broken():
                    yield Notice(event.reason, event.position)


def listed(data: bytes, name: str) -> Iterator[Entry | Notice]:
    """The objects of every array under this name, however deep it stands; of a cut document those before the cut."""
    found = list(re.finditer(rb'"%b"\s*:\s*\[' % re.escape(name.encode()), data))
    if not found:
        yield Notice("json-broken", "byte 0")
        return
    for place, beyond in zip(found, [*(other.start() for other in found[1:]), len(data)], strict=True):
        told: set[str] = {"json-more-after-end"}
        for event in json_blocks.read(io.BytesIO(data[place.end() - 1 : beyond]), {}):
            if isinstance(event, json_blocks.Block):
                for number, raw in enumerate(event.elements, event.first + 1):
                    yield _entry(number, bytes(raw))
            elif isinstance(event, json_blocks.Broken) and event.reason not in told:
                told.add(event.reason)
                yield Notice(event.reason, event.position)


def _entry(number: int, text: bytes) -> Entry | Notice:
    try:
        fields = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Notice("json-broken", f"record {number}")
    if not isinstance(fields, dict):
        return Notice("table-record", f"record {number}")
    return Entry(number, fields, text)


def text(fields: dict[str, Any], *names: str) -> str:
    """The first of these fields that holds text or a number, as text; '' when none does."""
    for name in names:
        found = fields.get(name)
        if isinstance(found, str) and found.strip():
            return found.strip()
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(int(found)) if isinstance(found, float) and found.is_integer() else repr(found)
    return ""


def inner(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    """The object that is reached by these names one within the other; an empty one where there is none."""
    found: Any = fields
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


class Alike:
    """Tells facts of one member apart that look alike, without remembering all of them."""

    def __init__(self) -> None:
        self._seen: OrderedDict[Hashable, int] = OrderedDict()

    def key(self, *key: Any) -> tuple[Any, ...]:
        """The key, from its second use on with a running number."""
        number = self._seen.pop(key, 0) + 1
        self._seen[key] = number
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return key if number == 1 else (*key, number)
