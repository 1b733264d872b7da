"""Numbers for records of one identity that say different things in one file; what lies far back is forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

REMEMBERED = 100_000
"""Identities that are remembered, and of one identity the records."""


class Variants:
    """Tells records of one file apart that have one identity, without remembering all of them."""

    def __init__(self) -> None:
        self._seen: OrderedDict[Hashable, dict[str, int]] = OrderedDict()

    def number(self, key: Hashable, said: str) -> int | str:
        """Which of the records with this identity says this: 0 for the first, the same number for the same again.

        ``said``: a digest of the record; it stands for the number of one that comes after very many others.
        """
        variants = self._seen.pop(key, {})
        self._seen[key] = variants
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        if said not in variants and len(variants) >= REMEMBERED:
            return said
        return variants.setdefault(said, len(variants))
