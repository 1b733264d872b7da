"""Stamps and numbers as columns of digits: the same as one at a time."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from importers.columns import Times, numbers
from importers.formats.digit_columns import (
    STAMP,
    decimals,
    decimals_at,
    joined,
    stamp,
    stamp_text,
    stamps,
    windows,
    words,
)

_DIGITS = st.text("0123456789", min_size=1, max_size=20)
_NUMBERS = st.one_of(
    st.from_regex(r"-?[0-9]{1,19}(\.[0-9]{0,19})?", fullmatch=True),
    st.text("0123456789.-+e ", max_size=24),
    st.floats().map(str),
    st.text(max_size=30).filter(lambda text: "\x00" not in text),
)
_FIRST, _LAST = datetime(1900, 1, 1), datetime(2199, 12, 31)  # noqa: DTZ001 - hypothesis wants them without a zone
_STAMPS = st.one_of(
    st.datetimes(_FIRST, _LAST).map("{:%Y-%m-%d %H:%M:%S} +0130".format),
    st.from_regex(
        r"[12][0-9]{3}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-6][0-9]:[0-6][0-9] [+-][0-2][0-9][0-6][0-9]", fullmatch=True
    ),
    st.text("0123456789-: +", min_size=STAMP, max_size=STAMP),
)


def _stamps(texts: list[str]) -> tuple[Times, npt.NDArray[np.int16], npt.NDArray[np.bool_]]:
    rows = b"".join(text.encode()[:STAMP].ljust(32, b"x") for text in texts)
    return stamps(words(np.frombuffer(rows, np.uint8).reshape(len(texts), 32)))


def _joined(rows: list[tuple[bytes, bytes]]) -> bytes:
    block = b"".join(first + second for first, second in rows)
    sizes = np.array([len(text) for row in rows for text in row], np.int64)
    ends = np.cumsum(sizes)
    starts = ends - sizes
    return joined(block, [(starts[::2], ends[::2]), (starts[1::2], ends[1::2])], b",;")


@given(st.lists(_NUMBERS, max_size=12))
def test_numbers_as_columns_are_the_numbers_one_by_one(texts: list[str]) -> None:
    quick, slow = decimals([text.encode("utf-8", "replace") for text in texts]), numbers(texts)
    kept = [text.encode("utf-8", "replace").decode() for text in texts]
    assert list(quick.texts()) == kept
    if kept == texts:
        assert (quick.mantissa == slow.mantissa).all()
        assert (quick.decimals == slow.decimals).all()
        assert quick.odd == slow.odd


@given(st.lists(_NUMBERS, max_size=12), st.binary(max_size=30))
def test_numbers_within_a_block_are_the_numbers_one_by_one(texts: list[str], behind: bytes) -> None:
    encoded = [text.encode("utf-8", "replace") for text in texts]
    starts = np.cumsum([0, *(len(text) + 1 for text in encoded)], dtype=np.int64)[: len(texts)]
    sizes = np.array([len(text) for text in encoded], np.int64)
    within = decimals_at(b'"'.join(encoded) + behind, starts, starts + sizes)
    assert list(within.texts()) == list(decimals(encoded).texts())


@given(st.lists(st.tuples(st.binary(max_size=9), st.binary(max_size=40)), max_size=9))
def test_columns_of_a_block_are_joined_row_by_row(rows: list[tuple[bytes, bytes]]) -> None:
    assert _joined(rows) == b"".join(first + b"," + second + b";" for first, second in rows)


def test_one_very_long_text_among_many_is_joined_with_them() -> None:
    rows = [(b"%d" % row, b"x") for row in range(4000)] + [(b"y" * 5000, b"")]
    assert _joined(rows) == b"".join(first + b"," + second + b";" for first, second in rows)


def test_a_window_that_reaches_behind_the_block_is_filled_with_nothing() -> None:
    rows = windows(b"abcdef", np.array([4, 0, 6, 2]), 4)
    assert [row.tobytes() for row in rows] == [b"ef\0\0", b"abcd", b"\0" * 4, b"cdef"]
    assert windows(b"ab", np.array([1]), 4).tobytes() == b"b\0\0\0"


@given(st.lists(_STAMPS, min_size=1, max_size=8))
def test_stamps_as_columns_are_the_stamps_one_by_one(texts: list[str]) -> None:
    moments, offsets, sound = _stamps(texts)
    for at, text in enumerate(texts):
        single = stamp(text)
        assert bool(sound[at]) == (single is not None), text
        if single is not None:
            assert (int(moments[at]), int(offsets[at])) == single
            assert stamp_text(*single) == text.replace("-0000", "+0000")


def test_stamps_are_what_the_calendar_says() -> None:
    texts = ["2024-02-29 23:59:59 +0000", "1900-01-01 00:00:00 +0000", "2199-12-31 12:00:00 -1130"]
    moments, _, sound = _stamps(texts)
    assert sound.all()
    for text, moment in zip(texts, moments.tolist(), strict=True):
        assert moment == round(datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z").timestamp()) * 1_000_000
    for wrong in ("2023-02-29 00:00:00 +0000", "2024-00-10 00:00:00 +0000", "2024-01-10 24:00:00 +0000"):
        assert stamp(wrong) is None
        assert not _stamps([wrong])[2].any()


def test_no_texts_make_empty_columns() -> None:
    assert len(decimals([])) == 0
    assert len(_stamps([])[0]) == 0
