"""A process that dies at each moment at which something is brought to the drive, and what then lies there.

The child is a fork; it dies by SIGKILL before its k-th sync or removal. The patches are in the child alone.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from vault_app.vault import durable


def states(before: Path, at: Path, work: Callable[[Path], object], every: int = 1) -> Iterator[tuple[int, Path, bool]]:
    """The number of each moment, the folder as it then lies there, and whether the work came to its end.

    ``before``: a folder as it is before the work; the last state is that of work that was done. ``every``: only each
    so manieth moment.
    """
    moment = 1 - every
    while True:
        moment += every
        place = at / f"moment {moment}"
        shutil.copytree(before, place)
        child = os.fork()
        if child == 0:
            _die_at(moment)
            try:
                work(place)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        done = not os.WIFSIGNALED(status)
        yield moment, place, done
        shutil.rmtree(place)
        if done:
            return


def _die_at(moment: int) -> None:
    left = [moment]

    def counted(function: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            function(*arguments)

        return call

    for name in ("sync_file", "sync_folder", "remove"):
        setattr(durable, name, counted(getattr(durable, name)))
