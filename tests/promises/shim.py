"""The small C library between a process and the file system: built where a compiler is, told what to do.

``shim.c`` says what it does. It stands in the processes of ``laboratory.py`` only, by ``LD_PRELOAD``.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from enum import IntEnum
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


class How(IntEnum):
    """What happens at the chosen operation; the numbers are those of ``shim.c``."""

    NOTHING = 0
    KILL = 1
    KILL_HALF = 2
    """Of a write, half is done before the kill."""
    NO_SPACE_ONCE = 3
    NO_SPACE = 4
    """From there on; what the process frees, it may use again."""
    IO_ERROR = 5
    SHORT = 6
    """A write that takes half of what it was given, and says so."""


def missing() -> str:
    """Why the library cannot be used here; empty when it can."""
    if sys.platform != "linux":
        return "only Linux has LD_PRELOAD as it is used here"
    return "" if compiler() else "no C compiler (cc, gcc or clang) on this machine"


def compiler() -> str | None:
    """The path of a C compiler."""
    return next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)


def build(folder: Path) -> Path:
    """Compile into a folder; returns the library. Raises CalledProcessError."""
    tool = compiler()
    assert tool, "ask missing() first"
    library = folder / "shim.so"
    line = [tool, "-O2", "-shared", "-fPIC", "-Wall", "-Werror", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run(line, check=True, capture_output=True)
    return library


@cache
def _here() -> ctypes.CDLL:
    library = ctypes.CDLL(None)
    library.promises_counted.restype = ctypes.c_long
    library.promises_clock.argtypes = [ctypes.c_longlong, ctypes.c_longlong]
    library.promises_fail.argtypes = [ctypes.c_long, ctypes.c_int]
    return library


def is_here() -> bool:
    """Whether the library stands in this process."""
    return hasattr(ctypes.CDLL(None), "promises_watch")


def watch(folder: Path, log: int = -1) -> None:
    """From now on count the operations on the files of a folder; with ``log``, an open file, write them down."""
    _here().promises_watch(os.fsencode(folder), log)


def fail(operation: int, how: How) -> None:
    """The operation of that number (from 1, counted from now on) goes wrong."""
    _here().promises_fail(operation, int(how))


def counted() -> int:
    """Operations since ``watch`` or ``fail``."""
    return int(_here().promises_counted())


def stop() -> None:
    """Nothing goes wrong any more, nothing is written down."""
    _here().promises_stop()


def mark(text: str) -> None:
    """Write down that something was reported as done."""
    _here().promises_mark(text.encode())


def clock(offset: float, step: float = 0.0) -> None:
    """Set this process's wall clock off by seconds; with ``step`` it jumps to and fro, ever farther."""
    _here().promises_clock(int(offset * 1e9), int(step * 1e9))
