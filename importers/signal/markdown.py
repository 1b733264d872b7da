"""``chat.md`` that the tool signal-export writes: one chat a file, local time to the minute, no identifiers.

Times are read as French civil time, which is said. A message is its stamp, its author and its words, with the stamp of
what somebody else last wrote: so words that go to two chats in one minute stay two messages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.paris_clock import ParisClock
from importers.formats.text_lines import text_lines
from importers.neighbour_files import ENDINGS, NeighbourFiles, loose
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role

_LOOK = r"\[\d{4}-\d\d-\d\d, \d\d:\d\d\] [^:\n]{1,200}:"
_HEADER = re.compile(r"\[(\d{4})-(\d\d)-(\d\d), (\d\d):(\d\d)\] ([^:\n]{1,200}): ?(.*)", re.DOTALL)
_MEDIA = re.compile(r"\]\(\.?/?(media/[^()\n]{1,300})\)")
_LONGEST = 1 << 20
_CHATS = ("**/chat.md", "**/index.md")


class _Entry(NamedTuple):
    line: int
    stamp: tuple[int, int, int, int, int]
    author: str
    said: list[str]


@importer(
    Rule(members=_CHATS, lines=_LOOK),
    source="signal",
    reads="chats (signal-export)",
    status="proven",
    weight=1,
)
def exported_chat(member: Member) -> Iterator[Record]:
    """A `message` each; reactions and quotes stand in its words as the tool wrote them."""
    yield from few_notices(_records(member))


@importer(
    Rule(members=tuple(f"**/media/*.{ending}" for ending in ENDINGS), beside=_CHATS, named=True),
    source="signal",
    product="media",
    reads="pictures, films and sounds (signal-export)",
    first=200,
)
def exported_media(member: Member) -> Iterator[Record]:
    """A file that no message names. Read last, when it is known which ones do."""
    yield from loose(member, "signal")


def _records(member: Member) -> Iterator[Record]:
    yield Notice("signal-local-time")
    folder, _, name = member.path.rpartition("/")
    title = folder.rpartition("/")[2] if name.casefold() in {"chat.md", "index.md"} else ""
    clock, alike, files = ParisClock(), Alike(), NeighbourFiles(member.archive, "signal")
    turn, others = ("", ""), ""
    for entry in _entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        text = "\n".join(entry.said).rstrip()
        try:
            local = datetime(*entry.stamp)  # noqa: DTZ001 - the file names no zone; the clock places it
            when = Moment(clock.at(local), None, Precision.MINUTE)
        except ValueError:
            when = None
            yield Notice("signal-no-time", f"line {entry.line}")
        stamp = "{}-{:02}-{:02} {:02}:{:02}".format(*entry.stamp)
        if entry.author != turn[0]:
            others = turn[1]
        turn = (entry.author, stamp)
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
        to = (Role("to", title),) if title and title != entry.author else ()
        yield Item(
            kind=Kind.MESSAGE,
            key=alike.key("export", stamp, entry.author, digest, others),
            when=when,
            title=title,
            text=text,
            parties=(Role("from", entry.author), *to),
            details={} if when else {"stamp": stamp},
            files=tuple(file for address in _MEDIA.findall(text) for file in files.at(folder, address)),
        )


def _entries(member: Member) -> Iterator[_Entry | Notice]:
    entry: _Entry | None = None
    with member.open() as stream:
        for line in text_lines(stream, _LONGEST):
            if line.error is not None:
                if entry is not None:
                    yield entry
                raise line.error
            found = _HEADER.match(line.text.rstrip("\r\n"))
            if line.lost or (found is None and entry is None):
                if line.lost or line.text.strip():
                    yield Notice("signal-line", f"line {line.number}")
                continue
            if found is None:
                if entry is not None:
                    entry.said.append(line.text.rstrip("\r\n"))
                continue
            if entry is not None:
                yield entry
            year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
            entry = _Entry(line.number, (year, month, day, hour, minute), found[6].strip(), [found[7]])
    if entry is not None:
        yield entry
