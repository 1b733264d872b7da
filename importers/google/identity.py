"""Which activities are the same fact, whatever file or form they come in.

An activity has no id. YouTube's history repeats what My Activity says, HTML repeats JSON with whole seconds, and folder
and file names change with the language: so the identity is the second, the page (or else the sentence) and the
product. The product is part of it because Chrome and Search both record the same click in the same second; its name
stands in the language of the account, so those that differ are brought to one (``products.toml``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Hashable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import repeat
from typing import Any

from importers.google.wording import squeezed
from importers.records import Kind

_TABLE = tomllib.loads(files("importers.google").joinpath("products.toml").read_text(encoding="utf-8"))
_PRODUCTS = {squeezed(name).casefold(): names[0] for names in _TABLE["products"] for name in names}


REMEMBERED = 50_000
"""Facts that are remembered at least. Those that look alike have one time, so that they stand near each other."""


class Repeats:
    """Tells facts of one member apart that look alike, without remembering all of them."""

    def __init__(self) -> None:
        self._recent: dict[Hashable, int] = {}
        self._before: dict[Hashable, int] = {}

    def number(self, key: Hashable) -> int:
        """How often this key was asked for before."""
        if len(self._recent) >= REMEMBERED:
            self._before, self._recent = self._recent, {}
        number = self._recent.get(key, self._before.get(key, 0))
        self._recent[key] = number + 1
        return number

    def numbers(self, keys: Sequence[Hashable]) -> list[int]:
        """``number`` of each of many keys."""
        alike = len(set(keys)) < len(keys) or not self._recent.keys().isdisjoint(keys)
        if alike or not self._before.keys().isdisjoint(keys) or len(self._recent) + len(keys) > REMEMBERED:
            return list(map(self.number, keys))
        self._recent.update(dict.fromkeys(keys, 1))
        return [0] * len(keys)


class Identities:
    """Gives the keys of one member; facts that look alike within it carry a running number."""

    def __init__(self) -> None:
        self._repeats = Repeats()

    def key(
        self, kind: Kind, us: int | None, sentence: str, address: str, products: tuple[str, ...]
    ) -> tuple[Any, ...]:
        """``us``: when, or None. ``sentence``: squeezed. ``address``: unwrapped, or ''."""
        second = None if us is None else us // 1_000_000
        base = ("activity", second, address or sentence, neutral(products))
        number = self._repeats.number((kind, *base))
        return (*base, number) if number else base

    def keys(
        self, kinds: list[Kind], seconds: list[int], pages: list[str], products: list[str]
    ) -> list[tuple[Any, ...]]:
        """The same of many. ``seconds``: whole ones since 1970. ``pages``: unwrapped address, or else the squeezed
        sentence. ``products``: ``neutral`` ones."""
        bases = list(zip(repeat("activity"), seconds, pages, products))
        numbers = self._repeats.numbers(list(zip(kinds, *zip(*bases, strict=True), strict=True)))
        return [(*base, number) if number else base for base, number in zip(bases, numbers, strict=True)]


@lru_cache(maxsize=4096)
def neutral(products: tuple[str, ...]) -> str:
    """The names of products as one text that does not depend on the language, where that is known."""
    names = map(squeezed, products)
    return " ".join(_PRODUCTS.get(name.casefold(), name) for name in names)
