"""What a file is, told from its first 64 KiB."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

HEAD = 1 << 16
"""Bytes that recognition looks at."""

SQLITE = b"SQLite format 3\x00"
"""What a SQLite database begins with."""

_ROWS = 30
_KEY = re.compile(r'"((?:[^"\\]|\\.){1,200})"\s*:')
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|table)\b", re.IGNORECASE)
_TABLE = re.compile(rb"CREATE TABLE (?:IF NOT EXISTS )?[\"'`\[]?([A-Za-z_][A-Za-z0-9_]{0,99})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAGIC = (
    (SQLITE, "sqlite"),
    (b"%PDF-", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "binary"),
    (b"\xd0\xcf\x11\xe0", "binary"),
)


def plain(name: str) -> str:
    """A header name for comparison: no case, no accents, single spaces, no outer spaces or quotes."""
    text = unicodedata.normalize("NFKD", name.strip().strip('"\ufeff')).casefold()
    return " ".join("".join(char for char in text if not unicodedata.combining(char)).split())


def decode(data: bytes) -> str:
    """Text by its byte order mark, else as UTF-8, else as Windows-1252. A sequence cut at the end is left out."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "ignore")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8")
        return data.decode("cp1252", "replace")


def table_names(data: bytes) -> tuple[str, ...]:
    """Names of the tables that are declared somewhere in the bytes of a SQLite database, dropped ones perhaps too."""
    return tuple(dict.fromkeys(name.decode() for name in _TABLE.findall(data)))


@dataclass(frozen=True)
class Facts:
    """What recognition knows of a member's content. ``head``: its first bytes, at most ``HEAD``. ``tables``: those of a
    SQLite database."""

    head: bytes
    sheets: frozenset[str] = field(default=frozenset())
    tables: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The head as text; '' for binary files. Of a SQLite database a line ``table name`` for each of its tables."""
        if self.shape == "sqlite":
            return "".join(f"table {name}\n" for name in self.tables)
        return "" if self.shape in {"pdf", "gzip", "image", "binary", "zip", "xlsx", "fit"} else self._decoded

    @cached_property
    def shape(self) -> str:
        """One of the shapes of ``Rule.shape``."""
        if not self.head:
            return "empty"
        if self.head.startswith(b"PK\x03\x04"):
            return "xlsx" if self.sheets or b"[Content_Types].xml" in self.head or b"xl/" in self.head[:4096] else "zip"
        for magic, shape in _MAGIC:
            if self.head.startswith(magic):
                return shape
        if self.head[4:12] in {b"ftypheic", b"ftypmif1", b"ftypheix"}:
            return "image"
        if self.head[8:12] == b".FIT":
            return "fit"
        return self._text_shape()

    @cached_property
    def keys(self) -> frozenset[str]:
        """JSON keys that occur in the head, at any depth."""
        return frozenset(_KEY.findall(self.text)) if self.shape.startswith("json") else frozenset()

    @cached_property
    def root(self) -> str:
        """Local name of the XML root element; '' for everything else."""
        if self.shape not in {"xml", "html"}:
            return ""
        body = re.sub(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", "", self.text, flags=re.DOTALL)
        found = _ROOT.search(body)
        return found.group(1) if found else ""

    @cached_property
    def rows(self) -> tuple[frozenset[str], ...]:
        """The first rows of a table as sets of comparable names (see ``plain``)."""
        if self.shape not in {"csv", "text"}:
            return ()
        return tuple(frozenset(plain(cell) for cell in row) for row in self._table(self.delimiter))

    @cached_property
    def delimiter(self) -> str:
        """What separates cells: the candidate that splits most rows into most cells; ',' when none does."""
        return max(",;\t|", key=lambda mark: sum(len(row) - 1 for row in self._table(mark)))

    @cached_property
    def _decoded(self) -> str:
        return decode(self.head)

    def _text_shape(self) -> str:
        text = self._decoded.lstrip("\ufeff \t\r\n")
        if len(_CONTROL.findall(self._decoded[:8192])) > len(self._decoded[:8192]) // 50:
            return "binary"
        if text.startswith(("{", "[")):
            return self._json_shape(text)
        if text.startswith("<"):
            return "html" if _HTML.match(re.sub(r"^(?:\s|<\?.*?\?>|<!--.*?-->)+", "", text, flags=re.DOTALL)) else "xml"
        if not text:
            return "empty" if len(self.head) < HEAD else "text"
        rows = [row for row in self._table(self.delimiter) if row]
        return "csv" if rows and sum(len(row) > 1 for row in rows) * 2 >= len(rows) else "text"

    def _json_shape(self, text: str) -> str:
        if text.startswith("["):
            return "json-array"
        lines = text.split("\n", 2)
        several = len(lines) > 1 and lines[0].rstrip().endswith("}") and lines[1].lstrip().startswith("{")
        return "json-lines" if several else "json-object"

    def _table(self, delimiter: str) -> list[list[str]]:
        reader = csv.reader(io.StringIO(self._decoded[:32768].replace("\x00", ""), newline=""), delimiter=delimiter)
        rows: list[list[str]] = []
        try:
            for row in reader:
                rows.append(row)
                if len(rows) == _ROWS:
                    break
        except csv.Error:
            return rows
        return rows
