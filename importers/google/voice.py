"""Google Voice: each conversation by text a page of its own, calls as pages that are kept whole.

The name of a file says with whom, what (``Text``, ``Missed``, ``Voicemail``, ...) and the time in UTC; the name may be
missing. Pictures and sounds are named without their ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.contract import Member, Rule, importer, keep
from importers.formats.entities import unescaped
from importers.formats.html_entries import Entry, entries, lines
from importers.formats.json_records import Alike
from importers.google.joined import beside, joined, stemmed
from importers.google.times import moment
from importers.records import File, Handle, Item, Kind, Moment, Notice, Record, Role

_MESSAGE = b'<div class="message"'
_TIME = re.compile(r'<abbr class="dt"[^<>]*\stitle="([^"<>]{10,40})"')
_TEL = re.compile(r'<a class="tel"[^<>]*\shref="tel:([^"<>]{0,100})"')
_NAME = re.compile(r'class="fn"[^<>]*>([^<>]{0,300})<')
_BODY = re.compile(r"<q>(.{0,1000000}?)</q>", re.DOTALL)
_MEDIA = re.compile(r'<(?:img|audio|video|a)\b[^<>]*\s(?:src|href)="([^"<>:]{1,300})"')
_STAMP = re.compile(r" - (\d{4}-\d\d-\d\dT\d\d)_(\d\d)_(\d\d)Z[^/]*\Z")
_CALLS = ("Placed", "Received", "Missed", "Voicemail", "Recorded")


def named_time(member: Member) -> Moment | None:
    """The time that the name of a file gives; None when it gives none."""
    found = _STAMP.search(member.path)
    return moment(f"{found[1]}:{found[2]}:{found[3]}Z") if found else None


keep(
    Rule(members=tuple(f"**/Calls/*- {what} - *.html" for what in _CALLS), shape="html", named=True),
    source="google",
    kind=Kind.CALL,
    weight=2,
    when=named_time,
)
keep(Rule(members=("**/Voice/Bills.html", "**/Voice/Greetings/*"), named=True), source="google", weight=2)


@importer(
    Rule(shape="html", contains=("hChatLog",)),
    source="google",
    product="voice",
    reads="text messages of Google Voice",
    weight=1,
)
def voice_texts(member: Member) -> Iterator[Record]:
    """A message from the number that sent it; ``Me`` is the person. All lines of the page are kept."""
    alike = Alike()
    entry = None
    for entry in entries(member.pieces(), _MESSAGE):
        if entry.trouble:
            yield Notice(entry.trouble, f"record {entry.number}")
        if entry.text:
            yield from _message(entry, member, alike)
    if entry is None or "</html" not in entry.text:
        yield Notice("google-page-cut-off", f"record {entry.number if entry else 1}")


def _message(entry: Entry, member: Member, alike: Alike) -> Iterator[Record]:
    text = entry.text.partition(">")[2]
    stamp, number, body = _found(_TIME, text), _found(_TEL, text), _found(_BODY, text)
    when = moment(stamp)
    if when is None:
        yield Notice("google-no-time", f"record {entry.number}")
    words = "\n".join(line.text for line in lines(body))
    sources = _MEDIA.findall(_BODY.sub("", text))
    yield Item(
        kind=Kind.MESSAGE,
        key=alike.key("voice", when.us if when else None, number, words, *sources),
        when=when,
        text=words,
        parties=(Role("from", _found(_NAME, text), Handle("phone", number) if number else None),),
        details={"time": stamp, "lines": [line.text for line in lines(text)], "media": sources},
        files=tuple(_files(member, sources)),
    )


def _files(member: Member, sources: list[str]) -> Iterator[File]:
    """Files whose name is the source, or the source and an ending."""
    for source in sources:
        name = source.rpartition("/")[2]
        other = stemmed(member, name) or beside(member, name)
        if other is not None and other.path != member.path:
            yield joined(other)


def _found(shape: re.Pattern[str], text: str) -> str:
    found = shape.search(text)
    return unescaped(found[1]).strip() if found else ""
