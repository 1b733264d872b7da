"""Where we stand on each goal: one line as soon as its figure is there. Ratios come from one run, taken in turn."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.perf import first_paint, peers
from tests.perf.bench import TIMES, Bench, Line
from tests.perf.service_goals import goal_3, goal_4, goal_5, goal_6


@dataclass(frozen=True)
class _Wanted:
    """What a goal asks against a peer: times faster, times smaller (0: nothing asked), share of its memory."""

    text: str
    faster: float
    smaller: float = 0
    memory: float = float("inf")


def goal_1(bench: Bench) -> Iterator[Line]:
    """Health into the vault."""
    runs = bench.in_turn(bench.health())
    ours, rows = runs["encrypted"], bench.sizes.health
    yield Line(
        1, f"{rows:,} health records, encrypted", f"{ours['seconds']:.2f} s", "4-5 s", ours["seconds"] <= 5 * rows / 1e6
    )
    wanted = _Wanted(">= 20 x, <= 1/15 of its file", 20, 15)
    yield from _peer(1, "healthkit-to-sqlite", peers.healthkit, bench.health(), ours, wanted)


def goal_2(bench: Bench) -> Iterator[Line]:
    """Takeout: activities and positions."""
    ours, activities = bench.in_turn(bench.takeout())["encrypted"], bench.in_turn(bench.activities())["encrypted"]
    what = f"{bench.sizes.activities:,} activities + {bench.sizes.positions:,} positions, encrypted"
    yield Line(2, what, f"{ours['seconds']:.2f} s, {ours['memory']:.0f} MB", "-", met=None)

    def both(program: Path, archive: Path) -> peers.Run:
        one, two = peers.takeout(program, archive), peers.positions(program, bench.positions())
        return peers.Run(
            one.seconds + two.seconds, max(one.megabytes, two.megabytes), one.size + two.size, one.failed or two.failed
        )

    wanted = _Wanted(">= 15 x, <= 1/4 memory", 15, memory=0.25)
    yield from _peer(2, "google-takeout-to-sqlite", both, bench.activities(), ours, wanted)
    yield from _peer(2, "google_takeout_parser", peers.parser, bench.activities(), activities, _Wanted(">= 1 x", 1))


def goal_7(bench: Bench) -> Iterator[Line]:
    """Encrypted against plain."""
    for name, archive in (
        ("health", bench.health()),
        ("activities", bench.activities()),
        ("positions", bench.positions()),
    ):
        runs = bench.in_turn(archive)
        yield _ratio(
            7, f"import of {name}, encrypted / plain", runs["encrypted"]["seconds"], runs["plain"]["seconds"], 1.10
        )
    ours, theirs = bench.asked("encrypted"), bench.asked("plain")
    for name in ("word", "two", "phrase", "key press", "jump"):
        yield _ratio(7, f"warm query p95 ({name}), encrypted / plain", ours[name], theirs[name], 1.5)


def goal_8(bench: Bench) -> Iterator[Line]:
    """Import against the readers alone."""
    for name, archive, bound in (
        ("health", bench.health(), 1.5),
        ("positions", bench.positions(), 1.5),
        ("activities", bench.activities(), 4.0),
    ):
        runs = bench.in_turn(archive)
        yield _ratio(8, f"import of {name} / floor", runs["encrypted"]["seconds"], runs["floor"]["seconds"], bound)


def goal_9(bench: Bench) -> Iterator[Line]:
    """Memory of both processes."""
    for name, archive in (
        ("health", bench.health()),
        ("activities", bench.activities()),
        ("positions", bench.positions()),
    ):
        memory = bench.in_turn(archive)["encrypted"]["memory"]
        yield Line(9, f"memory of both processes, {name}", f"{memory:.0f} MB", "<= 400 MB", memory <= 400)
    memory = bench.filled("encrypted")[1]["memory"]
    yield Line(9, "memory of the writer alone, messages", f"{memory:.0f} MB", "<= 400 MB", memory <= 400)
    small = bench.imported("encrypted", bench.positions(bench.sizes.positions // 10))["memory"]
    large = bench.in_turn(bench.positions())["encrypted"]["memory"]
    yield _ratio(9, "memory, archive of positions ten times larger", large, small, 1.2)


def goal_10(bench: Bench) -> Iterator[Line]:
    """The same archive again."""
    for name, archive in (("health", bench.health()), ("activities", bench.activities())):
        with bench.folder() as place:
            first = bench.run("import", "encrypted", place, archive)
            known = bench.run("import", "encrypted", place, archive)
            again = place.parent / f"again-{archive.name}"
            shutil.copyfile(archive, again)
            with again.open("ab") as file:
                file.write(b"\0")
            content = bench.run("import", "encrypted", place, again)
        assert (known["new"], content["new"]) == (0, 0), (known["new"], content["new"])
        yield _ratio(10, f"{name} again, the file is known", known["seconds"], first["seconds"], 0.1)
        yield _ratio(10, f"{name} again, its content is known", content["seconds"], first["seconds"], 0.5)


def goal_11(bench: Bench) -> Iterator[Line]:
    """Whether the vault gets slower as it grows."""
    each = bench.filled("encrypted")[1]["each"]
    yield _ratio(11, f"tenth import of {bench.sizes.messages:,} messages / first", each[-1], each[0], 1.5)


def goal_12(bench: Bench) -> Iterator[Line]:
    """Search."""
    found = bench.asked("encrypted")
    for name, what in (("word", "one word"), ("two", "two words"), ("phrase", "a phrase")):
        yield _time(12, f"newest 50 hits with their rows, {what}, {found['items']:,} items, p95", found[name], 10)
    yield _time(12, "the same as the application asks it today (facts.page), p95", found["app"], 10)
    yield _time(12, "a key press, 3 letters, p95", found["key press"], 5)
    yield _factor(12, "count of a rare word against LIKE", found["rare like"], found["rare count"], 1000)


def goal_13(bench: Bench) -> Iterator[Line]:
    """Overview."""
    found = bench.asked("encrypted")
    items = found["items"]
    factor = found["group by"] / found["overview"]
    bound = 400 * items / 10_000_000
    what = f"overview against GROUP BY at {items:,} items (goal: 400 x at 10 M, in proportion)"
    yield Line(13, what, f"{factor:,.0f} x faster", f">= {bound:,.0f} x", factor >= bound)
    what = f"hits by month of a word in {found['share']:.0%} of the items / GROUP BY"
    yield _ratio(13, what, found["months"], found["months group by"], 0.25)


def goal_14(bench: Bench) -> Iterator[Line]:
    """From the key to the first page of items, and from the start of the process to the first paint."""
    found = bench.asked("encrypted")
    yield _time(14, f"open and read the first page, {found['items']:,} items", found["first page"], 20)
    yield from first_paint.lines()


def goal_15(bench: Bench) -> Iterator[Line]:
    """A jump in the table of all items."""
    found = bench.asked("encrypted")
    yield _time(15, f"any jump in a table of {found['items']:,} rows, page of 256, p95", found["jump"], 16)


def goal_16(bench: Bench) -> Iterator[Line]:
    """Bytes on disk, everything included."""
    health_, positions = bench.in_turn(bench.health())["encrypted"], bench.in_turn(bench.positions())["encrypted"]
    filled = bench.filled("encrypted")[1]
    items = 10 * bench.sizes.messages
    with bench.folder() as empty:
        bench.run("fill", "encrypted", empty, 0, 0)
        nothing = sum(path.stat().st_size for path in empty.glob("*.db"))
    bare = health_["bytes"] - nothing
    yield _bytes(
        "a record of the health export (samples, route positions, workouts), all included", bare, health_["new"], 15
    )
    yield _bytes("a position of Google", positions["bytes"] - nothing, positions["new"], 8)
    yield _bytes("a short message (6 words on average) with its index", filled["bytes"] - nothing, items, 200)


def goal_17(bench: Bench) -> Iterator[Line]:
    """Undo."""
    place, _ = bench.filled("encrypted")
    runs = [bench.run("undo", "encrypted", place, bench.sizes.messages) for _ in range(TIMES)]
    ratio = statistics.median(run["undo"] / run["import"] for run in runs)
    what = f"undo of {bench.sizes.messages:,} messages among {10 * bench.sizes.messages:,} / its import"
    yield Line(17, what, f"{ratio:.2f} x ({runs[0]['undo']:.2f} s)", "<= 0.3 x", ratio <= 0.3)


GOALS: dict[int, Callable[[Bench], Iterator[Line]]] = {
    1: goal_1, 2: goal_2, 3: goal_3, 4: goal_4, 5: goal_5, 6: goal_6, 7: goal_7, 8: goal_8, 9: goal_9, 10: goal_10,
    11: goal_11, 12: goal_12, 13: goal_13, 14: goal_14, 15: goal_15, 16: goal_16, 17: goal_17,
}  # fmt: skip


def _peer(
    goal: int,
    name: str,
    work: Callable[[Path, Path], peers.Run],
    archive: Path,
    ours: dict[str, Any],
    wanted: _Wanted,
) -> Iterator[Line]:
    """One peer, in runs taken in turn with nothing else; of each figure the median run."""
    program = peers.program(name)
    if program is None:
        yield Line(goal, f"against {name}", "not installed", wanted.text, met=None)
        return
    runs = sorted((work(program, archive) for _ in range(TIMES)), key=lambda run: run.seconds)
    theirs = runs[TIMES // 2]
    if theirs.failed:
        yield Line(goal, f"against {name}", "it failed", wanted.text, met=None)
        return
    faster, memory = theirs.seconds / ours["seconds"], ours["memory"] / theirs.megabytes
    smaller = theirs.size / ours["bytes"]
    figure = f"{faster:.1f} x faster ({theirs.seconds:.1f} s), {memory:.2f} x memory, 1/{smaller:.1f} of its file"
    met = faster >= wanted.faster and smaller >= wanted.smaller and memory <= wanted.memory
    yield Line(goal, f"against {name}", figure, wanted.text, met)


def _ratio(goal: int, what: str, ours: float, theirs: float, bound: float) -> Line:
    return Line(goal, what, f"{ours / theirs:.2f} x", f"<= {bound:g} x", ours / theirs <= bound)


def _factor(goal: int, what: str, theirs: float, ours: float, bound: float) -> Line:
    return Line(goal, what, f"{theirs / ours:,.0f} x faster", f">= {bound:,} x", theirs / ours >= bound)


def _time(goal: int, what: str, seconds: float, bound: float) -> Line:
    return Line(goal, what, f"{seconds * 1000:.2f} ms", f"<= {bound:g} ms", seconds * 1000 <= bound)


def _bytes(what: str, size: int, count: int, bound: float) -> Line:
    return Line(16, what, f"{size / count:.1f} bytes", f"<= {bound:g}", size / count <= bound)
