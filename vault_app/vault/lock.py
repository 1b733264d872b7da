"""One process at a time: the file ``lock`` in the vault folder, and a byte-range lock on it.

It holds a random instance id and the process id, never a name of the computer or of the person. The system lets go
of the lock when the process ends, however it ends. The locked byte lies beyond the content, because Windows forbids
others to read locked bytes.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from vault_app.vault.errors import VaultBusy

_PLACE: Final = 1 << 20
_LARGEST: Final = 200

_held: set[tuple[int, int]] = set()
_held_guard = threading.Lock()


@dataclass(frozen=True)
class Holder:
    """Who holds a vault: the random id of that start of the application, and its process id (0: not readable)."""

    instance: str
    pid: int


class VaultInUse(VaultBusy):
    """Another start of the application holds the vault."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(str(holder.pid))
        self.holder = holder


class VaultLock:
    """Holds the lock of one vault until ``release``. Raises VaultInUse, and OSError where locks are not offered."""

    def __init__(self, path: Path) -> None:
        self.instance = secrets.token_hex(16)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        with _held_guard:
            # Closing any handle of a file drops POSIX locks of the whole process: look before opening.
            with suppress(FileNotFoundError):
                if _identity(path.stat()) in _held:
                    raise VaultInUse(Holder("", os.getpid()))
            self._descriptor = os.open(path, flags, 0o600)
            self._identity = _identity(os.fstat(self._descriptor))
            try:
                _take(self._descriptor)
            except OSError as error:
                os.close(self._descriptor)
                raise VaultInUse(_holder(path)) from error
            _held.add(self._identity)
        content = json.dumps({"instance": self.instance, "pid": os.getpid()}).encode("ascii")
        try:
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, content)
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Let go. Nothing happens the second time."""
        with _held_guard:
            if self._descriptor < 0:
                return
            with suppress(OSError):  # a name that stays there holds nothing
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1
            _held.discard(self._identity)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _holder(path: Path) -> Holder:
    """What a lock file says. Only where this process does not hold that lock: closing the file would drop it."""
    try:
        with path.open("rb") as file:
            plain = json.loads(file.read(_LARGEST))
        return Holder(str(plain["instance"])[:32], int(plain["pid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder("", 0)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _PLACE)
