"""How much is tried: at home in a minute, in CI in minutes, before a release for hours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """Figures of one level. ``*_step``: every so many-th operation; ``gigabytes``: of attachments in one vault, 0: not
    tried; ``tests``: whether long tests of other rooms run."""

    name: str
    states: int
    fault_states: int
    kill_step: int
    trouble_step: int
    flips: int
    damages: int
    races: int
    edits: int
    tokens: int
    megabytes: int
    gigabytes: int
    tests: bool


LOCAL = Level("local", 1_500, 2_000, 61, 97, 60, 12, 20, 1_000, 100, 60, 0, tests=False)
CI = Level("CI", 4_500, 2_000, 13, 31, 400, 60, 100, 10_000, 300, 100, 0, tests=True)
RELEASE = Level("release", 1_000_000, 20_000, 1, 1, 10_000, 1_000, 1_000, 10_000, 1_000, 600, 5, tests=True)


def share_of(level: Level, share: float) -> Level:
    """A part of a level's figures, for a machine that has not the hours."""
    return Level(
        f"{share:.3g} of {level.name}",
        states=int(level.states * share),
        fault_states=level.fault_states,
        kill_step=max(1, round(level.kill_step / share)),
        trouble_step=max(1, round(level.trouble_step / share)),
        flips=int(level.flips * share),
        damages=int(level.damages * share),
        races=int(level.races * share),
        edits=level.edits,
        tokens=level.tokens,
        megabytes=level.megabytes,
        gigabytes=level.gigabytes,
        tests=level.tests,
    )
