"""Archives that were found (watched folder, drop, file dialog); each is looked at in the reading process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vault_app.intake import own_recipes
from vault_app.intake.handles import HandleError, together
from vault_app.intake.session import Cancelled, Control, ImportFailed, Progress
from vault_app.intake.watch import Seen, SeenFile, Watcher, worth_telling
from vault_app.ui.flows.arrival import Arrival, State, bring_in
from vault_app.ui.plain import one_line
from vault_app.ui.tasks import Job, Step, Tasks

if TYPE_CHECKING:
    from vault_app.vault.imports import Account
    from vault_app.vault.vault import Vault


class Finds(QObject):
    """The inbox. ``changed`` tells that an arrival was added or went on; ``arrived`` that one is ready to import.

    ``stepped`` tells that the import of an arrival has come further.
    """

    changed = Signal()
    arrived = Signal(object)
    stepped = Signal(object)
    _seen = Signal(object)

    def __init__(self, vault: Vault, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._tasks = tasks
        self._watcher: Watcher | None = None
        self._decided = Seen(vault.told())
        self.arrivals: list[Arrival] = []
        self.shown: Arrival | None = None
        self._seen.connect(self._found)

    @property
    def waiting(self) -> list[Arrival]:
        """Those that the person has not decided about."""
        return [arrival for arrival in self.arrivals if arrival.state in {State.LOOKING, State.PLANNED, State.FAILED}]

    def watch(self, folder: Path) -> None:
        """Watch a folder from now on, in place of the one before."""
        self.stop()
        if folder.is_dir():
            self._watcher = Watcher(folder, self._seen.emit, seen=Seen(self._decided.kept()))
            self._watcher.start()

    def stop(self) -> None:
        """Watch nothing."""
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None

    def add(self, paths: Sequence[Path]) -> list[Arrival]:
        """Take files that the person dropped or chose; parts of one set come together."""
        return [self._add(tuple(group), by_person=True) for group in together(list(paths))]

    def start(self, arrival: Arrival, title: str) -> Job:
        """Import an arrival; its state follows, and ``changed`` tells."""
        vault, control = self._vault, Control()

        def work(job: Job) -> Account:
            job.rein(control)

            def said(progress: Progress) -> None:
                job.report(Step(progress.done, progress.total, one_line(progress.member), progress.records))

            return bring_in(vault, arrival, said, control)

        def failed(error: BaseException) -> None:
            if isinstance(error, Cancelled):
                arrival.stopped()
            elif isinstance(error, ImportFailed):
                arrival.failed(error.reason, error.what)
            elif isinstance(error, HandleError):
                arrival.failed("no-such-file")
            else:
                arrival.failed("import-broke", type(error).__name__)
            self.changed.emit()

        arrival.began()
        self.changed.emit()
        job = self._tasks.write(work).named(title)
        job.pausable = True
        job.on_done(lambda account: self._end(arrival, account)).on_error(failed)
        job.on_progress(lambda step: self._step(arrival, step))
        job.on_cancelled(lambda: self._stop(arrival))
        return job.start()

    def undo(self, arrival: Arrival, title: str) -> Job:
        """Take an import back."""
        account = arrival.account
        assert account is not None, "only a complete import can be undone"

        def gone(_: object) -> None:
            arrival.undone()
            self.changed.emit()

        return self._tasks.write(lambda _: self._vault.imports.undo(account.id)).named(title).on_done(gone).start()

    def ignore(self, arrival: Arrival) -> None:
        """The person does not want it."""
        arrival.ignored()
        self._decide(arrival)
        self.changed.emit()

    def _step(self, arrival: Arrival, step: Step) -> None:
        arrival.progress = Progress(step.done, step.total, step.count, step.text)
        self.stepped.emit(arrival)

    def _end(self, arrival: Arrival, account: Account) -> None:
        arrival.ended(account)
        self._decide(arrival)
        self.changed.emit()

    def _decide(self, arrival: Arrival) -> None:
        """The watched folder offers this archive no more, not even after a new start; the vault keeps that."""
        for path, (_, _, length, changed) in zip(arrival.paths, arrival.marks, strict=False):
            self._decided.add(SeenFile(path.name, length, changed))
        kept, vault = self._decided.kept(), self._vault
        self._tasks.write(lambda _: vault.tell(kept)).start()

    def _stop(self, arrival: Arrival) -> None:
        arrival.stopped()
        self.changed.emit()

    def _found(self, paths: list[Path]) -> None:
        self._add(tuple(paths), by_person=False)

    def _add(self, paths: tuple[Path, ...], *, by_person: bool) -> Arrival:
        for known in self.arrivals:
            if known.paths == paths and known.state in {State.LOOKING, State.PLANNED, State.RUNNING}:
                return known
        arrival = Arrival(paths)
        if by_person:
            self.arrivals.insert(0, arrival)
            self.changed.emit()

        def looked(plan: object) -> None:
            arrival.planned(plan)  # type: ignore[arg-type]
            if not by_person:
                if arrival.plan is None or not worth_telling(arrival.plan):
                    return
                self.arrivals.insert(0, arrival)
            self.changed.emit()
            self.arrived.emit(arrival)

        def failed(_: BaseException) -> None:
            arrival.failed("no-such-file")
            self.changed.emit()

        vault = self._vault
        job = self._tasks.read(lambda _: arrival.look(kept=own_recipes.usable(vault)))
        job.on_done(looked).on_error(failed).start()
        return arrival

    def look_again(self, arrival: Arrival, recipes: tuple[str, ...]) -> None:
        """Look at an arrival anew, with recipes of the person's own."""

        def looked(plan: object) -> None:
            arrival.planned(plan)  # type: ignore[arg-type]
            self.changed.emit()

        vault = self._vault
        job = self._tasks.read(lambda _: arrival.look(recipes, own_recipes.usable(vault)))
        job.on_done(looked).on_error(lambda _: self._stop(arrival)).start()
