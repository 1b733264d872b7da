"""Frames read ahead of the writer: the reading process goes on while the vault is written, within a bound of bytes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from typing import IO, Self

from vault_app.intake.frames import FrameError, frames

AHEAD = 24 << 20
"""Bytes of frames that wait for the writer; with as many the reading process has to wait as well."""

_Waiting = bytes | FrameError | OSError | ValueError


class Ahead:
    """The frames of a stream, read in a thread of their own. Use as a context manager; leaving ends the reading."""

    def __init__(self, stream: IO[bytes], most: int = AHEAD) -> None:
        self._stream = stream
        self._most = most
        self._change = threading.Condition()
        self._waiting: deque[_Waiting] = deque()
        self._bytes = 0
        self._done = self._left = False

    def __enter__(self) -> Self:
        threading.Thread(target=self._read, name="reader-ahead", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._left = True
            self._waiting.clear()
            self._change.notify_all()

    def __iter__(self) -> Iterator[bytes]:
        """Each frame as it came, to the end of the stream. Raises what reading raised, in its place."""
        while True:
            with self._change:
                while not self._waiting and not self._done:
                    self._change.wait()
                if not self._waiting:
                    return
                frame = self._waiting.popleft()
                if isinstance(frame, bytes):
                    self._bytes -= len(frame)
                self._change.notify_all()
            if not isinstance(frame, bytes):
                raise frame
            yield frame

    def _read(self) -> None:
        try:
            for frame in frames(self._stream):
                if not self._put(frame):
                    return
        except (FrameError, OSError, ValueError) as error:  # ValueError: the stream was closed, nobody listens
            self._put(error)
        with self._change:
            self._done = True
            self._change.notify_all()

    def _put(self, frame: _Waiting) -> bool:
        """Whether somebody still listens; a frame waits for room unless it is the only one."""
        size = len(frame) if isinstance(frame, bytes) else 0
        with self._change:
            while self._waiting and self._bytes + size > self._most and not self._left:
                self._change.wait()
            if not self._left:
                self._waiting.append(frame)
                self._bytes += size
            self._change.notify_all()
            return not self._left
