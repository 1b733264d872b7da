"""Where the elements of a JSON document end, found bracket by bracket in a window of the file.

The scanner never recurses and never converts a number, so that depth and twenty-million-digit integers are harmless.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO

ELEMENT = 16 << 20
"""Bytes of the largest element; a larger one is passed over and reported."""

_READ = 1 << 18
_HEADS = 16
_NEAR = 1 << 8
_LEAST = 1 << 7
_STRING = rb'"(?:[^"\\\x00-\x1f]++|\\.)*+(?:"|\\?\Z)?'
_TOKEN = re.compile(_STRING + rb"|[{}\[\],]|[^\s:0-9+\-.eEtrufalsnNIiy]", re.DOTALL)
_HEAD = re.compile(rb'\}\s{0,200},\s{0,200}\{\s{0,200}"(?:[^"\\\x00-\x1f]|\\.){0,200}"\s{0,200}:', re.DOTALL)
_MEETING = re.compile(rb"\}\s{0,200},\s{0,200}\{")
BLANKS = b" \t\r\n"
"""White space of JSON; Python's own has two more, which stand for nothing here."""

_SPACE = re.compile(rb"[ \t\r\n]*+")


@dataclass(frozen=True)
class Walk:
    """``ends``: where elements end, at the comma or bracket behind them. ``cut``: the window ended within the next
    element. ``stuck``: the next element is broken in a way that hides its end."""

    ends: list[int]
    cut: bool = False
    stuck: bool = False


class Window:
    """The part of the file that is in memory: ``data[at:]`` is still to be read. ``base``: byte in the file of
    ``data[0]``. ``done``: the file has no more. ``error``: what the stream raised, for the reader to raise again.
    ``trust``: bytes that are walked or decoded at once; few after trouble."""

    def __init__(self, stream: IO[bytes], block: int) -> None:
        self.data = b""
        self.at = 0
        self.base = 0
        self.done = False
        self.error: Exception | None = None
        self.heads: list[bytes] = []
        self._block = block
        self.most = max(block, _LEAST)
        self.trust = self.most
        self._vain = 0
        self._stream = stream

    @property
    def ahead(self) -> int:
        """Bytes in memory that are still to be read."""
        return len(self.data) - self.at

    @property
    def offset(self) -> int:
        """The place in the file."""
        return self.base + self.at

    def fill(self) -> None:
        """Have a block ahead, or all that there is."""
        self.need(self._block)

    def need(self, size: int) -> None:
        """Have ``size`` bytes ahead, or all that there are."""
        missing = size - self.ahead
        if missing <= 0 or self.done:
            return
        pieces = [self.data[self.at :]]
        self.base += self.at
        self.at = 0
        while missing > 0 and not self.done:
            piece = self._piece(missing)
            pieces.append(piece)
            missing -= len(piece)
        self.data = b"".join(pieces)

    def peek(self) -> bytes:
        """The next byte that is no white space; b'' at the end of the file."""
        while True:
            found = _SPACE.match(self.data, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.data) or self.done:
                return self.data[self.at : self.at + 1]
            self.fill()

    def take(self, mark: bytes) -> bool:
        """Step over this mark if it comes next, white space aside."""
        if self.peek() != mark:
            return False
        self.at += 1
        return True

    def discard(self) -> None:
        """Step over all the rest of the file."""
        while not self.done:
            self.at = len(self.data)
            self.fill()
        self.at = len(self.data)

    def walk(self, reach: int, *, close: int = 0x5D, most: int = 0) -> Walk:
        """Find where the elements end that lie within ``reach`` bytes, up to the bracket ``close`` or ``most`` of
        them (0: all)."""
        data = self.data
        stop = min(len(data), self.at + reach)
        ends: list[int] = []
        depth = 0
        for token in _TOKEN.finditer(data, self.at, stop):
            mark = token.group()
            first = mark[0]
            if first == 0x22:  # a string
                if len(mark) > 1 and mark[-1] == 0x22:
                    continue
                at_stop = token.end() == stop
                return Walk(ends, cut=at_stop, stuck=not at_stop)
            if first in b"{[":
                depth += 1
            elif first in b"}]":
                if not depth:
                    if data[ends[-1] + 1 if ends else self.at : token.start()].strip(BLANKS):
                        ends.append(token.start())
                    return Walk(ends, stuck=first != close)
                depth -= 1
            elif first != 0x2C:  # no comma: no JSON at all
                return Walk(ends, stuck=True)
            elif not depth:
                ends.append(token.start())
                if len(ends) == most:
                    return Walk(ends)
        return Walk(ends, cut=True)

    def long_walk(self, *, close: int = 0x5D, most: int = 0) -> Walk:
        """A walk over as much as one element may take, so that at least one end is found where there is one.

        After trouble it begins with few bytes, so that a thousand broken elements cost no thousand walks to the end.
        """
        reach = walked = self.trust
        walk = self.walk(reach, close=close, most=most)
        while walk.cut and not walk.ends and self._more_helps(reach):
            reach *= 2
            walked += reach
            self.need(min(reach, ELEMENT + 1))
            walk = self.walk(reach, close=close, most=most)
        bad = walk.stuck or (walk.cut and not walk.ends)
        self._vain += min(walked, 2 * self.ahead) if bad else 0
        self._judge(bad=bad)
        return walk

    def learn(self, ends: list[int]) -> None:
        """Remember how two elements meet, up to the first key of the second."""
        for end in ends[:64]:
            brace = self.data.rfind(b"}", max(self.at, end - 200), end)
            found = _HEAD.match(self.data, brace) if brace >= 0 else None
            if found and found.group() not in self.heads and len(self.heads) < _HEADS:
                self.heads.append(found.group())

    def last_meeting(self) -> int:
        """Where the element ends after which the last one within reach seems to begin; -1 when none is known."""
        stop = self.at + self.trust
        return max((self.data.rfind(head, self.at, stop) for head in self.heads), default=-1) + 1 or -1

    def agreed(self) -> None:
        """The last meeting was right."""
        self._judge(bad=False)

    @property
    def meets(self) -> bool:
        """Whether another element seems to begin further on."""
        return self._next_meeting(self.at + 1, len(self.data)) >= 0

    def resume(self) -> None:
        """Leave an element that cannot be read: go to the next place where two elements seem to meet."""
        while True:
            found = self._next_meeting(self.at + 1, len(self.data))
            if found >= 0:
                self.at = found + 1
                return
            if self.done:
                self.at = len(self.data)
                return
            self.at = max(self.at, len(self.data) - 1024)
            self.need(self.ahead + self._block)

    def _more_helps(self, reach: int) -> bool:
        """Whether an element that did not end within ``reach`` may be long rather than broken."""
        if reach > ELEMENT or (self.done and reach >= self.ahead):
            return False
        doubt = self.trust < self.most and reach >= _NEAR and (self.heads or self._in_debt)
        return not (doubt and self._next_meeting(self.at + 1, self.at + reach) >= 0)

    @property
    def _in_debt(self) -> bool:
        """Whether more was walked in vain than was read: sound elements among broken ones must not make that dear."""
        return self._vain > self.offset

    def _judge(self, *, bad: bool) -> None:
        if bad:
            self.trust = max(_LEAST, self.trust // 4)
        elif not self._in_debt:
            self.trust = min(self.most, self.trust * 4)

    def _next_meeting(self, start: int, end: int) -> int:
        if self.heads:
            return min((at for at in (self.data.find(head, start, end) for head in self.heads) if at >= 0), default=-1)
        meeting = _MEETING.search(self.data, start, end)
        return meeting.start() if meeting else -1

    def _piece(self, size: int) -> bytes:
        try:
            piece = self._stream.read(min(size, _READ))
        except Exception as error:  # noqa: BLE001 - raised again by the reader once all that came before is read
            self.error = error
            piece = b""
        self.done = not piece
        return piece
