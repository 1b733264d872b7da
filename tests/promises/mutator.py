"""Bytes that are almost right: a seeded mutator of its own, the same mutations for the same seed on every machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

LONGEST = 1 << 14
"""Bytes of the longest mutation: what is larger is only slower."""

NUMBERS = tuple(
    value.to_bytes(width, order)
    for width in (1, 2, 4, 8)
    for order in ("little", "big")
    for value in sorted({0, 1, (1 << 8 * width - 1) - 1, 1 << 8 * width - 1, (1 << 8 * width) - 1})
)
"""Lengths and offsets at which arithmetic goes wrong."""


class Mutator:
    """Endless mutations of some seeds. ``words``: what the format is made of, put in and swapped at random."""

    def __init__(self, seeds: Sequence[bytes], words: Sequence[bytes], seed: int) -> None:
        self._seeds, self._words = list(seeds), [*words, *NUMBERS]
        self._chance = random.Random(seed)
        self._ways: tuple[Callable[[bytearray], None], ...] = (
            self._flip, self._flip, self._byte, self._byte, self._word, self._word, self._number, self._cut,
            self._take_out, self._double, self._splice, self._move, self._digits,
        )  # fmt: skip

    def next(self) -> bytes:
        """A seed with one to eight changes, mostly few."""
        chance = self._chance
        data = bytearray(chance.choice(self._seeds))
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 8))):
            chance.choice(self._ways)(data)
        del data[LONGEST:]
        return bytes(data)

    def _at(self, data: bytearray) -> int:
        return int(self._chance.random() * len(data))

    def _span(self, data: bytearray) -> tuple[int, int]:
        at = self._at(data)
        return at, at + 1 + int(self._chance.random() ** 3 * (len(data) - at))

    def _flip(self, data: bytearray) -> None:
        if data:
            data[self._at(data)] ^= 1 << self._chance.randrange(8)

    def _byte(self, data: bytearray) -> None:
        if data:
            data[self._at(data)] = self._chance.randrange(256)

    def _word(self, data: bytearray) -> None:
        at, word = self._at(data), self._chance.choice(self._words)
        data[at : at + (len(word) if self._chance.random() < 0.5 else 0)] = word

    def _number(self, data: bytearray) -> None:
        at, word = self._at(data), self._chance.choice(NUMBERS)
        data[at : at + len(word)] = word

    def _cut(self, data: bytearray) -> None:
        del data[self._at(data) :]

    def _take_out(self, data: bytearray) -> None:
        at, end = self._span(data)
        del data[at:end]

    def _double(self, data: bytearray) -> None:
        """A piece twice, or a hundred times: nesting, and tables of equal entries."""
        at, end = self._span(data)
        times = self._chance.choice((1, 1, 1, 7, 100, 1000))
        data[at:at] = data[at:end] * min(times, 1 + LONGEST // max(1, end - at))

    def _splice(self, data: bytearray) -> None:
        """The beginning of this one, the end of another."""
        other = self._chance.choice(self._seeds)
        at = int(self._chance.random() * (len(other) + 1))
        data[self._at(data) :] = other[at:]

    def _move(self, data: bytearray) -> None:
        at, end = self._span(data)
        piece = data[at:end]
        del data[at:end]
        to = self._at(data)
        data[to:to] = piece

    def _digits(self, data: bytearray) -> None:
        """Another decimal number in place of one that stands there."""
        at = next((n for n in range(self._at(data), len(data)) if 48 <= data[n] <= 57), None)
        if at is None:
            return
        end = next((n for n in range(at, len(data)) if not 48 <= data[n] <= 57), len(data))
        data[at:end] = self._chance.choice((b"0", b"-1", b"1e999", b"9" * 25, b"4294967296", b"1" * 5000))
