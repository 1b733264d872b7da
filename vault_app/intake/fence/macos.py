"""The reading process on macOS: the system's own profile for pure computation. NOT RUN YET: no such machine at hand.

Source: sandbox(7) and sandbox_init(3) of macOS; deprecated by Apple and still there.
"""

from __future__ import annotations

import ctypes
import sys

_NAMED = 1


def close_pure_computation() -> bool:
    """No files, no network, no processes from now on; open files stay readable. False elsewhere or when refused."""
    if sys.platform == "darwin":
        library = ctypes.CDLL("/usr/lib/libSystem.B.dylib", use_errno=True)
        said = ctypes.c_char_p()
        answer = library.sandbox_init(b"pure-computation", ctypes.c_uint64(_NAMED), ctypes.byref(said))
        if answer != 0:
            library.sandbox_free_error(said)
        return int(answer) == 0
    return False
