"""What an activity is, told from its sentence. The words stand in ``wording.toml``, none in the code.

Verbs seen in real archives: French ones in a Takeout of 2022, English ones in public test files; German and Spanish
ones are reported. An unknown sentence is judged by the address that it leads to, else it is ``other``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from importers.records import Kind

_ADDRESSES = (
    (re.compile(r"https?://(?:www\.|m\.|music\.)?youtube\.com/results\?"), Kind.SEARCH),
    (re.compile(r"https?://music\.youtube\.com/watch\?"), Kind.LISTEN),
    (re.compile(r"https?://(?:www\.|m\.)?youtube\.com/(?:watch\?|shorts/)"), Kind.WATCH),
    (re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/search\?"), Kind.SEARCH),
    (re.compile(r"https?://"), Kind.PAGE_VISIT),
)


_APART = "\n"
_LOOSE = ("  ", " \n", "\n ", *(char for char in map(chr, range(0x3001)) if char.isspace() and char not in " \n"))
"""What no squeezed text holds, where texts stand behind one another with a line break between them."""


def squeezed(text: str) -> str:
    """A sentence for comparison: NFC, every run of white space (no-break ones too) one space."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def squeezed_all(texts: list[str]) -> list[str]:
    """``squeezed`` of each of many texts, faster: where all of them are squeezed already, one look tells."""
    together = _APART.join(texts)
    loose = together.count(_APART) >= max(1, len(texts)) or any(mark in together for mark in _LOOSE)
    if not loose and together == together.strip(" ") and unicodedata.is_normalized("NFC", together):
        return texts
    return list(map(squeezed, texts))


def _load() -> dict[str, Any]:
    return tomllib.loads(files("importers.google").joinpath("wording.toml").read_text(encoding="utf-8"))


def _by_text(table: dict[str, dict[str, list[str]]]) -> dict[str, Kind]:
    return {
        squeezed(text).casefold(): Kind(kind)
        for kind, languages in table.items()
        for texts in languages.values()
        for text in texts
    }


_WORDING = _load()
_STARTS = _by_text(_WORDING["starts"])
_ENDS = _by_text(_WORDING["ends"])
_START = re.compile("(" + "|".join(map(re.escape, sorted(_STARTS, key=len, reverse=True))) + r")(?!\w)")
_END = re.compile(r".*(?<!\w)(" + "|".join(map(re.escape, sorted(_ENDS, key=len, reverse=True))) + r")\Z", re.DOTALL)
_ADS = frozenset(squeezed(text).casefold() for text in _WORDING["details"]["ad"])
_LISTENING = frozenset(_WORDING["details"]["listen_headers"])
_LONGEST = 1000


def is_ad(details: Iterable[str]) -> bool:
    """Whether one of the details says that Google showed this as an advertisement."""
    return any(squeezed(detail).casefold() in _ADS for detail in details)


def kind_of(sentence: str, address: str, header: str) -> Kind:
    """The kind of an activity that is no advertisement. ``sentence``: squeezed; ``address``: unwrapped, or ''."""
    return kind_of_folded(sentence[:_LONGEST].casefold(), address, header)


def kind_of_folded(text: str, address: str, header: str) -> Kind:
    """The same of the sentence's beginning, with its letters folded (``folded_all``)."""
    found = _START.match(text)
    kind = _STARTS[found.group(1)] if found else None
    if kind is None:
        found = _END.match(text)
        kind = _ENDS[found.group(1)] if found else _by_address(address)
    return Kind.LISTEN if kind is Kind.WATCH and header in _LISTENING else kind


def folded_all(sentences: list[str]) -> list[str]:
    """The beginning of each squeezed sentence for ``kind_of_folded``."""
    if sentences and max(map(len, sentences)) <= _LONGEST:
        folded = _APART.join(sentences).casefold().split(_APART)
        if len(folded) == len(sentences):
            return folded
    return [sentence[:_LONGEST].casefold() for sentence in sentences]


def _by_address(address: str) -> Kind:
    return next((kind for shape, kind in _ADDRESSES if shape.match(address)), Kind.OTHER)
