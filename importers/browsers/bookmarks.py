"""Bookmarks as browsers and bookmark services export them: the Netscape page that all of them write and read.

Facts: real exports of five programs. Times are seconds since 1970, UTC; some programs write milliseconds or
microseconds, which their size tells, or a date in words, or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from importers.browsers.bookmark_tokens import Lost, Mark, marks
from importers.browsers.visits import moment
from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.records import Item, Kind, Moment, Notice, Precision, Record

_MAGIC = tuple(
    f"<!{doctype} {name}-file-1>"
    for doctype in ("DOCTYPE", "doctype", "Doctype")
    for name in ("NETSCAPE-Bookmark", "netscape-bookmark", "NETSCAPE-BOOKMARK", "Netscape-Bookmark")
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN = re.compile(r"(\d{1,2})/([A-Za-z]{3})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\Z")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - counted from as if local, then moved by the offset


@importer(
    Rule(starts=_MAGIC),
    Rule(contains=("<DL", "<DT><A HREF=", "ADD_DATE=")),
    Rule(contains=("<DL", "<DT><H3", "<DT><A HREF=")),
    source="browsers",
    reads="bookmarks (page)",
    product="bookmarks",
    status="proven",
)
def bookmark_page(member: Member) -> Iterator[Record]:
    """One `bookmark` a link, at the time when it was added; folders as items of their own.

    A link is the same by its address and time, in whatever folder it lies. Pictures stay as they are written.
    """
    yield from few_notices(_read(member))


def _read(member: Member) -> Iterator[Record]:
    alike = Alike()
    with member.open() as stream:
        for found in marks(stream):
            if isinstance(found, Lost):
                if found.error is not None:
                    raise found.error
                yield Notice("bookmarks-cut", f"line {found.line}")
                continue
            if found.trouble:
                yield Notice("bookmarks-open", f"line {found.line}")
            added = found.attributes.get("ADD_DATE", "")
            when = added_at(added)
            if when is None and added.strip("0 "):
                yield Notice("table-date", f"line {found.line}", "ADD_DATE")
            yield _folder(alike, found, when) if found.is_folder else _link(alike, found, when)


def _link(alike: Alike, mark: Mark, when: Moment | None) -> Item:
    url = mark.attributes.get("HREF", "")
    return Item(
        kind=Kind.BOOKMARK,
        key=alike.key("bookmark", url, when.us // 1_000_000 if when else None),
        when=when,
        title=mark.title or url,
        text=mark.text,
        details={"folder": list(mark.folder)} | mark.attributes,
    )


def _folder(alike: Alike, mark: Mark, when: Moment | None) -> Item:
    return Item(
        kind=Kind.OTHER,
        key=alike.key("folder", mark.title, when.us // 1_000_000 if when else None, *mark.folder),
        when=when,
        title=mark.title,
        text=mark.text,
        details={"folder": list(mark.folder)} | mark.attributes,
    )


def added_at(text: str) -> Moment | None:
    """The time of an attribute; None when there is none or it is none."""
    text = text.strip()
    if text.isdecimal() and text.isascii() and len(text) < 20:
        return counted(int(text))
    found = _WRITTEN.match(text)
    if found is None or found[2].lower() not in _MONTHS:
        return None
    day, _, year, hour, minute, second, sign, hours, minutes = found.groups()
    try:
        local = datetime(int(year), _MONTHS.index(found[2].lower()) + 1, int(day), int(hour), int(minute), int(second))  # noqa: DTZ001 - as above
    except ValueError:
        return None
    offset = (int(hours) * 60 + int(minutes)) * (-1 if sign == "-" else 1)
    us = (local - _EPOCH) // timedelta(microseconds=1) - offset * 60_000_000
    return Moment(us, offset, Precision.SECOND)


def counted(number: int) -> Moment | None:
    """Seconds, milliseconds or microseconds since 1970, told by their size; None for zero and what nobody means."""
    if number < 100_000_000_000:
        return moment(number * 1_000_000, Precision.SECOND)
    if number < 100_000_000_000_000:
        return moment(number * 1000, Precision.MILLISECOND)
    return moment(number)
