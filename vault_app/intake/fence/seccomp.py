"""System-call filters of Linux, written as classic BPF and installed through ctypes. Refused calls answer EPERM.

Source: seccomp(2), and ``linux/seccomp.h``, ``linux/filter.h``, ``linux/audit.h`` of the kernel's headers.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vault_app.intake.fence import calls

_ARCHITECTURES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_SECCOMP_CALL: Final = {"x86_64": 317, "aarch64": 277}

_LOAD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_AT_LEAST: Final = 0x35  # BPF_JMP | BPF_JGE | BPF_K
_RETURN: Final = 0x06  # BPF_RET | BPF_K
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EPERM

_AT_NUMBER: Final = 0
_AT_ARCHITECTURE: Final = 4
_X32: Final = 0x40000000

_SET_FILTER: Final = 1
_ALL_THREADS: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_AF_UNIX: Final = 1

_OWNERS: Final = {
    "fcntl": (1, (8, 10, 15)),  # F_SETOWN, F_SETSIG, F_SETOWN_EX: a file could be told to signal the parent
    "ioctl": (1, (0x8901, 0x8902, 0x5412)),  # FIOSETOWN, SIOCSPGRP; TIOCSTI types into a terminal
    "prctl": (0, (4, 0x59616D61)),  # PR_SET_DUMPABLE, PR_SET_PTRACER: stays hidden from others
}


@dataclass(frozen=True)
class _Argument:
    """A call that depends on the lower 32 bits of one of its arguments: refused for, or but for, these values."""

    call: str
    index: int
    values: tuple[int, ...]
    only_these: bool


def close_reader() -> bool:
    """The filter of the reading process; holds for all its threads. False where the system does not offer it."""
    arguments = [_Argument(name, index, values, only_these=False) for name, (index, values) in _OWNERS.items()]
    return _install(_Program(calls.READER, arguments, calls.HIGHEST_KNOWN))


def close_network() -> bool:
    """The filter of the application: sockets of the window system only, no rings. False where not offered."""
    arguments = [_Argument(name, 0, (_AF_UNIX,), only_these=True) for name in ("socket", "socketpair")]
    return _install(_Program(calls.RINGS, arguments, None))


def offered() -> bool:
    """Whether this system has filters and we know its calls."""
    if sys.platform != "linux" or platform.machine() not in _ARCHITECTURES:
        return False
    action = ctypes.c_uint32(0x00050000)
    answer = _libc().syscall(ctypes.c_long(_SECCOMP_CALL[platform.machine()]), 2, 0, ctypes.byref(action))
    return int(answer) == 0


@dataclass(frozen=True)
class _Program:
    refused: Iterable[str]
    arguments: Iterable[_Argument]
    highest: int | None

    def code(self, machine: str) -> bytes:
        """The filter: another architecture (32-bit calls) is refused as a whole."""
        column, architecture = _ARCHITECTURES[machine]
        code = [
            _step(_LOAD, _AT_ARCHITECTURE),
            _step(_EQUAL, architecture, 1, 0),
            _step(_RETURN, _REFUSE),
            _step(_LOAD, _AT_NUMBER),
            _step(_AT_LEAST, self.highest + 1 if self.highest is not None else _X32, 0, 1),
            _step(_RETURN, _REFUSE),
        ]
        for number in calls.numbers(list(self.refused), column):
            code += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _REFUSE)]
        for argument in self.arguments:
            code += _argument(argument, calls.NUMBERS[argument.call][column])
        code.append(_step(_RETURN, _ALLOW))
        return b"".join(code)


def _argument(rule: _Argument, number: int) -> list[bytes]:
    tests = []
    for value in rule.values:
        answer = _ALLOW if rule.only_these else _REFUSE
        tests += [_step(_EQUAL, value, 0, 1), _step(_RETURN, answer)]
    tests.append(_step(_RETURN, _REFUSE if rule.only_these else _ALLOW))
    load = _step(_LOAD, 16 + 8 * rule.index)  # both architectures are little-endian: the lower half comes first
    return [_step(_EQUAL, number, 0, len(tests) + 1), load, *tests]


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _install(program: _Program) -> bool:
    if not offered():
        return False
    machine, libc = platform.machine(), _libc()
    code = program.code(machine)
    buffer = ctypes.create_string_buffer(code, len(code))
    described = _Filter(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    call = ctypes.c_long(_SECCOMP_CALL[machine])
    return int(libc.syscall(call, _SET_FILTER, _ALL_THREADS, ctypes.byref(described))) == 0
