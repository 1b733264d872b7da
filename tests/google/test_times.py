"""Times in JSON: one by one and as columns the same, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.google.times import moment, moments, ms_column, utc_column
from importers.records import Moment, Precision

STAMPS = st.one_of(
    st.datetimes().map(lambda stamp: f"{stamp:%Y-%m-%dT%H:%M:%S}Z".zfill(20)),
    st.datetimes().map(lambda stamp: stamp.isoformat(timespec="milliseconds") + "Z"),
    st.datetimes().map(lambda stamp: stamp.isoformat() + "+05:30"),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z", fullmatch=True),
    st.integers(-(10**17), 10**17).map(str),
    st.text(max_size=30),
    st.none(),
)


@given(st.lists(STAMPS, max_size=20))
def test_a_column_is_what_its_texts_are_one_by_one(texts: list[str | None]) -> None:
    one_by_one = [moment(text) if text else None for text in texts]
    assert moments(texts) == one_by_one
    us, good = utc_column(texts)
    assert [found and found.us for found in one_by_one] == [
        at if sound else None for at, sound in zip(us.tolist(), good.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-05-15T09:42:18.202Z", Moment(1_652_607_738_202_000, None, Precision.MILLISECOND)),
        ("2022-05-15T09:42:18Z", Moment(1_652_607_738_000_000)),
        ("2022-05-15T09:42:18.123456789Z", Moment(1_652_607_738_123_456, None, Precision.MICROSECOND)),
        ("2022-05-15T11:42:18+02:00", Moment(1_652_607_738_000_000, 120)),
        ("2022-05-15 11:42:18 +0200", Moment(1_652_607_738_000_000, 120)),
        ("2022-05-15T04:12:18-05:30", Moment(1_652_607_738_000_000, -330)),
        ("1652607738202", Moment(1_652_607_738_202_000, None, Precision.MILLISECOND)),
        ("1652607738", Moment(1_652_607_738_000_000)),
        ("-1000", Moment(-1_000_000_000)),
        ("1652607738202000", None),
        ("99999999999999999999", None),
        ("2022-05-15T09:42:18", None),
        ("2022-02-30T09:42:18Z", None),
        ("", None),
    ],
)
def test_a_time_is_read_with_its_offset_and_precision(text: str, expected: Moment | None) -> None:
    assert moment(text) == expected


def test_milliseconds_that_look_like_seconds_are_left_to_be_looked_at_one_by_one() -> None:
    us, good = ms_column(["1652607738202", "1652607738"])
    assert us.tolist() == [1_652_607_738_202_000, 0]
    assert good.tolist() == [True, False]
    assert not ms_column(["1652607738202", "x"])[1].any()
