"""JSON of any size whose long lists lie deep within: chats that hold messages that hold their words.

The containers that a format names are walked into; everything else comes whole, as its own text. Nothing is held but
one value. A broken element costs itself; a file that is cut gives what was before the cut.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import IO, Any, NamedTuple, TypeAlias

import msgspec

from importers.formats.json_scan import Window

BLOCK = 1 << 18
"""Bytes that are read at once."""

EACH = "*"
"""The step of a path from an array to its elements."""

Path: TypeAlias = tuple[str, ...]

_BOM = b"\xef\xbb\xbf"
_KEY = re.compile(rb'"((?:[^"\\\x00-\x1f]++|\\.){0,8000}+)"', re.DOTALL)
_LONGEST_KEY = 1 << 14
_LEARNT = 64
_HEXADECIMAL = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


class Opened(NamedTuple):
    """A container begins. ``path``: the keys that lead to it, ``EACH`` for the elements of arrays."""

    path: Path


class Closed(NamedTuple):
    """A container ends."""

    path: Path


class Leaf(NamedTuple):
    """A whole value. ``number``: its place in its container, from 1. ``text``: its JSON."""

    path: Path
    number: int
    text: bytes


class Broken(NamedTuple):
    """Something that could not be read. ``reason``: id of a notice. ``position``: where, for a notice."""

    path: Path
    reason: str
    position: str


Event: TypeAlias = Opened | Closed | Leaf | Broken


def walk(stream: IO[bytes], into: frozenset[Path]) -> Iterator[Event]:
    """What a document holds. ``into``: the paths that are walked into when they are objects or arrays; () is the root.

    An error of the stream is raised after everything before it has been yielded.
    """
    window = Window(stream, BLOCK)
    window.need(BLOCK)
    if window.data.startswith(_BOM):
        window.at = len(_BOM)
    first = window.peek()
    if first in {b"{", b"["} and first:
        window.at += 1
        closed = yield from _container(window, (), into, is_object=first == b"{")
        if closed and window.peek():
            yield Broken((), "json-more-after-end", f"byte {window.offset}")
    elif first:
        yield Broken((), "json-other", f"byte {window.offset}")
    if window.error is not None:
        raise window.error


def decoded(text: bytes) -> Any:
    r"""The value of a text. Escapes like ``\x1f``, which are no JSON and which Telegram writes, are understood.

    Bytes and escapes that are no characters are replaced. Raises ValueError when it is no JSON all the same.
    """
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    try:
        value = json.loads(_HEXADECIMAL.sub(rb"\1\\u00\2", text).decode("utf-8", "replace"), strict=False)
        return msgspec.json.decode(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _container(window: Window, path: Path, into: frozenset[Path], *, is_object: bool) -> Generator[Event, None, bool]:
    """Yields what a container holds; returns whether its end was found."""
    number = 0
    window.heads = []
    while not window.take(b"}" if is_object else b"]"):
        number += 1
        key = _key(window) if is_object else EACH
        following = window.peek()
        if not following or key is None:
            yield Broken(path, "json-broken" if following else "json-cut-off", f"byte {window.offset}")
            return False
        inner = (*path, key)
        if following in {b"{", b"["} and inner in into:
            window.at += 1
            yield Opened(inner)
            closed = yield from _container(window, inner, into, is_object=following == b"{")
            if not closed:
                return False
            yield Closed(inner)
        else:
            read = yield from _leaf(window, inner, number, is_object=is_object)
            if not read:
                return False
        window.take(b",")
    return True


def _leaf(window: Window, path: Path, number: int, *, is_object: bool) -> Generator[Event, None, bool]:
    found = window.long_walk(close=0x7D if is_object else 0x5D, most=1)
    if found.ends:
        if not is_object and number <= _LEARNT:
            window.learn(found.ends)
        text = window.data[window.at : found.ends[0]].strip()
        window.at = found.ends[0]
        yield Leaf(path, number, text)
        return True
    position = f"byte {window.offset}" if is_object else f"record {number}"
    if is_object or not window.meets:
        cut = window.done and not found.stuck
        yield Broken(path, "json-cut-off" if cut else "json-broken", position)
        window.discard()
        return False
    yield Broken(path, "json-broken", position)
    window.resume()
    return True


def _key(window: Window) -> str | None:
    """The key of a member of an object, its colon passed over; None when none comes."""
    window.peek()
    if window.ahead < _LONGEST_KEY:
        window.need(_LONGEST_KEY)
    found = _KEY.match(window.data, window.at)
    if found is None:
        return None
    window.at = found.end()
    if not window.take(b":"):
        return None
    try:
        return str(msgspec.json.decode(found.group(), type=str))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return found.group(1).decode("utf-8", "replace")
