"""What travels between the reading process and the writer: MessagePack, decoded against a schema.

A frame is a length (``u32``, little endian, at most 8 MiB) and one message. Nothing else is understood: no pickle,
no extension types, no paths. Number columns travel as raw little-endian bytes whose length must fit the row count.
All that comes from the child is untrusted until ``vault_app.intake.checks`` has looked at it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO, Annotated, TypeVar

import msgspec
from msgspec import Meta

LONGEST = 8 << 20
"""Bytes of the longest frame."""

FILE_PIECE = 1 << 20
"""Bytes of the longest piece of a file."""

_LENGTH = struct.Struct("<I")
_T = TypeVar("_T")


class FrameError(Exception):
    """The other side does not keep to the protocol. Carries a rule's name, never a value."""


class _Message(msgspec.Struct, frozen=True, tag=True, array_like=True, forbid_unknown_fields=True):
    pass


class PartOrder(_Message, frozen=True):
    """One part: a file inherited as ``descriptor`` (or served when -1), or a folder's ``entries`` (path, size)."""

    name: str
    size: int
    descriptor: int
    folder: bool
    entries: list[tuple[str, int]]


class Order(_Message, frozen=True):
    """To the child: what to do. ``mode``: ``recognise``, ``plan`` (the same, and count) or ``read``.
    ``done``: members to pass over; ``records``: how many records of member ``member`` are stored already.
    ``recipes``: the person's own for this archive, as texts; ``kept``: those of the vault, for tables of no known
    service. ``modules``: what must be loaded to read (see ``Needs``); all that there are when None. ``places``: what
    reads each member, as the recognising process found it (see ``Needs``); found anew when None."""

    mode: str
    parts: list[PartOrder]
    done: list[int]
    member: int
    records: int
    recipes: list[str] = []
    kept: list[str] = []
    modules: list[str] | None = None
    places: list[int] | None = None


class Served(_Message, frozen=True):
    """To the child: the bytes that it wanted; shorter at the end of the file."""

    data: bytes


class Ready(_Message, frozen=True):
    """The child is fenced in: the layers that hold."""

    layers: list[str]


class Want(_Message, frozen=True):
    """The child asks for bytes of a served part; ``entry`` is the file's place in a folder, -1 for a file part."""

    part: int
    entry: int
    offset: int
    length: int


class Members(_Message, frozen=True):
    """The next members of the archive, in order. ``reader``: what will read each, as far as recognised."""

    paths: list[str]
    sizes: list[int]
    sources: list[str]
    readers: list[str]
    scores: list[int]


MOST_PLACES = 200_000
"""Members of which it is told what reads each."""


class Needs(_Message, frozen=True):
    """The modules of importers that will read what was recognised (``importers.contract.Importer.module``).

    ``places``: for each member the place of what reads it in the rulebook, or ``importers.reading``'s marks; None
    when there are too many members.
    """

    modules: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=10_000)]
    places: Annotated[list[Annotated[int, Meta(ge=-2, le=1_000_000)]], Meta(max_length=MOST_PLACES)] | None = None


_Cell = Annotated[str, Meta(max_length=200)]
_Cells = Annotated[list[_Cell], Meta(max_length=100)]
_Word = Annotated[str, Meta(max_length=32)]
_Word64 = Annotated[str, Meta(max_length=64)]
_Place = Annotated[str, Meta(max_length=500)]


class Proposed(_Message, frozen=True):
    """A mapping for a table of no known service, with its first rows; see ``vault_app.intake.proposals``."""

    member: int
    sheet: _Cell
    columns: _Cells
    fields: Annotated[list[_Word], Meta(max_length=100)]
    rows: Annotated[list[_Cells], Meta(max_length=10)]
    layout: _Word
    makes: _Word
    kind: _Word
    confidence: Annotated[float, Meta(ge=0, le=1)]
    doubts: Annotated[list[_Word], Meta(max_length=10)]
    recipe: Annotated[str, Meta(max_length=64 << 10)]


MOST_FACTS = 10**12
"""The highest number of facts that is expected of an importer."""

MOST_SERIES = 200
"""Series that are expected by name."""

_Facts = Annotated[int, Meta(ge=0, le=MOST_FACTS)]


class Expected(_Message, frozen=True):
    """How many facts the members of an importer are expected to bring; ``reader`` '': what is kept whole.

    ``kinds``, ``series``: by name. ``facts``, ``samples``: of kinds and series that are not known by name.
    ``exact``: counted, not guessed.
    """

    reader: _Cell
    kinds: Annotated[dict[_Word, _Facts], Meta(max_length=100)]
    series: Annotated[dict[_Cell, _Facts], Meta(max_length=MOST_SERIES)]
    facts: _Facts
    samples: _Facts
    parties: _Facts
    exact: bool


class Begin(_Message, frozen=True):
    """A member is being read."""

    member: int
    source: str
    reader: str


class End(_Message, frozen=True):
    """A member is done; ``outcome`` is one of ``importers.reading.Outcome``."""

    member: int
    outcome: str
    records: int
    why: str


class NumberColumn(_Message, frozen=True):
    """``importers.columns.Numbers``."""

    mantissa: bytes
    decimals: bytes
    odd: dict[int, str | None]


class TextColumn(_Message, frozen=True):
    """``importers.columns.Texts``."""

    codes: bytes
    words: list[str | None]


class ItemRows(_Message, frozen=True):
    """``importers.batches.ItemBatch`` of one source; lists of which no row has anything may be empty."""

    source: str
    n: int
    numbers: dict[str, bytes]
    texts: dict[str, list[str]]
    parties: list[list[tuple[str, str, str, str]]]
    files: list[list[int]]


class SampleRows(_Message, frozen=True):
    """``importers.records.Samples`` of one source and member."""

    source: str
    member: int
    n: int
    series: str
    unit: str
    subject: str
    exclusive: bool
    incidental: list[str]
    start: bytes
    end: bytes | None
    value: NumberColumn | None
    offset: NumberColumn | None
    quality: TextColumn | None
    columns: dict[str, NumberColumn | TextColumn]


class PartyRows(_Message, frozen=True):
    """``importers.batches.PartyBatch`` of one source."""

    source: str
    n: int
    numbers: dict[str, bytes]
    texts: dict[str, list[str]]
    handles: list[list[tuple[str, str]]]
    files: list[list[int]]


class FileBegin(_Message, frozen=True):
    """A file to keep begins; ``number`` counts up from 0."""

    number: int
    member: int
    name: str
    media_type: str


class FilePiece(_Message, frozen=True):
    """The next bytes of a file, at a running offset."""

    number: int
    offset: int
    data: bytes


class FileEnd(_Message, frozen=True):
    """A file is complete. ``alone``: it belongs to no item. ``whole``: all its bytes could be read."""

    number: int
    size: int
    alone: bool
    whole: bool


class Trouble(_Message, frozen=True):
    """A notice; ``member`` -1 for the archive."""

    member: int
    reason: str
    position: str
    what: str


class Mark(_Message, frozen=True):
    """All frames so far are consistent: a commit here can be resumed at ``records`` records of ``member``.

    ``done``, ``total``: bytes consumed of the archive."""

    member: int
    records: int
    done: int
    total: int


class Drifted(_Message, frozen=True):
    """``importers.drift.drift.Drift``: place, name, type and count of new fields; place and name of missing ones."""

    reader: Annotated[str, Meta(max_length=100)]
    members: Annotated[int, Meta(ge=0)]
    new: Annotated[list[tuple[_Place, _Word64, _Word, int]], Meta(max_length=200)]
    missing: Annotated[list[tuple[_Place, _Place]], Meta(max_length=200)]


class Finished(_Message, frozen=True):
    """The archive was read to its end."""


class Failed(_Message, frozen=True):
    """The archive is refused as a whole; ``reason`` is an id of ``resources/words/errors``."""

    reason: str
    what: str


ToChild = Order | Served
FromChild = (
    Ready
    | Want
    | Members
    | Needs
    | Proposed
    | Expected
    | Begin
    | End
    | ItemRows
    | SampleRows
    | PartyRows
    | FileBegin
    | FilePiece
    | FileEnd
    | Trouble
    | Mark
    | Drifted
    | Finished
    | Failed
)

_encoder = msgspec.msgpack.Encoder()
_from_child: msgspec.msgpack.Decoder[FromChild] = msgspec.msgpack.Decoder(FromChild)
_to_child: msgspec.msgpack.Decoder[ToChild] = msgspec.msgpack.Decoder(ToChild)


def send(stream: IO[bytes], message: ToChild | FromChild) -> None:
    """Write one frame. Raises FrameError when it is longer than a frame may be."""
    data = _encoder.encode(message)
    if len(data) > LONGEST:
        raise FrameError("too-long")
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def receive_order(stream: IO[bytes]) -> ToChild:
    """In the child: the next message of the parent. Raises FrameError at the end of the stream."""
    data = _frame(stream)
    if data is None:
        raise FrameError("ended")
    return _decoded(_to_child, data)


def receive(stream: IO[bytes]) -> Iterator[FromChild]:
    """In the parent: the messages of the child until its end. Raises FrameError for anything off the protocol."""
    for data in frames(stream):
        yield decode(data)


def frames(stream: IO[bytes]) -> Iterator[bytes]:
    """The frames of a stream, not decoded, until its end. Raises FrameError when one is too long or cut."""
    while (data := _frame(stream)) is not None:
        yield data


def decode(data: bytes) -> FromChild:
    """One message of the child. Raises FrameError for anything off the schema."""
    return _decoded(_from_child, data)


def _decoded(decoder: msgspec.msgpack.Decoder[_T], data: bytes) -> _T:
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FrameError("schema") from error


def _frame(stream: IO[bytes]) -> bytes | None:
    head = _exactly(stream, _LENGTH.size)
    if not head:
        return None
    if len(head) < _LENGTH.size:
        raise FrameError("cut")
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        raise FrameError("too-long")
    data = _exactly(stream, length)
    if len(data) < length:
        raise FrameError("cut")
    return data


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    while data and len(data) < length:
        more = stream.read(length - len(data))
        if not more:
            break
        data += more
    return data
