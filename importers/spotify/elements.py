"""The elements of a Spotify file, one by one, and the running numbers of those that are alike."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec

from importers.contract import Member
from importers.formats import json_blocks
from importers.records import Item, Notice

Fields: TypeAlias = dict[str, Any]

_ALIKE = 100_000
"""Keys that are remembered: files are in the order of time, so plays that are alike stand close together."""


class Element:
    """``number``: place in its array, from 1. ``key``: name of that array, '' for the root. ``value``: any JSON."""

    __slots__ = ("key", "number", "value")

    def __init__(self, key: str, number: int, value: Any) -> None:
        self.key = key
        self.number = number
        self.value = value


class Single(Element):
    """A value of the root object that is no array."""

    __slots__ = ()


def elements(member: Member) -> Iterator[Element | Notice]:
    """Everything that a file holds: elements of arrays, then or between them single values; damage as notices."""
    with member.open() as stream:
        for event in json_blocks.read(stream, {"": Any}):
            match event:
                case json_blocks.Block():
                    for number, value in enumerate(event.elements, event.first + 1):
                        yield Element(event.key, number, _decoded(value))
                case json_blocks.Value():
                    yield Single(event.key, 1, _decoded(msgspec.Raw(event.text)))
                case json_blocks.Broken():
                    yield Notice(event.reason, event.position, event.key)


def _decoded(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, msgspec.Raw) else value


class Alike:
    """Tells items apart that are alike and yet several facts."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[Any, ...], int] = OrderedDict()

    def numbered(self, item: Item) -> Item:
        """The item with a running number at the end of its key, from 1."""
        number = self._seen.pop(item.key, 0) + 1
        self._seen[item.key] = number
        if len(self._seen) > _ALIKE:
            self._seen.popitem(last=False)
        return msgspec.structs.replace(item, key=(*item.key, number))
