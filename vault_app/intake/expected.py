"""How many facts an archive is expected to bring, as a person is told: rounded where it is a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from importers.records import Kind
from vault_app.intake.frames import Expected, FrameError

_DIGITS = 2


@dataclass(frozen=True)
class Expectation:
    """What the members of one importer are expected to bring; ``reader`` '' stands for what is kept whole.

    ``kinds``: facts by kind, ``series``: samples by series, as far as they are known; ``facts``, ``samples``: all other
    ones. ``parties``: people and organisations. ``exact``: they were counted; else they are a guess.
    """

    reader: str
    kinds: dict[str, int] = field(default_factory=dict)
    series: dict[str, int] = field(default_factory=dict)
    facts: int = 0
    samples: int = 0
    parties: int = 0
    exact: bool = False

    @property
    def total(self) -> int:
        """All of them."""
        named = sum(self.kinds.values()) + sum(self.series.values())
        return named + self.facts + self.samples + self.parties


def checked(given: Expected, readers: Collection[str], known: Iterable[Expectation]) -> Expectation:
    """In the parent: a frame that keeps to the rules. ``readers``: those of the plan. Raises FrameError."""
    if given.reader and given.reader not in readers:
        raise FrameError("reader")
    if any(one.reader == given.reader for one in known):
        raise FrameError("reader")
    if not set(Kind).issuperset(given.kinds):
        raise FrameError("kind")
    counts = (given.kinds, given.series, given.facts, given.samples, given.parties)
    return Expectation(given.reader, *counts, exact=given.exact)


def together(expected: Iterable[Expectation]) -> Expectation:
    """The sum of several, by kind and by series; exact when all are."""
    kinds: Counter[str] = Counter()
    series: Counter[str] = Counter()
    facts = samples = parties = 0
    exact = True
    for one in expected:
        kinds.update(one.kinds)
        series.update(one.series)
        facts, samples, parties = facts + one.facts, samples + one.samples, parties + one.parties
        exact = exact and one.exact
    return Expectation("", dict(kinds), dict(series), facts, samples, parties, exact)


def rounded(count: int) -> int:
    """A guess to two significant digits: 12 345 is 12 000."""
    beyond: int = 10 ** max(0, len(str(count)) - _DIGITS)
    return (count + beyond // 2) // beyond * beyond
