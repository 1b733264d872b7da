"""The reading process on Windows: a job object that it puts itself into. NOT RUN YET: no such machine at hand.

Source: Microsoft's documentation of job objects (``SetInformationJobObject``, ``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``,
``JOBOBJECT_BASIC_UI_RESTRICTIONS``). Jobs nest since Windows 8, so a parent's job is no obstacle. Files are not closed
off here: nothing on Windows corresponds to Landlock; low integrity has to come from the parent and is not done yet.
"""

from __future__ import annotations

import ctypes
import math
import sys

from vault_app.intake.fence.limits import MEMORY, SECONDS_PER_GIB

_PROCESS_TIME = 0x2
_ACTIVE_PROCESS = 0x8
_PROCESS_MEMORY = 0x100
_DIE_ON_EXCEPTION = 0x400
_KILL_ON_CLOSE = 0x2000
_ALL_UI_LIMITS = 0xFF
_EXTENDED, _UI = 9, 4


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t),
        ("most_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("transfers", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def close_in_job(gib: float) -> bool:
    """Bound memory and processor time, forbid other processes, the clipboard and the desktop. False elsewhere."""
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return False
        wanted = _Extended()
        wanted.basic.flags = _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE
        wanted.basic.process_time = math.ceil(SECONDS_PER_GIB * max(gib, 0.1)) * 10_000_000
        wanted.basic.processes = 1
        wanted.process_memory = MEMORY
        screen = ctypes.c_uint32(_ALL_UI_LIMITS)
        return bool(
            kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(wanted), ctypes.sizeof(wanted))
            and kernel.SetInformationJobObject(job, _UI, ctypes.byref(screen), ctypes.sizeof(screen))
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        )
    return False
