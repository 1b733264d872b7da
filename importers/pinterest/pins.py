"""Pins, from the one long page that a Pinterest archive is.

Facts: a real page of 2017 that its owner shortened. Sections are headings whose ids are random; a pin is a link and
lines of ``Key: value,`` whose comma belongs to the markup. Nobody says which zone the times are of: they are taken
as UTC, which is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.contract import Member, Rule, importer
from importers.formats import html_entries
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.named_fields import NO_TIME, Fields, moment
from importers.records import Item, Kind, Notice, Record

_PIN = re.compile(r"https?://(?:[a-z]+\.)?pinterest\.[a-z.]+/pin/(\d+)")
_FIELD = re.compile(r"([A-Z][A-Za-z ]{1,40}):\s?(.*)\Z", re.DOTALL)
_MARK = re.compile(rb'<h1\b|(?<!Link: )<a href="https?://(?:[a-z]+\.)?pinterest\.[a-z.]+/pin/\d+/?"')
_NOTHING = frozenset({"no data", "none"})


@importer(
    Rule(shape="html", contains=("pinterest.com/pin/", "Board Name:", "Created at:")),
    Rule(shape="html", contains=('<div id="contents">', "Board Name:")),
    Rule(shape="html", contains=('<div id="contents"><h1 id=', "pinterest")),
    source="pinterest",
    reads="pins and other sections of the page",
    status="proven",
)
def page(member: Member) -> Iterator[Record]:
    """A pin is a ``bookmark``; lines of sections that nobody has described are kept as they stand."""
    yield from few_notices(_page(member))


def _page(member: Member) -> Iterator[Record]:
    alike = Alike()
    number = 0
    timed = False
    for section, lines in _entries(member):
        if isinstance(lines, Notice):
            yield lines
            continue
        number += 1
        for record in _entry(section, lines, f"record {number}", alike):
            timed |= isinstance(record, Item) and record.when is not None
            yield record
    if timed:
        yield Notice("pinterest-zone")


def _entries(member: Member) -> Iterator[tuple[str, list[html_entries.Line] | Notice]]:
    """Each section's title with the lines of one pin; of a section without pins all its lines at once.

    A section may be long: it is cut where an anchor of a pin begins.
    """
    title = ""
    for entry in html_entries.entries(_marked(member), b"\x00"):
        if entry.trouble:
            yield title, Notice(entry.trouble, f"record {entry.number}")
        text = entry.text
        if text.startswith("<h1"):
            head, _, text = text.partition("</h1>")
            title = " ".join(line.text for line in html_entries.lines(head + "</h1>"))
        lines = html_entries.lines(text)
        if lines:
            yield title, lines


def _marked(member: Member) -> Iterator[bytes]:
    """The page with a mark before each heading and each link that begins a pin."""
    yield b"\x00"
    held = b""
    for piece in member.pieces():
        data = held + piece.replace(b"\x00", b"")
        cut = max(0, data.rfind(b"<"))
        held = data[cut:]
        yield _MARK.sub(b"\x00\\g<0>", data[:cut])
    yield _MARK.sub(b"\x00\\g<0>", held)


def _entry(section: str, lines: list[html_entries.Line], position: str, alike: Alike) -> Iterator[Record]:
    address = lines[0].links[0].address if lines[0].links else ""
    found = _PIN.match(address)
    if found is None:
        yield Item(
            kind=Kind.OTHER,
            key=alike.key("section", section, *(line.text for line in lines)),
            title=section,
            text="\n".join(line.text for line in lines),
            details={"links": [link.address for line in lines for link in line.links]},
        )
        return
    record: dict[str, str] = {}
    last = ""
    for line in lines[1:]:
        field = _FIELD.match(line.text)
        if field is not None and field[1] not in record:
            last = field[1]
            record[last] = field[2]
        elif last:
            record[last] += f"\n{line.text}"
    fields = Fields({name: _without_comma(value) for name, value in record.items()}, _NOTHING)
    written = fields.text("Created at")
    when = moment(written)
    if when is None and written:
        yield Notice(NO_TIME, position, "Created at")
    elif when is not None:
        fields.take("Created at")
    yield Item(
        kind=Kind.BOOKMARK,
        key=("pin", found[1]),
        stable=True,
        when=when,
        title=fields.take("Title"),
        text=fields.take("Details"),
        details={"section": section, "link": address} | fields.rest(),
    )


def _without_comma(value: str) -> str:
    """The comma behind a value belongs to the page."""
    return value.removesuffix(",").strip()
