"""Peak memory of this process and its children together, as the system has kept count of it: nothing is measured in
between, which would take time from what is measured."""

from __future__ import annotations

import resource
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class PeakMemory:
    """Within the block: the greatest memory that this process had, and the greatest of a child that has ended, added
    up. Megabytes."""

    def __init__(self) -> None:
        self.megabytes = 0.0

    def __enter__(self) -> Self:
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.megabytes = (_peak() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


def _peak() -> int:
    """Of this process since the block began, kilobytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
