"""Items that wait to be written together: what a batch costs beside its rows is paid once for several.

Batches of one source become one, their rows in the order in which they came. Whoever commits or ends an import takes
what waits first, so nothing that a mark tells of is missing from a commit.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import chain
from typing import Any

import numpy as np

from importers.batches import ItemBatch

MOST_ROWS = 20_000
MOST_TEXT = 8 << 20
"""Characters of titles, texts and details, about."""


class Gathering:
    """Batches of items of one source."""

    def __init__(self) -> None:
        self.source = ""
        self._batches: list[ItemBatch] = []
        self._rows = self._text = 0

    def add(self, source: str, batch: ItemBatch) -> None:
        """One more; ``source`` is that of all that wait."""
        self.source = source
        self._batches.append(batch)
        self._rows += len(batch)
        self._text += sum(sum(map(len, column)) for column in (batch.title, batch.text, batch.details))

    @property
    def full(self) -> bool:
        """Whether no more should wait."""
        return self._rows >= MOST_ROWS or self._text >= MOST_TEXT

    def take(self) -> ItemBatch | None:
        """All that waits, as one; None when nothing does."""
        batches, self._batches = self._batches, []
        self._rows = self._text = 0
        return _one(batches) if batches else None


def _one(batches: list[ItemBatch]) -> ItemBatch:
    if len(batches) == 1:
        return batches[0]
    return ItemBatch(**{each.name: _joined([getattr(one, each.name) for one in batches]) for each in fields(ItemBatch)})


def _joined(columns: list[Any]) -> Any:
    return np.concatenate(columns) if isinstance(columns[0], np.ndarray) else list(chain.from_iterable(columns))
