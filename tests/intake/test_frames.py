"""Frames: what an honest child sends comes through whole; anything else is refused with one error."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.batches import NO_OFFSET, NO_TIME
from importers.columns import numbers, texts, times
from importers.records import KINDS, File, Handle, Item, Kind, Moment, Notice, Party, Precision, Role, Samples
from vault_app.intake import checks
from vault_app.intake.collector import TEXT, Collector
from vault_app.intake.frames import (
    FileBegin,
    FileEnd,
    FilePiece,
    FrameError,
    FromChild,
    ItemRows,
    Mark,
    PartyRows,
    SampleRows,
    Trouble,
    receive,
    send,
)


class Pipe:
    """What a child sent, decoded as the parent decodes it."""

    def __init__(self) -> None:
        self._stream = io.BytesIO()

    def send(self, message: FromChild) -> None:
        send(self._stream, message)

    def received(self) -> list[FromChild]:
        self._stream.seek(0)
        return list(receive(self._stream))


def item(number: int = 1, **more: object) -> Item:
    given = {"kind": Kind.SEARCH, "key": ("k", number), "when": Moment(1_000_000 * number, 60), "title": "été"}
    return Item(**(given | more))  # type: ignore[arg-type]


def test_items_come_through_sorted_by_time_with_undated_ones_last() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("google")
    role = Role("from", "Camille", Handle("email", "camille@example.org"))
    collector.item(
        0, item(3, parties=(role,), details={"x": [1, "é"]}, lat=48.5, lon=2.5, amount="3.50", currency="EUR")
    )
    collector.item(0, item(9, when=None))
    collector.item(1, item(1, end=5_000_000))
    collector.flush()
    (rows,) = pipe.received()
    assert isinstance(rows, ItemRows)
    batch = checks.item_batch(rows, members=2, files=0)
    assert batch.start.tolist() == [1_000_000, 3_000_000, NO_TIME]
    assert batch.end.tolist() == [5_000_000, NO_TIME, NO_TIME]
    assert batch.offset.tolist() == [60, 60, NO_OFFSET]
    assert batch.member.tolist() == [1, 0, 0]
    assert batch.parties[1] == (role,)
    assert batch.details[1] == '{"x":[1,"é"]}'
    assert (batch.lat[1], batch.amount[1], batch.currency[1]) == (48.5, "3.50", "EUR")
    assert np.isnan(batch.lat[0])
    assert KINDS[batch.kind[0]] is Kind.SEARCH


def test_the_same_key_has_the_same_identity_and_another_key_another() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("google")
    for number, title in ((1, "a"), (1, "b"), (2, "a")):
        collector.item(0, item(number, title=title))
    collector.flush()
    (rows,) = pipe.received()
    assert isinstance(rows, ItemRows)
    batch = checks.item_batch(rows, 1, 0)
    assert batch.key[0] == batch.key[1] != batch.key[2]
    assert batch.check[0] == batch.check[1] != batch.check[2]


def test_an_impossible_time_is_said_and_the_item_is_kept_without_one() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("google")
    collector.item(0, item(when=Moment(10**18)))
    collector.flush()
    trouble, rows = pipe.received()
    assert isinstance(trouble, Trouble)
    assert trouble.reason == "time-out-of-range"
    assert isinstance(rows, ItemRows)
    assert checks.item_batch(rows, 1, 0).start.tolist() == [NO_TIME]


def test_a_text_longer_than_an_item_may_carry_is_kept_whole_as_a_file() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("mail")
    long = "é" * TEXT
    collector.item(0, item(text=long))
    collector.flush()
    messages = pipe.received()
    kept = b"".join(message.data for message in messages if isinstance(message, FilePiece))
    assert kept.decode() == long
    rows = messages[-1]
    assert isinstance(rows, ItemRows)
    batch = checks.item_batch(rows, 1, 1)
    assert long.startswith(batch.text[0])
    assert batch.files == [(0,)]


def test_a_file_travels_in_pieces_with_a_running_offset() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("mail")
    data = bytes(range(256)) * 10_000
    collector.item(0, item(files=(File("facture.pdf", lambda: iter((data,)), "application/pdf", len(data)),)))
    begin, *pieces, end = pipe.received()
    assert isinstance(begin, FileBegin)
    assert (begin.name, begin.media_type) == ("facture.pdf", "application/pdf")
    assert isinstance(end, FileEnd)
    assert (end.size, end.whole, end.alone) == (len(data), True, False)
    assert [piece.offset for piece in pieces] == [0, 1 << 20, 2 << 20]  # type: ignore[union-attr]


def test_samples_come_through_to_the_letter() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("enedis")
    samples = Samples(
        series="electricity-power",
        unit="W",
        subject="00000000000000",
        start=times([3, 1, 2]),
        end=times([4, 2, 3]),
        value=numbers(["1.50", "-0", None]),
        quality=texts(["B", None, "B"]),
        columns={"Valeur": texts(["0,984", "x", ""])},
        exclusive=True,
    )
    collector.samples(0, samples)
    (rows,) = pipe.received()
    assert isinstance(rows, SampleRows)
    got = checks.samples(rows, 1)
    assert got.start.tolist() == [1, 2, 3]
    assert got.value is not None
    assert list(got.value.texts()) == ["-0", None, "1.50"]
    assert got.quality is not None
    assert list(got.quality.texts()) == [None, "B", "B"]
    assert list(got.columns["Valeur"].texts()) == ["x", "", "0,984"]
    assert (got.subject, got.exclusive) == ("00000000000000", True)


def test_parties_come_through_with_their_handles() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("contacts")
    handles = (Handle("email", "a@example.org"), Handle("phone", "+33100000000"))
    collector.party(0, Party(key=("a",), name="Ada", handles=handles, details={"NOTE": "x"}))
    collector.flush()
    (rows,) = pipe.received()
    assert isinstance(rows, PartyRows)
    batch = checks.party_batch(rows, 1, 0)
    assert batch.handles == [handles]
    assert batch.details == ['{"NOTE":"x"}']


def test_a_lone_surrogate_becomes_a_replacement_mark() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("google")
    collector.item(0, item(title="a\ud800b"))
    collector.flush()
    (rows,) = pipe.received()
    assert isinstance(rows, ItemRows)
    assert rows.texts["title"] == ["a?b"]


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_bytes_that_are_no_frames_are_refused_with_one_error(data: bytes) -> None:
    with pytest.raises(FrameError):
        list(receive(io.BytesIO(struct.pack("<I", len(data) + 1) + data)))


@given(st.integers(0, 10_000), st.integers(0, 255))
@settings(max_examples=500, deadline=None)
def test_a_changed_byte_is_refused_or_checked(at: int, value: int) -> None:
    pipe = io.BytesIO()
    collector = Collector(lambda message: send(pipe, message))
    collector.begin("google")
    for number in range(5):
        collector.item(0, item(number, parties=(Role("from", "x"),)))
    collector.flush()
    send(pipe, Mark(0, 5, 1, 2))
    data = bytearray(pipe.getvalue())
    data[at % len(data)] = value
    try:
        for message in receive(io.BytesIO(bytes(data))):
            if isinstance(message, ItemRows):
                assert len(checks.item_batch(message, 1, 0)) == message.n
    except FrameError as error:
        assert error.args


def test_a_length_beyond_the_limit_is_refused_before_anything_is_read() -> None:
    with pytest.raises(FrameError, match="too-long"):
        list(receive(io.BytesIO(struct.pack("<I", 2**32 - 1))))


def test_a_member_that_is_not_in_the_list_is_refused() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.begin("google")
    collector.item(7, item())
    collector.flush()
    (rows,) = pipe.received()
    assert isinstance(rows, ItemRows)
    with pytest.raises(FrameError, match="member"):
        checks.item_batch(rows, members=3, files=0)


def test_a_notice_carries_a_reason_and_no_more_than_a_short_text() -> None:
    pipe = Pipe()
    collector = Collector(pipe.send)
    collector.notice(0, Notice("csv-row", "line 3", "x" * 10_000))
    (trouble,) = pipe.received()
    assert isinstance(trouble, Trouble)
    assert len(trouble.what) == 200


def test_precisions_keep_their_codes() -> None:
    assert list(Precision)[-1] is Precision.NONE
