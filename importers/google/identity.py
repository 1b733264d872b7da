"""Which activities are the same fact, whatever file or form they come in.

An activity has no id. YouTube's history repeats what My Activity says, HTML repeats JSON with whole seconds, and folder
and file names change with the language: so the identity is the second, the page (or else the sentence) and the
product. The product is part of it because Chrome and Search both record the same click in the same second.
"""

from __future__ import annotations

from typing import Any

from importers.google.wording import squeezed
from importers.records import Kind


class Identities:
    """Gives the keys of one member; facts that look alike within it carry a running number."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Any, ...], int] = {}

    def key(
        self, kind: Kind, us: int | None, sentence: str, address: str, products: tuple[str, ...]
    ) -> tuple[Any, ...]:
        """``us``: when, or None. ``sentence``: squeezed. ``address``: unwrapped, or ''."""
        second = None if us is None else us // 1_000_000
        product = squeezed("\n".join(products)) if products else ""
        base = ("activity", second, address or sentence, product)
        number = self._seen.get((kind, *base), 0)
        self._seen[kind, *base] = number + 1
        return (*base, number) if number else base
