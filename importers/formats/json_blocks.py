r"""JSON of any size, block by block: the elements of the root array, or of the arrays in a root object.

Nothing is ever held but one block. A block of 4 MiB ends where two elements meet: the text between two elements
(``},\n    {"header":``) is learned from the first ones, the block is cut at its last occurrence, wrapped in ``[ ]``
and decoded typed. If it decodes, the cut was right, because brackets then balance. If not, a scanner
(``json_scan``) walks the block bracket by bracket, so that a broken element is told apart from its neighbours and
reading goes on after it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import IO, Any, TypeAlias

import msgspec

from importers.formats.json_scan import ELEMENT, Walk, Window

BLOCK = 4 << 20
"""Bytes that are decoded at once."""

_KEY = 1 << 16
_BOM = b"\xef\xbb\xbf"
_ROOT_KEY = re.compile(rb'"(?:[^"\\\x00-\x1f]++|\\.)*+"', re.DOTALL)
_LONE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_FAILED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True)
class Block:
    """Consecutive elements of the array under ``key`` ('' for the root array).

    ``first``: number of the first one within its array, from 0. ``text``: the JSON text of exactly these elements,
    as an array, to be decoded again with another type.
    """

    key: str
    first: int
    elements: list[Any]
    text: bytes

    @cached_property
    def whole(self) -> bool:
        """Whether the elements hold every key and string of the text.

        False when their type leaves out fields that occur, or when a key stands twice in an object.
        """
        return _same_strings(self.elements, self.text)


@dataclass(frozen=True)
class Value:
    """A value of the root object that is not an array: its key and JSON text."""

    key: str
    text: bytes


@dataclass(frozen=True)
class Broken:
    """Something that could not be read.

    ``index``: number of the element within the array under ``key``, from 0; -1 when it is not about an element.
    ``offset``: byte in the file, about. ``reason``: id of a notice. ``text``: the element's own text where its
    limits are known, else empty; with ``json-unexpected`` it is sound JSON of another shape than expected, and with
    ``json-doubled-key`` or ``json-bad-text`` the element or value comes as well, mended.
    """

    key: str
    index: int
    offset: int
    reason: str
    text: bytes = b""

    @property
    def position(self) -> str:
        """Where, for a notice."""
        return f"record {self.index + 1}" if self.index >= 0 else f"byte {self.offset}"


Event: TypeAlias = Block | Value | Broken


def read(stream: IO[bytes], types: Mapping[str, Any], *, block: int = BLOCK) -> Iterator[Event]:
    """Read one JSON document from a stream.

    ``types`` gives for each root key the type of the elements of its array, '' standing for the root array; the
    elements of other arrays come as ``msgspec.Raw``. It may change on the way: each block asks anew. An error of the
    stream is raised after everything before it has been yielded.
    """
    window = Window(stream, block)
    window.need(max(block, len(_BOM)))
    if window.data.startswith(_BOM):
        window.at = len(_BOM)
    small = _small(window.data[window.at :], types) if window.done else None
    yield from _Reader(window, types).root() if small is None else small
    if window.error is not None:
        raise window.error


def _small(text: bytes, types: Mapping[str, Any]) -> list[Event] | None:
    """A document that is wholly in memory, simply decoded; None when anything about it is unusual."""
    text = text.strip(b" \t\r\n")
    events: list[Event] = []
    if not text:
        return events
    try:
        _check_text(text)
        array = text.startswith(b"[")
        parts = {"": text} if array else msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        if not array and not _same_strings(parts, text):
            return None
        for key, raw in parts.items():
            part = bytes(raw)
            if not part.startswith(b"["):
                events.append(Value(key, part))
                continue
            elements = _decoder(types.get(key, msgspec.Raw)).decode(part)
            if elements:
                block = Block(key, 0, elements, part)
                events += [block, *(() if _is_struct(types.get(key)) else doubled(block))]
    except _FAILED:
        return None
    return events


class _Reader:
    """Walks a document that is larger than a block, or unusual."""

    def __init__(self, window: Window, types: Mapping[str, Any]) -> None:
        self._window = window
        self._types = types

    def root(self) -> Iterator[Event]:
        """Everything that the document holds."""
        window = self._window
        if window.take(b"["):
            closed = yield from self._array("")
        elif window.take(b"{"):
            closed = yield from self._object()
        else:
            closed = not window.peek()
            if not closed:
                yield self._trouble("json-other")
                return
        if closed and window.peek():
            yield self._trouble("json-more-after-end")

    def _object(self) -> Generator[Event, None, bool]:
        window = self._window
        while not window.take(b"}"):
            key = self._root_key()
            if key is None:
                yield self._trouble("json-broken" if window.peek() else "json-cut-off")
                return False
            if window.take(b"["):
                window.heads = []
                closed = yield from self._array(key)
                if not closed:
                    return False
            else:
                yield from self._value(key)
            window.take(b",")
        return True

    def _root_key(self) -> str | None:
        window = self._window
        window.peek()
        window.need(_KEY)
        found = _ROOT_KEY.match(window.data, window.at)
        if found is None:
            return None
        window.at = found.end()
        if not window.take(b":"):
            return None
        try:
            return str(msgspec.json.decode(found.group(), type=str))
        except _FAILED:
            return found.group().decode("utf-8", "replace")

    def _value(self, key: str) -> Iterator[Value | Broken]:
        window = self._window
        offset = window.offset
        walk = window.long_walk(close=0x7D, most=1)
        if not walk.ends:
            window.discard()
            yield Broken(key, -1, offset, "json-cut-off" if walk.cut else "json-broken")
            return
        text = window.data[window.at : walk.ends[0]].strip()
        window.at = walk.ends[0]
        reason = _fault(text, msgspec.Raw)
        if reason == "json-bad-text":
            yield Broken(key, -1, offset, reason, text)
            text = _mended(text)
            reason = _fault(text, msgspec.Raw)
        yield Broken(key, -1, offset, reason, text) if reason else Value(key, text)

    def _array(self, key: str) -> Generator[Event, None, bool]:
        """Yields what the array holds; returns whether its end was found."""
        window = self._window
        index = 0
        while not window.take(b"]"):
            kind = self._types.get(key, msgspec.Raw)
            if not window.peek():
                yield Broken(key, -1, window.offset, "json-cut-off")
                return False
            window.fill()
            block = self._guessed(key, kind, index)
            if block is None:
                index = yield from self._walked(key, kind, index)
            else:
                yield block
                index += len(block.elements)
                yield from self._repeats(block, window.offset)
            window.take(b",")
        return True

    def _guessed(self, key: str, kind: Any, index: int) -> Block | None:
        """Decode up to the last place where two elements seem to meet."""
        window = self._window
        if not window.heads:
            window.learn(window.walk(window.trust, most=64).ends)
        end = window.last_meeting()
        block = _block(key, kind, index, window.data[window.at : end]) if end > window.at else None
        if block is not None:
            window.at = end
            window.agreed()
        return block

    def _walked(self, key: str, kind: Any, index: int) -> Generator[Event, None, int]:
        """Decode what a walk delimits, element by element where need be; returns the next index."""
        window = self._window
        walk = window.long_walk()
        window.learn(walk.ends)
        if walk.ends:
            block = _block(key, kind, index, window.data[window.at : walk.ends[-1]])
            if block is None:
                yield from self._singly(key, kind, index, walk.ends)
            else:
                yield block
                yield from self._repeats(block, window.offset)
            index += len(walk.ends)
            window.at = walk.ends[-1]
        if walk.stuck or not walk.ends:
            window.take(b",")
            yield Broken(key, index, window.offset, self._reason(walk))
            window.resume()
            index += 1
        return index

    def _reason(self, walk: Walk) -> str:
        if walk.stuck or self._window.meets:
            return "json-broken"
        return "json-cut-off" if self._window.done else "json-too-large"

    def _singly(self, key: str, kind: Any, index: int, ends: list[int]) -> Iterator[Event]:
        window = self._window
        good: list[bytes] = []
        start = window.at
        for number, end in enumerate(ends, index):
            text = window.data[start:end].strip()
            reason = _fault(text, kind)
            if reason == "json-bad-text":
                yield Broken(key, number, window.base + start, reason, text)
                text = _mended(text)
                reason = _fault(text, kind)
            if reason:
                yield from self._run(key, kind, number, good, window.base + start)
                yield Broken(key, number, window.base + start, reason, text)
                good = []
            else:
                good.append(text)
            start = end + 1
        yield from self._run(key, kind, index + len(ends), good, window.base + start)

    def _run(self, key: str, kind: Any, index: int, texts: list[bytes], offset: int) -> Iterator[Event]:
        """The elements that came before ``index`` without a fault."""
        if texts:
            text = b"[" + b",".join(texts) + b"]"
            block = Block(key, index - len(texts), _decoder(kind).decode(text), text)
            yield block
            yield from self._repeats(block, offset)

    def _repeats(self, block: Block, offset: int) -> Iterator[Broken]:
        return iter(()) if _is_struct(self._types.get(block.key)) else doubled(block, offset)

    def _trouble(self, reason: str) -> Broken:
        return Broken("", -1, self._window.offset, reason)


def _block(key: str, kind: Any, index: int, text: bytes) -> Block | None:
    """These elements, or None when they do not decode together."""
    text = b"[" + text + b"]"
    try:
        _check_text(text)
        return Block(key, index, _decoder(kind).decode(text), text)
    except _FAILED:
        return None


def _fault(text: bytes, kind: Any) -> str:
    """Why the text of one element cannot be decoded; '' when it can."""
    if len(text) > ELEMENT:
        return "json-too-large"
    try:
        _check_text(text)
        elements = _decoder(kind).decode(b"[" + text + b"]")
    except UnicodeDecodeError:
        return "json-bad-text"
    except RecursionError:
        return "json-too-deep"
    except msgspec.ValidationError:
        return _fault(text, msgspec.Raw) or "json-unexpected"
    except msgspec.DecodeError:
        return "json-broken"
    return "" if len(elements) == 1 else "json-broken"


def doubled(block: Block, offset: int = 0) -> Iterator[Broken]:
    """Elements of a block that have a key twice; the last one counts.

    ``read`` says so by itself, but for elements decoded as structs, which may leave fields out: there it is for the
    caller to ask, once a block is not ``whole``. ``offset``: byte in the file, about.
    """
    if block.whole:
        return
    try:
        fields = msgspec.json.decode(block.text, type=list[dict[str, msgspec.Raw]])
    except _FAILED:
        return  # no objects: no keys
    raws = msgspec.json.decode(block.text, type=list[msgspec.Raw])
    for index, (raw, found) in enumerate(zip(raws, fields, strict=True), block.first):
        if not _same_strings(found, bytes(raw)) and _has_repeats(bytes(raw)):
            yield Broken(block.key, index, offset, "json-doubled-key", bytes(raw))


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _has_repeats(text: bytes) -> bool:
    """Whether an object in this JSON has a key twice."""
    try:
        json.loads(text, object_pairs_hook=_refuse_repeats, parse_int=str)
    except _Repeat:
        return True
    except RecursionError:
        return False
    return False


class _Repeat(Exception):
    """A key stands twice in one object."""


def _refuse_repeats(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise _Repeat


def _same_strings(value: Any, text: bytes) -> bool:
    """Whether a decoded value, written again, has as many strings as the text that it came from."""
    return msgspec.json.encode(value).count(b'"') == text.count(b'"')


def _check_text(text: bytes) -> None:
    """Raises UnicodeDecodeError when the text is not UTF-8 or escapes half a character; ``msgspec.Raw`` does not look.

    Services that cut a text after so many UTF-16 units leave half an emoji at its end.
    """
    if not text.isascii():
        text.decode()
    if b"\\" not in text:  # one character is found ten times faster than three
        return
    if (b"\\ud" in text or b"\\uD" in text) and _LONE.search(text) and _whole_characters(text) != text:
        raise UnicodeDecodeError("utf-16", b"", 0, 0, "half a character")


def _mended(text: bytes) -> bytes:
    """The text with U+FFFD in place of everything that is no character."""
    return _whole_characters(text.decode("utf-8", "replace").encode())


def _whole_characters(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: b"\\ufffd" if found.group(1) else found.group(), text)


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(list[kind])
