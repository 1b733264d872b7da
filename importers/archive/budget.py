"""How much an archive may unpack to: counted while it streams, over all its parts and the archives inside it."""

from __future__ import annotations

from importers.archive.errors import BudgetExceeded

FREE = 256 << 20
"""Bytes that any archive may unpack to, besides a hundred times its size."""

TIMES = 100


class Budget:
    """How many bytes may still be unpacked. ``size``: bytes of all parts of the archive."""

    def __init__(self, size: int) -> None:
        self.left = TIMES * size + FREE

    def charge(self, count: int) -> None:
        """Count unpacked bytes. Raises BudgetExceeded."""
        self.left -= count
        if self.left < 0:
            raise BudgetExceeded("archive-bomb")


class Meter:
    """Charges each byte of one stream once, however often the stream is read anew.

    An honest member is read several times: its head to recognise it, then all of it. What a bomb unpacks to is
    new bytes, and those are all counted.
    """

    __slots__ = ("_budget", "_high")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._high = 0

    def reached(self, position: int) -> None:
        """The stream has been unpacked up to this byte. Raises BudgetExceeded."""
        if position > self._high:
            self._budget.charge(position - self._high)
            self._high = position
