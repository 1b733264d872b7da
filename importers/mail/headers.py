"""The head of a mail or of one of its parts: lines unfolded, in order, with their repeats (RFC 5322, 2047, 2231)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from importers.formats import charsets

LONGEST = 1 << 20
"""Bytes of a head that are read as lines; what is beyond is kept as a file."""

_FOLD = re.compile(r"\n(?=[ \t])")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_GAP = re.compile(r"(\?=)[ \t\r\n]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_PARAMETER = re.compile(r';[ \t\n]*([^\s=;"*]+)(\*?\d*\*?)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_SEGMENTS = 200
"""Most pieces that a parameter's value is put together from."""


class Head:
    """Headers. ``lines``: name and value of each, as they stand but for folding; a line without a colon has no name.
    ``type``: type of the content in lower case, '' when there is none or it has no slash; ``type_parameters``: its
    parameters; ``encoding``: transfer encoding in lower case; ``disposition``: ``attachment``, ``inline`` or ''."""

    __slots__ = ("_values", "disposition", "encoding", "lines", "type", "type_parameters")

    def __init__(self, data: bytes) -> None:
        text = charsets.guessed(data).replace("\r\n", "\n").strip("\n")
        if "\n " in text or "\n\t" in text:
            text = _FOLD.sub("", text)
        self.lines: list[tuple[str, str]] = []
        self._values: dict[str, list[str]] = {}
        values, lines = self._values, self.lines
        for line in text.split("\n") if text else ():
            name, colon, value = line.partition(":")
            if not colon:
                lines.append(("", line))
                continue
            value = value.removeprefix(" ")
            lines.append((name, value))
            known = _known(name) if len(name) <= 80 else name.rstrip().lower()
            if known in values:
                values[known].append(value)
            else:
                values[known] = [value]
        given = self.get("content-type")
        self.type = given.partition(";")[0].strip().lower()
        if "/" not in self.type or len(self.type) > 100:
            self.type = ""
        self.type_parameters = parameters(given)
        self.encoding = self.get("content-transfer-encoding").partition(";")[0].strip().lower()
        self.disposition = self.get("content-disposition").partition(";")[0].strip().lower()

    def get(self, name: str) -> str:
        """The first header of that (lower case) name, as it stands; '' without one."""
        found = self._values.get(name)
        return found[0] if found else ""

    def text(self, name: str) -> str:
        """The first header of that name, decoded."""
        found = self._values.get(name)
        return decoded(found[0]).strip() if found else ""

    def all(self, name: str) -> Sequence[str]:
        """All headers of that name."""
        return self._values.get(name, ())

    def file_name(self) -> str:
        """Name that the sender gave to the part, without folders; '' without one."""
        name = parameters(self.get("content-disposition")).get("filename", "") or self.type_parameters.get("name", "")
        return re.split(r"[/\\]", decoded(name).strip())[-1] if name else ""


def decoded(value: str) -> str:
    """A header with its encoded words as text; neighbours of one charset are joined before they are decoded."""
    if "=?" not in value:
        return value
    shown: list[str] = []
    pending, charset, at = b"", "", 0
    for found in _WORD.finditer(_value := _GAP.sub(r"\1", value)):
        between = _value[at : found.start()]
        if pending and (between or found[1].lower() != charset):
            shown.append(charsets.decode(pending, charset).text)
            pending = b""
        shown.append(between)
        pending += _word(found[2], found[3])
        charset, at = found[1].lower(), found.end()
    shown.extend((charsets.decode(pending, charset).text, _value[at:]))
    return "".join(shown)


@lru_cache(maxsize=512)
def _known(name: str) -> str:
    """The name of a header for comparison; the same few hundred come again and again."""
    return name.rstrip().lower()


def parameters(value: str) -> dict[str, str]:
    """Parameters of a header, names in lower case; continued and percent-encoded ones put together (RFC 2231)."""
    if ";" not in value:
        return {}
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in _PARAMETER.finditer(value):
        name, mark, given = found[1].lower(), found[2], found[3].strip()
        if given[:1] == '"':
            given = re.sub(r"\\(.)", r"\1", given[1:].removesuffix('"')) if "\\" in given else given.strip('"')
        if not mark:
            plain.setdefault(name, given)
            continue
        number = mark.strip("*")
        kept = pieces.setdefault(name, [])
        if len(kept) < _SEGMENTS:
            kept.append((int(number[:6] or 0), mark.endswith("*"), given))
    for name, kept in pieces.items():
        plain[name] = _joined(sorted(kept, key=lambda piece: piece[0]))
    return plain


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    charset, data = "", b""
    for place, (_, encoded, given) in enumerate(pieces):
        if encoded and not place and given.count("'") >= 2:
            charset, _, given = given.split("'", 2)  # noqa: PLW2901 - the rest is the value
        data += unquote_to_bytes(given) if encoded else given.encode("utf-8", "replace")
    return charsets.decode(data, charset).text


def _word(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    try:
        return binascii.a2b_base64(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return data
