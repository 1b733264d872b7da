"""A JSON document of any depth as its leaves: the elements of its lists and the fields beside them, with their path.

Services nest lists of records some objects deep, under names that change (``{"Activity": {"Like List": {"Items":
[...]}}}``). What ends within 4 MiB is decoded whole and walked; what does not is descended into where it stands, so
that memory stays bounded and a file that is cut gives everything before the cut. Whole numbers keep all their digits.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, Protocol, TypeAlias

import msgspec

from importers.formats import json_blocks
from importers.records import Notice

WHOLE = 4 << 20
"""Bytes that are decoded at once."""

DEEPEST = 60
"""Objects within objects; what lies deeper stays one leaf."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\]"]', re.DOTALL)
_KEY = re.compile(rb'\s*,?\s*("(?:[^"\\]|\\.)*+")\s*:\s*', re.DOTALL)
_SCALAR = re.compile(rb'\s*(?:"(?:[^"\\]|\\.)*+"|[^\s,\]}\[{"]+)', re.DOTALL)
_MEETING = re.compile(rb"\}\s*,\s*(?=\{)")
_SPACE = re.compile(rb"[\s,]*")
_BLANK = re.compile(rb"\s*")
_CLOSING = {0x7B: 0x7D, 0x5B: 0x5D}
_FAILED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_BOM = b"\xef\xbb\xbf"


class Readable(Protocol):
    """Where the bytes come from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""
        ...


class Leaf(NamedTuple):
    """``path``: the keys that lead to it. ``number``: place in its list, from 1; 0 for the fields of an object that
    stand beside its lists. ``value``: the element, or those fields."""

    path: tuple[str, ...]
    number: int
    value: Any

    @property
    def position(self) -> str:
        """Where, for a notice."""
        return f"record {max(self.number, 1)}"

    @property
    def fields(self) -> dict[str, Any]:
        """The value as an object; what is none stands under ``value``."""
        return self.value if isinstance(self.value, dict) else {"value": self.value}


Found: TypeAlias = Leaf | Notice


def leaves(stream: Readable, through: Collection[str] = ()) -> Iterator[Found]:
    """The leaves of one document, in its order; what is damaged as a notice.

    ``through``: elements of lists that are an object with one of these keys alone are wrappers, and are descended into.
    An error of the stream is raised after what came before it.
    """
    reader = _Reader(stream, frozenset(through), WHOLE)
    yield from reader.document()
    if reader.error is not None:
        raise reader.error


def walk(path: tuple[str, ...], value: Any, through: Collection[str] = ()) -> Iterator[Leaf]:
    """The leaves of a value that is decoded already. Objects without lists of records are one leaf."""
    if isinstance(value, list):
        for number, element in enumerate(value, 1):
            yield from _element(path, number, element, through)
    elif not isinstance(value, dict) or len(path) >= DEEPEST or not _divides(value):
        if not is_empty(value):
            yield Leaf(path, 0, value)
    else:
        beside = {name: one for name, one in value.items() if not _has_records(one) and not isinstance(one, dict)}
        yield from _beside(path, beside)
        for name, one in value.items():
            if name not in beside:
                yield from walk((*path, name), one, through)


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: no text, an empty list, an object whose fields all say nothing."""
    if isinstance(value, dict):
        return all(map(is_empty, value.values()))
    return value is None or value in ("", [])


def _element(path: tuple[str, ...], number: int, element: Any, through: Collection[str]) -> Iterator[Leaf]:
    if _wraps(element, through):
        for name, one in element.items():
            yield from walk((*path, name), one, through)
    else:
        yield Leaf(path, number, element)


def _wraps(value: Any, through: Collection[str]) -> bool:
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in through


def _divides(value: dict[str, Any]) -> bool:
    """Whether an object is a shelf: records lie in it, or nothing but objects."""
    filled = [one for one in value.values() if not is_empty(one)]
    return any(map(_has_records, filled)) or (bool(filled) and all(isinstance(one, dict) for one in filled))


def _has_records(value: Any, depth: int = 0) -> bool:
    if isinstance(value, list):
        return any(isinstance(one, dict) for one in value)
    if isinstance(value, dict) and depth < DEEPEST:
        return any(_has_records(one, depth + 1) for one in value.values())
    return False


class _Lost(Exception):
    """Brackets no longer tell where the reader is; a list above goes on where two of its elements meet."""


class _Reader:
    """Walks a document in a window of its bytes: ``data[at:]`` is still to be read, ``base`` says where it starts."""

    def __init__(self, stream: Readable, through: frozenset[str], whole: int) -> None:
        self._stream = stream
        self._through = through
        self._whole = whole
        self._data = b""
        self._at = 0
        self._base = 0
        self._done = False
        self.error: Exception | None = None

    def document(self) -> Iterator[Found]:
        self._fill()
        if self._data.startswith(_BOM):
            self._at = len(_BOM)
        if not self._peek():
            return
        try:
            yield from self._value((), 0)
        except _Lost:
            yield self._trouble()
            return
        if self._peek() not in b";":
            yield Notice("json-more-after-end", f"byte {self._base + self._at}")

    def _value(self, path: tuple[str, ...], number: int) -> Iterator[Found]:
        """The value that begins here. ``number``: its place when it is an element of a list, else 0."""
        self._fill()
        first = self._peek()
        if first not in (b"{", b"["):
            yield from self._scalar(path, number)
            return
        end, stuck = self._end()
        if end is not None:
            text, self._at = self._data[self._at : end], end
            yield from self._decoded(path, number, text)
        elif number and (stuck or self._done) and not self._enters():
            raise _Lost
        elif first == b"[":
            yield from self._list(path)
        elif len(path) < DEEPEST:
            yield from self._object(path)
        else:
            raise _Lost

    def _object(self, path: tuple[str, ...]) -> Iterator[Found]:
        self._at += 1
        beside: dict[str, Any] = {}
        while True:
            self._fill()
            if self._peek() == b"}":
                self._at += 1
                break
            found = _KEY.match(self._data, self._at)
            if found is None or found.end() >= len(self._data):
                yield from _beside(path, beside)
                raise _Lost
            key, self._at = _name(found[1]), found.end()
            if self._peek() in (b"{", b"["):
                yield from _beside(path, beside)
                beside = {}
                yield from self._value((*path, key), 0)
            else:
                for one in self._scalar((*path, key), 0, keep=True):
                    if isinstance(one, Notice):
                        yield one
                    else:
                        beside[key] = one.value
        yield from _beside(path, beside)

    def _list(self, path: tuple[str, ...]) -> Iterator[Found]:
        self._at += 1
        number = 0
        while True:
            self._fill()
            self._at = _SPACE.match(self._data, self._at).end()  # type: ignore[union-attr]
            first = self._peek()
            if first == b"]":
                self._at += 1
                return
            if first in (b"}", b""):
                raise _Lost
            number += 1
            try:
                yield from self._value(path, number)
            except _Lost:
                if not self._resume():
                    raise
                yield Notice("json-broken", f"record {number}")

    def _scalar(self, path: tuple[str, ...], number: int, *, keep: bool = False) -> Iterator[Found]:
        """A text, number or word; empty ones are told only where they ``keep`` their place beside others."""
        found = _SCALAR.match(self._data, self._at)
        if found is None or (found.end() == len(self._data) and self._done and path):
            raise _Lost
        self._at = found.end()
        for one in _elements(found[0].strip(), number):
            if isinstance(one, Notice):
                yield one
            elif keep or number or one not in (None, ""):
                yield Leaf(path, number, one)

    def _decoded(self, path: tuple[str, ...], number: int, text: bytes) -> Iterator[Found]:
        for one in _elements(text, number):
            if isinstance(one, Notice):
                yield one
            elif number:
                yield from _element(path, number, one, self._through)
            else:
                yield from walk(path, one, self._through)

    def _end(self) -> tuple[int | None, bool]:
        """Where the object or list that begins here ends, if that is in the window; and whether its brackets clash."""
        stack = bytearray()
        data = self._data
        for token in _TOKEN.finditer(data, self._at):
            byte = data[token.start()]
            if byte == 0x22:
                if token.end() - token.start() == 1:
                    return None, False
                continue
            closing = _CLOSING.get(byte)
            if closing is not None:
                stack.append(closing)
            elif stack.pop() != byte:
                return None, True
            elif not stack:
                return token.end(), False
        return None, False

    def _enters(self) -> bool:
        """Whether the object that begins here is a wrapper, as far as its first key tells."""
        found = _KEY.match(self._data, self._at + 1)
        return found is not None and _name(found[1]) in self._through

    def _resume(self) -> bool:
        """Go on where two elements of a list seem to meet; False when there is no such place any more."""
        at = self._at + 1
        while True:
            found = _MEETING.search(self._data, at)
            if found is not None:
                self._at = found.end()
                return True
            if self._done:
                return False
            self._at = max(at, len(self._data) - 4096)
            at = self._at
            self._fill()

    def _fill(self) -> None:
        """See to it that ``whole`` bytes are ahead, as long as the stream has them."""
        while not self._done and len(self._data) - self._at < self._whole:
            try:
                more = self._stream.read(self._whole)
            except Exception as error:  # noqa: BLE001 - raised again after what came before it
                self.error = error
                more = b""
            self._done = not more
            self._base += self._at
            self._data, self._at = self._data[self._at :] + more, 0

    def _peek(self) -> bytes:
        """The next byte that is no white space; empty at the end."""
        while True:
            found = _BLANK.match(self._data, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._data) or self._done:
                return self._data[self._at : self._at + 1]
            self._fill()

    def _trouble(self) -> Notice:
        cut = self._done and _MEETING.search(self._data, self._at) is None
        return Notice("json-cut-off" if cut else "json-broken", f"byte {self._base + self._at}")


def _beside(path: tuple[str, ...], fields: dict[str, Any]) -> Iterator[Leaf]:
    if not is_empty(fields):
        yield Leaf(path, 0, fields)


def _elements(text: bytes, number: int) -> Iterator[Any]:
    """The value of a text; of a damaged one a notice, and the value as far as it can be mended."""
    sound = _sound(text)
    if sound:
        yield from sound
        return
    if text.startswith(b"["):
        yield from _mended_list(text)
        return
    told = False
    for event in json_blocks.read(io.BytesIO(b"[" + text + b"]"), {"": Any}):
        if isinstance(event, json_blocks.Broken) and not told:
            told = True
            yield Notice(event.reason, f"record {max(number, 1)}")
        elif isinstance(event, json_blocks.Block):
            yield from event.elements


def _mended_list(text: bytes) -> Iterator[Any]:
    """A list as far as its elements can be read, each fault with the number of its element."""
    found: list[Any] = []
    for event in json_blocks.read(io.BytesIO(text), {"": Any}):
        if isinstance(event, json_blocks.Broken):
            yield Notice(event.reason, event.position)
        elif isinstance(event, json_blocks.Block):
            found += event.elements
    yield found


def _sound(text: bytes) -> list[Any]:
    """The value of a text that needs no second look; nothing when it is damaged, or may have a key twice."""
    try:
        value = msgspec.json.decode(text)
        return [value] if msgspec.json.encode(value).count(b'"') == text.count(b'"') else []
    except _FAILED:
        return []


def _name(text: bytes) -> str:
    try:
        return str(msgspec.json.decode(text, type=str))
    except _FAILED:
        return text.decode("utf-8", "replace")[1:-1]
