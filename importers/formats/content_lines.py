"""Lines of vCard and iCalendar: unfolded, split into name, parameters and value (RFC 6350, RFC 5545)."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

LONGEST = 4 << 20
"""Bytes of the longest line, unfolded (a portrait stands in one)."""

_PARAMETER = re.compile(r';([^=;:"]+)(?:=((?:"[^"]*"|[^";:])*))?')


@dataclass(frozen=True)
class Line:
    """One line. ``number``: of its first physical line; ``name``: upper case, without its group; ``text``: as it is."""

    number: int
    group: str
    name: str
    parameters: dict[str, str]
    value: str
    text: str


def read(stream: IO[bytes]) -> Iterator[Line | int]:
    """The lines of a stream; the number of a line that has no name and value instead of it."""
    for number, raw in _unfolded(stream):
        text = raw.decode("utf-8", "replace").strip("\ufeff\r\n")
        if not text.strip():
            continue
        parsed = _parsed(number, text)
        yield number if parsed is None else parsed


def plain(value: str) -> str:
    r"""A text value without its escapes: ``\n``, ``\,``, ``\;``, ``\\``."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _unfolded(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    first, kept, soft = 0, b"", False
    for number, line in enumerate(stream, 1):
        bare = line.rstrip(b"\r\n")
        if not bare and not soft:
            continue  # empty lines stand between a line and its continuation in files of some programs
        if soft:
            kept = kept[:-1] + bare
        elif bare[:1] in {b" ", b"\t"} and first:
            kept = (kept + bare[1:])[:LONGEST]
        else:
            if first:
                yield first, kept
            first, kept = number, bare
        soft = kept.endswith(b"=") and b"QUOTED-PRINTABLE" in kept[:200].upper()
    if first:
        yield first, kept


def _parsed(number: int, text: str) -> Line | None:
    head = re.match(r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)", text)
    if head is None:
        return None
    at = head.end()
    parameters: dict[str, str] = {}
    while found := _PARAMETER.match(text, at):
        name, given = found[1].upper(), (found[2] or "").strip('"')
        parameters[name] = f"{parameters[name]},{given}" if name in parameters else given
        at = found.end()
    if text[at : at + 1] != ":":
        return None
    value = text[at + 1 :]
    if "QUOTED-PRINTABLE" in (parameters.get("ENCODING", "").upper(), *map(str.upper, parameters)):
        data = quopri.decodestring(value.encode("utf-8", "replace"))
        value = data.decode(_charset(parameters.get("CHARSET", "utf-8")), "replace")
    return Line(number, head[1] or "", head[2].upper(), parameters, value, text)


def _charset(name: str) -> str:
    return {"iso-8859-1": "cp1252", "windows-1252": "cp1252"}.get(name.lower(), "utf-8")
