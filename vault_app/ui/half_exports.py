"""What interrupted exports left, as this session knows it: found after unlocking, then deleted or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from vault_app.share import half
from vault_app.share.half import NotRemoved

if TYPE_CHECKING:
    from pathlib import Path

    from vault_app.ui.tasks import Tasks
    from vault_app.vault.vault import Vault


class HalfExports(QObject):
    """``changed``: what is offered, or how its deletion goes. ``removed``: a folder is gone; whether it was there.

    ``problem``: id of the sentence that tells why the first one is still there, or ''.
    """

    changed = Signal()
    removed = Signal(bool)

    def __init__(self, vault: Vault, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._tasks = tasks
        self._found: tuple[Path, ...] | None = None
        self._answered: set[Path] = set()
        self.busy = False
        self.problem = ""

    @property
    def first(self) -> Path | None:
        """The one to be offered: the newest about which nothing was said yet."""
        return next((part for part in self._found or () if part not in self._answered), None)

    def look(self) -> None:
        """Find them, the first time by the ledger; later only whether they are still there.

        An export that this session makes is half while it is written: it is none of them.
        """
        vault, known = self._vault, self._found

        def work(_: object) -> tuple[Path, ...]:
            return half.halves(vault) if known is None else tuple(part for part in known if half.stands(part))

        self._tasks.read(work).replacing("half").on_done(self._came).start()

    def keep(self, part: Path) -> None:
        """Say no more of it until the vault is opened again."""
        self._answered.add(part)
        self._say()

    def delete(self, part: Path, title: str) -> None:
        """Delete it, when no export is being written any more. ``title``: for the jobs bar."""
        if self.busy:
            return
        self._say(busy=True)
        job = self._tasks.write(lambda _: half.remove(part)).named(title)
        job.on_done(lambda was_there: self._gone(part, was_there=was_there))
        job.on_error(self._failed).on_cancelled(self._say).start()

    def _came(self, found: tuple[Path, ...]) -> None:
        if found != self._found:
            before = self.first
            self._found = found
            if self.first != before:
                self._say(busy=self.busy)

    def _gone(self, part: Path, *, was_there: bool) -> None:
        self._answered.add(part)
        self._say()
        self.removed.emit(was_there)

    def _failed(self, error: BaseException) -> None:
        self._say(problem=error.reason if isinstance(error, NotRemoved) else "task-broke")

    def _say(self, *, busy: bool = False, problem: str = "") -> None:
        self.busy, self.problem = busy, problem
        self.changed.emit()
