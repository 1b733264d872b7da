"""The lines of an exported chat: which begin a message, and what their stamps say.

There is no format: the phone's region writes the date, its clock setting the time, its system the brackets. Facts: real
files of Android and iOS in five date orders, and the locale tables of public parsers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from importers.contract import Member
from importers.formats.text_lines import text_lines
from importers.records import Notice

LONGEST = 1 << 20
"""Bytes of the longest line; WhatsApp's own limit of a message is 64 KiB."""

MOST = 2000
"""Lines of one message that are held; further ones are another message of the same sender."""

_HIDDEN = re.compile("[\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HALF = r"[AaPp]\.? ?[Mm]\.?|[قب]\.ظ|午前|午後|上午|下午|오전|오후"
_DATE = r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
_BETWEEN = r"(?:[,،] ?| à | um | klo | kl\. | )"
_HEADER = re.compile(
    rf"(?P<open>\[ ?)?(?P<date>{_DATE}){_BETWEEN}(?:(?P<before>{_HALF}) ?)?(?P<time>{_TIME})"
    rf"(?: ?(?P<after>{_HALF}))?(?(open)\] ?|(?: - |: ))(?P<rest>.*)",
    re.DOTALL,
)
_MARKS = "[\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
_LOOSE = r"(?:[,،]\s?| à | um | klo | kl\. |\s)"
_MINUTES = rf"(?:(?:{_HALF})\s?)?\d{{1,2}}[:.]\d{{2}}(?:\s?(?:{_HALF}))?"
_SECONDS = rf"(?:(?:{_HALF})\s?)?{_TIME}(?:\s?(?:{_HALF}))?"
_LOG = r"(?!\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\])"
LOOK = rf"{_MARKS}(?:{_LOG}\[{_MARKS}{_DATE}{_LOOSE}{_SECONDS}\] |{_DATE}{_LOOSE}{_MINUTES} - )"
"""How a line begins, for recognition: without seconds on Android, and not as programs write their logs."""
_NUMBERS = re.compile(r"\d+")
_MORNING = frozenset({"am", "ق.ظ", "午前", "上午", "오전"})


@dataclass(slots=True)
class Stamp:
    """``numbers``: the three of the date as written. ``clock``: hour, minute, second, None without one. ``text``: the
    stamp as it stands in the file. ``half``: the clock has twelve hours."""

    numbers: tuple[int, int, int]
    clock: tuple[int, int, int | None]
    text: str
    half: bool = False


@dataclass(slots=True)
class Entry:
    """A message from its first line to its last. ``line``: number of the first one. ``said``: words of all lines.
    ``marked``: the words began with U+200E, which the app writes before words of its own."""

    line: int
    stamp: Stamp
    said: list[str] = field(default_factory=list)
    marked: bool = False

    @property
    def text(self) -> str:
        """All words, without empty lines at the end."""
        return "\n".join(self.said).rstrip()


def stamps(member: Member) -> Iterator[Stamp]:
    """The stamps of all messages, in order; to learn what the dates mean before any is read."""
    for entry in entries(member):
        if isinstance(entry, Entry):
            yield entry.stamp


def entries(member: Member) -> Iterator[Entry | Notice]:
    """The messages; lines that begin none belong to the one before."""
    entry: Entry | None = None
    with member.open() as stream:
        for line in text_lines(stream, LONGEST):
            if line.error is not None:
                if entry is not None:
                    yield entry
                raise line.error
            if line.lost:
                yield Notice("whatsapp-too-long", f"line {line.number}")
                continue
            begun = _begun(line.number, line.text)
            if begun is None and entry is not None and len(entry.said) < MOST:
                entry.said.append(visible(line.text.rstrip("\r\n")))
                continue
            if begun is None and entry is not None:
                begun = Entry(line.number, entry.stamp, [visible(line.text.rstrip("\r\n"))])
            if begun is None:
                if line.text.strip():
                    yield Notice("whatsapp-line", f"line {line.number}")
                continue
            if entry is not None:
                yield entry
            entry = begun
    if entry is not None:
        yield entry


def visible(text: str) -> str:
    """Text without byte order marks and marks of direction; joiners stay, they hold emoji together."""
    return text if text.isascii() else _HIDDEN.sub("", text)


def _begun(number: int, raw: str) -> Entry | None:
    text = visible(raw.rstrip("\r\n"))
    found = _HEADER.match(text if text.isascii() else text.replace("\u202f", " ").replace("\u00a0", " "))
    if found is None:
        return None
    clock = _clock(found["time"], found["before"] or found["after"] or "")
    if clock is None:
        return None
    rest = found.start("rest")
    half = bool(found["before"] or found["after"])
    stamp = Stamp(_date(found["date"]), clock, text[:rest].strip(" -:[]"), half)
    return Entry(number, stamp, [text[rest:]], marked="\u200e" in raw)


@lru_cache(maxsize=4096)
def _date(text: str) -> tuple[int, int, int]:
    """The three numbers of a date."""
    first, second, third = map(int, _NUMBERS.findall(text))
    return first, second, third


@lru_cache(maxsize=4096)
def _clock(text: str, half: str) -> tuple[int, int, int | None] | None:
    """Hour, minute and second; None when there is no such time."""
    hour, minute, *second = map(int, _NUMBERS.findall(text))
    half = half.replace(" ", "").lower()
    hour = _hour(hour, half.replace(".", "") if half.isascii() else half)
    if hour > 23 or minute > 59 or (second and second[0] > 59):
        return None
    return hour, minute, second[0] if second else None


def _hour(hour: int, half: str) -> int:
    """``12 AM`` is midnight; ``00:04 AM`` occurs; a number above 12 says itself which half it is."""
    if not half or hour > 12:
        return hour
    return hour % 12 if half in _MORNING else hour % 12 + 12


def placed(stamp: Stamp, date: tuple[int, int, int]) -> datetime:
    """The local time of a stamp whose year, month and day are known. Raises ValueError for days that are none."""
    hour, minute, second = stamp.clock
    return datetime(*date, hour, minute, second or 0)  # noqa: DTZ001 - the file names no zone; the reader places it
