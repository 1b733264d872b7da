"""In the child: records become batches of columns, sorted by time, within the limits of a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.batches import NO_TIME
from importers.records import File, Item, Items, Moment, Notice, Party, Samples
from vault_app.intake.checks import EARLIEST, LATEST
from vault_app.intake.frames import (
    FILE_PIECE,
    FileBegin,
    FileEnd,
    FilePiece,
    FrameError,
    FromChild,
    Trouble,
)
from vault_app.intake.item_rows import (
    LAST,
    Row,
    encoded,
    item_rows,
    items_rows,
    lengths,
    party_rows,
    role_of,
    size_of,
    text_of,
)
from vault_app.intake.sample_rows import is_heavy, sample_rows

ROWS = 20_000
"""Items in a batch."""

BYTES = 3 << 20
"""Bytes of text in a batch, about."""

TEXT = 1 << 20
"""Bytes of the longest text and details that an item carries; longer ones become files."""

SAMPLE_ROWS = 50_000
"""Samples in a frame."""

MOST_PARTIES = 2_000
"""Parties that an item carries; of one with more all stand in a file as well."""

_ROW = 80
"""Bytes of an item beside its texts, about."""

_USUAL = 4096
_FEW = 16
"""Most items have fewer characters and parties. For them a weight in characters will do: frames have room enough, and
one that is too long after all is sent in halves."""


Send = Callable[[FromChild], None]


class Collector:
    """Gathers the records of one archive and sends them in batches through ``send``."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._items: list[Row] = []
        self._parties: list[tuple[int, Party, tuple[int, ...]]] = []
        self._weight = 0
        self._files = 0
        self._source = ""

    @property
    def full(self) -> bool:
        """Whether the batch has reached its limits."""
        return len(self._items) + len(self._parties) >= ROWS or self._weight >= BYTES

    def begin(self, source: str) -> None:
        """The records that follow come from this source; a batch holds one source only."""
        if source != self._source:
            self.flush()
            self._source = source

    def item(self, member: int, item: Item) -> None:
        """Take an item; its files are sent at once."""
        details = encoded(item.details)
        size = len(item.title) + len(item.text) + len(details)
        files: tuple[int, ...] = ()
        if size < _USUAL and not item.amount and not item.files and len(item.parties) < _FEW:
            weight = 200 + size + 80 * len(item.parties)
        else:
            if len(details) > TEXT or _is_long(item):
                item = self._shortened(item, details)
                details = details if len(details) <= TEXT else b""
            files = tuple([self.file(member, file, alone=False) for file in item.files])
            weight = 200 + size_of(item.title) + size_of(item.text) + len(details) + 80 * len(item.parties)
        when = self._time(item)
        if self._weight + weight > BYTES:
            self.flush()
        if when is not item.when:
            self.notice(member, Notice("time-out-of-range", f"item {len(self._items) + 1}"))
        self._items.append((member, item, when, text_of(details), files))
        self._weight += weight

    def items(self, member: int, items: Items) -> None:
        """Send many items, sorted by time; those that may be too long for a row are taken by themselves."""
        self.flush()
        sizes = lengths(items.title) + lengths(items.text) + lengths(items.details)
        good = (items.start == NO_TIME) | ((items.start >= EARLIEST) & (items.start <= LATEST))
        usual = good & (sizes < _USUAL) & (lengths(items.parties) < _FEW)
        for row in np.flatnonzero(~usual).tolist():
            self.item(member, items.item(row))
        rows = np.flatnonzero(usual)
        rows = rows[np.argsort(np.where(items.start[rows] == NO_TIME, LAST, items.start[rows]), kind="stable")]
        portions = np.cumsum(sizes[rows] + _ROW) // BYTES
        for some in np.split(rows, np.flatnonzero(np.diff(portions)) + 1):
            for at in range(0, len(some), ROWS):
                self._send_items(member, items, some[at : at + ROWS])

    def party(self, member: int, party: Party) -> None:
        """Take a party; its files are sent at once."""
        files = tuple(self.file(member, file, alone=False) for file in party.files)
        details = encoded(party.details)
        weight = 400 + size_of(party.name) + len(details) + 80 * len(party.handles)
        if self._weight + weight > BYTES:
            self.flush()
        self._parties.append((member, msgspec.structs.replace(party, details=details), files))
        self._weight += weight

    def samples(self, member: int, samples: Samples) -> None:
        """Send samples, sorted by start, in frames of ``SAMPLE_ROWS`` rows; times out of range are a notice."""
        good = (samples.start >= EARLIEST) & (samples.start <= LATEST)
        if not good.all():
            row = int(np.flatnonzero(~good)[0])
            self._send(Trouble(member, "sample-time-out-of-range", f"sample {row + 1}", samples.series))
        order = np.flatnonzero(good)
        order = order[np.argsort(samples.start[order], kind="stable")]
        for at in range(0, len(order), SAMPLE_ROWS):
            self._send_samples(member, samples, order[at : at + SAMPLE_ROWS])

    def notice(self, member: int, notice: Notice) -> None:
        """Send a notice."""
        self._send(Trouble(member, notice.reason[:64], notice.position[:64], notice.what[:200]))

    def file(self, member: int, file: File, *, alone: bool) -> int:
        """Send the bytes of a file in pieces; returns its number. A damaged end is said and what was read is kept."""
        number = self._files
        self._files += 1
        self._send(FileBegin(number, member, file.name[:1024], file.media_type[:255]))
        offset = 0
        whole = False
        try:
            for block in file.pieces():
                for at in range(0, len(block), FILE_PIECE):
                    piece = bytes(block[at : at + FILE_PIECE])
                    self._send(FilePiece(number, offset, piece))
                    offset += len(piece)
            whole = file.size is None or offset == file.size
        except RefusedArchive:
            raise
        except ArchiveError as error:
            self._send(Trouble(member, error.reason, f"byte {offset}", error.what))
        self._send(FileEnd(number, offset, alone, whole))
        return number

    def flush(self) -> None:
        """Send what has been gathered."""
        self._send_halves(item_rows, self._items)
        self._send_halves(party_rows, self._parties)
        self._items, self._parties, self._weight = [], [], 0

    def _send_halves(self, rows_of: Callable[[str, list[Any]], FromChild], rows: list[Any]) -> None:
        """Send rows, in halves where they are too long for one frame after all."""
        if not rows:
            return
        try:
            self._send(rows_of(self._source, rows))
        except FrameError:
            if len(rows) == 1:
                raise
            self._send_halves(rows_of, rows[: len(rows) // 2])
            self._send_halves(rows_of, rows[len(rows) // 2 :])

    def _send_items(self, member: int, items: Items, rows: Any) -> None:
        try:
            self._send(items_rows(self._source, member, items, rows))
        except FrameError:
            if len(rows) == 1:
                raise
            self._send_items(member, items, rows[: len(rows) // 2])
            self._send_items(member, items, rows[len(rows) // 2 :])

    def _send_samples(self, member: int, samples: Samples, rows: Any) -> None:
        message = sample_rows(self._source, member, samples, rows)
        if len(rows) > 1 and is_heavy(message):
            self._send_samples(member, samples, rows[: len(rows) // 2])
            self._send_samples(member, samples, rows[len(rows) // 2 :])
            return
        self._send(message)

    def _time(self, item: Item) -> Moment | None:
        """The time of an item, None when there is none or it is out of range."""
        when = item.when
        return when if when is None or EARLIEST <= when.us <= LATEST else None

    def _shortened(self, item: Item, details: bytes) -> Item:
        """The item with what is too long in files beside it; its details go into one when they are."""
        changes: dict[str, Any] = {}
        files = [*item.files]
        if len(details) > TEXT:
            files.append(_whole("details.json", details, "application/json"))
        if len(item.text) > TEXT // 4:
            encoded = item.text.encode("utf-8", "replace")
            if len(encoded) > TEXT:
                files.append(_whole("text.txt", encoded, "text/plain"))
                changes["text"] = encoded[:TEXT].decode("utf-8", "ignore")
        if len(item.title) > TEXT // 16:
            files.append(_whole("title.txt", item.title.encode("utf-8", "replace"), "text/plain"))
            changes["title"] = item.title[:1000]
        if len(item.parties) > MOST_PARTIES:
            every = msgspec.json.encode([role_of(role) for role in item.parties])
            files.append(_whole("parties.json", every, "application/json"))
            changes["parties"] = item.parties[:MOST_PARTIES]
        if len(item.amount) > 64 or len(item.currency) > 16:
            money = f"{item.amount}\n{item.currency}".encode("utf-8", "replace")
            files.append(_whole("amount.txt", money, "text/plain"))
            changes["amount"] = changes["currency"] = ""
        return msgspec.structs.replace(item, files=tuple(files), **changes)


def _is_long(item: Item) -> bool:
    """Whether something of an item may be too long for a row."""
    return (
        len(item.text) > TEXT // 4
        or len(item.title) > TEXT // 16
        or len(item.parties) > MOST_PARTIES
        or len(item.amount) > 64
        or len(item.currency) > 16
    )


def _whole(name: str, data: bytes, media_type: str) -> File:
    return File(name=name, pieces=lambda: iter((data,)), media_type=media_type, size=len(data))
