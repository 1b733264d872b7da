"""The reading process: no key, no network, no files, bounded memory and time. Started by ``vault_app.intake.reader``.

Orders come in on standard input, frames go out on standard output. Everything that will be needed is imported
before the fence closes; afterwards nothing can be opened any more. Looking at an archive is ``looking``'s business.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from typing import IO

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.archive.parts import FilePart, FolderPart, Part
from importers.archive.view import View, open_archive
from importers.contract import Declaration, Importer, Skip
from importers.drift.drift import Drift
from importers.reading import NO_READER, NOT_MATCHED, Began, Ended, Kept, read
from importers.recognition import Rulebook
from importers.records import Item, Items, Notice, Party, Samples
from importers.registry import declarations, load, modules
from vault_app.intake.collector import Collector
from vault_app.intake.drifts import as_frame as as_drifted
from vault_app.intake.fence import lock_reader
from vault_app.intake.frames import (
    MOST_PLACES,
    Begin,
    Drifted,
    End,
    Failed,
    Finished,
    FromChild,
    Mark,
    Members,
    Needs,
    Order,
    PartOrder,
    Ready,
    Served,
    Trouble,
    Want,
    receive_order,
    send,
)

BLOCK = 1 << 20
"""Bytes asked for at once from a served file."""

_LISTED = 5_000
_LOOKING = "vault_app.intake.looking"
_RECIPES = "importers.recipes.importing"
"""Loaded before the fence closes, by those who need them: they take as long as all that is needed to read."""


class Channel:
    """Standard input and output as a conversation."""

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._incoming = incoming
        self._outgoing = outgoing

    def send(self, message: FromChild) -> None:
        """Send one message."""
        send(self._outgoing, message)

    def flush(self) -> None:
        """Hand everything to the parent."""
        self._outgoing.flush()

    def order(self) -> Order:
        """The parent's order."""
        message = receive_order(self._incoming)
        if not isinstance(message, Order):
            raise TypeError("an order was expected")
        return message

    def want(self, part: int, entry: int, offset: int, length: int) -> bytes:
        """Ask the parent for bytes."""
        self.send(Want(part, entry, offset, length))
        self.flush()
        message = receive_order(self._incoming)
        if not isinstance(message, Served):
            raise TypeError("bytes were expected")
        return message.data


class ServedFile(io.RawIOBase):
    """A file that only the parent can open, read through the channel."""

    def __init__(self, channel: Channel, part: int, entry: int, size: int) -> None:
        super().__init__()
        self._channel, self._part, self._entry, self._size = channel, part, entry, size
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The position in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in bytes."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer; 0 at the end."""
        data = self._channel.want(self._part, self._entry, self._at, min(len(buffer), BLOCK))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def main() -> int:
    """Obey one order; returns the exit code of the process."""
    channel = Channel(sys.stdin.buffer, os.fdopen(os.dup(1), "wb", buffering=1 << 20))
    os.dup2(2, 1)
    known = declarations()
    order = channel.order()
    if order.mode != "recognise":
        load(modules() if order.modules is None else order.modules)
    run = _read if order.mode == "read" else getattr(import_module(_LOOKING), order.mode)
    recipes = import_module(_RECIPES) if order.recipes or order.kept else None
    total = sum(part.size for part in order.parts)
    layers = lock_reader(max(1.0, total / (1 << 30)), 16 + len(order.parts))
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    own = recipes.importers_of(order.recipes) if recipes else ()
    rulebook = Rulebook((*own, *known, *(recipes.kept_importers_of(order.kept) if recipes else ())))
    channel.send(Ready(list(layers)))
    channel.flush()

    def alive() -> None:
        channel.send(Members([], [], [], [], []))  # no mark: that would say where a resumed import goes on
        channel.flush()

    try:
        archive = open_archive([_part(channel, index, part) for index, part in enumerate(order.parts)], alive)
        run(channel, archive, rulebook, order, total)
    except ArchiveError as error:
        channel.send(Failed(error.reason, error.what))
    else:
        channel.send(Finished())
    channel.flush()
    return 0


def _part(channel: Channel, index: int, part: PartOrder) -> Part:
    if part.folder:
        return FolderPart(part.name, tuple(part.entries), lambda entry: _served(channel, index, entry, part))
    if part.descriptor >= 0:
        return FilePart(part.name, os.fdopen(part.descriptor, "rb"), part.size)
    return FilePart(part.name, io.BufferedReader(ServedFile(channel, index, -1, part.size), BLOCK), part.size)


def _served(channel: Channel, index: int, entry: int, part: PartOrder) -> IO[bytes]:
    return io.BufferedReader(ServedFile(channel, index, entry, part.entries[entry][1]), BLOCK)


def list_members(channel: Channel, archive: View, rulebook: Rulebook | None) -> list[Declaration | None]:
    """Send the member list; with a rulebook, with what will read each member and needs to be loaded for that.

    Returns what will read each member.
    """
    matched: list[Declaration | None] = []
    paths: list[str] = []
    sizes: list[int] = []
    sources: list[str] = []
    readers: list[str] = []
    scores: list[int] = []
    needed: set[str] = set()
    places: list[int] = []
    for member in archive.members:
        found = None
        place = NOT_MATCHED
        if rulebook is not None:
            try:
                found = rulebook.match(member)
                place = rulebook.place(found[0]) if found else NO_READER
            except RefusedArchive:
                raise
            except ArchiveError:
                found = None
        paths.append(member.path)
        sizes.append(member.size)
        sources.append(found[0].source if found else "")
        readers.append(found[0].id if found and isinstance(found[0], Importer) else "")
        scores.append(found[1] if found else 0)
        if found and not isinstance(found[0], Skip) and found[0].module:
            needed.add(found[0].module)
        matched.append(found[0] if found else None)
        places.append(place)
        if len(paths) == _LISTED:
            channel.send(Members(paths, sizes, sources, readers, scores))
            paths, sizes, sources, readers, scores = [], [], [], [], []
    channel.send(Members(paths, sizes, sources, readers, scores))
    if rulebook is not None:
        channel.send(Needs(sorted(needed), places if len(places) <= MOST_PLACES else None))
    channel.flush()
    return matched


def _read(channel: Channel, archive: View, rulebook: Rulebook, order: Order, total: int) -> None:
    list_members(channel, archive, None)
    reading = _Reading(channel, archive, order, total)
    if not order.done and not order.records:
        for path, notice in archive.notices:
            channel.send(Trouble(-1, notice.reason, path[:200], notice.what))
    for event in read(archive, rulebook, frozenset(order.done), together=True, places=order.places):
        reading.take(event)
    reading.end()


class _Reading:
    """Turns events into frames, passing over what a resumed import has stored already."""

    def __init__(self, channel: Channel, archive: View, order: Order, total: int) -> None:
        self._channel = channel
        self._archive = archive
        self._collector = Collector(channel.send)
        self._passed = {order.member: order.records} if order.records else {}
        self._total = total
        self._member = -1
        self._seen = 0
        self._ended: list[Begin | End] = []
        self._drifts: list[Drifted] = []

    def take(self, event: object) -> None:
        """Take one event of the reading loop."""
        if type(event) is Item:  # nearly all of them are
            self._record(event)
            return
        match event:
            case Began():
                self._member, self._seen = event.index, 0
                self._collector.begin(event.source)
                self._ended.append(Begin(event.index, event.source, event.reader))
            case Ended():
                self._ended.append(End(event.index, event.outcome, event.records, event.why))
                self._member, self._seen = -1, 0
                if self._collector.full or len(self._ended) >= 2 * _LISTED:
                    self._mark()
            case Item() | Items() | Samples() | Party() | Notice() | Kept():
                self._record(event)
            case Drift():
                self._drifts.append(as_drifted(event))

    def end(self) -> None:
        """Send what is left."""
        self._mark()
        for drifted in self._drifts:
            self._channel.send(drifted)

    def _record(self, event: Item | Items | Samples | Party | Notice | Kept) -> None:
        self._seen += 1
        if self._passed and self._seen <= self._passed.get(self._member, 0):
            return
        match event:
            case Item():
                self._collector.item(self._member, event)
            case Items():
                self._collector.items(self._member, event)
            case Party():
                self._collector.party(self._member, event)
            case Samples():
                self._collector.samples(self._member, event)
            case Notice():
                self._collector.notice(self._member, event)
            case Kept():
                self._collector.file(self._member, event.file, alone=True)
        if self._collector.full or isinstance(event, Items | Samples | Kept):
            self._mark()

    def _mark(self) -> None:
        self._collector.flush()
        for message in self._ended:
            self._channel.send(message)
        self._ended = []
        self._channel.send(Mark(self._member, self._seen, self._archive.bytes_done, self._total))
        self._channel.flush()


if __name__ == "__main__":
    sys.exit(main())
