"""The quick way and the way through the XML parser read the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.apple.health import read_export, read_export_by_parser
from importers.apple.health_rows import RecordRows
from importers.apple.health_series import SeriesBook
from importers.records import Samples
from tests.apple.export_xml import HEAD, PLAIN, TAIL, exports, facts


@given(exports(), st.sampled_from((1, 300, 2000, 1 << 22)), st.integers(1, 3000))
@settings(max_examples=250, deadline=None)
def test_both_ways_read_the_same_whatever_the_shape_of_the_records(text: str, block: int, piece: int) -> None:
    data = text.encode()
    pieces = [data[at : at + piece] for at in range(0, len(data), piece)]
    quick = facts(read_export(pieces, block))
    slow = facts(read_export_by_parser([data]))
    assert quick == slow
    assert not quick[2] or all(notice.reason == "apple-health-no-time" for notice in quick[2])


@given(exports(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_export_never_raises_and_never_loses_the_sound_records_around_the_damage(
    text: str, data: st.DataObject
) -> None:
    before = "".join(PLAIN.format(100 + at) for at in range(3))
    after = "".join(PLAIN.format(200 + at) for at in range(3))
    body = text.replace("\r\n", "\n").removeprefix(HEAD).replace(TAIL, "").encode()
    if body and b"<!--" not in body:
        at = data.draw(st.integers(0, len(body) - 1))
        body = body[:at] + data.draw(st.sampled_from((b"\x00", b"\xff", b"&", b"<", b"", b'"'))) + body[at + 1 :]
    damaged = (HEAD + before).encode() + body + (after + TAIL).encode()
    values = [
        text
        for record in read_export([damaged])
        if isinstance(record, Samples) and record.series == "heart-rate" and record.value is not None
        for text in record.value.texts()
    ]
    assert {"100", "101", "102", "201", "202"} <= set(values)


def test_records_of_the_usual_shape_take_the_quick_way() -> None:
    book = SeriesBook()
    rows = RecordRows(book)
    pieces = "".join(PLAIN.format(at) for at in range(50)).encode().split(b"<Record ")[1:]
    assert rows.look(pieces).fits.all()


def test_a_single_unusual_character_leaves_a_record_to_the_parser() -> None:
    piece = PLAIN.format(72).encode().split(b"<Record ")[1]
    rows = RecordRows(SeriesBook())
    for unusual in (
        piece.replace(b'value="72"', b"value='72'"),
        piece.replace(b'value="72"', b'value="7&#50;"'),
        piece.replace(b'" startDate', b'"  startDate'),
        piece.replace(b"2024-01-01 10:00:05", b"2024-02-30 10:00:05"),
        piece.replace(b"/>", b"/><Me/>"),
        piece.replace(b"/>", b' value="1"/>'),
        piece.replace(b"type=", b'value="1" type='),
        piece.replace(b"Watch", b"Wa\xfftch"),
    ):
        assert unusual != piece
        assert not rows.look([unusual]).fits.any(), unusual
    assert rows.look([piece]).fits.all()
