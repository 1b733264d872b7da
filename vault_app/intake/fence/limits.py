"""Bounds on what a process may use, and hiding its memory from others. POSIX; Windows has ``windows.py``."""

from __future__ import annotations

import ctypes
import math
import sys
from typing import Final

MEMORY: Final = 1 << 30
"""Bytes of address space of the reading process."""

SECONDS_PER_GIB: Final = 600
"""Seconds of processor time for each GiB of archive."""

_PR_SET_DUMPABLE: Final = 4
_PT_DENY_ATTACH: Final = 31


def bound(gib: float, open_files: int) -> bool:
    """Bound this process for reading an archive of a size. No new file grows, no process begins, no core is left.

    ``open_files``: the highest number of handles, those that are open included. False on Windows.
    """
    if sys.platform == "win32":
        return False
    import resource

    seconds = math.ceil(SECONDS_PER_GIB * max(gib, 0.1))
    wanted = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: open_files,
        resource.RLIMIT_CORE: 0,
    }
    for kind, amount in wanted.items():
        hard = resource.getrlimit(kind)[1]
        allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(kind, (allowed, allowed))
    return True


def hide_memory() -> bool:
    """No core file after a crash; other processes of the same person cannot read this one's memory.

    On Linux undumpable processes cannot use desktop portals: inside a Flatpak only cores are off. On Windows the
    system's own rights stay as they are (not done yet). False where a part of it does not hold.
    """
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":  # not run here: no such machine at hand
        return int(libc.ptrace(_PT_DENY_ATTACH, 0, 0, 0)) == 0
    if _in_flatpak():
        return False
    return int(libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)) == 0


def _in_flatpak() -> bool:
    from pathlib import Path

    return Path("/.flatpak-info").exists()
