"""``python3 start.py perf [--large] [--cpu] [GOAL ...]``: figure, goal, met or not, as the results arrive."""

from __future__ import annotations

import argparse
import os
import time

from tests.perf import clock
from tests.perf.bench import LARGE, Bench, Line, Sizes
from tests.perf.goals import GOALS


def main() -> None:
    """Measure the goals that are named, or all."""
    parser = argparse.ArgumentParser(prog="start.py perf", description=__doc__)
    parser.add_argument("--large", action="store_true", help="ten times the data: an hour")
    parser.add_argument("--cpu", action="store_true", help="seconds of the processors, where other work goes on")
    parser.add_argument("goals", nargs="*", type=int, metavar="GOAL", help=", ".join(map(str, GOALS)))
    options = parser.parse_args()
    if options.cpu:
        os.environ[clock.CLOCK] = "cpu"
    bench = Bench(LARGE if options.large else Sizes())
    start = time.monotonic()
    try:
        for number in options.goals or GOALS:
            for line in GOALS[number](bench):
                _show(line)
    finally:
        bench.clear()
    print(f"{time.monotonic() - start:.0f} s")  # noqa: T201


def _show(line: Line) -> None:
    met = {True: "met", False: "NOT MET", None: ""}[line.met]
    print(f"{line.goal:>2}  {line.what:<88} {line.figure:>24}  {line.wanted:>14}  {met}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
