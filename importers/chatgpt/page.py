"""JSON that stands within a page: the bytes behind a mark, as a stream."""

from __future__ import annotations

import io
from typing import IO, cast

_PIECE = 1 << 20
_FAR = 64 << 20
"""Bytes before the mark that are looked through."""


def after_mark(stream: IO[bytes], mark: bytes) -> IO[bytes]:
    """The bytes from the first bracket behind ``mark`` and ``=``; an empty stream when there is none."""
    held = b""
    for _ in range(_FAR // _PIECE):
        more = stream.read(_PIECE)
        held += more
        at = held.find(mark)
        begin = min((place for sign in b"[{" if (place := held.find(sign, at)) >= 0), default=-1) if at >= 0 else -1
        if begin >= 0:
            return cast("IO[bytes]", _Rest(held[begin:], stream))
        held = held[at:] if at >= 0 else held[-len(mark) :]
        if not more:
            break
    return io.BytesIO()


class _Rest:
    def __init__(self, begin: bytes, stream: IO[bytes]) -> None:
        self._begin = begin
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Bytes that were read already, then those of the stream."""
        if not self._begin:
            return self._stream.read(size)
        if size < 0:
            size = len(self._begin)
        piece, self._begin = self._begin[:size], self._begin[size:]
        return piece
