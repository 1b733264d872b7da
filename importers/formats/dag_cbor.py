"""DAG-CBOR, the binary JSON of content-addressed data, as JSON values.

Links become ``{"$link": "b..."}`` and bytes ``{"$bytes": "..."}``, as the data model of the AT protocol writes them.
"""

from __future__ import annotations

import base64
import struct
from typing import Any

DEEPEST = 64
"""Values within values."""

_LINK = 42


class BadCbor(Exception):
    """The bytes are no DAG-CBOR value, or end too early."""


def decode(data: bytes) -> Any:
    """The one value that these bytes hold. Raises BadCbor."""
    value, end = _value(data, 0, 0)
    if end != len(data):
        raise BadCbor
    return value


def link(cid: bytes) -> str:
    """A content identifier as text: base 32, as the protocol shows it."""
    return "b" + base64.b32encode(cid).decode().lower().rstrip("=")


def _value(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > DEEPEST:
        raise BadCbor
    kind, small, number, at = _head(data, at)
    if kind in {0, 1}:
        return number if kind == 0 else -1 - number, at
    if kind in {2, 3}:
        return _string(data, at, number, kind), at + number
    if kind == 4:
        return _list(data, at, number, depth)
    if kind == 5:
        return _map(data, at, number, depth)
    if kind == 6:
        return _tagged(data, at, number)
    return _simple(small, number), at


def _head(data: bytes, at: int) -> tuple[int, int, int, int]:
    """Major type, additional information, its number, and where the value goes on."""
    if at >= len(data):
        raise BadCbor
    kind, small = data[at] >> 5, data[at] & 31
    at += 1
    if small < 24:
        return kind, small, small, at
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(small)
    if width is None or at + width > len(data):
        raise BadCbor
    return kind, small, int.from_bytes(data[at : at + width], "big"), at + width


def _string(data: bytes, at: int, length: int, kind: int) -> Any:
    piece = data[at : at + length]
    if len(piece) < length:
        raise BadCbor
    return piece.decode("utf-8", "replace") if kind == 3 else {"$bytes": base64.b64encode(piece).decode()}


def _list(data: bytes, at: int, count: int, depth: int) -> tuple[list[Any], int]:
    if count > len(data) - at:
        raise BadCbor
    found: list[Any] = []
    for _ in range(count):
        one, at = _value(data, at, depth + 1)
        found.append(one)
    return found, at


def _map(data: bytes, at: int, count: int, depth: int) -> tuple[dict[str, Any], int]:
    if count > len(data) - at:
        raise BadCbor
    found: dict[str, Any] = {}
    for _ in range(count):
        key, at = _value(data, at, depth + 1)
        if not isinstance(key, str):
            raise BadCbor
        found[key], at = _value(data, at, depth + 1)
    return found, at


def _tagged(data: bytes, at: int, tag: int) -> tuple[dict[str, str], int]:
    kind, _, length, at = _head(data, at)
    piece = data[at : at + length]
    if tag != _LINK or kind != 2 or len(piece) < length or not piece.startswith(b"\x00"):
        raise BadCbor
    return {"$link": link(piece[1:])}, at + length


def _simple(small: int, number: int) -> Any:
    if small == 27:
        return struct.unpack(">d", number.to_bytes(8, "big"))[0]
    if small not in {20, 21, 22}:
        raise BadCbor
    return {20: False, 21: True, 22: None}[small]
