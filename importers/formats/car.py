"""CAR, version 1: a file of blocks, each named by a content identifier. Blocks come one by one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple

from importers.records import Notice

BLOCK = 4 << 20
"""Bytes of the largest block; a larger one is passed over and told."""

_READ = 1 << 18


class Block(NamedTuple):
    """``cid``: the binary identifier. ``offset``: byte in the file where the block begins."""

    cid: bytes
    data: bytes
    offset: int


class _Bytes:
    """A stream that gives as many bytes as are asked for, while it has them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.offset = 0

    def take(self, count: int) -> bytes:
        parts: list[bytes] = []
        while count:
            part = self._stream.read(min(count, _READ))
            if not part:
                break
            parts.append(part)
            count -= len(part)
            self.offset += len(part)
        return b"".join(parts)

    def varint(self) -> int | None:
        """An unsigned number in seven bits a byte; None at the end of the file."""
        number = shift = 0
        while shift < 64:
            byte = self.take(1)
            if not byte:
                return None
            number |= (byte[0] & 0x7F) << shift
            if byte[0] < 0x80:
                return number
            shift += 7
        return None

    def skip(self, count: int) -> bool:
        """Pass over so many bytes; False when the file has fewer."""
        while count:
            part = self._stream.read(min(count, _READ))
            if not part:
                return False
            count -= len(part)
            self.offset += len(part)
        return True


def blocks(stream: IO[bytes]) -> Iterator[Block | Notice]:
    """The blocks of a file, its header left out; what is cut or too large as a notice with its byte."""
    source = _Bytes(stream)
    header = source.varint()
    if header is None or not source.skip(header):
        yield Notice("car-cut-off", f"byte {source.offset}")
        return
    while True:
        offset = source.offset
        length = source.varint()
        if length is None:
            if source.offset != offset:
                yield Notice("car-cut-off", f"byte {offset}")
            return
        if length > BLOCK:
            yield Notice("car-block", f"byte {offset}")
            if not source.skip(length):
                yield Notice("car-cut-off", f"byte {offset}")
                return
            continue
        data = source.take(length)
        if len(data) < length:
            yield Notice("car-cut-off", f"byte {offset}")
            return
        end = _cid_end(data)
        if end is None:
            yield Notice("car-block", f"byte {offset}")
        else:
            yield Block(data[:end], data[end:], offset)


def _cid_end(data: bytes) -> int | None:
    """Where the identifier ends: version 1, codec, hash function and its length (all below 128 here), digest."""
    if len(data) < 4 or data[0] != 1 or max(data[1:4]) >= 0x80 or 4 + data[3] > len(data):
        return None
    return 4 + data[3]
