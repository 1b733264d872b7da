"""The elements of one of Meta's JSON files, however its era wraps them: a bare list, lists under keys, one object.

Keys bear a version (``friends_v2``) that says nothing about the shape; it is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from importers.contract import Member
from importers.formats import json_blocks
from importers.meta import mangled
from importers.records import Notice

_BESIDE = 20_000
_VERSION = re.compile(r"_v\d+\Z")
_SINGLE = frozenset({"label_values", "media", "timestamp", "fbid"})
"""Root keys of a file that is one record by itself."""


class Element(NamedTuple):
    """``key``: the root key without its version, '' in a bare list. ``part``: name of an inner list, or ''.
    ``number``: place in its list, from 1. ``value``: any JSON, its texts mended."""

    key: str
    part: str
    number: int
    value: Any


def elements(member: Member) -> Iterator[Element | Notice]:
    """Everything that a file holds; what is damaged as a notice."""
    single: dict[str, Any] = {}
    with member.open() as stream:
        for event in json_blocks.read(stream, {"": Any}):
            match event:
                case json_blocks.Block() if event.key in _SINGLE:
                    single[event.key] = [_decoded(value) for value in event.elements]
                case json_blocks.Block():
                    for number, value in enumerate(event.elements, event.first + 1):
                        yield Element(unversioned(event.key), "", number, _decoded(value))
                case json_blocks.Value() if event.key in _SINGLE:
                    single[event.key] = _decoded(event.text)
                case json_blocks.Value():
                    yield from _inner(unversioned(event.key), _decoded(event.text))
                case json_blocks.Broken():
                    yield Notice(event.reason, event.position, event.key)
    if single:
        yield Element("", "", 1, single)


def listed(member: Member, key: str) -> Iterator[Element | Notice]:
    """The elements of one list of the root object only; a list beside it that is too long for ``head`` is told."""
    for element in elements(member):
        if isinstance(element, Notice) or element.key == key:
            yield element
        elif element.number == _BESIDE + 1 and not element.part:
            yield Notice("json-too-large", f"record {element.number}", element.key)


def head(member: Member, key: str) -> dict[str, Any]:
    """What the root object holds beside the long list under ``key``: it may stand behind it.

    Of other lists the first ``_BESIDE`` elements (people in a conversation).
    """
    found: dict[str, Any] = {}
    with member.open() as stream:
        for event in json_blocks.read(stream, {}):
            if isinstance(event, json_blocks.Block) and event.key != key:
                known = found.setdefault(event.key, [])
                known += [_decoded(value) for value in event.elements[: _BESIDE - len(known)]]
            elif isinstance(event, json_blocks.Value):
                found[event.key] = _decoded(event.text)
    return found


def unversioned(key: str) -> str:
    """``friends`` for ``friends_v2``."""
    return _VERSION.sub("", key)


def _inner(key: str, value: Any) -> Iterator[Element]:
    """One object is one element, but lists of records within it are lists; what is beside them stays together."""
    if isinstance(value, dict) and not any(value.values()):
        return
    if not isinstance(value, dict) or not any(map(_is_records, value.values())) or "name" in value:
        yield Element(key, "", 1, value)
        return
    rest = {name: entry for name, entry in value.items() if not _is_records(entry) and entry not in ([], {}, None)}
    if rest:
        yield Element(key, "", 1, rest)
    for name, entries in value.items():
        if _is_records(entries):
            for number, entry in enumerate(entries, 1):
                yield Element(key, name, number, entry)


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, dict) for entry in value)


def _decoded(value: Any) -> Any:
    if isinstance(value, msgspec.Raw | bytes):
        value = msgspec.json.decode(value)
    return mangled.whole(value)
