"""The words of a message in ``attributedBody``, where recent systems put them (Apple's typed streams)."""

from __future__ import annotations

_BEGIN = b"\x01\x2b"
_STRING = b"NSString"
_SHORT, _LONG = 0x81, 0x82


def text(blob: bytes) -> str:
    """The first string of the stream; '' when there is none. U+FFFC stands where an attachment belongs."""
    at = blob.find(_BEGIN, max(0, blob.find(_STRING)))
    if not blob[2:16].startswith(b"streamtyped") or at < 0:
        return ""
    at += len(_BEGIN)
    size, at = _size(blob, at)
    return blob[at : at + size].decode("utf-8", "replace")


def _size(blob: bytes, at: int) -> tuple[int, int]:
    """A length of one byte, or of two or four behind a mark; and where the bytes begin."""
    mark = blob[at] if at < len(blob) else 0
    wide = {_SHORT: 2, _LONG: 4}.get(mark)
    if wide is None:
        return mark, at + 1
    return int.from_bytes(blob[at + 1 : at + 1 + wide], "little"), at + 1 + wide
