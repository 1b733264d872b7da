"""A reading process gone bad: locks itself in, then tries everything. Run by ``test_fence.py`` in a process of its own.

Arguments: a file to read through an open handle, a folder to attack. Prints one JSON object: what was tried, and how
it ended (``refused: <error>``, or ``DONE`` when the fence did not hold).
"""

# ruff: noqa: PTH101, PTH102, PTH104, PTH108, PTH118, PTH123, PTH208, PTH211, T201

from __future__ import annotations

import ctypes
import errno
import io
import json
import mmap
import os
import shutil
import signal
import sys
import threading
import zipfile
from collections.abc import Callable

import msgspec
import numpy as np

from vault_app.intake import fence

LIBC = ctypes.CDLL(None, use_errno=True)
CALLS = {  # x86_64, aarch64
    "clone3": (435, 435),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "openat2": (437, 437),
    "pidfd_open": (434, 434),
    "prlimit64": (302, 261),
    "process_vm_readv": (310, 270),
    "ptrace": (101, 117),
    "unshare": (272, 97),
    "setxattrat": (463, 463),
}


def call(name: str, *arguments: int) -> None:
    number = CALLS[name][os.uname().machine == "aarch64"]
    if LIBC.syscall(ctypes.c_long(number), *(ctypes.c_long(value) for value in arguments)) == -1:
        raise OSError(ctypes.get_errno(), name)


def socket(family: int) -> None:
    descriptor = LIBC.socket(family, 1, 0)
    if descriptor == -1:
        raise OSError(ctypes.get_errno(), "socket")


def tries(folder: str) -> dict[str, Callable[[], object]]:
    victim, parent = os.path.join(folder, "victim"), os.getppid()
    vector = (ctypes.c_uint64 * 2)(ctypes.addressof(ctypes.create_string_buffer(8)), 8)
    other = (ctypes.c_uint64 * 2)(0x1000, 8)
    fcntl = __import__("fcntl")
    standing = os.dup(0)
    return {
        "read a file": lambda: os.open(victim, os.O_RDONLY),
        "read a file with openat2": lambda: call("openat2", -100, 0, 0, 0),
        "write a new file": lambda: os.open(os.path.join(folder, "new"), os.O_WRONLY | os.O_CREAT),
        "list a folder": lambda: os.listdir(folder),
        "delete a file": lambda: os.unlink(victim),
        "rename a file": lambda: os.rename(victim, victim + "2"),
        "cut a file": lambda: os.truncate(victim, 0),
        "change a file's rights": lambda: os.chmod(victim, 0o777),
        "make a folder": lambda: os.mkdir(os.path.join(folder, "made")),
        "link a file": lambda: os.symlink(victim, victim + "3"),
        "a file in memory": lambda: call("memfd_create", 0, 0),
        "a network socket": lambda: socket(2),
        "a network socket (IPv6)": lambda: socket(10),
        "a netlink socket": lambda: socket(16),
        "a local socket": lambda: socket(1),
        "another process": os.fork,
        "another program": lambda: os.execv("/bin/true", ["true"]),
        "a thread": lambda: threading.Thread(target=int).start(),
        "a process by clone3": lambda: call("clone3", 0, 0),
        "end the parent": lambda: os.kill(parent, signal.SIGTERM),
        "a handle on the parent": lambda: call("pidfd_open", parent, 0),
        "signal the parent through a file": lambda: fcntl.fcntl(standing, fcntl.F_SETOWN, parent),
        "trace the parent": lambda: call("ptrace", 16, parent, 0, 0),
        "read the parent's memory": lambda: call(
            "process_vm_readv", parent, ctypes.addressof(vector), 1, ctypes.addressof(other), 1, 0
        ),
        "change the parent's limits": lambda: call("prlimit64", parent, 7, 0, 0),
        "take 2 GB": lambda: bytearray(2 << 30),
        "map 2 GB": lambda: mmap.mmap(-1, 2 << 30),
        "a ring": lambda: call("io_uring_setup", 1, 0),
        "a key": lambda: call("keyctl", 0, -3, 0),
        "a namespace": lambda: call("unshare", 0x10000000),
        "a call newer than this code": lambda: call("setxattrat", -1, 0, 0, 0, 0, 0),
        "become readable again": lambda: LIBC.prctl(4, 1, 0, 0, 0) and _raise(),
    }


def _raise() -> None:
    raise OSError(ctypes.get_errno(), "prctl")


def attempt(action: Callable[[], object]) -> str:
    try:
        action()
    except OSError as error:
        return f"refused: {errno.errorcode.get(error.errno, str(error.errno))}"
    except (MemoryError, RuntimeError) as error:
        return f"refused: {type(error).__name__}"
    return "DONE"


def still_works(archive: io.BufferedReader) -> dict[str, object]:
    """What reading needs, after the lock."""
    with zipfile.ZipFile(archive) as opened:
        rows = msgspec.json.decode(opened.read("numbers.json"))
    column = np.sort(np.array(rows, dtype=np.int64))
    text = "é".encode("latin-1").decode("cp1252")
    return {"sum": int(column.sum()), "text": text}


def main() -> None:
    archive_path, folder = sys.argv[1:3]
    with open(archive_path, "rb") as archive:
        msgspec.json.decode(b"[1]")
        "".encode("cp1252")
        plans = tries(folder)
        layers = fence.lock_reader(1.0, 64)
        plans["more handles than allowed"] = lambda: [os.dup(0) for _ in range(100)]
        answers = {name: attempt(action) for name, action in plans.items()}
        if sys.argv[3:] == ["spin"]:
            while True:
                pass
        print(json.dumps({"layers": layers, "answers": answers, "works": still_works(archive)}))


if __name__ == "__main__":
    shutil.which("true")
    main()
