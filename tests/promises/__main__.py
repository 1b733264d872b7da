"""``python3 start.py promises [--ci | --release] [ROW ...]``: each promise beside what was tried here, and whether it held."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime

from tests.promises import elsewhere, level, rows
from tests.promises.elsewhere import ROWS
from tests.promises.laboratory import pool
from tests.promises.row import Row
from tests.promises.rows import TRIALS

ORDER = sorted([*TRIALS, *(one.id for one in ROWS)], key=lambda name: (name[0], int(name[1:])))


def main() -> int:
    """Try the rows that are named, or all; 1 when a promise does not hold."""
    parser = argparse.ArgumentParser(prog="start.py promises", description=__doc__)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--ci", action="store_true", help="about forty minutes")
    chosen.add_argument("--release", action="store_true", help="hours")
    parser.add_argument("--share", type=float, default=1.0, help="so much of the figures of the level, 0.01 to 1")
    parser.add_argument("--seed", type=int, default=0, help="of R1 and S2: shares with different seeds add up")
    parser.add_argument("rows", nargs="*", metavar="ROW", choices=[*ORDER, []], help=" ".join(ORDER))
    options = parser.parse_args()
    wanted = level.RELEASE if options.release else level.CI if options.ci else level.LOCAL
    if options.share != 1:
        wanted = level.share_of(wanted, options.share)
    wanted = replace(wanted, seed=options.seed)
    start = time.monotonic()
    seed = f", seed {wanted.seed}" if wanted.seed else ""
    _say(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, level {wanted.name}{seed}, {_machine()}\n")
    held = True
    for name in options.rows or ORDER:
        begun = time.monotonic()
        row = _row(name, wanted)
        held = held and row.held is not False
        _show(row, time.monotonic() - begun)
    _say(f"\n{time.monotonic() - start:.0f} s")
    return 0 if held else 1


def _row(name: str, wanted: level.Level) -> Row:
    """One row; when its harness breaks, that is told, and the other rows are tried all the same."""
    try:
        if name in TRIALS:
            with pool(rows.WORKERS) as workers:
                return TRIALS[name](workers, wanted)
        return elsewhere.row(next(one for one in ROWS if one.id == name), wanted)
    except Exception as error:  # noqa: BLE001 - whatever it is, the promise was not tried
        return Row(name, "the harness broke", f"{type(error).__name__} {str(error)[-2000:]}", held=False)


def _show(row: Row, seconds: float) -> None:
    word = {True: "held", False: "NOT HELD", None: "not tried"}[row.held]
    _say(f"{row.id:<4} {word:<9} {row.goal}\n     {row.figure}  [{seconds:.0f} s]")
    for line in row.broken[:20]:
        _say(f"       {line}")


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _machine() -> str:
    """What the figures depend on; no name of the machine or of a person."""
    return f"{platform.system()} {platform.machine()}, {rows.WORKERS} workers, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
