"""The characters of XML: any of the usual encodings becomes UTF-8, and what XML forbids is replaced."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

_ILLEGAL = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile("&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_CODECS = {
    name: codecs.lookup(codec)
    for codec, names in {
        "cp1252": ("iso-8859-1", "latin1", "windows-1252", "cp1252"),
        "iso-8859-15": ("iso-8859-15", "latin-9"),
        "utf-16": ("utf-16",),
        "utf-16-le": ("utf-16le", "utf-16-le"),
        "utf-16-be": ("utf-16be", "utf-16-be"),
    }.items()
    for name in names
}
"""Encodings that are read besides UTF-8. Looked up here: nothing can be loaded once the reading process is locked."""


class CleanPieces:
    """Pieces of a document as UTF-8 that holds only characters of XML. Iterate once.

    A byte order mark decides the encoding, else the declaration, else it is UTF-8. Bytes that do not fit are read as
    Windows-1252, forbidden control characters become U+FFFD; ``repaired_at`` is about where the first of them stood.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self.repaired_at: int | None = None

    def __iter__(self) -> Iterator[bytes]:
        head = next(self._pieces, b"")
        codec = _codec(head)
        rest = b""
        at = 0
        if codec is None:
            head = b"   " + head[3:] if head.startswith(codecs.BOM_UTF8) else head
        decoder = codec.incrementaldecoder("replace") if codec is not None else None
        for raw in _chain(head, self._pieces):
            piece = raw if decoder is None else decoder.decode(raw).removeprefix("\ufeff").encode("utf-8", "replace")
            piece, rest = _whole_characters(rest + piece)
            yield self._clean(piece, at)
            at += len(piece)
        if rest:
            yield self._clean(rest, at)

    def _clean(self, piece: bytes, at: int) -> bytes:
        if is_clean(piece):
            return piece
        if self.repaired_at is None:
            self.repaired_at = at + _first_fault(piece)
        return _NOT_XML.sub("\ufffd", _decoded(piece)).encode()


def is_clean(data: bytes) -> bool:
    """Whether the bytes are UTF-8 without forbidden control characters."""
    if len(data.translate(None, _ILLEGAL)) != len(data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def repaired(data: bytes) -> bytes:
    """XML with forbidden characters, references to them and bare ampersands replaced, so that a parser accepts it."""
    return _REFERENCE.sub(_reference, _NOT_XML.sub("\ufffd", _decoded(data))).encode()


def _codec(head: bytes) -> codecs.CodecInfo | None:
    if head.startswith(codecs.BOM_UTF8):
        return None
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _CODECS["utf-16"]
    declared = _DECLARED.match(head.lstrip()[:400])
    return _CODECS.get(declared.group(1).decode().lower()) if declared else None


def _chain(head: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from pieces


def _whole_characters(data: bytes) -> tuple[bytes, bytes]:
    """Cut off the beginning of a character whose other bytes come with the next piece."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte & 0xC0 == 0x80:
            continue
        needed = 2 if byte & 0xE0 == 0xC0 else 3 if byte & 0xF0 == 0xE0 else 4 if byte & 0xF8 == 0xF0 else 1
        return (data[:-back], data[-back:]) if needed > back else (data, b"")
    return data, b""


def _decoded(data: bytes) -> str:
    """Text in which only the bytes that are no UTF-8 are read as Windows-1252."""
    return data.decode("utf-8", _LENIENT)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_LENIENT = "vault-xml-windows-1252"
codecs.register_error(_LENIENT, _as_windows)


def _first_fault(data: bytes) -> int:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        text = data[: error.start].decode()
    fault = _NOT_XML.search(text)
    return len(text[: fault.start()].encode()) if fault else len(text.encode())


def _reference(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return found.group()
    if not decimal and not hexadecimal:
        return "&amp;"
    code = int(decimal) if decimal else int(hexadecimal, 16)
    legal = code in {9, 10, 13} or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found.group() if legal else "\ufffd"
