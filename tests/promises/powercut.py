"""R1 and R2: every state in which a power cut may leave the drive is opened and looked at."""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from tests.promises import trace
from tests.promises.disk import Disk, State
from tests.promises.laboratory import Failed, Recording, apart, going_on, prepare, record, scratch
from tests.promises.look import Expected, broken_promise
from tests.promises.trace import Done
from tests.promises.workloads import WORKLOADS

GOES_ON = 25
"""One state in so many is not only looked at: work goes on in it."""

ROUNDS = 6
"""How often states are drawn until there are as many different ones as are wanted; a short workload has not so many."""


@dataclass(frozen=True)
class Share:
    """States of one workload. ``states``: how many are wanted, about, over all ``parts``, of which this is one."""

    workload: str
    states: int
    seed: int = 1
    fault: str = ""
    part: int = 0
    parts: int = 1
    until_caught: bool = False


@dataclass
class Found:
    """What came out: different states looked at, those in which work went on, seconds, and what was broken, with where."""

    states: int = 0
    gone_on: int = 0
    operations: int = 0
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)


def share(wanted: Share) -> Found:
    """Record a workload and look at states of it; runs in a process of the laboratory."""
    where = scratch()
    try:
        return _share(wanted, where)
    finally:
        shutil.rmtree(where, ignore_errors=True)


def _share(wanted: Share, where: Path) -> Found:
    start = time.monotonic()
    recording = record(wanted.workload, where, wanted.fault)
    result = where / "found"

    def look() -> None:
        prepare(wanted.workload)
        result.write_text(json.dumps(asdict(_look(recording, wanted, where / "run" / "state"))), encoding="utf-8")

    code = apart(look, where / "said")
    if code:
        raise Failed((where / "said").read_text("utf-8") if (where / "said").exists() else f"exit code {code}")
    found = Found(**json.loads(result.read_text("utf-8")))
    found.seconds = time.monotonic() - start
    return found


def _look(recording: Recording, wanted: Share, place: Path) -> Found:
    events = trace.read(recording.log, recording.root)
    told = [recording.base.seen, *(event.what for event in events if isinstance(event, Done))]
    found = Found(operations=sum(not isinstance(event, Done) for event in events))
    known: set[bytes] = set()
    for moment, done, state in _in_turn(recording, events, wanted, found):
        mark = state.mark() + bytes([min(done, 255)])
        if mark in known:
            continue
        known.add(mark)
        expected = Expected(frozenset(told[done : done + 2]), made=bool(told[done]))
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        state.write(place)
        wrong = broken_promise(place, recording.code, expected)
        found.states += 1
        may_go_on = expected.made or WORKLOADS[wanted.workload].again is not None
        if not wrong and may_go_on and found.states % GOES_ON == 0:
            wrong = going_on(wanted.workload, place, recording.code, told)
            found.gone_on += 1
        if wrong:
            found.broken.append(f"{wanted.workload}, seed {wanted.seed}, after operation {moment}: {wrong}")
            if wanted.until_caught or len(found.broken) > 20:
                break
    return found


def _in_turn(
    recording: Recording, events: Sequence[trace.Event], wanted: Share, found: Found
) -> Iterator[tuple[int, int, State]]:
    """All states; where a fault is to be caught soon, those of every seventh moment first.

    Else in whole rounds until ``found`` has as many as are wanted: many mixtures come out alike, each round draws anew.
    """
    if not wanted.until_caught:
        for number in range(ROUNDS):
            if number and found.states * wanted.parts >= wanted.states:
                return
            yield from _states(recording, events, replace(wanted, seed=wanted.seed + 1_000_000 * number))
        return
    for part in reversed(range(7)):
        yield from _states(recording, events, replace(wanted, part=part, parts=7))


def _states(recording: Recording, events: Sequence[trace.Event], wanted: Share) -> Iterator[tuple[int, int, State]]:
    """The moment, how many things were reported as done by then, and a state; the moments in turn.

    Where fewer states are wanted than there are moments, some moments are left out by chance.
    """
    moments = max(1, len(events) // wanted.parts)
    each = max(3, wanted.states * 5 // 4 // wanted.parts // moments + 2)
    share_of_moments = wanted.states / wanted.parts / moments / 3
    disk, done = Disk(recording.base.place), 0
    for moment, event in enumerate(events, 1):
        if isinstance(event, Done):
            done += 1
        else:
            disk.take(event)
        chance = random.Random(f"{wanted.seed} {wanted.workload} {moment}")
        if moment % wanted.parts != wanted.part or chance.random() > share_of_moments:
            continue
        yield moment, done, disk.nothing_more()
        yield moment, done, disk.everything()
        for n in range(each - 2):
            yield moment, done, disk.a_prefix(chance) if n % 3 == 2 else disk.a_mixture(chance)


def shares(workloads: Sequence[str], states: int, parts: int, seed: int = 1) -> list[Share]:
    """The states over the workloads, cut into parts for many workers; each part records a run of its own."""
    each = -(-states // len(workloads))
    return [
        Share(name, each, seed=seed * 1000 + part, part=part, parts=parts)
        for part in range(parts)
        for name in workloads
    ]
