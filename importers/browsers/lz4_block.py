"""One LZ4 block, unpacked: Firefox packs its backups so. Facts: the block format that LZ4 documents."""

from __future__ import annotations


def unpacked(data: bytes, limit: int) -> bytes:
    """The bytes of a block behind its size (4 bytes, little end first). Raises ValueError when it is damaged or larger
    than ``limit``."""
    wanted = int.from_bytes(data[:4], "little")
    if len(data) < 5 or wanted > limit:
        raise ValueError
    out = bytearray()
    at = 4
    while at < len(data):
        token = data[at]
        count, at = _length(data, at + 1, token >> 4)
        if at + count > len(data):
            raise ValueError
        out += data[at : at + count]
        at += count
        if at == len(data):
            break
        back = int.from_bytes(data[at : at + 2], "little")
        count, at = _length(data, at + 2, token & 15)
        count += 4
        if not 0 < back <= len(out) or len(out) + count > wanted:
            raise ValueError
        pattern = bytes(out[-back:])
        out += (pattern * (count // back + 1))[:count]
    if len(out) != wanted:
        raise ValueError
    return bytes(out)


def _length(data: bytes, at: int, count: int) -> tuple[int, int]:
    if count < 15:
        return count, at
    while True:
        if at >= len(data):
            raise ValueError
        count, at = count + data[at], at + 1
        if data[at - 1] != 255:
            return count, at
