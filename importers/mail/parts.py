"""The parts of a mail (MIME, RFC 2045 to 2049), by their places in its bytes: nothing is copied before it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from importers.mail.headers import LONGEST, Head

DEPTH = 30
"""Levels of parts within parts that are opened; what is deeper stays whole."""

MOST = 2_000
"""Parts of one mail that are told apart; the rest stays whole."""


@dataclass(frozen=True)
class Part:
    """One part. ``start``, ``end``: its content in the mail, still encoded. ``top``: it is the mail itself.
    ``group``: number of the innermost ``multipart/alternative`` around it, 0 outside. ``sealed``: it holds parts that
    are not looked into."""

    head: Head
    start: int
    end: int
    top: bool = False
    group: int = 0
    sealed: bool = False

    @property
    def type(self) -> str:
        """Media type in lower case; ``text/plain`` when nothing useful is said, as the standard wants it."""
        return "application/octet-stream" if self.sealed else self.head.type or "text/plain"

    @property
    def encoding(self) -> str:
        """Transfer encoding in lower case."""
        return "" if self.sealed else self.head.encoding


@dataclass
class Structure:
    """``parts``: in order, without those that only hold others. ``containers``: heads of these. ``between``: texts
    that stand before, after and between parts and belong to none. ``troubles``: ids of notices. ``open``: the content
    of a part goes to the end of the mail because the line that ends it is missing."""

    parts: list[Part] = field(default_factory=list)
    containers: list[Head] = field(default_factory=list)
    between: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    open: bool = False


@dataclass(frozen=True)
class _Region:
    head: Head
    start: int
    end: int
    depth: int
    group: int


def head_end(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the head ends and where the content begins; both the end when no empty line follows."""
    if data.startswith((b"\n", b"\r\n"), start, end):
        return start, start + (2 if data[start] == 13 else 1)
    limit = min(end, start + LONGEST)
    at, wide = _empty_line(data, start, limit)
    if at < 0 and wide < 0 and limit < end:
        at, wide = _empty_line(data, start, end)
    if at < 0 and wide < 0:
        return end, end
    if wide < 0 or 0 <= at < wide:
        return at + 1, at + 2
    return wide + 1, wide + 3


def _empty_line(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Places of the first empty line in either spelling; of the second one only when it comes before the first."""
    at = data.find(b"\n\n", start, end)
    return at, data.find(b"\n\r\n", start, at if at >= 0 else end)


def structure(data: bytes, head: Head, start: int, end: int) -> Structure:
    """The parts of a mail whose content stands from ``start`` to ``end``."""
    found = Structure()
    groups = 0
    waiting = [_Region(head, start, end, 0, 0)]
    while waiting:
        region = waiting.pop()
        kind = region.head.type
        if not kind.startswith("multipart/"):
            found.parts.append(Part(region.head, region.start, region.end, not region.depth, region.group))
            continue
        boundary = region.head.type_parameters.get("boundary", "").rstrip()
        mark = b"--" + boundary.encode("utf-8", "replace")
        if region.depth >= DEPTH:
            _seal(found, region, "mail-too-deep")
            continue
        sections = _sections(data, mark, region, found) if boundary else []
        if not sections:
            found.troubles.append("mail-no-boundary")
            found.parts.append(Part(Head(b""), region.start, region.end, not region.depth, region.group))
            if region.depth:
                found.containers.append(region.head)
            continue
        if region.depth:
            found.containers.append(region.head)
        groups += kind == "multipart/alternative"
        group = groups if kind == "multipart/alternative" else region.group
        if len(found.parts) + len(waiting) + len(sections) > MOST:
            found.troubles.append("mail-many-parts")
            room = max(1, MOST - len(found.parts) - len(waiting))
            rest = sections[room - 1 :]
            sections = sections[: room - 1]
            waiting.append(_Region(Head(b"Content-Type: application/octet-stream"), rest[0][0], region.end, 1, group))
        for begin, stop in reversed(sections):
            ended, content = head_end(data, begin, stop)
            inner = Head(data[begin : min(ended, begin + LONGEST)])
            waiting.append(_Region(inner, min(content, stop), stop, region.depth + 1, group))
    return found


def _seal(found: Structure, region: _Region, trouble: str) -> None:
    found.troubles.append(trouble)
    found.parts.append(Part(region.head, region.start, region.end, False, region.group, sealed=True))


def _sections(data: bytes, mark: bytes, region: _Region, found: Structure) -> list[tuple[int, int]]:
    """Begin and end of each part between the lines that begin with ``mark``; none without such a line."""
    sections: list[tuple[int, int]] = []
    delimiters = list(islice(_delimiters(data, mark, region.start, region.end), MOST + 1))
    begin, closed, number = region.start, False, 0
    for at, after, closing in delimiters:
        stop = max(begin, at - 1 - (data[at - 2 : at - 1] == b"\r")) if at > begin else begin
        if number and not closed:
            sections.append((begin, stop))
        else:
            _keep(found, data[begin:stop])
        begin, closed, number = after, closing, number + 1
    if closed:
        _keep(found, data[begin : region.end])
    elif number:
        found.open = found.open or len(delimiters) <= MOST
        sections.append((begin, region.end))
    return sections


def _delimiters(data: bytes, mark: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Place of each delimiter line, of what follows it, and whether it closes."""
    at = start
    while (at := data.find(mark, at, end)) >= 0:
        after = at + len(mark)
        if at > start and data[at - 1] != 10:
            at = after
            continue
        closing = data.startswith(b"--", after, end)
        line = data.find(b"\n", after, end)
        line = end if line < 0 else line
        if closing or not data[after : min(line, after + 100)].strip():
            yield at, min(line + 1, end), closing
            at = line
        else:
            at = after


def _keep(found: Structure, text: bytes) -> None:
    """Words outside all parts are kept; the sentence that says what MIME is, is one of them."""
    if text.strip():
        found.between.append(text.decode("utf-8", "replace"))
