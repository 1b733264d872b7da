"""Seconds by the clock; or of the processors, for a machine that does other work meanwhile (``start.py perf --cpu``)."""

from __future__ import annotations

import os
import time

CLOCK = "SELFDATA_PERF_CLOCK"
"""``cpu`` for seconds of the processors, of this process and of its children that have ended."""


def now() -> float:
    """Seconds since some moment."""
    if os.environ.get(CLOCK) != "cpu":
        return time.perf_counter()
    import resource

    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime
