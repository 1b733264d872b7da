"""The headers of a tar, read by hand: only what they say about the members, bounded, whatever they claim.

Layout as in POSIX (ustar and pax interchange formats) and the GNU extensions for long names and large sizes.
"""

from __future__ import annotations

from dataclasses import dataclass

BLOCK = 512
LONGEST = 1 << 20
"""Bytes of the largest header extension (long name, pax records) that is read."""

_FILES = frozenset(b"0\x007")
_LINKS_DEVICES = frozenset(b"123456VMDN")


@dataclass(frozen=True)
class Header:
    """One header. ``type``: the type letter; ``size``: bytes that follow, padded to blocks; ``raw``: name."""

    raw: bytes
    size: int
    type: int
    extended: bool

    @property
    def file(self) -> bool:
        """Whether a file follows. Unknown types are files, as POSIX says."""
        return self.type in _FILES or not (self.folder or self.special or self.type in b"LKxgXS")

    @property
    def folder(self) -> bool:
        """Whether it names a folder."""
        return self.type == ord("5") or (self.type in _FILES and self.raw.endswith(b"/"))

    @property
    def special(self) -> bool:
        """Whether it names a link, a device or another thing that is no file."""
        return self.type in _LINKS_DEVICES and self.type != ord("5")


def parsed(block: bytes) -> Header | None:
    """The header in a block of 512 bytes; None when its check sum or numbers are wrong."""
    if len(block) != BLOCK or _octal(block[148:156]) not in _sums(block):
        return None
    size = _number(block[124:136])
    if size is None or size < 0:
        return None
    name = block[:100].split(b"\0", 1)[0]
    gnu = block[257:265] == b"ustar  \0"
    prefix = b"" if gnu or block[257:262] != b"ustar" else block[345:500].split(b"\0", 1)[0]
    raw = prefix + b"/" + name if prefix else name
    kind = block[156]
    # Links name no bytes of their own, although old programs write the size of what they point to.
    return Header(raw, 0 if kind in b"12" else size, kind, gnu and kind == ord("S") and block[482] != 0)


def pax(data: bytes) -> dict[str, bytes]:
    """The records of a pax extension, as far as they are well formed."""
    found: dict[str, bytes] = {}
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + 20)
        if space < 0 or not data[at:space].isdigit():
            break
        end = at + int(data[at:space])
        key, equals, value = data[space + 1 : end - 1].partition(b"=")
        if not equals or end > len(data) or end <= space:
            break
        found[key.decode("utf-8", "replace")] = value
        at = end
    return found


def _sums(block: bytes) -> tuple[int, int]:
    """Check sums over unsigned and, as some old programs have it, signed bytes."""
    rest = block[:148] + b" " * 8 + block[156:]
    unsigned = sum(rest)
    return unsigned, unsigned - 256 * sum(byte > 127 for byte in rest)


def _octal(field: bytes) -> int | None:
    text = field.split(b"\0", 1)[0].strip()
    if not text:
        return 0
    if not all(byte in b"01234567" for byte in text):
        return None
    return int(text, 8)


def _number(field: bytes) -> int | None:
    """A size: octal digits, or base 256 for large ones."""
    if field[0] in {0x80, 0xFF}:
        value = int.from_bytes(field[1:], "big")
        return value if field[0] == 0x80 else -1
    return _octal(field)
