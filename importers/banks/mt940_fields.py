"""MT940 and MT942 as fields: a tag and its lines, whatever stands around them.

Seen: several statements in a file, lines of the bank before each, SWIFT blocks around them, lines wrapped at 65
characters anywhere (also inside a tag), wrapped texts whose line begins like a tag. A tag counts only when it is a
known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from importers.formats.text_lines import text_lines

LINE = 1 << 20
"""Bytes of the longest line."""

MOST = 2_000
"""Lines of the longest field."""

_TAG = re.compile(r":(20|21|25P?|28C?|60[FM]|61|86|62[FM]|64|65|34F|90[CD]|13D?|NS):(.*)", re.DOTALL)
_CLOCK = re.compile(r":2\d:[0-5]\d(?!\d)")
_BROKEN = re.compile(r"(?:20|25P?|28C?|60[FM]|61|86|62[FM]|64|65):")
_BLOCK = re.compile(r"\{[^{}]*\}(?=\{)|\{4:")
_END = re.compile(r"-(?:\}.*|X{3})?\Z")


class Field(NamedTuple):
    """``tag``: without colons; '' for lines outside of a statement, ``-`` for the end of one. ``line``: from 1."""

    tag: str
    lines: tuple[str, ...]
    line: int


def fields(stream: IO[bytes]) -> Iterator[Field]:
    """The fields of a file in order; memory is bounded by one field."""
    tag, held, first = "", list[str](), 1
    colon = False
    for number, text, _, error in text_lines(stream, LINE):
        if error is not None:
            yield from _field(tag, held, first)
            raise error
        line = text.rstrip("\r\n")
        if line.startswith("{"):
            yield from _field(tag, held, first)
            yield from _field("", [found[0] for found in _BLOCK.finditer(line)], number)
            tag, held, first, line = "", [], number, _BLOCK.sub("", line)
        if colon and _BROKEN.match(line):
            line = ":" + line
        elif colon:
            held.append(":")
        colon = line == ":"
        if colon:
            continue
        found = None if tag == "86" and _CLOCK.match(line) else _TAG.match(line)
        if found is not None:
            yield from _field(tag, held, first)
            tag, held, first = found[1], [found[2]], number
        elif tag and _END.match(line):
            yield from _field(tag, held, first)
            yield Field("-", (line,), number)
            tag, held, first = "", [], number + 1
        elif line.strip() and len(held) < MOST:
            held.append(line)
        elif line.strip():
            yield from _field(tag, held, first)
            held, first = [line], number
    yield from _field(tag, [*held, ":"] if colon else held, first)


def _field(tag: str, lines: list[str], first: int) -> Iterator[Field]:
    if lines:
        yield Field(tag, tuple(lines), first)
