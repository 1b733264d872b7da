"""``messages.html``, ``messages2.html`` and following: the same chats as web pages, without identifiers of people.

A block that is `joined` names no sender: it is the one before it, across the border of files too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from importers.contract import Archive, Member, Rule, importer, keep, skip
from importers.formats import html_entries, paris_clock
from importers.formats.entities import unescaped
from importers.formats.few_notices import few_notices
from importers.neighbour_files import NeighbourFiles
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role
from importers.telegram.result import FOLDERS

_MARKER = b'<div class="message '
_HEAD = re.compile(r'([\w -]*)" id="message(-?\d{1,19})"')
_DATE = re.compile(r'class="pull_right date details"[^>]*title="([^"]{1,60})"')
_STAMP = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-])(\d\d):(\d\d))?\Z")
_NAME = re.compile(r'<div class="from_name">\s*(.*?)\s*</div>', re.DOTALL)
_SPAN = re.compile(r"<span\b.*?</span>", re.DOTALL)
_TEXT = re.compile(r'<div class="text">(.*?)</div>', re.DOTALL)
_TITLE = re.compile(r'<div class="text bold">\s*(.*?)\s*</div>', re.DOTALL)
_REPLY = re.compile(r'href="[^"]*#go_to_message(\d{1,19})"')
_ADDRESS = re.compile(r'(?:href|src)="([^"#:]{1,500})"')
_PAGE = re.compile(r"(.*?)(\d*)\.html\Z", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_HEADER = 1 << 16


class _Block(NamedTuple):
    number: int
    id: int
    style: frozenset[str]
    body: str
    trouble: str


@importer(
    Rule(members=("**/messages*.html",), shape="html", contains=("page_header", 'class="message ', 'id="message')),
    source="telegram",
    reads="messages (pages)",
)
def pages(member: Member) -> Iterator[Record]:
    """A `message` each, `other` for what the service writes. Nothing where the same export has ``result.json``.

    Newer pages name the zone; times of older ones are read as French civil time, which is said.
    """
    yield from few_notices(_records(member))


skip(
    Rule(
        members=("**/css/style.css", "**/js/script.js", "**/images/*.png"),
        beside=("**/messages*.html", "**/export_results.html"),
        named=True,
    ),
    source="telegram",
    why="telegram-page-parts",
    weight=-1,
)
keep(
    Rule(
        members=("**/export_results.html", "**/lists/*.html"),
        shape="html",
        beside=("**/export_results.html",),
        named=True,
    ),
    source="telegram",
)


def _records(member: Member) -> Iterator[Record]:
    folder = member.path.rpartition("/")[0]
    if _has_twin(member.archive, folder):
        yield Notice("telegram-json-twin")
        return
    title, files = _title(member), NeighbourFiles(member.archive, "telegram")
    sender, local = "", False
    for block in _blocks(member):
        if block.trouble:
            yield Notice(block.trouble, f"record {block.number}")
        if block.id < 0 or not block.style:
            continue  # a line between two days
        own = block.body.partition("forwarded body")[0]
        if "service" not in block.style:
            given = _NAME.search(own)
            sender = _words(_SPAN.sub("", given[1])) if given else sender or _sender_before(member)
        when = _moment(block.body)
        if when is None and "service" not in block.style:
            yield Notice("telegram-no-time", f"record {block.number}")
        elif when is not None and when.offset is None and not local:
            local = True
            yield Notice("telegram-local-time")
        yield _item(block, "" if "service" in block.style else sender, when, title, files.at, folder)
    if files.missing:
        yield Notice("telegram-media-missing", what=str(files.missing))


def _blocks(member: Member) -> Iterator[_Block]:
    number, last = 0, ""
    for entry in html_entries.entries(member.pieces(), _MARKER):
        number, last = entry.number, entry.text
        head = _HEAD.match(entry.text)
        if head is None:
            yield _Block(entry.number, -1, frozenset(), "", entry.trouble or "telegram-block")
            continue
        body = entry.text[entry.text.find(">") + 1 :]
        yield _Block(entry.number, int(head[2]), frozenset(head[1].split()), body, entry.trouble)
    if number and html_entries.is_cut_off(last):
        yield _Block(number, -1, frozenset(), "", "html-cut-off")


def _item(block: _Block, sender: str, when: Moment | None, title: str, at: Any, folder: str) -> Item:
    said = _TEXT.search(block.body)
    lines = html_entries.lines(said[1]) if said else []
    text = "\n".join(line.text for line in lines)
    addresses = [unescaped(found) for found in _ADDRESS.findall(block.body)]
    media = [address for address in dict.fromkeys(addresses) if address.split("/")[0] in FOLDERS]
    service = "service" in block.style
    every = html_entries.lines(f"<div {block.body}" if block.body.startswith("class") else block.body)
    known = {*text.split("\n"), sender, ""}
    also = [line.text for line in every if line.text not in known]
    reply = _REPLY.search(block.body)
    details: dict[str, Any] = {
        "id": block.id,
        "date": found[1] if (found := _DATE.search(block.body)) else "",
        "reply_to_message_id": int(reply[1]) if reply else 0,
        "links": [link.address for line in lines for link in line.links if link.address],
        "media": media,
        "also": also if not service else [],
    }
    return Item(
        kind=Kind.OTHER if service else Kind.MESSAGE,
        key=("message-page", block.id, when.us if when else None, title if when is None else ""),
        when=when,
        title=title,
        text="\n".join(line.text for line in every) if service else text,
        parties=_roles(sender, title),
        details={name: value for name, value in details.items() if value},
        files=tuple(file for address in media for file in at(folder, address)),
    )


def _roles(sender: str, title: str) -> tuple[Role, ...]:
    others = (Role("to", title),) if title and title != sender else ()
    return (Role("from", sender), *others) if sender else others


def _moment(body: str) -> Moment | None:
    found = _DATE.search(body)
    stamp = _STAMP.match(found[1].strip()) if found else None
    if stamp is None:
        return None
    day, month, year, hour, minute, second = (int(part) for part in stamp.groups()[:6])
    minutes = int(f"{stamp[7]}1") * (int(stamp[8]) * 60 + int(stamp[9])) if stamp[7] else None
    try:
        zone = paris_clock.PARIS if minutes is None else timezone(timedelta(minutes=minutes))
        us = paris_clock.us(datetime(year, month, day, hour, minute, second, tzinfo=zone))
    except ValueError:
        return None
    return Moment(us, minutes, Precision.SECOND)


def _title(member: Member) -> str:
    with member.open() as stream:
        found = _TITLE.search(stream.read(_HEADER).decode("utf-8", "replace"))
    return _words(found[1]) if found else ""


def _words(fragment: str) -> str:
    return " ".join(unescaped(_TAG.sub(" ", fragment)).split())


def _has_twin(archive: Archive, folder: str) -> bool:
    """Whether the export of this page holds the same as JSON, in its folder or above."""
    above = {found.path.rpartition("/")[0] for found in archive.find("**/result.json")}
    return any(one == folder or folder.startswith(f"{one}/") or not one for one in above)


def _sender_before(member: Member) -> str:
    """Who wrote last on the page before this one."""
    found = _PAGE.match(member.path)
    if found is None or not found[2]:
        return ""
    before = int(found[2]) - 1
    path = f"{found[1]}{before if before > 1 else ''}.html"
    page = next((one for one in member.archive.find(f"**/{path.rpartition('/')[2]}") if one.path == path), None)
    last = ""
    for block in _blocks(page) if page is not None else ():
        given = _NAME.search(block.body.partition("forwarded body")[0])
        last = _words(_SPAN.sub("", given[1])) if given and "service" not in block.style else last
    return last
