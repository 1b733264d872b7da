"""One import from the first frame to the account: the reading process reads, this process writes."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importers.archive.parts import Part
from importers.drift.drift import Drift
from vault_app.intake import checks, drifts, room
from vault_app.intake.frames import (
    Begin,
    Drifted,
    End,
    Failed,
    FileBegin,
    FileEnd,
    FilePiece,
    Finished,
    FrameError,
    FromChild,
    ItemRows,
    Mark,
    Members,
    PartyRows,
    Ready,
    SampleRows,
    Trouble,
)
from vault_app.intake.gathering import Gathering
from vault_app.intake.handles import HandleError
from vault_app.intake.plan import Plan
from vault_app.intake.reader import Reader, ReaderDied
from vault_app.vault.driver import OperationalError, is_full
from vault_app.vault.imports import Account, AttachmentWriter, ImportWriter
from vault_app.vault.vault import Vault

COMMIT_SECONDS = 2.0
COMMIT_ROWS = 100_000


class Cancelled(Exception):
    """The person cancelled; nothing of the import is left."""


class ImportFailed(Exception):
    """The archive could not be imported; nothing of it is left. ``reason``: id of a sentence."""

    def __init__(self, reason: str, what: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what


@dataclass(frozen=True)
class Progress:
    """How far an import is: bytes of the archive consumed and in all, facts read so far, the member being read."""

    done: int
    total: int
    records: int
    member: str


class Control:
    """Pause, go on and cancel, from any thread."""

    def __init__(self) -> None:
        self._going = threading.Event()
        self._going.set()
        self._cancelled = False

    def pause(self) -> None:
        """Hold the import before its next step; the reading process waits as well."""
        self._going.clear()

    def go_on(self) -> None:
        """End a pause."""
        self._going.set()

    def cancel(self) -> None:
        """End the import; everything that it wrote is removed."""
        self._cancelled = True
        self._going.set()

    @property
    def paused(self) -> bool:
        """Whether the import is held."""
        return not self._going.is_set()

    def hold(self) -> None:
        """Block during a pause. Raises Cancelled."""
        self._going.wait()
        if self._cancelled:
            raise Cancelled


def run_import(
    vault: Vault,
    plan: Plan,
    on_progress: Callable[[Progress], None] = lambda _: None,
    control: Control | None = None,
) -> Account:
    """Import what a plan describes; returns the account.

    An archive whose very bytes were imported before adds nothing: its first account is given with everything known.
    Raises Cancelled and ImportFailed; both leave the vault as it was.
    """
    known = vault.imports.find(plan.digest) if plan.digest else None
    if known is not None:
        return known_again(vault.imports.account(known.id))
    return _run(vault, plan.parts, plan, None, on_progress, control or Control())


def resume_import(
    vault: Vault,
    import_id: int,
    plan: Plan,
    on_progress: Callable[[Progress], None] = lambda _: None,
    control: Control | None = None,
) -> Account:
    """Go on with an import that was interrupted, from its last commit. ``plan`` is of the same bytes.

    Raises as ``run_import``.
    """
    return _run(vault, plan.parts, plan, import_id, on_progress, control or Control())


def known_again(account: Account) -> Account:
    """The account of an archive that is in the vault already: nothing new, all known."""
    return account.again()


def _run(
    vault: Vault,
    parts: Sequence[Part],
    plan: Plan,
    import_id: int | None,
    on_progress: Callable[[Progress], None],
    control: Control,
) -> Account:
    resumed = None if import_id is None else vault.imports.resume(import_id)
    done = sorted(resumed.done_members) if resumed else []
    member, records = resumed.progress if resumed else (-1, 0)
    writing = _Writing(vault, plan, resumed, on_progress)
    try:
        with Reader(
            parts,
            "read",
            done=done,
            member=member,
            records=records,
            modules=plan.modules,
            places=plan.places,
            recipes=plan.recipes,
            kept=plan.kept,
        ) as reader:
            for message in reader.messages(control.hold):
                writing.take(message)
        return writing.finish()
    except (FrameError, ReaderDied) as error:
        writing.abandon()
        raise ImportFailed(error.reason if isinstance(error, ReaderDied) else "reader-broke-rules") from error
    except (Cancelled, ImportFailed):
        writing.abandon()
        raise
    except HandleError as error:
        writing.abandon()
        raise ImportFailed("archive-changed") from error
    except (OperationalError, OSError) as error:
        if not is_full(error):
            raise
        writing.abandon()
        raise ImportFailed("disk-full") from error


class _Writing:
    """Takes the child's messages in order and gives them, checked, to the vault."""

    def __init__(
        self, vault: Vault, plan: Plan, resumed: ImportWriter | None, on_progress: Callable[[Progress], None]
    ) -> None:
        self._vault = vault
        self._plan = plan
        self._writer = resumed
        self._resumed = resumed is not None
        self._on_progress = on_progress
        self._members: list[tuple[str, int]] = []
        self._open_file: tuple[int, int, AttachmentWriter] | None = None
        self._offset = 0
        self._files: dict[int, int] = {}
        self._next_file = 0
        self._gathering = Gathering()
        self._rows = 0
        self._uncommitted = 0
        self._committed_at = time.monotonic()
        self._reading = ""
        self._drift: list[Drift] = []
        self._listed = False
        self._finished = False

    def take(self, message: FromChild) -> None:
        """Take one message. Raises FrameError, ImportFailed."""
        match message:
            case Members():
                self._members.extend(zip(message.paths, message.sizes, strict=True))
            case ItemRows() | SampleRows() | PartyRows():
                self._store(message)
            case FileBegin() | FilePiece() | FileEnd():
                self._file(message)
            case Begin():
                self._member(message.member)
                self._reading = self._members[message.member][0]
            case End():
                self._member(message.member)
                self._import().member_done(message.member, message.outcome, message.records, message.why)
            case Trouble():
                self._import().notice(message.member, message.reason, message.position, message.what)
            case Mark():
                self._mark(message)
            case Drifted():
                self._drift.append(drifts.checked(message))
            case Failed():
                raise ImportFailed(message.reason, message.what)
            case Finished():
                self._finished = True
            case Ready():
                pass
            case _:
                raise FrameError("unexpected")

    def finish(self) -> Account:
        """The last transaction: everything becomes visible. Raises FrameError when the child ended too early."""
        if not self._finished or self._open_file is not None:
            raise FrameError("unfinished")
        self._write_items()
        return self._import().complete(self._drift)

    def abandon(self) -> None:
        """Remove what was written."""
        if self._writer is not None:
            self._writer.abandon()

    def _import(self) -> ImportWriter:
        """The import row is made when the member list is complete, that is at the first message after it.

        Raises ImportFailed, before anything is written, when the disk has no room for what the members say.
        """
        if self._writer is None:
            plan = self._plan
            free = shutil.disk_usage(self._vault.folder.root).free
            if not room.fits(room.estimate(plan.size, (size for _, size in self._members)), free):
                raise ImportFailed("disk-full")
            self._writer = self._vault.imports.begin(
                name=plan.name, size=plan.size, digest=plan.digest, sources=plan.sources, members=self._members
            )
        return self._writer

    def _store(self, message: ItemRows | SampleRows | PartyRows) -> None:
        writer, members = self._import(), len(self._members)
        files = self._next_file
        match message:
            case ItemRows():
                if message.source != self._gathering.source:
                    self._write_items()
                self._gathering.add(message.source, checks.item_batch(message, members, files))
                if self._gathering.full:
                    self._write_items()
            case PartyRows():
                writer.parties(message.source, checks.party_batch(message, members, files), self._files)
            case SampleRows():
                writer.samples(message.source, message.member, checks.samples(message, members))
        self._rows += message.n
        self._uncommitted += message.n

    def _write_items(self) -> None:
        batch = self._gathering.take()
        if batch is not None:
            self._import().items(self._gathering.source, batch, self._files)

    def _file(self, message: FileBegin | FilePiece | FileEnd) -> None:
        match message:
            case FileBegin():
                self._member(message.member)
                if self._open_file is not None or message.number != self._next_file:
                    raise FrameError("file-order")
                writer = self._import().file(message.name, message.media_type, message.member)
                self._open_file, self._offset = (message.number, message.member, writer), 0
            case FilePiece():
                if self._open_file is None or self._open_file[0] != message.number or self._offset != message.offset:
                    raise FrameError("file-order")
                self._open_file[2].write(message.data)
                self._offset += len(message.data)
            case FileEnd():
                if self._open_file is None or self._open_file[0] != message.number or self._offset != message.size:
                    raise FrameError("file-order")
                _, member, writer = self._open_file
                self._files[message.number] = writer.finish()
                self._next_file += 1
                if message.alone:
                    self._import().kept(member, self._files[message.number])
                self._open_file = None
                self._uncommitted += 1

    def _mark(self, mark: Mark) -> None:
        due = self._uncommitted >= COMMIT_ROWS or time.monotonic() - self._committed_at >= COMMIT_SECONDS
        if due and self._writer is not None:
            self._write_items()
            self._writer.commit(mark.member, mark.records)
            self._uncommitted = 0
            self._committed_at = time.monotonic()
        self._on_progress(Progress(mark.done, mark.total, self._rows, self._reading))

    def _member(self, index: int) -> None:
        if not 0 <= index < len(self._members):
            raise FrameError("member")
