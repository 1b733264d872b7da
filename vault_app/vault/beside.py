"""Two things at once: hashing beside encrypting, the second half of an object beside the first.

Both release Python's lock while they work on more than a few kilobytes, so that a second core takes half of the time.
A thread is begun for each, about 0.1 ms: nothing is left that a lock of the vault or a new process would have to end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

WORTH: Final = 512 << 10
"""Bytes from which a second thread is worth its beginning."""


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Run ``work`` in a thread while the block runs. Both have ended afterwards, whatever either raised."""
    with ThreadPoolExecutor(1, "beside") as thread:
        other = thread.submit(work)
        yield
        other.result()
