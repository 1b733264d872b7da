"""In the child: records become batches of columns, sorted by time, within the limits of a frame."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from typing import Any, TypeVar

import msgspec
import numpy as np

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.batches import NO_OFFSET, NO_TIME
from importers.columns import Numbers, Texts, in_use
from importers.records import (
    KINDS,
    PRECISIONS,
    File,
    Handle,
    Item,
    Items,
    Moment,
    Notice,
    Party,
    Precision,
    Role,
    Samples,
)
from vault_app.intake.frames import (
    FILE_PIECE,
    LONGEST,
    FileBegin,
    FileEnd,
    FilePiece,
    FrameError,
    FromChild,
    ItemRows,
    NumberColumn,
    PartyRows,
    SampleRows,
    TextColumn,
    Trouble,
)

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

_EARLIEST = -2_208_988_800_000_000  # 1900-01-01
_LATEST = 7_258_118_400_000_000  # 2200-01-01
_KIND = {kind: code for code, kind in enumerate(KINDS)}
_PRECISION = {precision: code for code, precision in enumerate(PRECISIONS)}
_UNDATED = _PRECISION[Precision.NONE]

_LAST = 1 << 62
_details = msgspec.json.Encoder(enc_hook=str)
_identity = msgspec.msgpack.Encoder(enc_hook=str)

_T = TypeVar("_T")
Send = Callable[[FromChild], None]
_Row = tuple[int, Item, Moment | None, str, tuple[int, ...]]
"""Member, item, its time when that is in range, its details as JSON, numbers of its files."""


class Collector:
    """Gathers the records of one archive and sends them in batches through ``send``."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._items: list[_Row] = []
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
        details = _encoded(item.details)
        size = len(item.title) + len(item.text) + len(details)
        files: tuple[int, ...] = ()
        if size < _USUAL and not item.amount and not item.files and len(item.parties) < _FEW:
            weight = 200 + size + 80 * len(item.parties)
        else:
            if len(details) > TEXT or _is_long(item):
                item = self._shortened(item, details)
                details = details if len(details) <= TEXT else b""
            files = tuple([self.file(member, file, alone=False) for file in item.files])
            weight = 200 + _size(item.title) + _size(item.text) + len(details) + 80 * len(item.parties)
        when = self._time(item)
        if self._weight + weight > BYTES:
            self.flush()
        if when is not item.when:
            self.notice(member, Notice("time-out-of-range", f"item {len(self._items) + 1}"))
        self._items.append((member, item, when, _text(details), files))
        self._weight += weight

    def items(self, member: int, items: Items) -> None:
        """Send many items, sorted by time; those that may be too long for a row are taken by themselves."""
        self.flush()
        sizes = _lengths(items.title) + _lengths(items.text) + _lengths(items.details)
        good = (items.start == NO_TIME) | ((items.start >= _EARLIEST) & (items.start <= _LATEST))
        usual = good & (sizes < _USUAL) & (_lengths(items.parties) < _FEW)
        for row in np.flatnonzero(~usual).tolist():
            self.item(member, items.item(row))
        rows = np.flatnonzero(usual)
        rows = rows[np.argsort(np.where(items.start[rows] == NO_TIME, _LAST, items.start[rows]), kind="stable")]
        portions = np.cumsum(sizes[rows] + _ROW) // BYTES
        for some in np.split(rows, np.flatnonzero(np.diff(portions)) + 1):
            for at in range(0, len(some), ROWS):
                self._send_items(member, items, some[at : at + ROWS])

    def party(self, member: int, party: Party) -> None:
        """Take a party; its files are sent at once."""
        files = tuple(self.file(member, file, alone=False) for file in party.files)
        details = _encoded(party.details)
        weight = 400 + _size(party.name) + len(details) + 80 * len(party.handles)
        if self._weight + weight > BYTES:
            self.flush()
        self._parties.append((member, msgspec.structs.replace(party, details=details), files))
        self._weight += weight

    def samples(self, member: int, samples: Samples) -> None:
        """Send samples, sorted by start, in frames of ``SAMPLE_ROWS`` rows; times out of range are a notice."""
        good = (samples.start >= _EARLIEST) & (samples.start <= _LATEST)
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
        self._send_halves(_item_rows, self._items)
        self._send_halves(_party_rows, self._parties)
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
            self._send(_items_rows(self._source, member, items, rows))
        except FrameError:
            if len(rows) == 1:
                raise
            self._send_items(member, items, rows[: len(rows) // 2])
            self._send_items(member, items, rows[len(rows) // 2 :])

    def _send_samples(self, member: int, samples: Samples, rows: Any) -> None:
        message = _sample_rows(self._source, member, samples, rows)
        if len(rows) > 1 and _heavy(message):
            self._send_samples(member, samples, rows[: len(rows) // 2])
            self._send_samples(member, samples, rows[len(rows) // 2 :])
            return
        self._send(message)

    def _time(self, item: Item) -> Moment | None:
        """The time of an item, None when there is none or it is out of range."""
        when = item.when
        return when if when is None or _EARLIEST <= when.us <= _LATEST else None

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
            every = msgspec.json.encode([_role(role) for role in item.parties])
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


def digest(*parts: Any) -> bytes:
    """Identity of a record: 12 bytes of BLAKE2b over its parts."""
    return hashlib.blake2b(_identity.encode(parts), digest_size=12).digest()


def _identities(digests: Iterable[bytes]) -> dict[str, bytes]:
    """The columns of keys, the first 8 bytes of each identity, and of checks, the other 4."""
    pairs = np.frombuffer(b"".join(digests), np.dtype([("key", "<u8"), ("check", "<u4")]))
    return {"key": pairs["key"].tobytes(), "check": pairs["check"].tobytes()}


def _item_rows(source: str, rows: list[_Row]) -> ItemRows:
    rows.sort(key=_when)
    items = [item for _, item, _, _, _ in rows]
    moments = [when for _, _, when, _, _ in rows]
    columns = {
        "kind": _bytes([_KIND[item.kind] for item in items], np.uint8),
        "precision": _bytes([_PRECISION[when.precision] if when else _UNDATED for when in moments], np.uint8),
        "start": _bytes([when.us if when else NO_TIME for when in moments], np.int64),
        "end": _bytes([_end(item.end) for item in items], np.int64),
        "offset": _bytes(
            [NO_OFFSET if when is None or when.offset is None else when.offset for when in moments], np.int16
        ),
        "lat": _bytes([np.nan if item.lat is None else item.lat for item in items], np.float64),
        "lon": _bytes([np.nan if item.lon is None else item.lon for item in items], np.float64),
        "stable": _bytes([item.stable for item in items], np.uint8),
        "member": _bytes([member for member, _, _, _, _ in rows], np.uint32),
    }
    columns |= _identities([digest(item.kind, item.key) for item in items])
    texts = {
        "title": [_clean(item.title) for item in items],
        "text": [_clean(item.text) for item in items],
        "amount": [item.amount for item in items],
        "currency": [item.currency for item in items],
        "details": [details for _, _, _, details, _ in rows],
    }
    parties = [[_role(role) for role in item.parties] if item.parties else [] for item in items]
    return ItemRows(source, len(rows), columns, texts, parties, [list(files) for _, _, _, _, files in rows])


def _items_rows(source: str, member: int, items: Items, rows: Any) -> ItemRows:
    order, n = rows.tolist(), len(rows)
    kinds, keys = _picked(items.kind, order), _picked(items.key, order)
    columns = {
        "kind": _bytes([_KIND[kind] for kind in kinds], np.uint8),
        "precision": items.precision[rows].tobytes(),
        "start": items.start[rows].tobytes(),
        "end": np.full(n, NO_TIME, np.int64).tobytes(),
        "offset": np.full(n, NO_OFFSET, np.int16).tobytes(),
        "lat": items.lat[rows].tobytes(),
        "lon": items.lon[rows].tobytes(),
        "stable": bytes(n),
        "member": np.full(n, member, np.uint32).tobytes(),
    }
    columns |= _identities(map(digest, kinds, keys))
    texts = {
        "title": _all_clean(_picked(items.title, order)),
        "text": _all_clean(_picked(items.text, order)),
        "amount": [],
        "currency": [],
        "details": _all_clean(_picked(items.details, order)),
    }
    parties = [[_role(role) for role in roles] if roles else [] for roles in _picked(items.parties, order)]
    return ItemRows(source, n, columns, texts, parties, [])


def _picked(values: list[_T], rows: list[int]) -> list[_T]:
    return [values[row] for row in rows]


def _lengths(values: Sequence[Sized]) -> Any:
    return np.fromiter(map(len, values), np.int64, len(values))


def _end(end: int | None) -> int:
    return NO_TIME if end is None or not _EARLIEST <= end <= _LATEST else end


def _party_rows(source: str, rows: list[tuple[int, Party, tuple[int, ...]]]) -> PartyRows:
    columns = _identities([digest("party", party.key) for _, party, _ in rows])
    columns["member"] = _bytes([member for member, _, _ in rows], np.uint32)
    texts = {
        "name": [_clean(party.name) for _, party, _ in rows],
        "type": [party.type for _, party, _ in rows],
        "details": [_text(_encoded(party.details)) for _, party, _ in rows],
    }
    handles = [[(handle.type, _clean(handle.value)) for handle in party.handles] for _, party, _ in rows]
    return PartyRows(source, len(rows), columns, texts, handles, [list(files) for _, _, files in rows])


def _sample_rows(source: str, member: int, samples: Samples, rows: Any) -> SampleRows:
    return SampleRows(
        source=source,
        member=member,
        n=len(rows),
        series=samples.series[:200],
        unit=samples.unit[:100],
        subject=samples.subject[:1000],
        exclusive=samples.exclusive,
        incidental=sorted(samples.incidental),
        start=np.ascontiguousarray(samples.start[rows], np.int64).tobytes(),
        end=None if samples.end is None else np.ascontiguousarray(samples.end[rows], np.int64).tobytes(),
        value=_number_column(samples.value, rows),
        offset=_number_column(samples.offset, rows),
        quality=_text_column(samples.quality, rows),
        columns={name: _column(column, rows) for name, column in samples.columns.items()},
    )


def _heavy(message: SampleRows) -> bool:
    """Whether samples are too long for a frame, or nearly."""
    weight = 24 * message.n
    for column in (message.value, message.offset, message.quality, *message.columns.values()):
        if isinstance(column, NumberColumn):
            weight += (
                len(column.mantissa) + len(column.decimals) + sum(_size(text or "") + 8 for text in column.odd.values())
            )
        elif column is not None:
            weight += len(column.codes) + sum(_size(word or "") + 5 for word in column.words)
    return weight > LONGEST * 3 // 4


def _size(text: str) -> int:
    """About the bytes of a text in UTF-8, never less than there are."""
    return len(text) if text.isascii() else 4 * len(text) if len(text) < 64 else len(text.encode("utf-8", "replace"))


def _column(column: Numbers | Texts, rows: Any) -> NumberColumn | TextColumn:
    taken = _number_column(column, rows) if isinstance(column, Numbers) else _text_column(column, rows)
    assert taken is not None
    return taken


def _number_column(column: Numbers | None, rows: Any) -> NumberColumn | None:
    if column is None:
        return None
    taken = column.take(rows)
    return NumberColumn(taken.mantissa.tobytes(), taken.decimals.tobytes(), taken.odd)


def _text_column(column: Texts | None, rows: Any) -> TextColumn | None:
    if column is None:
        return None
    used, codes = in_use(column.codes[rows], len(column.words))
    words = [column.words[code] for code in used.tolist()]
    return TextColumn(codes.tobytes(), [word if word is None else _clean(word) for word in words])


def _when(row: _Row) -> int:
    """Undated ones last."""
    return _LAST if row[2] is None else row[2].us


def _role(role: Role) -> tuple[str, str, str, str]:
    handle = role.handle or Handle("", "")
    return role.role, _clean(role.name[:1000]), handle.type, _clean(handle.value[:1000])


def _bytes(values: list[Any], dtype: Any) -> bytes:
    return np.array(values, dtype=dtype).tobytes()


def _encoded(details: Mapping[str, Any] | bytes) -> bytes:
    """Details as JSON; b'' when there are none."""
    if not details:
        return b""
    return details if isinstance(details, bytes) else _details.encode(details)


def _text(details: bytes) -> str:
    return details.decode("utf-8", "replace")


def _clean(text: str) -> str:
    """Text that UTF-8 can carry: a lone surrogate becomes a replacement mark."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _all_clean(texts: list[str]) -> list[str]:
    """``_clean`` of each of many texts, faster where all of them are clean."""
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return list(map(_clean, texts))
    return texts


def _whole(name: str, data: bytes, media_type: str) -> File:
    return File(name=name, pieces=lambda: iter((data,)), media_type=media_type, size=len(data))
