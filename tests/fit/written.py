"""FIT files written for tests: definitions, data and checksums as the format has them."""

from __future__ import annotations

import struct
from collections.abc import Iterable

_SIZES = {"enum": (0, "B"), "u8": (2, "B"), "u16": (132, "H"), "i32": (133, "i"), "u32": (134, "I"), "u32z": (140, "I")}
_NIBBLES = (0x0, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401)
_NIBBLES += (0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)

Field = tuple[int, str, int]
"""Number in the profile, type, value."""


def checksum(data: bytes) -> int:
    """The format's own sum of 16 bits."""
    crc = 0
    for byte in data:
        for nibble in (byte & 0xF, byte >> 4):
            crc = ((crc >> 4) & 0x0FFF) ^ _NIBBLES[crc & 0xF] ^ _NIBBLES[nibble]
    return crc


def message(number: int, *fields: Field) -> bytes:
    """A definition and one message of it."""
    parts = [(field, _SIZES[sort], value) for field, sort, value in fields]
    definition = b"".join(bytes((field, struct.calcsize(code), base)) for field, (base, code), _ in parts)
    data = b"".join(struct.pack("<" + code, value) for _, (_, code), value in parts)
    return b"\x40\x00\x00" + struct.pack("<HB", number, len(parts)) + definition + b"\x00" + data


def file(messages: Iterable[bytes]) -> bytes:
    """A whole file."""
    body = b"".join(messages)
    head = struct.pack("<BBHI4s", 14, 0x10, 2132, len(body), b".FIT")
    head += struct.pack("<H", checksum(head))
    return head + body + struct.pack("<H", checksum(head + body))
