"""The methods by which bytes are packed, behind one small class: bytes in, bounded bytes out."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Any, Protocol, cast

from importers.archive.errors import DamagedMember

_fast: Any = zlib
try:
    from isal import isal_zlib
except ImportError:
    _FAST_ERRORS: tuple[type[Exception], ...] = ()
else:
    _fast = isal_zlib
    _FAST_ERRORS = (cast("type[Exception]", isal_zlib.error),)

crc32: Callable[[bytes, int], int] = _fast.crc32
"""CRC-32 of bytes, going on from that of the bytes before."""

DICTIONARY = 64 << 20
"""Bytes of the largest LZMA dictionary: the packed bytes alone decide how much memory it takes."""

BROKEN: tuple[type[Exception], ...] = (
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    *_FAST_ERRORS,
)
"""What the decoders raise for bytes that are none of theirs."""


class Decoder(Protocol):
    """Unpacks one packed stream."""

    @property
    def done(self) -> bool:
        """Whether the packed stream has ended by itself."""
        ...

    @property
    def hungry(self) -> bool:
        """Whether more packed bytes are needed before anything more can come out."""
        ...

    @property
    def rest(self) -> bytes:
        """Bytes behind the end of the packed stream."""
        ...

    def unpack(self, data: bytes, most: int) -> bytes:
        """Take packed bytes in, give at most this many unpacked ones. Raises one of ``BROKEN``."""
        ...


class Stored:
    """No packing at all."""

    done = False
    rest = b""

    def __init__(self) -> None:
        self._left = b""

    @property
    def hungry(self) -> bool:
        """See ``Decoder``."""
        return not self._left

    def unpack(self, data: bytes, most: int) -> bytes:
        """See ``Decoder``."""
        data = self._left + data if self._left else data
        self._left = data[most:]
        return data[:most] if self._left else data


class Deflate:
    """Deflate, raw (``-15``) or inside gzip (``31``, which checks length and CRC itself)."""

    def __init__(self, inflate: Any) -> None:
        self._inflate = inflate

    @property
    def done(self) -> bool:
        """See ``Decoder``."""
        return bool(self._inflate.eof)

    @property
    def hungry(self) -> bool:
        """See ``Decoder``."""
        return not self._inflate.unconsumed_tail

    @property
    def rest(self) -> bytes:
        """See ``Decoder``."""
        return bytes(self._inflate.unused_data)

    def unpack(self, data: bytes, most: int) -> bytes:
        """See ``Decoder``."""
        tail = self._inflate.unconsumed_tail
        return bytes(self._inflate.decompress(tail + data if tail else data, most))

    def copy(self) -> Deflate:
        """The decoder as it is now, to come back to. Only for zlib's own."""
        return Deflate(self._inflate.copy())


class Buffered:
    """bzip2 and LZMA, whose decoders keep their own input."""

    def __init__(self, decoder: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._decoder = decoder

    @property
    def done(self) -> bool:
        """See ``Decoder``."""
        return self._decoder.eof

    @property
    def hungry(self) -> bool:
        """See ``Decoder``."""
        return self._decoder.needs_input

    @property
    def rest(self) -> bytes:
        """See ``Decoder``."""
        return self._decoder.unused_data

    def unpack(self, data: bytes, most: int) -> bytes:
        """See ``Decoder``."""
        return self._decoder.decompress(data, most)


def deflate() -> Decoder:
    """Raw deflate, as zip has it."""
    return Deflate(_fast.decompressobj(-15))


def gzip() -> Deflate:
    """One gzip member. zlib's own decoder: it can be copied, which makes going back in a tgz cheap."""
    return Deflate(zlib.decompressobj(31))


def bzip2() -> Decoder:
    """One bzip2 stream."""
    return Buffered(bz2.BZ2Decompressor())


def xz() -> Decoder:
    """One xz stream, within the memory of the largest dictionary."""
    return Buffered(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=DICTIONARY * 2))


def zip_lzma(head: bytes) -> Decoder:
    """LZMA as zip has it. ``head``: its nine first bytes (version, length and settings).

    Raises DamagedMember when the settings are none, or want more memory than a member may.
    """
    if len(head) < 9 or head[2:4] != b"\x05\x00" or head[4] >= 9 * 5 * 5:
        raise DamagedMember("member-damaged", "lzma")
    dictionary = int.from_bytes(head[5:9], "little")
    if dictionary > DICTIONARY:
        raise DamagedMember("member-method", "lzma")
    rest, lc = divmod(head[4], 9)
    pb, lp = divmod(rest, 5)
    settings = {"id": lzma.FILTER_LZMA1, "dict_size": max(4096, dictionary), "lc": lc, "lp": lp, "pb": pb}
    try:
        return Buffered(lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[settings]))
    except (lzma.LZMAError, ValueError) as error:
        raise DamagedMember("member-damaged", "lzma") from error


Maker = Callable[[], Decoder]
