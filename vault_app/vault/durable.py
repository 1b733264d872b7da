"""Bytes that are still there after a power cut: sync of files and folders, new files by rename.

On Linux and Windows a sync is ``fsync``. On macOS ``fsync`` leaves bytes in the drive's cache, so it is
``F_FULLFSYNC`` there (Apple, fcntl(2)). A new name is durable only after its folder was synced; Windows has no such
call, its file systems log names themselves.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_NOT_OFFERED = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY}
"""What file systems answer that do not know a kind of sync (user-space exFAT, some network shares)."""


def sync_file(descriptor: int) -> None:
    """Bring the bytes of an open file to the drive. Raises OSError when that fails: the bytes may be lost."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError as error:
            if error.errno not in _NOT_OFFERED:
                raise
        else:
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Make new, renamed and removed names of a folder durable."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_OFFERED:
            raise
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in place, from its first byte, and sync it and its folder.

    In place, not by rename, so that a small file keeps its sectors. Whoever calls keeps a second copy elsewhere.
    """
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        if os.fstat(descriptor).st_size > len(content):  # some drivers refuse to cut a file that is short enough
            os.ftruncate(descriptor, len(content))
        sync_file(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def rename(old: Path, new: Path) -> None:
    """Give a synced file its final name in the same folder, durably."""
    old.replace(new)
    sync_folder(new.parent)


def remove(path: Path) -> None:
    """Remove a file durably; nothing happens when it is not there."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)
