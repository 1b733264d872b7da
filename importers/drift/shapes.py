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

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],"]', re.DOTALL)
_CLOSE = {"{": "}", "[": "]"}
_BETWEEN = re.compile(r"\}\s*,\s*(?=\{)")
_TAG = re.compile(r"<([A-Za-z_][\w.-]*(?::[\w.-]+)?)((?:\s+[\w.:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*/?>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_HIDDEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<!--.*\Z|<!\[CDATA\[.*\Z", re.DOTALL)
_LINES = 5_000
_TRIES = 50
_DECODER = json.JSONDecoder()
_FAILED = (ValueError, RecursionError)


def shape(head: bytes) -> str:
    """``json``, ``lines`` (of JSON), ``csv``, ``xml``, or '' for what has no names that are looked at."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"window."):
        return "json"
    found = Facts(head[: 1 << 16]).shape
    return {"json-array": "json", "json-object": "json", "json-lines": "lines", "csv": "csv", "xml": "xml"}.get(
        found, ""
    )


def json_value(head: bytes, *, whole: bool) -> Iterator[Any]:
    """The value of a JSON file; of a beginning the part that is complete. A script's ``name =`` is passed over."""
    text = decode(head).lstrip("\ufeff \t\r\n")
    begin = min((at for at in (text.find("{"), text.find("[")) if at >= 0), default=-1)
    if begin < 0:
        return
    text = text[begin:]
    for attempt in (text if whole else "", _closed(text)):
        try:
            value, _ = _DECODER.raw_decode(attempt)
        except _FAILED:
            continue
        yield value
        return


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


def _closed(text: str) -> str:
    """The complete part of a JSON text that ends anywhere, with what it left open closed."""
    stack: list[str] = []
    end, left = 0, ""
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark == '"':
            break  # a string that does not end
        if mark in _CLOSE:
            stack.append(mark)
        elif mark in "}]":
            if not stack:
                break
            stack.pop()
            end, left = token.end(), "".join(stack)
        elif mark == ",":
            end, left = token.start(), "".join(stack)
        if mark in "}]" and not stack:
            break
    return text[:end] + "".join(_CLOSE[mark] for mark in reversed(left))
