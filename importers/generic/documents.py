"""A file that comes by itself and that nothing reads: kept whole, encrypted, and found again by its name."""

from __future__ import annotations

import re

from importers.contract import Member, Rule, keep
from importers.formats.dates import DateReader, Layout
from importers.records import Moment

WEIGHT = -1000
"""Everything else is heavier, the importers of unknown tables too."""

_ENDS = 64 << 10
_CREATED = re.compile(rb"/CreationDate\s*\(D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d'?\d\d'?)?")
_SHAPES = (
    *("text", "csv", "html", "xml", "json-array", "json-object", "json-lines"),
    *("image", "binary", "zip", "xlsx", "sqlite", "gzip"),
)


def pdf_created(member: Member) -> Moment | None:
    """When a PDF says that it was made; None when it does not say so in plain text near its beginning or end.

    ``D:20240102030405+01'00'``; a time without a zone is taken as UTC, a day alone as that day.
    """
    head, tail = b"", b""
    for piece in member.pieces():
        head = head or piece[:_ENDS]
        tail = (tail + piece)[-_ENDS:]
    found = _CREATED.search(tail) or _CREATED.search(head)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = (part.decode() if part else "" for part in found.groups())
    date = f"{year}-{month or '01'}-{day or '01'}" if day else f"{year}-{month or '01'}"
    clock = f" {hour}:{minute or '00'}:{second or '00'}{zone.replace(chr(39), '')}" if hour and day else ""
    return DateReader(Layout.YEAR_FIRST).moment(date + clock)


keep(Rule(shape="pdf", alone=True), source="documents", weight=WEIGHT, when=pdf_created)
keep(*(Rule(shape=shape, alone=True) for shape in _SHAPES), source="documents", weight=WEIGHT)
