"""Frames are read ahead of the writer, in order, within a bound of bytes, and what went wrong is told in its place."""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Iterator

import pytest

from vault_app.intake.ahead import Ahead
from vault_app.intake.frames import FrameError

_PATIENCE = 20


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        try:
            os.close(end)
        except OSError:
            continue


def _frame(data: bytes) -> bytes:
    return struct.pack("<I", len(data)) + data


def test_frames_come_in_order_and_the_end_ends(pipe: tuple[int, int]) -> None:
    frames = [bytes([number]) * (number + 1) for number in range(200)]
    os.write(pipe[1], b"".join(map(_frame, frames)))
    os.close(pipe[1])
    with os.fdopen(pipe[0], "rb") as stream, Ahead(stream) as ahead:
        assert list(ahead) == frames


def test_what_was_whole_comes_before_what_is_wrong(pipe: tuple[int, int]) -> None:
    os.write(pipe[1], _frame(b"whole") + _frame(b"never whole")[:-3])
    os.close(pipe[1])
    with os.fdopen(pipe[0], "rb") as stream, Ahead(stream) as ahead:
        each = iter(ahead)
        assert next(each) == b"whole"
        with pytest.raises(FrameError, match="cut"):
            next(each)


def test_the_other_side_waits_when_the_writer_is_behind(pipe: tuple[int, int]) -> None:
    """With a bound of three frames, more than the pipe itself holds cannot be written until somebody takes some."""
    frame, count, written = _frame(b"x" * 60_000), 40, threading.Event()

    def write() -> None:
        with os.fdopen(pipe[1], "wb") as stream:
            for _ in range(count):
                stream.write(frame)
        written.set()

    with os.fdopen(pipe[0], "rb") as stream, Ahead(stream, most=200_000) as ahead:
        threading.Thread(target=write, daemon=True).start()
        assert not written.wait(0.5)
        assert sum(1 for _ in ahead) == count
        assert written.wait(_PATIENCE)


def test_one_frame_larger_than_the_bound_comes_all_the_same(pipe: tuple[int, int]) -> None:
    with os.fdopen(pipe[0], "rb") as stream, Ahead(stream, most=10) as ahead:
        os.write(pipe[1], _frame(b"y" * 1000))
        os.close(pipe[1])
        assert list(ahead) == [b"y" * 1000]


def test_who_leaves_early_leaves_no_thread_behind(pipe: tuple[int, int]) -> None:
    with os.fdopen(pipe[0], "rb") as stream:
        with Ahead(stream, most=10) as ahead:
            os.write(pipe[1], _frame(b"z" * 1000) * 3)
            assert next(iter(ahead)) == b"z" * 1000
        os.close(pipe[1])
        for thread in list(threading.enumerate()):
            if thread.name == "reader-ahead":
                thread.join(_PATIENCE)
                assert not thread.is_alive()
