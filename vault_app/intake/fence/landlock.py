"""Landlock: the Linux kernel refuses every file, for good, to whoever asked for it without naming any.

Source: landlock(7) and ``linux/landlock.h``. What the kernel can refuse grows with its ABI, which is asked first.
Files that are open already stay open. Threads that began before are not covered (``seccomp`` covers them).
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys
from typing import Final

_CREATE: Final = 444
_RESTRICT: Final = 446
_ASK_VERSION: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38

_FIRST_FILE_RIGHTS: Final = (1 << 13) - 1
_MORE_FILE_RIGHTS: Final = {2: 1 << 13, 3: 1 << 14, 5: 1 << 15}  # move between folders, cut, device control
_TCP: Final = 0b11  # bind, connect: ABI 4
_SCOPES: Final = 0b11  # abstract sockets, signals: ABI 6


def version() -> int:
    """The kernel's ABI, 0 when it has no Landlock or does not switch it on."""
    if sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"}:
        return 0
    answer = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(_CREATE), None, ctypes.c_size_t(0), _ASK_VERSION)
    return max(0, int(answer))


def close_files() -> int:
    """Refuse every file from now on; returns the ABI that holds, 0 when nothing does."""
    abi = version()
    if not abi:
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    rights = _FIRST_FILE_RIGHTS
    for since, more in _MORE_FILE_RIGHTS.items():
        if abi >= since:
            rights |= more
    attributes = struct.pack("=QQQ", rights, _TCP, _SCOPES)[: 24 if abi >= 6 else 16 if abi >= 4 else 8]
    ruleset = libc.syscall(ctypes.c_long(_CREATE), attributes, ctypes.c_size_t(len(attributes)), 0)
    if ruleset < 0 or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return 0
    closed = libc.syscall(ctypes.c_long(_RESTRICT), ruleset, 0) == 0
    libc.close(ruleset)
    return abi if closed else 0
