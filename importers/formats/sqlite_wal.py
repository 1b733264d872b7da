"""What a SQLite database has not yet taken in from the write-ahead log beside it (``-wal``).

Facts: the file format that SQLite documents. A log is a header of 32 bytes and frames of 24 bytes and one page; a
frame counts when its salts are those of the header, its checksum continues that of the frame before, and a frame at
or after it ends a transaction.
"""

from __future__ import annotations

import struct

_HEADER = 32
_FRAME = 24
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
_LARGEST_PAGE = 65536


def apply(data: bytearray, log: bytes, limit: int) -> bool:
    """Write the pages of all ended transactions into the database; ``limit``: bytes that it may grow to.

    Returns whether there was anything to write. What follows a damaged or foreign frame is left out, as SQLite does.
    """
    if len(log) < _HEADER or len(data) < 100:
        return False
    magic, _, size, _, salt1, salt2, sum1, sum2 = struct.unpack(">8I", log[:_HEADER])
    order = _MAGIC.get(magic)
    own = int.from_bytes(data[16:18], "big")
    if order is None or not 512 <= size <= _LARGEST_PAGE or size != (_LARGEST_PAGE if own == 1 else own):
        return False
    running = _checksum(log[:24], order, (0, 0))
    if running != (sum1, sum2):
        return False
    waiting: dict[int, int] = {}
    ended: dict[int, int] = {}
    pages = 0
    for at in range(_HEADER, len(log) - _FRAME - size + 1, _FRAME + size):
        page, after, first, second, sum1, sum2 = struct.unpack(">6I", log[at : at + _FRAME])
        running = _checksum(log[at : at + 8], order, running)
        running = _checksum(log[at + _FRAME : at + _FRAME + size], order, running)
        if (first, second) != (salt1, salt2) or running != (sum1, sum2) or not 0 < page <= limit // size:
            break
        waiting[page] = at + _FRAME
        if after:
            ended |= waiting
            waiting, pages = {}, min(after, limit // size)
    for page, at in ended.items():
        if page * size > len(data):
            data.extend(bytes(page * size - len(data)))
        data[(page - 1) * size : page * size] = log[at : at + size]
    if pages:
        del data[pages * size :]
    return bool(ended)


def _checksum(data: bytes, order: str, before: tuple[int, int]) -> tuple[int, int]:
    one, two = before
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & 0xFFFFFFFF
        two = (two + odd + one) & 0xFFFFFFFF
    return one, two
