"""From a part of a file to what has names: JSON values, the header of a table, the tags of XML.

A part may end anywhere; what is cut is left out. Nothing is raised: a part that cannot be read gives nothing, and the
importer, which reads the whole, tells what is wrong with it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from importers.formats.sniff import Facts, decode

ROWS = 30
"""Rows among which the header of a table is looked for."""

_SHAPES = {
    "json-array": "json",
    "json-object": "json",
    "json-lines": "lines",
    "csv": "csv",
    "xml": "xml",
    "html": "html",
}
_SPACE = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r'[ \t\r\n]*("(?:[^"\\]|\\.)*+")[ \t\r\n]*:[ \t\r\n]*', re.DOTALL)
_DEPTH = 24
_BETWEEN = re.compile(r"\}\s*,\s*(?=\{)")
_TAG = re.compile(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*/?>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!--.*\Z|<!\[CDATA\[.*\Z", re.DOTALL)
_LINES = 5_000
_TRIES = 50
_DECODER = json.JSONDecoder()
_FAILED = (ValueError, RecursionError)


def shape(head: bytes) -> str:
    """``json``, ``lines`` (of JSON), ``csv``, ``xml``, ``html``, or '' for what has no names that are looked at."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"window."):
        return "json"
    found = Facts(head[: 1 << 16]).shape
    return _SHAPES.get(found, "")


def json_value(head: bytes) -> Iterator[Any]:
    """The value of a JSON file; of a beginning the part that is complete. A script's ``name =`` is passed over."""
    text = decode(head).lstrip("\ufeff \t\r\n")
    begin = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    if begin < 0:
        return
    yield from _value(text, begin, 0)[:1]


def json_lines(part: bytes, *, first: bool) -> Iterator[Any]:
    """The values of the whole lines of a part; ``first``: it begins with a line."""
    lines = (decode(part) if first else part.decode("utf-8", "ignore")).split("\n")
    for line in lines[0 if first else 1 : _LINES]:
        try:
            value, _ = _DECODER.raw_decode(line.strip())
        except _FAILED:
            continue
        yield value


def json_elements(part: bytes) -> Iterator[Any]:
    """Whole objects that follow each other in a part of a JSON file that begins anywhere."""
    text = part.decode("utf-8", "ignore")
    found, tries = _BETWEEN.search(text), _TRIES
    while found is not None and tries:
        try:
            value, end = _DECODER.raw_decode(text, found.end())
        except _FAILED:
            found, tries = _BETWEEN.search(text, found.end()), tries - 1
            continue
        yield value
        found = _BETWEEN.search(text, end - 1)


def rows(head: bytes) -> list[list[str]]:
    """The first rows of a table."""
    facts = Facts(head[: 1 << 16])
    reader = csv.reader(io.StringIO(decode(head[: 1 << 16]).replace("\0", ""), newline=""), delimiter=facts.delimiter)
    found: list[list[str]] = []
    try:
        for row in reader:
            found.append([cell.strip().strip("\ufeff").strip() for cell in row])
            if len(found) == ROWS:
                break
    except csv.Error:
        return found
    return found


def tags(part: bytes) -> Iterator[tuple[str, list[str]]]:
    """The elements of a part of an XML file, each with the names of its attributes; comments and CDATA are no part."""
    text = part.decode("utf-8", "ignore")
    opened, closed = text.find("<![CDATA["), text.find("]]>")
    if closed >= 0 and (opened < 0 or closed < opened):
        text = text[closed:]
    for tag in _TAG.finditer(_HIDDEN.sub("", text)):
        yield tag.group(1), _ATTRIBUTE.findall(tag.group(2)) if tag.group(2) else []


def _value(text: str, at: int, depth: int) -> tuple[Any, ...]:
    """The value that begins at a place; where the text ends within it, the part of it that is complete; else nothing.

    What is complete is decoded in one go, so that only the way to the cut is walked step by step.
    """
    try:
        return _DECODER.raw_decode(text, at)[:1]
    except _FAILED:
        if depth > _DEPTH:
            return ()
        begin = text[at : at + 1]
        return (
            (_array(text, at + 1, depth),) if begin == "[" else (_object(text, at + 1, depth),) if begin == "{" else ()
        )


def _array(text: str, at: int, depth: int) -> list[Any]:
    found: list[Any] = []
    while True:
        at = _after(text, at)
        try:
            value, at = _DECODER.raw_decode(text, at)
        except _FAILED:
            return [*found, *_value(text, at, depth + 1)]
        found.append(value)
        at = _after(text, at)
        if text[at : at + 1] != ",":
            return found
        at += 1


def _object(text: str, at: int, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while True:
        key = _NAME.match(text, at)
        if key is None:
            return found
        try:
            name = str(_DECODER.raw_decode(key.group(1))[0])
        except _FAILED:
            return found
        at = key.end()
        try:
            found[name], at = _DECODER.raw_decode(text, at)
        except _FAILED:
            for part in _value(text, at, depth + 1):
                found[name] = part
            return found
        at = _after(text, at)
        if text[at : at + 1] != ",":
            return found
        at += 1


def _after(text: str, at: int) -> int:
    """The place of the next character that is no white space."""
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at
