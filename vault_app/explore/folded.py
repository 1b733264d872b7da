"""Texts as the index compares them, and where each word of the original stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from vault_app.vault.folding import fold


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: ``folded`` without case, accents and ligatures; ``start``, ``end``: places in the original."""

    folded: str
    start: int
    end: int


def folded(text: str) -> str:
    """A text without case, accents and ligatures."""
    return "".join(map(_plain, text))


def words(text: str) -> list[Word]:
    """The words of a text as the index cuts it: letters and digits, with the marks that stand on them."""
    found: list[Word] = []
    start = -1
    parts: list[str] = []
    for place, char in enumerate(text):
        if char.isalnum() or (parts and unicodedata.category(char) == "Mn"):
            if not parts:
                start = place
            parts.append(_plain(char))
        elif parts:
            found.append(Word("".join(parts), start, place))
            parts = []
    if parts:
        found.append(Word("".join(parts), start, len(text)))
    return found


def _plain(char: str) -> str:
    if char.isascii():
        return char.lower()
    apart = unicodedata.normalize("NFD", fold(char).lower())
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")
