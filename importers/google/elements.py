"""The objects of a JSON file of any product one by one, whatever arrays they stand in; nothing of the file is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.contract import Member
from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Value
from importers.google.fields import Fields, details, odd, told
from importers.records import Notice, Record

LARGEST = 16 << 20
"""Bytes of the largest file that is one object."""


@dataclass(frozen=True)
class Element:
    """An object. ``key``: of its array in the root object, '' for the root array. ``number``: place in it, from 1."""

    key: str
    number: int
    text: bytes
    fields: dict[str, Any]

    @property
    def position(self) -> str:
        """Where, for a notice."""
        return f"record {self.number}"

    @cached_property
    def raw(self) -> Fields:
        """The fields as JSON text."""
        return msgspec.json.decode(self.text, type=dict[str, msgspec.Raw])

    @cached_property
    def plain(self) -> str:
        """The whole object as text, for the identity of what has no id."""
        return msgspec.json.format(self.text, indent=-1).decode("utf-8", "replace")

    def details(self, *without: str) -> bytes:
        """All fields but these, as the archive has them; one of these that is empty or no text stays."""
        taken = {name for name in without if bytes(self.raw.get(name, b"")).startswith(b'"')}
        return details(self.raw, {name for name in taken if bytes(self.raw[name]) != b'""'})


def elements(member: Member, structure: Collection[str] = ()) -> Iterator[Element | Record]:
    """Each object of the root array, or of the arrays of the root object; what is damaged or something else as
    notices and items that keep it.

    ``structure``: names in the root object whose values are the same in every such file and say nothing.
    """
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            match event:
                case Block():
                    for number, raw in enumerate(event.elements, event.first + 1):
                        yield from _element(event.key, number, bytes(raw))
                case Value() if event.key not in structure:
                    yield odd(b"{" + msgspec.json.encode(event.key) + b":" + event.text + b"}")
                case Broken():
                    yield from told(event)


def single(member: Member) -> Iterator[Element | Record]:
    """A file that is one object, arrays and all. What is damaged is told, the fields that are sound are read."""
    whole = _whole(member)
    if whole is not None:
        yield whole
        return
    parts: dict[str, list[bytes] | bytes] = {}
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            match event:
                case Block(key=""):
                    yield Notice("google-unknown-object", f"record {event.first + 1}")
                    yield from (odd(bytes(element)) for element in event.elements)
                case Block():
                    found = parts.setdefault(event.key, [])
                    if isinstance(found, list):
                        found += [bytes(element) for element in event.elements]
                case Value():
                    parts[event.key] = event.text
                case Broken():
                    yield from told(event)
    text = b",".join(msgspec.json.encode(key) + b":" + _joined(part) for key, part in parts.items())
    if text:
        yield from _element("", 1, b"{" + text + b"}")


def _whole(member: Member) -> Element | None:
    """The object of a sound file; None when anything about it is unusual."""
    try:
        text = member.read(LARGEST).removeprefix(b"\xef\xbb\xbf").strip()
        fields, found = msgspec.json.decode(text), msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    except RefusedArchive:
        raise
    except (ArchiveError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    same = msgspec.json.encode(found).count(b'"') == text.count(b'"')
    return Element("", 1, text, fields) if same else None


def _joined(part: list[bytes] | bytes) -> bytes:
    return part if isinstance(part, bytes) else b"[" + b",".join(part) + b"]"


def _element(key: str, number: int, text: bytes) -> Iterator[Element | Record]:
    try:
        fields = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield Notice("json-broken", f"record {number}")
        return
    if isinstance(fields, dict):
        yield Element(key, number, text, fields)
    else:
        yield Notice("google-unknown-object", f"record {number}")
        yield odd(text)


def within(fields: Mapping[str, Any], *names: str) -> Any:
    """What is reached by these names one within the other; None where there is nothing."""
    found: Any = fields
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def words(fields: Mapping[str, Any], *names: str) -> str:
    """The text that is reached by these names; '' where there is none."""
    found = within(fields, *names)
    return found if isinstance(found, str) else ""
