"""Why a result was found: the places of the words in its text, and the part of the text around them."""

from __future__ import annotations

from dataclasses import dataclass

from vault_app.explore.folded import Word, words

SHORTEST_BEGINNING = 3
"""From so many letters on, the last word of a question may be the beginning of a word."""

LOOKED_THROUGH = 20_000
"""Characters of a text in which an excerpt looks for words; it is made while a screen is drawn."""

MORE = "…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text on one line, and the places of the words in it: pairs of start and end, in order."""

    text: str
    spans: tuple[tuple[int, int], ...]


def spans(text: str, question: str) -> list[tuple[int, int]]:
    """The places of the words of a question in a text, as start and end, in order, never overlapping.

    Case, accents and ligatures count as little as in the index. Text between double quotes is a phrase; the last word
    may be a beginning, then the whole word is meant. Empty when nothing is found.
    """
    given = words(text)
    found: list[tuple[int, int]] = []
    for phrase, open_end in _phrases(question):
        windows = (given[place : place + len(phrase)] for place in range(len(given) - len(phrase) + 1))
        found.extend((one[0].start, one[-1].end) for one in windows if _matches(one, phrase, open_end=open_end))
    return _united(found)


def excerpt(text: str, question: str, length: int) -> Excerpt:
    """At most ``length`` characters (at least 20) of a text around the first word found, whole words, with ``…`` where
    something is left out; line ends become spaces. Of a text longer than LOOKED_THROUGH only that much is searched."""
    length = max(length, 20)
    flat = "".join(" " if char.isspace() else char for char in text)
    found = spans(flat[:LOOKED_THROUGH], question)
    if len(flat) <= length:
        return Excerpt(flat, tuple(found))
    room = length - 2 * len(MORE)
    first = found[0] if found else (0, 0)
    start = max(0, min(first[0] - max(room - (first[1] - first[0]), 0) // 3, len(flat) - room))
    end = min(len(flat), start + room)
    start, end = _on_words(flat, start, end, first)
    before, after = MORE if start else "", MORE if end < len(flat) else ""
    shift = len(before) - start
    inside = tuple((low + shift, min(high, end) + shift) for low, high in found if start <= low < end)
    return Excerpt(before + flat[start:end] + after, inside)


def _phrases(question: str) -> list[tuple[list[str], bool]]:
    """The words and phrases of a question; the last one says whether it may be a beginning."""
    parts: list[list[str]] = []
    for number, piece in enumerate(question.split('"')):
        tokens = [word.folded for word in words(piece)]
        if number % 2 and tokens:
            parts.append(tokens)
        elif tokens:
            parts.extend([token] for token in tokens)
    closed = question.rstrip().endswith('"')
    last = len(parts) - 1
    return [
        (part, place == last and not closed and len(part[-1]) >= SHORTEST_BEGINNING) for place, part in enumerate(parts)
    ]


def _matches(given: list[Word], phrase: list[str], *, open_end: bool) -> bool:
    if any(word.folded != token for word, token in zip(given[:-1], phrase[:-1], strict=True)):
        return False
    return given[-1].folded.startswith(phrase[-1]) if open_end else given[-1].folded == phrase[-1]


def _united(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for low, high in sorted(found):
        if united and low < united[-1][1]:
            united[-1] = (united[-1][0], max(high, united[-1][1]))
        else:
            united.append((low, high))
    return united


def _on_words(text: str, start: int, end: int, kept: tuple[int, int]) -> tuple[int, int]:
    """Move both ends inwards to a space, but not into the word that was found."""
    if start:
        space = text.find(" ", start, max(kept[0], start))
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(min(kept[1], end), start + 1), end)
        end = space if space > start else end
    return start, end
