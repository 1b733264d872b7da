"""Transfer encodings of mail: base64 and quoted-printable, sound or damaged."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

_BLOCK = 3 << 20
_SPACE = b" \t\r\n\f\v\x00"
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_EVERY = _ALPHABET + _SPACE
_FOREIGN = re.compile(rb"[^A-Za-z0-9+/=\s\x00]")
_PLAIN = {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none"}


def is_known(encoding: str) -> bool:
    """Whether the encoding (lower case) is one that is undone here."""
    return encoding in _PLAIN or encoding in {"base64", "quoted-printable"}


def sound(data: bytes, start: int, end: int, encoding: str) -> bytes | None:
    """The content of a part of common size, decoded at one go; None when it must be looked at more closely."""
    if encoding != "base64" or end - start > _BLOCK:
        return None
    region = data[start:end]
    bare = region.rstrip()
    digits = len(bare) - bare.count(b"\n") - (bare.count(b"\r") if b"\r" in bare[:1000] else 0)
    wanted = digits // 4 * 3 - (len(bare) - len(bare.rstrip(b"=")))
    try:
        content = binascii.a2b_base64(bare)
    except binascii.Error:
        return None
    return content if len(content) == wanted and digits % 4 == 0 else None


def sound_end(data: bytes, start: int, end: int, encoding: str) -> int:
    """Where the encoded content ends to be what its encoding says: the line of the first byte that base64 does not
    know (a foot that a mailing list has put below, or text that never was base64); else the end."""
    if encoding != "base64" or not data[start:end].translate(None, _EVERY):
        return end
    found = _FOREIGN.search(data, start, end)
    if found is None:
        return end
    return max(start, data.rfind(b"\n", start, found.start()) + 1)


def pieces(data: bytes, start: int, end: int, encoding: str) -> Iterator[bytes]:
    """The content, decoded, in blocks. An encoding that is not known is left as it is."""
    if encoding == "base64":
        return _base64(data, start, end)
    if encoding == "quoted-printable":
        return iter((binascii.a2b_qp(data[start:end]),))
    return iter((data[start:end],))


def content(data: bytes, start: int, end: int, encoding: str) -> bytes:
    """The content, decoded, in one piece."""
    return b"".join(pieces(data, start, end, encoding))


def _base64(data: bytes, start: int, end: int) -> Iterator[bytes]:
    rest = b""
    for at in range(start, end, _BLOCK):
        clean = rest + data[at : min(end, at + _BLOCK)].translate(None, _SPACE)
        whole = len(clean) & ~3
        rest = clean[whole:]
        yield _quads(clean[:whole])
    if rest:
        yield _quads(rest)


def _quads(clean: bytes) -> bytes:
    """Base64 without white space; several texts that each end with ``=`` are decoded one after the other."""
    bare = clean.rstrip(b"=")
    return b"".join(_decoded(part) for part in bare.split(b"=")) if b"=" in bare else _decoded(bare)


def _decoded(bare: bytes) -> bytes:
    over = len(bare) % 4
    if over == 1:
        bare, over = bare[:-1], 0  # six bits are no byte
    return binascii.a2b_base64(bare + b"=" * (-over % 4)) if bare else b""
