"""The lines of a text file of unknown encoding, from a stream, with memory bounded by the longest line.

UTF-8 with or without a mark; UTF-16 with a mark, or without one when every other byte is NUL; a line that is not
UTF-8 is read as Windows-1252. Lines end with LF, CRLF or CR and keep their ends.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO, NamedTuple

_BLOCK = 1 << 16
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FEW = 3
"""Bytes of a character that a cut file may have begun and not ended."""


class Line(NamedTuple):
    """``number``: from 1. ``text``: with its end, without NUL. ``lost``: it is longer than the limit and not given.
    ``error``: reading failed here; there are no further lines."""

    number: int
    text: str
    lost: bool = False
    error: Exception | None = None


def text_lines(stream: IO[bytes], limit: int) -> Iterator[Line]:
    """The lines of a stream. ``limit``: bytes (as UTF-8) of the longest line; a longer one is passed over.

    An error of the stream comes as the last line, after everything that was read before it.
    """
    number = 0
    failed: list[Exception] = []
    for data, lost in _runs(_as_utf8(_blocks(stream, failed)), limit):
        if lost:
            number += 1
            yield Line(number, "", lost=True)
            continue
        for line in io.StringIO(_decoded(data), newline=""):
            number += 1
            yield Line(number, line)
    if failed:
        yield Line(number + 1, "", error=failed[0])


def _blocks(stream: IO[bytes], failed: list[Exception]) -> Iterator[bytes]:
    while True:
        try:
            block = stream.read(_BLOCK)
        except Exception as error:  # noqa: BLE001 - what was read before goes first; then it is raised
            failed.append(error)
            return
        if not block:
            return
        yield block


def _as_utf8(blocks: Iterator[bytes]) -> Iterator[bytes]:
    head = next(blocks, b"")
    mark, encoding = next((found for found in _MARKS if head.startswith(found[0])), (b"", ""))
    head = head[len(mark) :]
    if not encoding:
        encoding = _wide(head)
    if not encoding.startswith("utf-16"):
        yield head.replace(b"\x00", b"")
        for block in blocks:
            yield block.replace(b"\x00", b"")
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(head).replace("\x00", "").encode()
    for block in blocks:
        yield decoder.decode(block).replace("\x00", "").encode()


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: nearly every other byte of Latin text is NUL."""
    half = len(head) // 2
    if half < 2:
        return ""
    if head[1::2].count(0) > half * 0.7 and head[::2].count(0) < half * 0.1:
        return "utf-16-le"
    if head[::2].count(0) > half * 0.7 and head[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _runs(blocks: Iterator[bytes], limit: int) -> Iterator[tuple[bytes, bool]]:
    """Whole lines together, as bytes; or (b"", True) for a line that is too long."""
    kept: list[bytes] = []
    size = 0
    passing = False
    for block in blocks:
        cut = _last_end(block)
        if passing:
            start = _first_end(block)
            if not start:
                continue
            passing, block, cut = False, block[start:], cut - start  # noqa: PLW2901 - the rest of the block
            yield b"", True
        if cut > 0:
            yield b"".join((*kept, block[:cut])), False
            kept, size = [], 0
        kept.append(block[max(cut, 0) :])
        size += len(kept[-1])
        if size > limit:
            kept, size, passing = [], 0, True
    if passing:
        yield b"", True
    elif size:
        yield b"".join(kept), False


def _last_end(block: bytes) -> int:
    """Place after the last line end; a CR that ends the block may be half of a CRLF and is not one."""
    return max(block.rfind(b"\n"), block.rfind(b"\r", 0, len(block) - 1)) + 1


def _first_end(block: bytes) -> int:
    ends = [at + 1 for at in (block.find(b"\n"), block.find(b"\r", 0, len(block) - 1)) if at >= 0]
    if not ends:
        return 0
    at = min(ends)
    return at + 1 if block[at - 1 : at + 1] == b"\r\n" else at


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "".join(_decoded_line(line) for line in data.splitlines(keepends=True))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(line) - error.start <= _FEW:
            before = line[: error.start]
            if not before.isascii():
                return before.decode()
    return "".join(_cp1252(line))


def _cp1252(line: bytes) -> Iterator[str]:
    """Windows-1252, whose five unassigned bytes stay as they are."""
    for byte in line:
        raw = bytes((byte,))
        try:
            yield raw.decode("cp1252")
        except UnicodeDecodeError:
            yield raw.decode("latin-1")
