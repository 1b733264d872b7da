"""``My Clippings.txt``: highlights, notes and bookmarks, one after the other.

Facts: real files of several devices. Records end with a line of ten equals signs; one may stand at the beginning and
the last may be missing. A byte order mark stands before each title. The empty third line is absent in files that were
edited. An edited highlight leaves its old version, so that both are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.formats.row_facts import numbered
from importers.formats.text_lines import text_lines
from importers.kindle.words import About, about
from importers.records import Item, Kind, Notice, Record, Role

_END = "=========="
_WHOSE = ("Your", "Votre", "Tu", "La", "Ihre", "Ihr", " La tua", "Seu", "Sua")
"""How the second line of a clipping begins, whatever the file is called."""

_LONGEST = 1 << 20
_MOST = 10_000
"""Lines of the longest clipping."""

_KINDS = {"highlight": Kind.NOTE, "note": Kind.NOTE, "bookmark": Kind.BOOKMARK}


@dataclass
class _Clipping:
    first: int
    lines: list[str] = field(default_factory=list)


@importer(
    Rule(members=("**/My Clippings*.txt",), contains=(_END,)),
    *(Rule(contains=(f"\n{_END}", f"\n- {word} ")) for word in _WHOSE),
    Rule(contains=(f"\n{_END}", "\n- 您在")),
    source="kindle",
    reads="highlights, notes and bookmarks",
    languages=("en", "fr", "es", "de", "it", "pt", "zh"),
    status="proven",
)
def clippings(member: Member) -> Iterator[Record]:
    """Highlights and notes are `note`s, bookmarks `bookmark`s; the times are local to the device and have no zone."""
    alike = Alike()
    for clipping in _clippings(member):
        if isinstance(clipping, Notice):
            yield clipping
            continue
        said = about(clipping.lines[1]) if len(clipping.lines) > 1 else About("", "", "", None, "")
        if not said.sort and not said.written:
            yield Notice("kindle-clipping", f"line {clipping.first}")
        elif said.written and said.when is None:
            yield Notice("table-date", f"line {clipping.first + 1}", "date")
        yield numbered(_item(clipping.lines, said), alike)


def _clippings(member: Member) -> Iterator[_Clipping | Notice]:
    """The records, with the number of their first line; titles are never empty."""
    clipping = _Clipping(1)
    with member.open() as stream:
        for line in text_lines(stream, _LONGEST):
            if line.error is not None:
                if clipping.lines:
                    yield clipping
                raise line.error
            if line.lost:
                yield Notice("table-row", f"line {line.number}")
                continue
            text = line.text.strip("\ufeff\r\n")
            if text.strip() == _END or len(clipping.lines) > _MOST:
                if clipping.lines:
                    yield clipping
                clipping = _Clipping(line.number + 1)
            elif clipping.lines or text.strip():
                if not clipping.lines:
                    clipping.first = line.number
                clipping.lines.append(text)
    if clipping.lines:
        yield clipping


def _item(lines: list[str], said: About) -> Item:
    title, author = _titled(lines[0].strip())
    second = lines[1] if len(lines) > 1 else ""
    known = bool(said.sort or said.written)
    text = "\n".join(lines[2:] if known else lines[1:]).strip()
    place = said.location or said.page
    details = {
        "line": second.strip(),
        "sort": said.sort,
        "page": said.page,
        "location": said.location,
        "book": lines[0],
    }
    when = said.when.us if said.when else said.written
    return Item(
        kind=_KINDS.get(said.sort, Kind.OTHER),
        key=("clipping", title, said.sort, place, when, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()),
        when=said.when,
        title=title,
        text=text,
        parties=(Role("author", author),) if author else (),
        details={name: value for name, value in details.items() if value and (known or name == "book")},
    )


def _titled(line: str) -> tuple[str, str]:
    """Title and author: the author is the last parenthesis, which may hold others."""
    if not line.endswith(")"):
        return line, ""
    depth = 0
    for at in range(len(line) - 1, -1, -1):
        depth += (line[at] == ")") - (line[at] == "(")
        if not depth:
            title = line[:at].strip()
            return (title, line[at + 1 : -1].strip()) if title else (line, "")
    return line, ""
