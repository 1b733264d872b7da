"""Work beside work: both are done, and what either raises is told."""

from __future__ import annotations

import threading

import pytest

from vault_app.vault.beside import beside


def test_the_work_runs_in_a_thread_of_its_own_and_has_ended_after_the_block():
    meeting, threads = threading.Barrier(2, timeout=10), []

    def work():
        meeting.wait()
        threads.append(threading.current_thread())

    with beside(work):
        meeting.wait()
    assert threads != [threading.current_thread()]
    assert not threads[0].is_alive()


def test_what_the_work_raises_is_raised_after_the_block():
    done = []
    with pytest.raises(ZeroDivisionError), beside(lambda: 1 / 0):
        done.append("block")
    assert done == ["block"]


def test_what_the_block_raises_is_raised_once_the_work_has_ended():
    started, done = threading.Event(), []

    def work():
        started.wait(10)
        done.append("work")

    def full_disk():
        with beside(work):
            started.set()
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        full_disk()
    assert done == ["work"]
