"""The bar at the bottom: what runs, how far, how long still; pause and cancel. Empty when nothing runs."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from vault_app.ui.language import number
from vault_app.ui.plain import PlainLabel
from vault_app.ui.tasks import Job, Step, Tasks
from vault_app.ui.tokens import GAP


class JobsBar(QFrame):
    """One line a job, and a line of text that stays a while after something was said."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "jobs")
        self.setAccessibleName(self.tr("Work in progress"))
        self._rows: dict[Job, JobRow] = {}
        self._said = PlainLabel("", "secondary", self)
        self._said.hide()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(8000)
        self._quiet.timeout.connect(self._hush)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        layout.addWidget(self._said)
        self.hide()
        tasks.started.connect(self._start)
        tasks.ended.connect(self._end)
        for job in tasks.jobs:
            self._start(job)

    def say(self, text: str) -> None:
        """Show a sentence for a while."""
        self._said.say(text)
        self._said.show()
        self.show()
        self._quiet.start()

    def _hush(self) -> None:
        self._said.hide()
        self.setVisible(bool(self._rows))

    def _start(self, job: Job) -> None:
        row = JobRow(job, self)
        self._rows[job] = row
        layout = self.layout()
        assert layout is not None
        layout.addWidget(row)
        self.show()

    def _end(self, job: Job) -> None:
        row = self._rows.pop(job)
        row.setParent(None)
        row.deleteLater()
        self.setVisible(bool(self._rows) or not self._said.isHidden())


class JobRow(QWidget):
    """One job."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._began = time.monotonic()
        self.text = PlainLabel(job.title, wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(200)
        self.bar.setAccessibleName(job.title)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setVisible(job.pausable)
        self.pause.clicked.connect(self._pause)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.pause)
        layout.addWidget(self.cancel)
        job.on_progress(self._step)

    def _step(self, step: Step) -> None:
        if not step.total:
            return
        percent = min(100, 100 * step.done // step.total)
        self.bar.setRange(0, 100)
        self.bar.setValue(percent)
        left = self._left(time.monotonic() - self._began, step)
        facts = self.tr("%n fact(s)", "", step.count) if step.count < 1 << 31 else number(step.count)
        self.text.say(" · ".join(part for part in (f"{self._job.title}  {percent} %", facts, left) if part))

    def _pause(self) -> None:
        if self._job.paused:
            self._job.go_on()
            self.pause.setText(self.tr("Pause"))
        else:
            self._job.pause()
            self.pause.setText(self.tr("Go on"))

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.text.say(self.tr("Stopping: {title}").format(title=self._job.title))
        self._job.cancel()

    def _left(self, seconds: float, step: Step) -> str:
        """How long it still takes, in words; '' in the first second or when nobody can know."""
        if seconds < 1 or step.done <= 0 or step.done >= step.total:
            return ""
        left = seconds * (step.total - step.done) / step.done
        if left < 90:
            return self.tr("about %n second(s) left", "", max(1, round(left)))
        return self.tr("about %n minute(s) left", "", round(left / 60))
