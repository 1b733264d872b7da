"""My Activity and YouTube history in HTML, the form that Takeout gives unless one asks for JSON; in any language.

One page a product, up to 50 MB on a single line. An entry is ``div.outer-cell`` with a header (the product), a first
cell (sentence, further lines, time), an empty cell for pictures, and a caption whose blocks have localised labels; the
first block names the products.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.html_entries import Entry, Line, entries, lines
from importers.google import addresses, wording
from importers.google.identity import Identities
from importers.google.page_times import UNKNOWN, PageTime, page_time
from importers.records import File, Handle, Item, Kind, Notice, Record, Role

MARKER = b'<div class="outer-cell'
_CELL = '<div class="content-cell'
_END = "</html"

Labelled: TypeAlias = tuple[str, tuple[Line, ...]]
"""A label of the caption and the lines under it."""


@importer(
    Rule(
        members=("**/MyActivity.html", "**/My Activity.html", "**/MonActivité.html", "**/watch-history.html"),
        shape="html",
        contains=("outer-cell", "mdl-typography--title"),
    ),
    Rule(shape="html", contains=("outer-cell mdl-cell", "content-cell")),
    Rule(shape="html", contains=(".header-cell.mdl-cell", ".content-cell.mdl-cell")),
    Rule(members=("**/Takeout/**/*.html",), shape="html", contains=("material-design-lite",), named=True),
    Rule(
        members=(
            *("**/MyActivity.html", "**/My Activity.html", "**/MonActivité.html", "**/watch-history.html"),
            *("**/search-history.html", "**/MeineAktivitäten.html", "**/MiActividad.html"),
        ),
        shape="html",
        named=True,
    ),
    source="google",
    product="my-activity",
    reads="activities and YouTube history (HTML)",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def my_activity_html(member: Member) -> Iterator[Record]:
    """The same items as from JSON, to the second.

    Lines between sentence and time are kept as ``subtitles`` when they are links, else as the text. A zone name means
    the offset of the day of the export; one that several countries use is told once.
    """
    identities = Identities()
    told: set[str] = set()
    entry = None
    for entry in entries(member.pieces(), MARKER):
        if entry.trouble:
            yield Notice(entry.trouble, f"record {entry.number}")
        if entry.text:
            yield from _activity(entry, identities, told)
    if entry is None:
        yield _whole(member)
    elif _END not in entry.text:
        yield Notice("google-page-cut-off", f"record {entry.number}")


def _whole(member: Member) -> Item:
    """A page without entries, kept as it is: whatever it says, nobody else reads it."""
    state = hashlib.blake2b(digest_size=16)
    for piece in member.pieces():
        state.update(piece)
    name, size = member.path.rsplit("/", 1)[-1], member.size if member.size >= 0 else None
    return Item(
        kind=Kind.DOCUMENT,
        key=("document", state.hexdigest()),
        title=name,
        files=(File(name=name, pieces=member.pieces, media_type="text/html", size=size),),
    )


def _activity(entry: Entry, identities: Identities, told: set[str]) -> Iterator[Record]:
    head, *cells = entry.text.split(_CELL)
    main: list[Line] = []
    caption = ""
    details: dict[str, Any] = {}
    header = _header(head)
    if header:
        details["header"] = header
    for place, cell in enumerate(cells):
        style, _, body = cell.partition(">")
        if "caption" in style:
            caption += body
        elif "text-right" not in style and not place:
            main = lines(body)
        elif body != "</div>":
            kept = [_kept(line) for line in lines(body)]
            if kept:
                details["content"] = [*details.get("content", ()), *kept]
    when = _time(main)
    if when is None:
        yield Notice("google-no-time", f"record {entry.number}")
    elif when.doubt and when.doubt not in told:
        told.add(when.doubt)
        yield Notice(when.doubt, f"record {entry.number}")
    before, blocks = _caption(caption) if caption else ((), ())
    if before:
        details["caption"] = [_kept(line) for line in before]
    yield _item(main, when, header, blocks, details, identities)


def _time(main: list[Line]) -> PageTime | None:
    """The time is the last line, but where an assistant's answer follows it; it is taken from the lines."""
    for place in (len(main) - 1, *range(1, len(main) - 1)):
        found = page_time(main[place].text) if main and not main[place].links else None
        if found is not None and (place == len(main) - 1 or found.doubt != UNKNOWN):
            main.pop(place)
            return found
    return None


def _item(
    main: list[Line],
    when: PageTime | None,
    header: str,
    blocks: tuple[Labelled, ...],
    details: dict[str, Any],
    identities: Identities,
) -> Item:
    title = main[0].text if main else ""
    address = ""
    if main and main[0].links:
        first, *others = main[0].links
        details["titleUrl"] = first.address
        address = addresses.unwrapped(first.address)
        if others:
            details["links"] = [{"name": link.text, "url": link.address} for link in others]
    subtitles = [line for line in main[1:] if line.links or line.media]
    if subtitles:
        details["subtitles"] = [_kept(line) for line in subtitles]
    for label, rows in blocks:
        known = details.get(label, [])
        name, before = (label, known) if isinstance(known, list) else (f"{label} (2)", [])
        details[name] = [*before, *(_kept(row) if row.links or row.media else row.text for row in rows)]
    products = tuple(row.text for row in blocks[0][1]) if blocks else ()
    sentence = wording.squeezed(title)
    ad = wording.is_ad(row.text for _, rows in blocks[1:] for row in rows)
    kind = Kind.AD if ad else wording.kind_of(sentence, address, header)
    us = when.when.us if when else None
    place = _place(blocks)
    return Item(
        kind=kind,
        key=identities.key(kind, us, sentence, address, products),
        when=when.when if when else None,
        title=title,
        text="\n".join(line.text for line in main[1:] if not (line.links or line.media)),
        lat=place[0] if place else None,
        lon=place[1] if place else None,
        parties=tuple(
            Role("channel", link.text, Handle("url", link.address))
            for line in subtitles
            for link in line.links
            if "youtube.com/" in link.address
        ),
        details=msgspec.json.encode(details) if details else b"",
    )


def _kept(line: Line) -> dict[str, Any]:
    kept: dict[str, Any] = {"name": line.text} if line.text else {}
    if line.links:
        kept["url"] = line.links[0].address
    if len(line.links) > 1:
        kept["links"] = [{"name": link.text, "url": link.address} for link in line.links]
    if line.media:
        kept["media"] = list(line.media)
    return kept


def _place(blocks: tuple[Labelled, ...]) -> tuple[float, float] | None:
    urls = (link.address for _, rows in blocks[1:] for row in rows for link in row.links)
    return next((place for url in urls if (place := addresses.place(url))), None)


@lru_cache(maxsize=512)
def _header(head: str) -> str:
    """The product, from ``<p class="mdl-typography--title">YouTube<br></p>``."""
    _, _, title = head.partition("mdl-typography--title")
    return " ".join(line.text for line in lines(title.partition(">")[2]))


@lru_cache(maxsize=1024)
def _caption(caption: str) -> tuple[tuple[Line, ...], tuple[Labelled, ...]]:
    """Lines before the first label, then blocks of a label and its lines.

    The first label is called ``products`` in every language.
    """
    first, *parts = caption.split("<b>")
    blocks = []
    for number, part in enumerate(parts):
        label, _, body = part.partition("</b>")
        name = " ".join(line.text for line in lines(label)).rstrip(": \u00a0\u202f")
        blocks.append((name if number else "products", tuple(lines(body))))
    return tuple(lines(first)), tuple(blocks)
