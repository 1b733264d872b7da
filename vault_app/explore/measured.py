"""How many samples the series have over time: what the timeline draws of them, from the chunks' ends alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vault_app.explore import measures
from vault_app.explore.selection import Selection
from vault_app.vault.vault import Vault


@dataclass(frozen=True, eq=False)
class Measured:
    """Samples of all series of a selection's sources, by name. Times us, UTC.

    Within a chunk (4,096 samples at most) samples count as evenly spread: right to a few hours or days, which is enough
    for a picture, not for a sum. ``names``: most samples first. ``first``, ``last``: us; None without samples.
    """

    names: tuple[str, ...]
    totals: tuple[int, ...]
    first: int | None
    last: int | None
    _chunks: tuple[npt.NDArray[np.float64], ...]

    @classmethod
    def of(cls, vault: Vault, selection: Selection) -> Measured:
        """Read the chunks' ends; nothing when the selection asks for kinds, words or a party."""
        if selection.kinds or selection.text or selection.names_somebody:
            return cls((), (), None, None, ())
        found: dict[str, list[tuple[int, int, int]]] = {}
        for row in measures.series(vault):
            if not selection.sources or row.source in selection.sources:
                found.setdefault(row.name, []).extend(
                    (pack.first, pack.last, pack.n) for pack in measures.packs(vault, row)
                )
        order = sorted(found, key=lambda name: (-sum(n for _, _, n in found[name]), name))
        return cls(
            names=tuple(order),
            totals=tuple(sum(n for _, _, n in found[name]) for name in order),
            first=min((t0 for chunks in found.values() for t0, _, _ in chunks), default=None),
            last=max((t1 for chunks in found.values() for _, t1, _ in chunks), default=None),
            _chunks=tuple(np.array(found[name], np.float64) for name in order),
        )

    def counts(self, since_us: int, until_us: int, bins: int) -> npt.NDArray[np.float64]:
        """Samples by name and bin, for ``bins`` equal parts of a span."""
        edges = np.linspace(since_us, until_us, bins + 1)
        counted = np.zeros((len(self.names), bins))
        for row, chunks in enumerate(self._chunks):
            t0, t1, n = chunks[:, 0:1], chunks[:, 1:2], chunks[:, 2:3]
            length = np.maximum(t1 - t0, 1.0)
            counted[row] = np.diff((np.clip((edges[None, :] - t0) / length, 0.0, 1.0) * n).sum(axis=0))
        return counted
