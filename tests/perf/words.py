"""Invented words with the frequencies of a real language: few are everywhere, most are rare."""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate

_ONSETS = ("b", "br", "c", "ch", "d", "f", "gl", "j", "l", "m", "n", "p", "pr", "r", "s", "t", "tr", "v")
_VOWELS = ("a", "e", "i", "o", "u", "é", "è", "ou", "an", "eau")


class Vocabulary:
    """Twenty thousand words; word number n is as frequent as 1 / (n + 8), and frequent ones are short."""

    def __init__(self, random_: random.Random, size: int = 20_000) -> None:
        self._random = random_
        found: dict[str, None] = {}
        while len(found) < size:
            count = random_.choice((1, 2, 2, 3, 3, 4))
            found["".join(random_.choice(_ONSETS) + random_.choice(_VOWELS) for _ in range(count))] = None
        self.words = sorted(found, key=lambda word: len(word) + 3 * random_.random())
        self._cumulated = list(accumulate(1 / (place + 8) for place in range(size)))

    def word(self, place: int) -> str:
        """The word of a place in the order of frequency."""
        return self.words[place]

    def phrase(self, length: int) -> str:
        """So many words as they come, with a space between."""
        most, draw = self._cumulated[-1], self._random.random
        return " ".join(self.words[bisect(self._cumulated, draw() * most)] for _ in range(length))
