"""A chat of LINE as text: a line for each day, then a line for each message with tabs between time, name and words.

The date's order follows the phone's language; the days of the week decide where the numbers do not. Local time without
a zone, read as French civil time, which is said. A message is its stamp, its author and its words, with the stamp of
what somebody else last wrote: so words that go to two chats in one minute stay two messages.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from importers.contract import Member, Rule, importer
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.paris_clock import ParisClock
from importers.formats.text_lines import Line, text_lines
from importers.records import Item, Kind, Moment, Notice, Precision, Record, Role

_LONGEST = 1 << 20
_DAY = re.compile(
    r"(?:(?P<before>[^\W\d]{2,12})\.?, ?)?(?P<first>\d{1,4})[/.-](?P<second>\d{1,2})[/.-](?P<third>\d{1,4})"
    r"(?:[ (](?P<after>[^\d()\t]{1,20})\)?)?\s*\Z"
)
_MESSAGE = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d) ?(?P<half>[AaPp][Mm])?\t(?P<rest>.*)\Z", re.DOTALL)
_NAME = re.compile(r"\[LINE\] ?(?:Chat history with (?P<en>.+)|(?P<ja>.+?)とのトーク履歴|(?P<other>.+))\Z")
_WEEK = ("mon lun 月", "tue mar 火", "wed mer 水", "thu jeu 木", "fri ven 金", "sat sam 土", "sun dim 日")


class _Entry(NamedTuple):
    line: int
    day: re.Match[str] | None
    hour: int
    minute: int
    author: str
    said: list[str]


@importer(
    Rule(members=("**/[LINE]*.txt",), starts=("[LINE]",)),
    source="line",
    reads="chats",
    languages=("en", "ja"),
)
def chat(member: Member) -> Iterator[Record]:
    """A `message` each, `other` for what the app itself notes (who joined, what was taken back)."""
    yield from few_notices(_records(member))


def _records(member: Member) -> Iterator[Record]:
    day_first, sure = _order(member)
    yield Notice("line-local-time")
    if not sure:
        yield Notice("line-day-or-month")
    title, clock, alike = _title(member), ParisClock(), Alike()
    turn, others = ("", ""), ""
    for entry in _entries(member):
        if isinstance(entry, Notice):
            yield entry
            continue
        text = "\n".join(entry.said).strip("\n")
        if text.startswith('"') and text.endswith('"') and "\n" in text:
            text = text[1:-1]
        on = _date(entry.day, day_first=day_first) if entry.day else None
        when = None
        if on is not None and entry.hour < 24 and entry.minute < 60:
            local = datetime(on.year, on.month, on.day, entry.hour, entry.minute)  # noqa: DTZ001 - the file names no zone
            when = Moment(clock.at(local), None, Precision.MINUTE)
        else:
            yield Notice("line-no-time", f"line {entry.line}")
        stamp = f"{on or (entry.day[0] if entry.day else '')} {entry.hour:02}:{entry.minute:02}"
        if entry.author != turn[0]:
            others = turn[1]
        turn = (entry.author, stamp)
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
        to = (Role("to", title),) if title and title != entry.author else ()
        yield Item(
            kind=Kind.MESSAGE if entry.author else Kind.OTHER,
            key=alike.key("message", stamp, entry.author, digest, others),
            when=when,
            title=title,
            text=text,
            parties=(*((Role("from", entry.author),) if entry.author else ()), *to),
            details={} if when else {"stamp": stamp},
        )


def _entries(member: Member) -> Iterator[_Entry | Notice]:
    entry: _Entry | None = None
    day: re.Match[str] | None = None
    for line in _lines(member):
        if line.error is not None:
            if entry is not None:
                yield entry
            raise line.error
        text = line.text.rstrip("\r\n")
        if line.lost:
            yield Notice("line-too-long", f"line {line.number}")
            continue
        found = _MESSAGE.match(text)
        begins = _DAY.match(text) if found is None and not _is_open(entry) else None
        if found is None and begins is None:
            if entry is not None:
                entry.said.append(text)
            continue
        if entry is not None:
            yield entry
        entry = _entry(line.number, day, found) if found is not None else None
        day = begins or day
    if entry is not None:
        yield entry


def _entry(number: int, day: re.Match[str] | None, found: re.Match[str]) -> _Entry:
    author, tab, words = found["rest"].partition("\t")
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return _Entry(number, day, hour, int(found["minute"]), author if tab else "", [words if tab else author])


def _is_open(entry: _Entry | None) -> bool:
    """Whether words in quotation marks have begun and not ended: a date within them is a part of them."""
    if entry is None or not entry.said[0].startswith('"'):
        return False
    return not (entry.said[-1].endswith('"') and (len(entry.said) > 1 or len(entry.said[0]) > 1))


def _lines(member: Member) -> Iterator[Line]:
    with member.open() as stream:
        yield from text_lines(stream, _LONGEST)


def _title(member: Member) -> str:
    for line in _lines(member):
        found = _NAME.match(line.text.lstrip("\ufeff").strip())
        return (found["en"] or found["ja"] or found["other"]).strip() if found else ""
    return ""


def _order(member: Member) -> tuple[bool, bool]:
    """Whether the day stands first, and whether the file tells."""
    votes: Counter[bool] = Counter()
    doubtful = False
    for line in _lines(member):
        found = _DAY.match(line.text.rstrip("\r\n"))
        if found is None or len(found["first"]) == 4:
            continue
        readings = [way for way in (True, False) if _fits(found, day_first=way)]
        votes.update(readings if len(readings) == 1 else ())
        doubtful = doubtful or (len(readings) > 1 and found["first"] != found["second"])
    return votes[True] >= votes[False], bool(votes) or not doubtful


def _fits(found: re.Match[str], *, day_first: bool) -> bool:
    on = _date(found, day_first=day_first)
    if on is None:
        return False
    word = (found["before"] or found["after"] or "").casefold()
    days = [place for place, names in enumerate(_WEEK) if any(word.startswith(name) for name in names.split())]
    return not days or on.weekday() in days


def _date(found: re.Match[str], *, day_first: bool) -> date | None:
    first, second, third = int(found["first"]), int(found["second"]), int(found["third"])
    year, month, day = (third, second, first) if day_first else (third, first, second)
    if len(found["first"]) == 4:
        year, month, day = first, second, third
    try:
        return date(year + 2000 if year < 100 else year, month, day) if year < 2200 else None
    except ValueError:
        return None
