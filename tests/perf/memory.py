"""Peak memory of this process and its children together, on Linux."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self


class PeakMemory:
    """Within the block: the greatest memory that this process had, and that of each child, added up. Megabytes."""

    def __init__(self) -> None:
        self._children: dict[str, int] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> Self:
        with suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()
        self.megabytes = (_peak("self") + max(self._children.values(), default=0)) / 1024

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            with suppress(OSError):
                for task in Path("/proc/self/task").iterdir():
                    for child in (task / "children").read_text(encoding="ascii").split():
                        self._children[child] = max(self._children.get(child, 0), _peak(child))


def _peak(process: str) -> int:
    """Kilobytes; 0 when the process has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
