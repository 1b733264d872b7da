"""How much an archive may unpack to: counted while it streams, over all its parts and the archives inside it."""

from __future__ import annotations

import math
from collections.abc import Callable
from time import process_time

from importers.archive.errors import BudgetExceeded, DamagedMember

FREE = 256 << 20
"""Bytes that any archive may unpack to, besides a hundred times its size."""

TIMES = 100

BEAT = 64 << 20
"""Unpacked bytes between two signs of life."""


class Budget:
    """How many bytes may still be unpacked. ``size``: bytes of all parts of the archive; ``beat``: a sign of life.

    ``until``: when unpacking ends in any case, as ``time.process_time`` counts: where only a look is wanted.
    """

    def __init__(self, size: int, beat: Callable[[], None] = lambda: None) -> None:
        self.left = TIMES * size + FREE
        self.until = math.inf
        self._beat, self._next = beat, self.left - BEAT

    def charge(self, count: int) -> None:
        """Count unpacked bytes. Raises BudgetExceeded."""
        self.left -= count
        if self.left < 0:
            raise BudgetExceeded("archive-bomb")
        if self.left < self._next:
            self._next = self.left - BEAT
            self._beat()


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
        """The stream has been unpacked up to this byte. Raises BudgetExceeded, and DamagedMember when time is over."""
        if process_time() > self._budget.until:
            raise DamagedMember("member-cut", "time")
        if position > self._high:
            self._budget.charge(position - self._high)
            self._high = position
