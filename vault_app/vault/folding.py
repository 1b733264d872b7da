"""Text for search: ligatures apart, typographic apostrophes plain. Case and accents are the index's business."""

from __future__ import annotations

import re
from typing import Final

_TABLE: Final = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ẞ": "ss", "’": "'", "ʼ": "'", "‘": "'", "\u00a0": " "}
)
_FOREIGN: Final = re.compile("[" + "".join(map(chr, _TABLE)) + "]")
"""Most texts have none of them, and a search is ten times faster than a translation."""

_REPLACED: Final = {chr(code): plain for code, plain in _TABLE.items()}
_APART: Final = "\0"


def fold(text: str) -> str:
    """The same text for the index and for a question, so that ``oeuvre`` finds ``œuvre``."""
    return text if text.isascii() or not _FOREIGN.search(text) else text.translate(_TABLE)


def fold_all(texts: list[str]) -> list[str]:
    """``fold`` of each of many texts, faster: they are looked at together."""
    together = _APART.join(texts)
    if together.isascii():
        return texts
    folded = _FOREIGN.sub(lambda found: _REPLACED[found[0]], together).split(_APART)
    return folded if len(folded) == len(texts) else list(map(fold, texts))


def question(words: str) -> str:
    """A question to the index: every word must occur, the last one may be the beginning of a word.

    Text between double quotes is a phrase. '' when there is nothing to ask.
    """
    parts: list[str] = []
    for number, piece in enumerate(fold(words).split('"')):
        tokens = _tokens(piece)
        if not tokens:
            continue
        if number % 2:
            parts.append('"' + " ".join(tokens) + '"')
        else:
            parts.extend(f'"{token}"' for token in tokens)
    if parts and not words.rstrip().endswith('"') and len(parts[-1]) >= 5:
        parts[-1] += "*"
    return " ".join(parts)


def _tokens(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()
