"""The one door for work: results come to the window's thread, work never runs in it, and it can always be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.windows import delete_what_is_gone, wait_for
from vault_app.ui.jobs_bar import JobRow, JobsBar
from vault_app.ui.tasks import Cancelled, Job, Step, Tasks


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    assert made.close()
    made.deleteLater()
    delete_what_is_gone()


def until_cancelled(job: Job) -> None:
    while True:
        job.check()
        time.sleep(0.001)


@pytest.mark.parametrize("lane", ["read", "write"])
def test_work_runs_in_another_thread_and_its_result_comes_back_to_the_window(tasks: Tasks, lane: str) -> None:
    said: list[tuple[int, int]] = []
    job = getattr(tasks, lane)(lambda _: threading.get_ident())
    job.on_done(lambda worker: said.append((worker, threading.get_ident()))).start()
    wait_for(lambda: said, "the result")
    ((worker, shown),) = said
    assert shown == threading.get_ident()
    assert worker != shown


def test_an_error_comes_back_to_the_window(tasks: Tasks) -> None:
    said: list[tuple[BaseException, int]] = []
    wrong = ValueError("x")

    def fail(_: Job) -> None:
        raise wrong

    tasks.read(fail).on_error(lambda error: said.append((error, threading.get_ident()))).start()
    wait_for(lambda: said, "the error")
    assert said == [(wrong, threading.get_ident())]


def test_an_error_that_nobody_handles_is_told_by_the_owner(tasks: Tasks) -> None:
    said: list[object] = []
    tasks.failed.connect(said.append)
    tasks.write(lambda _: 1 // 0).start()
    wait_for(lambda: said, "the signal")
    assert isinstance(said[0], ZeroDivisionError)


def test_after_an_error_the_lane_goes_on(tasks: Tasks) -> None:
    said: list[object] = []
    tasks.write(lambda _: 1 // 0).on_error(said.append).start()
    tasks.write(lambda _: "weiter").on_done(said.append).start()
    wait_for(lambda: len(said) == 2, "both")
    assert said[1] == "weiter"


def test_cancel_answers_within_half_a_second(tasks: Tasks) -> None:
    stopped: list[float] = []
    job = tasks.write(until_cancelled).named("travail").on_cancelled(lambda: stopped.append(time.monotonic()))
    job.on_done(lambda _: pytest.fail("it was cancelled")).start()
    wait_for(lambda: tasks.busy, "the start")
    asked = time.monotonic()
    job.cancel()
    wait_for(lambda: stopped, "the end")
    assert stopped[0] - asked < 0.5
    assert not tasks.busy


def test_a_job_that_waits_in_its_lane_can_be_cancelled_before_it_begins(tasks: Tasks) -> None:
    first = tasks.write(until_cancelled).start()
    ran: list[int] = []
    stopped: list[int] = []
    second = tasks.write(lambda _: ran.append(1)).on_cancelled(lambda: stopped.append(1)).start()
    second.cancel()
    first.cancel()
    wait_for(lambda: stopped, "the second to stop")
    assert not ran


def test_a_paused_job_can_be_cancelled(tasks: Tasks) -> None:
    stopped: list[int] = []
    job = tasks.write(until_cancelled).on_cancelled(lambda: stopped.append(1)).start()
    job.pause()
    assert job.paused
    job.cancel()
    wait_for(lambda: stopped, "the end")


def test_pause_holds_the_work_and_go_on_lets_it_go(tasks: Tasks) -> None:
    steps: list[int] = []
    held, go = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        held.set()
        go.wait(10)
        job.check()
        steps.append(1)
        return "fait"

    said: list[str] = []
    job = tasks.write(work).on_done(said.append).start()
    wait_for(held.is_set, "the work to begin")
    job.pause()
    go.set()
    beats = []
    wait_for(lambda: beats.append(1) or len(beats) > 20, "some turns of the window")
    assert not steps
    job.go_on()
    wait_for(lambda: said, "the result")
    assert steps == [1]


def test_reins_are_told_of_pause_and_cancel_even_when_they_come_late(tasks: Tasks) -> None:
    told: list[str] = []

    class Horse:
        def pause(self) -> None:
            told.append("pause")

        def go_on(self) -> None:
            told.append("go on")

        def cancel(self) -> None:
            told.append("cancel")

    job = tasks.write(lambda _: None)
    job.pause()
    job.rein(Horse())
    job.go_on()
    job.cancel()
    assert told == ["pause", "go on", "cancel"]
    job.deleteLater()


def test_a_newer_job_of_the_same_key_drops_the_result_of_the_older(tasks: Tasks) -> None:
    said: list[int] = []
    go = threading.Event()

    def slow(number: int) -> int:
        go.wait(10)
        return number

    for number in range(5):
        tasks.read(lambda _, number=number: slow(number)).replacing("zahl").on_done(said.append).start()
    go.set()
    wait_for(lambda: not tasks.busy, "all to end")
    assert said == [4]


def test_jobs_without_a_key_all_tell_their_result(tasks: Tasks) -> None:
    said: list[int] = []
    for number in range(20):
        tasks.write(lambda _, number=number: number).on_done(said.append).start()
    wait_for(lambda: len(said) == 20, "all")
    assert said == list(range(20))


def test_progress_comes_in_order_and_before_the_result(tasks: Tasks) -> None:
    said: list[object] = []

    def work(job: Job) -> str:
        for done in range(50):
            job.report(Step(done, 50))
        return "fait"

    threads: set[int] = set()
    tasks.write(work).on_progress(lambda step: threads.add(threading.get_ident()) or said.append(step.done)).on_done(
        said.append
    ).start()
    wait_for(lambda: "fait" in said, "the result")
    assert said == [*range(50), "fait"]
    assert threads == {threading.get_ident()}


def test_only_named_jobs_stand_in_the_jobs_bar_with_pause_and_cancel(tasks: Tasks) -> None:
    bar = JobsBar(tasks)
    quiet = tasks.read(until_cancelled).start()
    assert not bar.findChildren(JobRow)
    job = tasks.write(until_cancelled).named("Import <b>Google</b>")
    job.pausable = True
    job.start()
    (row,) = bar.findChildren(JobRow)
    assert row.text.text() == "Import <b>Google</b>"
    assert not row.pause.isHidden()
    row.pause.click()
    assert job.paused
    row.pause.click()
    assert not job.paused
    row.cancel.click()
    assert not row.cancel.isEnabled()
    wait_for(lambda: not tasks.jobs, "the end")
    delete_what_is_gone()
    assert not bar.findChildren(JobRow)
    assert bar.isHidden()
    quiet.cancel()
    wait_for(lambda: not tasks.busy, "the end")


def test_a_row_says_percent_count_and_after_a_second_the_time_left(tasks: Tasks) -> None:
    bar = JobsBar(tasks)
    job = tasks.write(until_cancelled).named("Import").start()
    (row,) = bar.findChildren(JobRow)
    row._began -= 10
    job.report(Step(25, 100, "x", 1234))
    wait_for(lambda: row.bar.value() == 25, "the step")
    assert "25 %" in row.text.text()
    assert "30" in row.text.text()
    job.report(Step(0, 0))
    job.cancel()
    wait_for(lambda: not tasks.busy, "the end")


def test_a_bar_that_is_made_later_shows_what_runs_already(tasks: Tasks) -> None:
    job = tasks.write(until_cancelled).named("Import").start()
    assert len(JobsBar(tasks).findChildren(JobRow)) == 1
    job.cancel()
    wait_for(lambda: not tasks.busy, "the end")


def test_closing_cancels_everything_and_ends_the_threads(qapp: QApplication) -> None:
    made = Tasks()
    before = {thread.name for thread in threading.enumerate() if thread.is_alive()}
    assert {"read-0", "read-1", "write-0"} <= before
    for _ in range(3):
        made.read(until_cancelled).start()
        made.write(until_cancelled).start()
    assert made.close()
    wait_for(lambda: not made.busy, "all to be told")
    assert not [thread for thread in threading.enumerate() if thread.name in {"read-0", "read-1", "write-0"}]
    made.deleteLater()
    delete_what_is_gone()


def test_cancelled_work_may_say_so_in_its_own_way(tasks: Tasks) -> None:
    said: list[str] = []

    class Interrupted(Exception):
        pass

    def work(job: Job) -> None:
        try:
            until_cancelled(job)
        except Cancelled:
            raise Interrupted from None

    job = (
        tasks.write(work)
        .on_error(lambda _: said.append("error"))
        .on_cancelled(lambda: said.append("cancelled"))
        .start()
    )
    job.cancel()
    wait_for(lambda: said, "the end")
    assert said == ["cancelled"]
