"""The single values in a file of any shape, as places in its text.

A value can be given another content, and the file read again: what changes nothing was dropped.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.contract import Importer
from importers.formats.sniff import Facts, plain

_JSON = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?P<name>\s*:)?|(?P<plain>-?\d[\d.eE+-]*|true|false)', re.DOTALL)
_PARTS = r"<!--.*?-->|<!\[CDATA\[|\]\]>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<[?!][^>]*>|<(?:style|script)\b.*?</(?:style|script)>"
_TAG = re.compile(_PARTS + r"|<[^>]*>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHOWN = frozenset({"href", "src", "alt", "datetime"})
"""Attributes of a page that say something; the others say how it looks."""

_CELL = re.compile(r'<t(?: [^>]*)?>([^<]+)</t>|<c (?![^>]*t="s")[^>]*><v>([^<]+)</v>')
_PRINTED = re.compile(r"[ -~]{5,}")
_PACKED = re.compile(r"sharedStrings|worksheets/sheet|\.kml$")
_SPACE = " \t\r\n\ufeffï»¿"
"""Blanks and byte order marks, also of texts that are looked at byte by byte."""

_DATABASE, _BINARY = {"sqlite"}, {"image", "fit", "pdf", "gzip", "empty"}
_BLOCKS = re.compile(r"(?:BEGIN:|From |[A-Z][\w-]+: |\d+\n[A-Z][\w-]+: |OFXHEADER|!\w+|\[LINE\])")
"""Texts that look like tables to a program and are none."""


@dataclass(frozen=True)
class Value:
    """One value: where it stands in the text of the file, and how it is written."""

    start: int
    end: int
    text: str


@dataclass
class Text:
    """A file as text, a character a byte where it is not UTF-16. ``inside``: the packed file in which the text stands.

    ``shape``: as in ``Rule.shape``, and ``script``, ``cells`` (of a workbook), ``printed`` (what is legible of bytes).
    """

    data: bytes
    shape: str
    inside: str = ""
    text: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        held = self.data
        if self.inside:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                held = archive.read(self.inside)
        self._encoding = "utf-16" if held.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
        self.text = held.decode(self._encoding)

    def with_change(self, value: Value, other: str) -> bytes:
        """The bytes of the file with another text in the place of a value."""
        held = (self.text[: value.start] + other + self.text[value.end :]).encode(self._encoding)
        return self._packed(held) if self.inside else held

    def values(self, importer: Importer) -> Iterator[Value]:
        """All values that are not empty. Names of columns are none: the rules of the reader tell where they stand."""
        match self.shape:
            case "json-array" | "json-object" | "json-lines" | "script":
                return _json(self.text)
            case "csv":
                return _cells(self.text, importer)
            case "xml" | "html":
                return _marked_up(self.text, page=self.shape == "html")
            case "cells":
                return _groups(_CELL, self.text)
            case "printed":
                return (Value(*found.span(), found[0]) for found in _PRINTED.finditer(self.text))
            case _:
                return _lines(self.text)

    def _packed(self, held: bytes) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.data)) as before, zipfile.ZipFile(target, "w") as after:
            for info in before.infolist():
                after.writestr(info, held if info.filename == self.inside else before.read(info))
        return target.getvalue()


def texts(path: str, data: bytes) -> list[Text]:
    """The texts of a file: itself, or those packed in it; none of databases, and of what says nothing in words."""
    shape = Facts(data[: 1 << 16]).shape
    if shape in {"xlsx", "zip"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if _PACKED.search(name)]
        return [Text(data, "xml" if name.endswith(".kml") else "cells", name) for name in names]
    if shape in _DATABASE | _BINARY:
        return []
    if shape == "binary":
        return [Text(data, "printed")] if path.endswith((".car", ".jsonlz4")) else []
    found = Text(data, shape)
    if found.text.startswith("window."):
        found.shape = "script"
    elif shape == "csv" and _BLOCKS.match(found.text.lstrip(_SPACE)):
        found.shape = "text"
    return [found]


def _json(text: str) -> Iterator[Value]:
    script = text.find("=") + 1 if text.startswith("window.") else 0
    for found in _JSON.finditer(text, script):
        if found["name"] is None and (found["text"] or found["plain"]):
            group = "text" if found["text"] else "plain"
            yield Value(*found.span(group), found[group])


def first_row(text: Text, importer: Importer) -> int | None:
    """Where the first row below the titles of a table begins; None when there is none."""
    rows = [row for row in _rows(text.text, _delimiter(text.text)) if row]
    at = (_titles(rows, importer) or [0])[0] + 1
    return text.text.rfind("\n", 0, rows[at][0].start) + 1 if at < len(rows) else None


def _cells(text: str, importer: Importer) -> Iterator[Value]:
    rows = list(_rows(text, _delimiter(text)))
    titles = _titles(rows, importer) or [0]
    for at, row in enumerate(rows):
        if at not in titles:
            yield from row


def _delimiter(text: str) -> str:
    return Facts(text[: 1 << 15].encode("utf-8")).delimiter


def _titles(rows: list[list[Value]], importer: Importer) -> list[int]:
    """The rows that have the titles which a rule of the reader asks for."""
    wanted = [{plain(name) for name in rule.header} for rule in importer.rules if rule.header]
    return [at for at, row in enumerate(rows) if any(names <= {_name(cell.text) for cell in row} for names in wanted)]


def _name(cell: str) -> str:
    try:
        return plain(cell.encode("latin-1").decode("utf-8"))
    except ValueError:
        return plain(cell)


def _rows(text: str, delimiter: str) -> Iterator[list[Value]]:
    cell = re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*)"[ ]*(?=[{delimiter}\r\n]|\Z)|(?P<bare>[^{delimiter}\r\n]*)')
    at = 0
    row: list[Value] = []
    while at <= len(text):
        found = cell.match(text, at)
        assert found is not None
        group = "bare" if found["quoted"] is None else "quoted"
        if found[group].strip(_SPACE):
            row.append(Value(*found.span(group), found[group]))
        at = found.end()
        if text[at : at + 1] != delimiter:
            yield row
            row = []
        at += 2 if text[at : at + 2] == "\r\n" else 1


def _marked_up(text: str, *, page: bool) -> Iterator[Value]:
    end = 0
    for found in _TAG.finditer(text):
        yield from _between(text, end, found.start())
        end = found.end()
        if found[0].startswith(("<!", "<?", "<style", "<script", "]]>")):
            continue
        for attribute in _ATTRIBUTE.finditer(found[0]):
            group = 2 if attribute[2] is not None else 3
            name = attribute[1].lower()
            shown = name in _SHOWN if page else not name.startswith(("xmlns", "xsi:"))
            if attribute[group] and shown:
                start, stop = attribute.span(group)
                yield Value(found.start() + start, found.start() + stop, attribute[group])
    yield from _between(text, end, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Value]:
    held = text[start:end]
    said = held.strip(_SPACE)
    if said:
        at = start + held.index(said)
        yield Value(at, at + len(said), said)


def _groups(pattern: re.Pattern[str], text: str) -> Iterator[Value]:
    for found in pattern.finditer(text):
        yield Value(*found.span(found.lastindex or 0), found[found.lastindex or 0])


def _lines(text: str) -> Iterator[Value]:
    """Of each line the first words with a digit, and the last word."""
    for line in re.finditer(r"[^\r\n]+", text):
        words = [Value(word.start(), word.end(), word[0]) for word in re.compile(r"\S+").finditer(text, *line.span())]
        yield from [word for word in words[:-1] if re.search(r"\d", word.text)][:6]
        yield from (word for word in words[-1:] if re.search(r"\w", word.text) and not word.text.startswith("</"))
