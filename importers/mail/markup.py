"""What an HTML mail says about itself for machines: schema.org objects, as JSON-LD or as microdata.

Both forms come out as plain objects (``{"@type": "Order", ...}``); numbers with a fraction are texts with all their
digits.
Source: schema.org, JSON-LD 1.1 and the HTML standard (microdata); mail programs read the same two forms.

A mail is hostile until shown otherwise: what is looked at is bounded in bytes, depth and number; nothing is loaded, no
script is run, no address is followed. Senders write JSON that is nearly right (seen in the public samples of a travel
assistant): line ends inside texts, comment marks around the whole, a comma too many before a bracket or one too few
between two objects are read as what they can only mean; anything else is told and left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

import msgspec

from importers.mail import microdata

Node: TypeAlias = dict[str, Any]
"""One object. Values are texts, truth values, objects, or lists of these."""

MARK = "schema.org"
"""A text without this word has no markup that is read here."""

BLOCK = 256 << 10
"""Characters of the longest JSON-LD block that is read."""

BLOCKS = 40
"""JSON-LD blocks of one mail that are read."""

DEPTH = 12
"""Levels of objects within objects that are looked through; what lies deeper is not."""

OBJECTS = 100
"""Objects of one mail that facts come from."""

BROKEN, MANY = "mail-markup-broken", "mail-markup-many"
"""Ids of notices: markup that cannot be read, and more of it than is read."""

_SCRIPT = re.compile(r"<script\b[^<>]*\bld\+json\b[^<>]*>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
_WRAPPING = re.compile(r"\A(?:<!--|//|/\*|<!\[CDATA\[|\*/|\s)+|(?:-->|//|/\*|\]\]>|\*/|\s)+\Z")
_NAMES = r"\w{0,30}Reservation|Order|Invoice|ParcelDelivery|(?:Confirm|Register|Join|Subscribe)Action"
_TYPE = re.compile(_NAMES)
_SAID = re.compile(rf"[\"'/#:=](?:{_NAMES})[\"'\s>]")
_MENDED = re.compile(r'"(?:[^"\\]|\\.)*+"?|(?P<extra>,)(?=\s*[}\]])|(?P<missing>\}(?=\s*\{))', re.DOTALL)
_LENIENT = json.JSONDecoder(strict=False, parse_float=str, parse_int=str)
_STRICT = msgspec.json.Decoder(float_hook=str)
_INNER = ("@graph", "about", "mainEntity", "potentialAction", "subReservation", "orderDelivery")
_FAILED = (msgspec.DecodeError, ValueError, RecursionError)


@dataclass
class Found:
    """``nodes``: objects of the types that facts come from, with the form they came in; ``troubles``: ids of notices,
    each once, with the form it is about."""

    nodes: list[tuple[str, Node]] = field(default_factory=list)
    troubles: dict[str, str] = field(default_factory=dict)


def found(markup: str) -> Found:
    """All objects of an HTML text that facts can come from, in order: JSON-LD first, then microdata."""
    result = Found()
    if MARK not in markup:
        return result
    for form, roots in (("JSON-LD", _json_ld(markup, result)), ("microdata", _microdata(markup, result))):
        for node in islice(_wanted(roots, form, result), OBJECTS + 1 - len(result.nodes)):
            result.nodes.append((form, node))
        if len(result.nodes) > OBJECTS:
            result.nodes.pop()
            result.troubles[MANY] = form
            break
    return result


def types(node: Node) -> tuple[str, ...]:
    """The types of an object without their namespace (``Order``)."""
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return tuple(re.split(r"[/#:]", name.strip())[-1] for name in names[:10] if isinstance(name, str))


def says_something(text: str) -> bool:
    """Whether markup is of a type that facts come from, so that its damage matters."""
    return _SAID.search(text) is not None


def _wanted(roots: Iterable[Any], form: str, result: Found) -> Iterator[Node]:
    """Objects of our types, found in lists, graphs and in what a mail is about; without recursion."""
    waiting: list[tuple[Any, int]] = [(root, 0) for root in roots][::-1]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > DEPTH or seen > 20 * OBJECTS:
            result.troubles[MANY] = form
            continue
        if isinstance(value, list):
            waiting.extend((inner, depth + 1) for inner in value[: 10 * OBJECTS][::-1])
        elif isinstance(value, dict):
            if any(map(_TYPE.fullmatch, types(value))) and "subReservation" not in value:
                yield value
            waiting.extend((value[name], depth + 1) for name in _INNER[::-1] if name in value)


def _json_ld(markup: str, result: Found) -> Iterator[Any]:
    at, blocks = 0, 0
    while opening := _SCRIPT.search(markup, at):
        closing = _END.search(markup, opening.end())
        end = closing.start() if closing else len(markup)
        at = closing.end() if closing else len(markup)
        blocks += 1
        if blocks > BLOCKS or end - opening.end() > BLOCK:
            result.troubles[MANY] = "JSON-LD"
            if blocks > BLOCKS:
                return
            continue
        text = markup[opening.end() : end]
        if MARK not in text:
            continue
        value = decoded(text)
        if value is not None:
            yield value
        elif says_something(text):
            result.troubles[BROKEN] = "JSON-LD"


def decoded(text: str) -> Any:
    """A JSON text with its numbers as they are written; None when it is none, or nests without end."""
    text = _WRAPPING.sub("", text)
    try:
        return _STRICT.decode(text.encode("utf-8", "replace"))
    except _FAILED:
        pass
    try:
        value = json.dumps(_LENIENT.decode(_MENDED.sub(_mended, text)), ensure_ascii=False)
        return _STRICT.decode(value.encode("utf-8", "replace"))  # halves of characters have no place in a text
    except _FAILED:
        return None


def _mended(found: re.Match[str]) -> str:
    """A comma where it belongs; texts stay as they are."""
    return "" if found["extra"] else "}," if found["missing"] else found[0]


def _microdata(markup: str, result: Found) -> Iterator[Node]:
    if "itemtype" not in markup or not says_something(markup):
        return
    read = microdata.objects(markup)
    if read.cut:
        result.troubles[MANY] = "microdata"
    yield from read.roots
