"""Bytes of mails and cards as text, whatever these say about their charset.

Codecs are loaded when this module is: inside the reading process no module can be loaded later. Only charsets of
this list are ever asked for; names that Python knows beside them are no charsets, or cost quadratic time (``idna``).
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import NamedTuple

_LOADED = (
    *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)),
    *(f"cp{page}" for page in (437, 850, 852, 858, 866, 874, 932, 936, 949, 950)),
    *(f"cp125{page}" for page in range(9)),
    *("utf-8", "utf-8-sig", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"),
    *("koi8-r", "koi8-u", "mac-roman", "tis-620", "gb18030", "big5", "big5hkscs", "hz"),
    *("euc-jp", "euc-kr", "shift_jis", "iso2022_jp", "iso2022_kr", "johab"),
)
_WIDER = {
    **dict.fromkeys(("iso8859-1", "latin-1", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "cp936", "x-gbk"), "gb18030"),
    "ks_c_5601-1987": "cp949",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_KNOWN = {codecs.lookup(name).name for name in _LOADED}
for _name in _LOADED:
    bytes(2).decode(_name, "replace")  # some codecs load their tables at the first use

_NOT_A_NAME = re.compile(r"[^a-z0-9._-]")


class Text(NamedTuple):
    """Text, and whether the charset that was named fits the bytes."""

    text: str
    sure: bool


def decode(data: bytes, charset: str) -> Text:
    """Bytes as text by their charset; when it is unknown or does not fit: as UTF-8, else as Windows-1252.

    An empty name and ``us-ascii`` name nothing: guessing is then the rule and not worth a word.
    """
    name = codec(charset)
    if name == "cp1252":
        return Text(western(data), sure=True)
    if name:
        try:
            return Text(data.decode(name), sure=True)
        except (UnicodeError, ValueError):
            return Text(guessed(data), sure=False)
    return Text(guessed(data), sure=not charset.strip() or _bare(charset) in {"us-ascii", "ascii"})


def guessed(data: bytes) -> str:
    """Bytes of which nobody says what they are."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return western(data)


def western(data: bytes) -> str:
    """Windows-1252, of which Latin-1 is a part in all mail; its five undefined bytes as Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


@lru_cache(maxsize=512)
def codec(charset: str) -> str:
    """Python's name of a charset, widened to what mail programs mean by it; '' for unknown ones."""
    bare = _bare(charset)
    if bare in {"us-ascii", "ascii"}:
        return ""
    bare = _WIDER.get(bare, bare)
    for candidate in (bare, re.sub(r"^(?:x-)?(cp|windows|iso)[-_]?", r"\1", bare).replace("windows", "cp")):
        try:
            name = codecs.lookup(candidate).name if _is_listed(candidate) else ""
        except (LookupError, ValueError):
            continue
        name = _WIDER.get(name, name)
        if name in _KNOWN or name == "cp1252":
            return name
    return ""


def _is_listed(name: str) -> bool:
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9._-]{1,30}", name))


def _bare(charset: str) -> str:
    return _NOT_A_NAME.sub("", charset.partition("*")[0].lower())
