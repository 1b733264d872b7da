"""The one door for work: the window never waits. Work runs in a lane of threads, results come back to the window.

``tasks.read(work)`` asks the vault something (two threads). ``tasks.write(work)`` changes it or takes long (one thread,
so there is one writer); such a job has a title, progress, pause and cancel, and stands in the jobs bar.

    tasks.read(lambda job: facts.count(vault, selection)).replacing("count").on_done(show).start()
    tasks.write(bring_in).named(title).on_progress(bar).on_done(account).on_error(say).start()
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Cancelled(Exception):
    """The work was asked to stop."""


class Reins(Protocol):
    """What holds a piece of work that knows how to pause and stop by itself."""

    def pause(self) -> None:
        """Hold."""
        ...

    def go_on(self) -> None:
        """End the pause."""
        ...

    def cancel(self) -> None:
        """Stop."""
        ...


@dataclass(frozen=True)
class Step:
    """How far a job is: ``done`` of ``total``, any unit (0: not known). ``text``: what passes now, untrusted."""

    done: int
    total: int
    text: str = ""
    count: int = 0


class Job(QObject):
    """One piece of work, from start to end. The work gets it as its argument; ``check`` and ``report`` are for it."""

    progressed = Signal(object)
    _ended = Signal(str, object)

    def __init__(self, owner: Tasks, lane: Lane, work: Callable[[Job], Any]) -> None:
        super().__init__(owner)
        self._owner = owner
        self._lane = lane
        self._work = work
        self._done: Callable[[Any], None] = lambda _: None
        self._error: Callable[[BaseException], None] | None = None
        self._stopped: Callable[[], None] = lambda: None
        self._cancelled = threading.Event()
        self._going = threading.Event()
        self._going.set()
        self._reins: Reins | None = None
        self.title = ""
        self.key = ""
        self.pausable = False
        self._ended.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def named(self, title: str) -> Job:
        """Give it a title; named jobs stand in the jobs bar."""
        self.title = title
        return self

    def replacing(self, key: str) -> Job:
        """An earlier job of this key that has not ended is cancelled, and its result dropped."""
        self.key = key
        return self

    def on_done(self, callback: Callable[[Any], None]) -> Job:
        """Called in the window's thread with the result."""
        self._done = callback
        return self

    def on_error(self, callback: Callable[[BaseException], None]) -> Job:
        """Called in the window's thread with what was raised; without it the owner's ``failed`` signal tells."""
        self._error = callback
        return self

    def on_cancelled(self, callback: Callable[[], None]) -> Job:
        """Called in the window's thread when the job was cancelled."""
        self._stopped = callback
        return self

    def on_progress(self, callback: Callable[[Step], None]) -> Job:
        """Called in the window's thread at each step."""
        self.progressed.connect(callback, Qt.ConnectionType.QueuedConnection)
        return self

    def start(self) -> Job:
        """Begin as soon as the lane is free."""
        self._owner.begin(self)
        return self

    def pause(self) -> None:
        """Hold the work at its next step."""
        self._going.clear()
        if self._reins is not None:
            self._reins.pause()

    def go_on(self) -> None:
        """End a pause."""
        self._going.set()
        if self._reins is not None:
            self._reins.go_on()

    def cancel(self) -> None:
        """Ask the work to stop; ``on_cancelled`` tells when it has."""
        self._cancelled.set()
        self._going.set()
        if self._reins is not None:
            self._reins.cancel()

    @property
    def paused(self) -> bool:
        """Whether it is held."""
        return not self._going.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def check(self) -> None:
        """For the work: wait during a pause. Raises Cancelled."""
        self._going.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def report(self, step: Step) -> None:
        """For the work: say how far it is."""
        self.progressed.emit(step)

    def rein(self, reins: Reins) -> None:
        """For work that pauses and stops by itself: hand over what does it."""
        self._reins = reins
        if self.paused:
            reins.pause()
        if self.cancelled:
            reins.cancel()

    def run(self) -> None:
        """In the lane's thread."""
        try:
            self.check()
            result = self._work(self)
        except Cancelled:
            self._ended.emit("cancelled", None)
        except BaseException as error:  # noqa: BLE001 - handed to the window, which says it
            self._ended.emit("cancelled" if self.cancelled else "error", error)
        else:
            self._ended.emit("done", result)

    @Slot(str, object)
    def _settle(self, how: str, value: Any) -> None:
        replaced = self._owner.settle(self)
        if how == "done" and not replaced:
            self._done(value)
        elif how == "error" and not replaced:
            if self._error is not None:
                self._error(value)
            else:
                self._owner.failed.emit(value)
        elif how == "cancelled" and not replaced:
            self._stopped()
        self.deleteLater()

    @property
    def lane(self) -> Lane:
        """Where it runs."""
        return self._lane


class Lane:
    """Threads that take jobs one after the other."""

    def __init__(self, name: str, threads: int) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-{number}", daemon=True) for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def put(self, job: Job) -> None:
        """Queue a job."""
        self._jobs.put(job)

    def close(self, seconds: float) -> bool:
        """Let the threads end; returns whether they did in time."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(seconds)
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job.run()


class Tasks(QObject):
    """All work of the window. ``started`` and ``ended`` tell the jobs bar; ``failed`` an error that nobody handles."""

    started = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = Lane("read", 2)
        self._writing = Lane("write", 1)
        self._running: list[Job] = []
        self._newest: dict[str, Job] = {}

    def read(self, work: Callable[[Job], Any]) -> Job:
        """Work that only asks."""
        return Job(self, self._reading, work)

    def write(self, work: Callable[[Job], Any]) -> Job:
        """Work that changes the vault, or takes long. One at a time."""
        return Job(self, self._writing, work)

    def begin(self, job: Job) -> None:
        """Start a job (see ``Job.start``)."""
        if job.key:
            before = self._newest.get(job.key)
            if before is not None:
                before.cancel()
            self._newest[job.key] = job
        self._running.append(job)
        if job.title:
            self.started.emit(job)
        job.lane.put(job)

    def settle(self, job: Job) -> bool:
        """A job has ended; returns whether a newer one of its key has taken its place."""
        self._running.remove(job)
        replaced = bool(job.key) and self._newest.get(job.key) is not job
        if job.key and not replaced:
            del self._newest[job.key]
        if job.title:
            self.ended.emit(job)
        return replaced

    @property
    def busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._running)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Named jobs that have not ended."""
        return tuple(job for job in self._running if job.title)

    def close(self, seconds: float = 5.0) -> bool:
        """Cancel everything and end the threads; returns whether they ended in time."""
        for job in self._running:
            job.cancel()
        ended = [lane.close(seconds) for lane in (self._reading, self._writing)]
        return all(ended)
