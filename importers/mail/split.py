"""A mailbox (mbox) as a stream of messages, cut at its ``From `` lines.

Dialects: plain and ``>From``-quoted boxes, boxes with ``Content-Length``, Thunderbird's (``From - Mon ...``) and
Google's, whose lines read ``From 1773@xxx Tue Aug 08 12:36:29 +0000 2023``. A line of a text that only looks like a
separator does not cut: before it stands an empty line, in it a weekday, a month and a time, after it a header.
Google's own mark is so clear that it needs no empty line, and in its boxes nothing else cuts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from importers.archive.errors import ArchiveError, RefusedArchive

SPOOL = 64 << 20
"""Bytes of the largest message that is held in memory; a larger one is handed on piece by piece."""

_BLOCK = 1 << 20
_LOOK = 2_048
"""Bytes after a candidate that are needed to judge it."""

_TAIL = _LOOK + 16
"""Bytes of a large message that stay in the buffer while it goes on: what a candidate needs before and after it."""

_DAYS = rb"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}"
_MONTHS = rb"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATED = re.compile(
    rb"From [^\r\n]{0,500}?\b"
    + _DAYS
    + rb"[ ,]{1,4}(?:"
    + _MONTHS
    + rb" {1,3}\d{1,2}|\d{1,2} {1,3}"
    + _MONTHS
    + rb" {1,3}\d{2,4}) {1,3}\d{1,2}:\d\d[^\r\n]{0,80}\r?\Z",
    re.IGNORECASE,
)
_GOOGLE = re.compile(rb"From \d{1,24}@xxx [^\r\n]{10,80}\r?\Z")
_HEADER = re.compile(rb"(?:>From |[!-9;-~]{1,200}[ \t]*:)")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_HEAD_END = re.compile(rb"\n\r?\n")


@dataclass
class Raw:
    """A message. ``number``: place in the box, from 1; ``envelope``: its ``From `` line without the word, '' when it
    has none; ``data``: its bytes without the quoting of the box, or, of a message above ``SPOOL``, its beginning;
    ``rest``: None, or what follows, which is read once and before the next message; ``last``: the box ends with it;
    ``ended``: it ends with a line end."""

    number: int
    envelope: str
    data: bytes
    rest: Iterator[bytes] | None = None
    last: bool = False
    ended: bool = True


@dataclass
class Mailbox:
    """A box while it is read."""

    stream: IO[bytes]
    _buffer: bytearray = field(default_factory=bytearray)
    _over: bool = False
    _trouble: ArchiveError | None = None
    _separator: re.Pattern[bytes] = _DATED

    def messages(self) -> Iterator[Raw]:
        """The messages, in order. What comes before damage is given first, then ``ArchiveError`` is raised."""
        self._begin()
        number = 0
        while self._buffer or self._more():
            number += 1
            envelope, start = self._envelope()
            del self._buffer[:start]
            end = self._end()
            if end is None:
                yield from self._large(number, envelope)
                continue
            yield self._cut(number, envelope, end)
        if self._trouble is not None:
            raise self._trouble

    def _begin(self) -> None:
        while len(self._buffer) < _LOOK and self._more():
            pass
        blank = len(self._buffer) - len(self._buffer.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
        del self._buffer[:blank]
        line = bytes(self._buffer[: self._buffer.find(b"\n") if b"\n" in self._buffer[:_LOOK] else 0])
        if _GOOGLE.match(line):
            self._separator = _GOOGLE
        elif line.startswith(b"From ") and not _DATED.match(line):
            self._separator = re.compile(rb"From [^\r\n]{1,500}\r?\Z")  # a box whose lines have no date

    def _more(self) -> bool:
        if self._over:
            return False
        try:
            block = self.stream.read(_BLOCK)
        except RefusedArchive:
            raise
        except ArchiveError as error:
            self._trouble = error
            block = b""
        self._over = not block
        self._buffer += block
        return not self._over

    def _envelope(self) -> tuple[str, int]:
        """The ``From `` line at the start of the buffer, and where the message begins."""
        if not self._buffer.startswith(b"From "):
            return "", 0
        end = self._buffer.find(b"\n", 0, _LOOK)
        if end < 0:
            return "", 0
        return bytes(self._buffer[5:end]).decode("utf-8", "replace").strip(), end + 1

    def _end(self) -> int | None:
        """Where the message at the start of the buffer ends; None when it is larger than the spool."""
        at = 0
        while True:
            found = self._next(at)
            if found is not None:
                return self._by_length(found)
            at = max(0, len(self._buffer) - _LOOK)
            if len(self._buffer) > SPOOL:
                return None
            if not self._more():
                return self._next(at, final=True) or len(self._buffer)

    def _next(self, at: int, *, final: bool = False) -> int | None:
        """Place of the line end before the next separator; None when the buffer holds none that can be judged."""
        while (at := self._buffer.find(b"\nFrom ", at)) >= 0:
            if not final and at + _LOOK > len(self._buffer) and not self._over:
                return None
            if self._separates(at):
                return at
            at += 6
        return None

    def _separates(self, at: int) -> bool:
        line_end = self._buffer.find(b"\n", at + 1, at + 1 + _LOOK // 2)
        line = bytes(self._buffer[at + 1 : line_end if line_end >= 0 else at + _LOOK // 2])
        if not self._separator.match(line):
            return False
        following = bytes(self._buffer[line_end + 1 : line_end + 300]) if line_end >= 0 else b""
        if self._separator is _GOOGLE:
            return not following or bool(_HEADER.match(following))
        before = bytes(self._buffer[max(0, at - 2) : at])
        return (before.endswith(b"\n") or before == b"\n\r" or not at) and (
            bool(_HEADER.match(following)) or not following
        )

    def _by_length(self, end: int) -> int:
        """Believe ``Content-Length`` when it reaches beyond a seeming end and a separator stands where it says."""
        if self._separator is _GOOGLE or self._buffer.find(b"ontent-", 0, min(end, 1 << 16)) < 0:
            return end
        head = _HEAD_END.search(self._buffer, 0, min(end + 1, 1 << 20))
        found = _LENGTH.search(self._buffer, 0, head.end()) if head else None
        if head is None or found is None:
            return end
        wanted = head.end() + int(found[1])
        if wanted <= end or wanted > SPOOL:
            return end
        while len(self._buffer) < wanted + _LOOK and self._more():
            pass
        for place in range(wanted - 1, wanted + 3):
            if self._buffer[place : place + 6] == b"\nFrom " and self._separates(place):
                return place
        return len(self._buffer) if wanted - 1 <= len(self._buffer) <= wanted + 2 and self._over else end

    def _cut(self, number: int, envelope: str, end: int) -> Raw:
        last = self._over and end >= len(self._buffer)
        data = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        if last:
            ended = data.endswith(b"\n")
            if envelope and data.endswith((b"\n\n", b"\n\r\n")):
                data = data[: -2 if data.endswith(b"\r\n") else -1]
        else:
            # the line end before the separator ends the empty line that belongs to the box
            ended = True
            data = data.removesuffix(b"\r")
            data = data if data.endswith(b"\n") or not data else data + b"\n"
        return Raw(number, envelope, _unquoted(data) if envelope else data, last=last, ended=ended)

    def _large(self, number: int, envelope: str) -> Iterator[Raw]:
        data = self._taken(len(self._buffer) - _TAIL)
        rest = self._rest()
        yield Raw(number, envelope, data, rest)
        for _ in rest:
            pass

    def _rest(self) -> Iterator[bytes]:
        """The blocks of a large message up to the next separator, which is then the start of the buffer."""
        while (found := self._next(0, final=self._over)) is None and not self._over:
            if len(self._buffer) > 2 * _TAIL:
                yield self._taken(len(self._buffer) - _TAIL)
            self._more()
        yield self._taken(len(self._buffer) if found is None else found)
        del self._buffer[:1]

    def _taken(self, count: int) -> bytes:
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        return data


def single(stream: IO[bytes]) -> Raw:
    """A stream that is one message."""
    data = stream.read(SPOOL)
    more = stream.read(_BLOCK) if len(data) == SPOOL else b""
    if not more:
        return Raw(1, "", data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), ended=True)
    return Raw(1, "", data, _following(more, stream))


def _following(first: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = stream.read(_BLOCK)


def _unquoted(data: bytes) -> bytes:
    """``>From`` at the start of a line is ``From`` with the box's quote."""
    return _QUOTED.sub(rb"\1", data) if b">From " in data else data
