"""Argon2id written out from RFC 9106, to compare libraries with. Slow on purpose-sized memory: for kibibytes only."""

from __future__ import annotations

import struct
from hashlib import blake2b

MASK = (1 << 64) - 1


def long_hash(content: bytes, length: int) -> bytes:
    """H' of section 3.3."""
    start = struct.pack("<I", length) + content
    if length <= 64:
        return blake2b(start, digest_size=length).digest()
    block = blake2b(start).digest()
    out = block[:32]
    while length - len(out) > 64:
        block = blake2b(block).digest()
        out += block[:32]
    return out + blake2b(block, digest_size=length - len(out)).digest()


def _mix(v: list[int], a: int, b: int, c: int, d: int) -> None:
    for first, second in ((32, 24), (16, 63)):
        v[a] = (v[a] + v[b] + 2 * (v[a] & 0xFFFFFFFF) * (v[b] & 0xFFFFFFFF)) & MASK
        v[d] ^= v[a]
        v[d] = (v[d] >> first | v[d] << (64 - first)) & MASK
        v[c] = (v[c] + v[d] + 2 * (v[c] & 0xFFFFFFFF) * (v[d] & 0xFFFFFFFF)) & MASK
        v[b] ^= v[c]
        v[b] = (v[b] >> second | v[b] << (64 - second)) & MASK


_STEPS = (
    (0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
    (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14),
)  # fmt: skip


def compress(x: list[int], y: list[int]) -> list[int]:
    """G of section 3.5: 128 words of 64 bits."""
    mixed = [one ^ other for one, other in zip(x, y, strict=True)]
    work = list(mixed)
    for row in range(8):
        places = range(16 * row, 16 * row + 16)
        part = [work[place] for place in places]
        for step in _STEPS:
            _mix(part, *step)
        for place, value in zip(places, part, strict=True):
            work[place] = value
    for column in range(8):
        places = [16 * row + 2 * column + half for row in range(8) for half in (0, 1)]
        part = [work[place] for place in places]
        for step in _STEPS:
            _mix(part, *step)
        for place, value in zip(places, part, strict=True):
            work[place] = value
    return [one ^ other for one, other in zip(mixed, work, strict=True)]


def argon2id(
    password: bytes, salt: bytes, *, lanes: int, memory_kib: int, passes: int, secret: bytes = b"", extra: bytes = b""
) -> bytes:
    """32 bytes."""
    first = blake2b(
        struct.pack("<6I", lanes, 32, memory_kib, passes, 0x13, 2)
        + b"".join(struct.pack("<I", len(field)) + field for field in (password, salt, secret, extra))
    ).digest()
    segment = memory_kib // (4 * lanes)
    columns = 4 * segment
    memory = [[[0] * 128 for _ in range(columns)] for _ in range(lanes)]
    for lane in range(lanes):
        for column in (0, 1):
            block = long_hash(first + struct.pack("<2I", column, lane), 1024)
            memory[lane][column] = list(struct.unpack("<128Q", block))
    zero = [0] * 128
    for turn in range(passes):
        for part in range(4):
            for lane in range(lanes):
                by_data = turn > 0 or part >= 2
                counter, addresses = 0, zero
                for index in range(segment):
                    if not by_data and index % 128 == 0:
                        counter += 1
                        given = [turn, lane, part, lanes * columns, passes, 2, counter] + [0] * 121
                        addresses = compress(zero, compress(zero, given))
                    if turn == 0 and part == 0 and index < 2:
                        continue
                    column = part * segment + index
                    before = memory[lane][column - 1]
                    word = before[0] if by_data else addresses[index % 128]
                    j1, j2 = word & 0xFFFFFFFF, word >> 32
                    other = lane if turn == 0 and part == 0 else j2 % lanes
                    if turn == 0:
                        area = part * segment + (index - 1 if other == lane else (-1 if index == 0 else 0))
                        start = 0
                    else:
                        area = columns - segment + (index - 1 if other == lane else (-1 if index == 0 else 0))
                        start = (part + 1) % 4 * segment
                    place = (start + area - 1 - (area * (j1 * j1 >> 32) >> 32)) % columns
                    made = compress(before, memory[other][place])
                    if turn:
                        made = [one ^ old for one, old in zip(made, memory[lane][column], strict=True)]
                    memory[lane][column] = made
    final = [0] * 128
    for lane in range(lanes):
        final = [one ^ other for one, other in zip(final, memory[lane][-1], strict=True)]
    return long_hash(struct.pack("<128Q", *final), 32)
