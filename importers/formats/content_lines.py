"""Lines of vCard and iCalendar: unfolded, split into name, parameters and value (RFC 6350, RFC 5545, vCard 2.1)."""

from __future__ import annotations

import binascii
import codecs
import io
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from importers.formats import charsets

LONGEST = 32 << 20
"""Bytes of the longest line, unfolded (a portrait stands in one); the rest of a longer one is told and not kept."""

_PHYSICAL = 1 << 20
_PARAMETER = re.compile(r';([^=;:"]+)(?:=((?:"[^"]*"|[^";:])*))?')
_FIELD = re.compile(r"((?:[^;\\]|\\.?)*)(?:;|\Z)", re.DOTALL)
_BASE64 = re.compile(rb"[A-Za-z0-9+/=]+\Z")
_MARKED = re.compile(rb"[;=](?:BASE64|B)[;:]", re.IGNORECASE)
_DATA = re.compile(r"data:([^;,]*)(?:;[^,]{0,100})?;base64,", re.IGNORECASE)
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Line:
    """One line. ``number``: of its first physical line; ``name``: upper case, without its group, '' when the line is
    no property; ``value``: decoded when it was quoted-printable; ``text``: the line as it stands, unfolded; ``start``:
    where the value stands in it; ``cut``: it was longer than ``LONGEST``."""

    number: int
    group: str
    name: str
    parameters: dict[str, str]
    value: str
    text: str
    start: int = 0
    cut: bool = False

    @property
    def shown(self) -> str:
        """The line for a reader: as it stands, its value decoded when it was quoted-printable."""
        if not self.name or not _is_quoted(self.parameters):
            return self.text
        return self.text[: self.start] + self.value

    def data(self) -> tuple[bytes, str] | None:
        """The bytes that stand in the value, and their media type or ''; None when it is text or an address."""
        inside = _DATA.match(self.value)
        encoding = self.parameters.get("ENCODING", "").upper()
        if inside is None and encoding not in {"B", "BASE64"} and "BASE64" not in self.parameters:
            return None
        digits = re.sub(r"[^A-Za-z0-9+/]", "", self.value[inside.end() :] if inside else self.value)
        digits = digits[:-1] if len(digits) % 4 == 1 else digits
        try:
            return binascii.a2b_base64(digits + "=" * (-len(digits) % 4)), inside[1] if inside else ""
        except binascii.Error:
            return None


def read(stream: IO[bytes]) -> Iterator[Line]:
    """The lines of a stream in UTF-8, UTF-16 with a mark, or Windows-1252. Empty lines are left out."""
    for number, raw, cut in _unfolded(_lines(stream)):
        bare = raw.strip(b"\r\n").removeprefix(codecs.BOM_UTF8)
        if bare.strip():
            yield _parsed(number, bare, cut=cut)


def plain(value: str) -> str:
    r"""A text value without its escapes: ``\n``, ``\,``, ``\;``, ``\\``."""
    if "\\" not in value:
        return value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def fields(value: str) -> list[str]:
    r"""The components of a structured value (``N``, ``ADR``, ``ORG``), without their escapes."""
    return [plain(part).strip() for part in _FIELD.findall(value)]


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Physical lines; one that is longer than a mebibyte comes in pieces, of which only the last has a line end."""
    source: IO[bytes] = stream
    first = stream.readline(_PHYSICAL)
    if first[:2] in _MARKS:
        data = io.BytesIO(first + stream.read(LONGEST))
        text = data.getvalue().decode(_MARKS[first[:2]], "replace")
        source, first = io.BytesIO(text.encode()), b""
    while first:
        yield first
        first = source.readline(_PHYSICAL)
    while first := source.readline(_PHYSICAL):
        yield first


def _unfolded(lines: Iterator[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    first, soft, in_data, whole = 0, False, False, True
    number = size = 0
    kept: list[bytes] = []
    for line in lines:
        begins, whole = whole, line.endswith((b"\n", b"\r"))
        number += begins
        bare = line.rstrip(b"\r\n") if whole else line
        if begins and not bare and not soft:
            continue  # empty lines stand between a line and its continuation in files of some programs
        if soft and begins:
            kept[-1] = kept[-1][:-1]
        elif begins and first and bare[:1] in {b" ", b"\t"}:
            bare = bare[1:]
        elif begins and not (in_data and _BASE64.match(bare)):
            if first:
                yield first, b"".join(kept), size > LONGEST
            first, kept, size = number, [], 0
            in_data = bool(_MARKED.search(bare[:200]))
        size += len(bare)
        if size <= LONGEST:
            kept.append(bare)
        soft = whole and bare.endswith(b"=") and b"QUOTED-PRINTABLE" in kept[0][:200].upper() and size <= LONGEST
    if first:
        yield first, b"".join(kept), size > LONGEST


def _parsed(number: int, raw: bytes, *, cut: bool) -> Line:
    text = charsets.guessed(raw)
    head = re.match(r"[ \t]*(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)", text)
    if head is None:
        return Line(number, "", "", {}, "", text, cut=cut)
    at = head.end()
    parameters: dict[str, str] = {}
    while found := _PARAMETER.match(text, at):
        name, given = found[1].strip().upper(), (found[2] or "").strip('"')
        parameters[name] = f"{parameters[name]},{given}" if name in parameters else given
        at = found.end()
    if text[at : at + 1] != ":":
        return Line(number, "", "", {}, "", text, cut=cut)
    charset = parameters.get("CHARSET", "")
    value = text[at + 1 :]
    if _is_quoted(parameters):
        value = charsets.decode(quopri.decodestring(value.encode("utf-8", "replace")), charset).text
    elif charsets.codec(charset) and not raw.isascii():
        text = charsets.decode(raw, charset).text
        value = text[at + 1 :]
    return Line(number, head[1] or "", head[2].upper(), parameters, value, text, at + 1, cut)


def _is_quoted(parameters: dict[str, str]) -> bool:
    return parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in parameters
