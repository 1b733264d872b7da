"""Whether there is room for an import, asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterable

MARGIN = 1.1
"""An estimate may be wrong by so much."""

SHARE = 0.8
"""The part of the free space that an import may fill."""

PACKED = 2
"""A vault is at most about so many times the packed archive: texts with their index are packed less than in a zip."""


def estimate(size: int, members: Iterable[int]) -> int:
    """Bytes that the vault will grow by, at most, about. ``size``: of the archive; ``members``: of each, -1 unknown.

    What is kept whole takes its own size, what is read less than its text; so the members bound it, and where they are
    texts that a zip holds in a tenth of their size, the archive does.
    """
    most = PACKED * size
    inside = 0
    for member in members:
        if member < 0:
            return most
        inside += member
    return min(most, inside)


def fits(estimated: int, free: int) -> bool:
    """Whether so many bytes, and the margin, are within the share of what is free."""
    return estimated * MARGIN <= free * SHARE
