"""How much is tried: at home in a minute or two, in CI in three quarters of an hour, before a release for hours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """Figures of one level.

    ``*_step``: every so many-th operation; ``gigabytes``: of attachments in one vault, 0: not tried; ``variants``:
    hostile files of each class; ``guided``: seconds of coverage-guided fuzzing of each door; ``tests``: whether long
    tests of other rooms run. ``seed``: of what is drawn by chance (R1, S2); 0: the same as ever for R1, the day's for S2.
    """

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
    variants: int
    mutations: int
    guided: int
    plans: int
    export_kills: int
    session_kills: int
    pulls: int
    tests: bool
    seed: int = 0


LOCAL = Level(
    "local", states=1_500, fault_states=2_000, kill_step=61, trouble_step=97, flips=60, damages=12, races=20,
    edits=1_000, tokens=100, megabytes=60, gigabytes=0, variants=1, mutations=100_000, guided=0, plans=20, export_kills=10,
    session_kills=0, pulls=4, tests=False,
)  # fmt: skip
CI = Level(
    "CI", states=100_000, fault_states=2_000, kill_step=1, trouble_step=5, flips=10_000, damages=1_000, races=1_000,
    edits=10_000, tokens=1_000, megabytes=100, gigabytes=0, variants=12, mutations=5_000_000, guided=0, plans=200,
    export_kills=50, session_kills=50, pulls=30, tests=True,
)  # fmt: skip
RELEASE = Level(
    "release", states=1_000_000, fault_states=20_000, kill_step=1, trouble_step=1, flips=10_000, damages=1_000,
    races=1_000, edits=10_000, tokens=1_000, megabytes=600, gigabytes=5, variants=24, mutations=200_000_000, guided=480,
    plans=1_000, export_kills=500, session_kills=200, pulls=300, tests=True,
)  # fmt: skip


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
        variants=max(1, round(level.variants * share)),
        mutations=int(level.mutations * share),
        guided=int(level.guided * share),
        plans=max(1, int(level.plans * share)),
        export_kills=int(level.export_kills * share),
        session_kills=int(level.session_kills * share),
        pulls=int(level.pulls * share),
        tests=level.tests,
        seed=level.seed,
    )
