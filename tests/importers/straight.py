"""An import without a second process: the same readers, batches, checks and writer, in a straight line."""

from __future__ import annotations

from importers.reading import Began, Ended, Kept, read
from importers.records import Item, Notice, Party, Samples
from tests.importers.archives import Files, rulebook, view
from vault_app.intake import checks
from vault_app.intake.collector import Collector
from vault_app.intake.frames import FileBegin, FileEnd, FilePiece, FromChild, ItemRows, PartyRows, SampleRows, Trouble
from vault_app.vault.imports import Account, AttachmentWriter, ImportWriter
from vault_app.vault.vault import Vault


def imported(vault: Vault, held: Files, name: str) -> Account:
    """Import files; the account of it. ``name`` stands for the digest of their bytes."""
    archive = view(held)
    members = [(member.path, member.size) for member in archive.members]
    writer = vault.imports.begin(name, sum(map(len, held.values())), name, [], members)
    desk = _Desk(writer, len(members))
    collector = Collector(desk.take)
    at = -1
    for event in read(archive, rulebook()):
        match event:
            case Began():
                at = event.index
                collector.begin(event.source)
            case Item():
                collector.item(at, event)
            case Party():
                collector.party(at, event)
            case Samples():
                collector.samples(at, event)
            case Notice():
                collector.notice(at, event)
            case Kept():
                collector.file(at, event.file, alone=True)
            case Ended():
                collector.flush()
                writer.member_done(event.index, event.outcome, event.records, event.why)
    return writer.complete()


class _Desk:
    """Gives to the writer what the collector sends."""

    def __init__(self, writer: ImportWriter, members: int) -> None:
        self._writer, self._members = writer, members
        self._files: dict[int, int] = {}
        self._open: AttachmentWriter | None = None
        self._member = -1

    def take(self, message: FromChild) -> None:
        writer = self._writer
        match message:
            case ItemRows():
                writer.items(message.source, checks.item_batch(message, self._members, len(self._files)), self._files)
            case PartyRows():
                writer.parties(
                    message.source, checks.party_batch(message, self._members, len(self._files)), self._files
                )
            case SampleRows():
                writer.samples(message.source, message.member, checks.samples(message, self._members))
            case Trouble():
                writer.notice(message.member, message.reason, message.position, message.what)
            case FileBegin():
                self._open, self._member = writer.file(message.name, message.media_type, message.member), message.member
            case FilePiece() if self._open is not None:
                self._open.write(message.data)
            case FileEnd() if self._open is not None:
                self._files[message.number] = self._open.finish()
                if message.alone:
                    writer.kept(self._member, self._files[message.number])
            case _:
                raise AssertionError(message)
