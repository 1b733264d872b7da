"""The goals table: one function a row, from a level to a figure."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime

from tests.archive.hostile import CLASSES
from tests.promises import (
    archives,
    attached,
    commands,
    damage,
    elsewhere,
    exporting,
    failing,
    fuzzing,
    guided,
    laboratory,
    measured,
    powercut,
    pulling,
    shim,
    starts,
    traces,
)
from tests.promises.faults import FAULTS
from tests.promises.fuzz_targets import TARGETS as DOORS
from tests.promises.level import Level
from tests.promises.row import Row
from tests.promises.workloads import MISSING, WORKLOADS
from vault_app.share.targets import TARGETS

WORKERS = min(2, os.cpu_count() or 1)


Trial = Callable[[Executor, Level], Row]


def power_cut(pool: Executor, level: Level) -> Row:
    """R1."""
    goal = f"power cut: 0 broken, {len(WORKLOADS)} workloads"
    if shim.missing():
        return Row("R1", goal, shim.missing(), None)
    wanted = powercut.shares(list(WORKLOADS), level.states, max(WORKERS, level.states // 20_000), seed=1 + level.seed)
    found = list(pool.map(powercut.share, wanted))
    broken = [line for one in found for line in one.broken]
    states, seconds = sum(one.states for one in found), sum(one.seconds for one in found)
    went_on = sum(one.gone_on for one in found)
    missing = "".join(f"; no `{name}`: {why}" for name, why in MISSING.items())
    figure = (
        f"{len(broken)} of {states:,} states, {went_on:,} gone on; {states / seconds:.0f} a second and core{missing}"
    )
    return Row("R1", goal, figure, not broken, broken)


def seeded_faults(pool: Executor, level: Level) -> Row:
    """R2."""
    goal = "seeded faults: at least 12, all caught"
    if shim.missing():
        return Row("R2", goal, shim.missing(), None)
    wanted = [
        powercut.Share(fault.workload, level.fault_states, fault=fault.name, until_caught=True)
        for fault in FAULTS.values()
    ]
    found = list(pool.map(powercut.share, wanted))
    missed = [f"not caught: {one.fault}" for one, result in zip(wanted, found, strict=True) if not result.broken]
    return Row("R2", goal, f"{len(wanted) - len(missed)} of {len(wanted)} caught", not missed, missed)


def kills(pool: Executor, level: Level) -> Row:
    """R3."""
    return _points(pool, "R3", "kill -9 at every operation: 0 broken", failing.KILLS, level.kill_step)


def troubles(pool: Executor, level: Level) -> Row:
    """R4."""
    goal = "disk full (once, from there on), I/O error, short write: 0 broken, 0 tracebacks"
    if shim.missing():
        return Row("R4", goal, shim.missing(), None)
    waiting = [pool.submit(commands.commands, name, level.trouble_step * 3) for name in commands.COMMANDS]
    vault = _points(pool, "R4", goal, failing.TROUBLES, level.trouble_step)
    found = [one.result() for one in waiting]
    broken = [*vault.broken, *(line for one in found for line in one.broken)]
    told = sum(one.points for one in found), sum(one.told for one in found)
    figure = f"{vault.figure}; by the command itself {told[0]} points, {told[1]} sentences"
    return Row("R4", goal, figure, not broken, broken)


def _points(pool: Executor, row: str, goal: str, hows: tuple[shim.How, ...], step: int) -> Row:
    if shim.missing():
        return Row(row, goal, shim.missing(), None)
    found = list(pool.map(failing.points, failing.plan(list(WORKLOADS), hows, step, WORKERS)))
    broken = [line for one in found for line in one.broken]
    points, told = sum(one.points for one in found), sum(one.told for one in found)
    operations = sum(one.operations for one in found) // WORKERS
    figure = f"{len(broken)} of {points:,} points over {operations:,} operations (every {step}th), {told:,} told"
    return Row(row, goal, figure, not broken, broken)


def pulled_out(pool: Executor, level: Level) -> Row:
    """R5."""
    goal = f"key pulled out, exFAT and FAT: 0 broken, answer within {pulling.ANSWER:.0f} s"
    if not level.pulls:
        return Row("R5", goal, "not in a run as small as this", None)
    kinds = pool.submit(pulling.kinds).result()
    wanted = [one for kind, why in kinds.items() if not why for one in pulling.plan(kind, level.pulls, level.pulls)]
    not_tried = "; ".join(why for why in kinds.values() if why)
    if not wanted:
        return Row("R5", goal, not_tried, None)
    found = list(pool.map(pulling.pulls, wanted))
    window = elsewhere.row(elsewhere.WINDOW_PULLED, level)
    broken = [*(line for one in found for line in one.broken), *window.broken]
    pulls, midway = sum(one.pulls for one in found), sum(one.midway for one in found)
    tried = ", ".join(kind for kind, why in kinds.items() if not why)
    slowest = max(one.slowest for one in found)
    figure = (
        f"{len(broken)} of {pulls} pulls ({tried}), {midway} in the midst; slowest answer {slowest * 1000:.0f} ms;"
        f" under the window: {window.figure}"
    )
    held = not broken and window.held is not False
    return Row("R5", goal, figure + (f"; not tried: {not_tried}" if not_tried else ""), held, broken)


def damages(pool: Executor, level: Level) -> Row:
    """R6."""
    goal = "damage: all found, 0 wrong values shown (until Verify, an older page may show what was)"
    parts = damage.split(level.damages, level.flips, WORKERS)
    found = list(pool.map(damage.damages, parts, range(1, len(parts) + 1)))
    missed = [line for one in found for line in one.missed]
    tried, how, otherwise = (_sum([getattr(one, name) for one in found]) for name in ("tried", "how", "otherwise"))
    figure = f"{len(missed)} broken of {tried.total():,} ({_counts(tried)}): {_counts(how)}"
    if otherwise:
        figure += f"; showed something else until Verify: {_counts(otherwise)}"
    return Row("R6", goal, figure, not missed, missed)


def _sum(counts: list[dict[str, int]]) -> Counter[str]:
    return sum((Counter(one) for one in counts), Counter())


def _counts(tried: Counter[str]) -> str:
    return ", ".join(f"{kind} {n:,}" for kind, n in tried.items())


def races(pool: Executor, level: Level) -> Row:
    """R9."""
    broken = pool.submit(starts.races, level.races).result()
    figure = f"{len(broken)} of {level.races:,} races of {starts.STARTERS} starts"
    return Row("R9", "two starts: exactly one writer", figure, not broken, broken)


def clocks(pool: Executor, level: Level) -> Row:
    """R10."""
    goal = "clock -10 years, +10, 1970, jumping: 0 refusals, order kept"
    if shim.missing():
        return Row("R10", goal, shim.missing(), None)
    names = list(WORKLOADS) if level.tests else ["create", "import", "undo"]
    found = list(pool.map(starts.clocks, [[name] for name in names]))
    broken = [line for _, lines in found for line in lines]
    return Row("R10", goal, f"{len(broken)} of {sum(n for n, _ in found)} runs", not broken, broken)


def hostile_archives(pool: Executor, level: Level) -> Row:
    """S1."""
    goal = f"hostile archives: a verdict in words within {archives.SECONDS:.0f} s and {archives.MEMORY >> 20} MiB"
    if not hasattr(os, "fork"):
        return Row("S1", goal, "needs fork: this system has none", None)
    waiting = [pool.submit(archives.judge, names, level.variants) for names in archives.shares(WORKERS * 8)]
    if level.tests:
        waiting += [pool.submit(archives.imported, names) for names in archives.shares(WORKERS * 4)]
    found = archives.summed([one.result() for one in waiting])
    figure = (
        f"{len(found.broken)} of {found.files:,} files of {len(CLASSES)} classes, and {found.imports} whole imports;"
        f" slowest {found.slowest:.2f} s, most memory {found.memory >> 20} MiB"
    )
    return Row("S1", goal, figure, not found.broken, found.broken)


def mutations(pool: Executor, level: Level) -> Row:
    """S2."""
    goal = "fuzzing of 10 doors: 0 uncaught, 0 signals, 0 inputs over 5 s"
    if not hasattr(os, "fork"):
        return Row("S2", goal, "needs fork: this system has none", None)
    seed = level.seed or (datetime.now(UTC).toordinal() if level.tests else 0)
    doors: dict[str, list[fuzzing.Fuzzed]] = {name: [] for name in DOORS}
    for one in pool.map(fuzzing.fuzz, fuzzing.shares(level.mutations, seed)):
        doors[one.target].append(one)
    finds = {(name, what): file for name, found in doors.items() for one in found for what, file in one.finds.items()}
    counts = {name: sum(one.count for one in found) for name, found in doors.items()}
    speeds = {name: counts[name] / max(0.001, sum(one.seconds for one in found)) for name, found in doors.items()}
    shown = ", ".join(f"{name} {counts[name]:,} at {speeds[name]:,.0f}/s" for name in doors)
    broken = [f"{name}: {what}: tests/promises/finds/{file}" for (name, what), file in finds.items()]
    figure = f"{len(finds)} of {sum(counts.values()):,}, seed {seed} ({shown})"
    if level.guided:
        why_not = guided.missing()
        runs = [] if why_not else list(pool.map(guided.guide, DOORS, [level.guided] * len(DOORS)))
        broken += [line for one in runs for line in one.broken]
        reached = ", ".join(f"{one.door} {one.runs:,} to {one.edges} branches" for one in runs)
        figure += f"; {why_not or f'guided by coverage {level.guided} s each: {reached}'}"
    return Row("S2", goal, figure, not broken, broken)


def left_traces(pool: Executor, level: Level) -> Row:
    """S6."""
    tests = elsewhere.row(elsewhere.TRACES, level)
    goal = f"{tests.goal}; killed at any moment on a shared computer"
    if not level.session_kills:
        return Row("S6", goal, tests.figure, tests.held, tests.broken)
    each = [level.session_kills // WORKERS + (number < level.session_kills % WORKERS) for number in range(WORKERS)]
    found = list(pool.map(traces.kills, each, range(WORKERS)))
    moments = sorted(moment for one in found for moment in one.moments)
    broken = [*tests.broken, *(line for one in found for line in one.broken)]
    figure = (
        f"{tests.figure}; {len(moments)} kills after {moments[0]:.1f} to {moments[-1]:.1f} s, {sum(one.sessions for one in found)} of"
        f" them left a session on the key, swept at the next start"
    )
    return Row("S6", goal, figure, tests.held is not False and not broken, broken)


def plaintext(pool: Executor, level: Level) -> Row:
    """S8."""
    noise, shown = pool.submit(measured.plaintext, level.tokens).result()
    figure = f"{len(shown)} files show one of {level.tokens:,} tokens; least entropy {noise:.4f}"
    return Row("S8", "ciphertext: 0 plaintext, entropy > 7.99", figure, not shown and noise > 7.99, shown)


def unlocking(pool: Executor, level: Level) -> Row:
    """S9."""
    opening, cheap, changing = pool.submit(measured.unlocking).result()
    figure = f"opening {opening:.2f} s, without derivation {cheap * 1000:.0f} ms, change {changing:.2f} s of the processor (small vault)"
    goal = "unlock <= 0.6 s, open <= 20 ms, change of password <= 1.2 s"
    return Row("S9", goal, figure, opening - cheap <= 0.6 and cheap <= 0.02 and changing <= 1.2)


def packs(pool: Executor, level: Level) -> Row:
    """S10."""
    seen = pool.submit(attached.compared, level.megabytes).result()
    figure = (
        f"write {seen.write:.1f} x, read {seen.read:.1f} x by the clock, {seen.write_processor:.1f} x and "
        f"{seen.read_processor:.1f} x in processor time, seek {seen.seek:.2f} ms ({level.megabytes} MB)"
    )
    held = seen.write >= 2 and seen.read >= 2 and seen.seek <= 1
    goal = "packs >= 2 x the blobs of SQLCipher, seek <= 1 ms"
    if not level.gigabytes:
        return Row("S10", goal, figure, held)
    with laboratory.pool(1) as fresh:
        large = fresh.submit(attached.large, level.gigabytes).result()
    figure += (
        f"; {level.gigabytes} GB in {large.packs} packs: {large.megabytes:.0f} MB of memory, {large.seconds:.0f} s"
    )
    goal += f", {level.gigabytes} GB within 400 MB"
    return Row("S10", goal, figure, held and large.megabytes <= 400 and not large.wrong, large.wrong)


def ledger_edits(pool: Executor, level: Level) -> Row:
    """S11."""
    passed = pool.submit(measured.ledger_edits, level.edits).result()
    figure = f"{level.edits - len(passed):,} of {level.edits:,} found"
    return Row("S11", "ledger: all edits found", figure, not passed, passed)


def exports(pool: Executor, level: Level) -> Row:
    """S12."""
    goal = "export: 0 values that were not chosen; killed, it leaves 0 files but a .part, which the next start offers to delete"
    shares = [level.plans // WORKERS + (number < level.plans % WORKERS) for number in range(WORKERS)]
    waiting = [pool.submit(exporting.plans, count, number) for number, count in enumerate(shares) if count]
    why_not = shim.missing()
    if not why_not and level.export_kills:
        waiting.append(pool.submit(exporting.kills, level.export_kills))
    found = [one.result() for one in waiting]
    broken = [line for one in found for line in one.broken]
    plans, killed, whole = (sum(getattr(one, name) for one in found) for name in ("plans", "kills", "whole"))
    kills = why_not or f"{killed} kills, after {whole} of them it was whole"
    figure = f"{len(broken)} of {plans:,} exports ({level.plans:,} selections, {len(TARGETS)} targets); {kills}"
    return Row("S12", goal, figure, not broken, broken)


TRIALS: dict[str, Trial] = {
    "R1": power_cut,
    "R2": seeded_faults,
    "R3": kills,
    "R4": troubles,
    "R5": pulled_out,
    "R6": damages,
    "R9": races,
    "R10": clocks,
    "S1": hostile_archives,
    "S2": mutations,
    "S6": left_traces,
    "S8": plaintext,
    "S9": unlocking,
    "S10": packs,
    "S11": ledger_edits,
    "S12": exports,
}
