"""Times of many makers."""

from __future__ import annotations

from typing import Any

import pytest

from importers.formats.any_stamp import in_utc, moment
from importers.records import Moment, Precision


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2015-10-01T08:00:00-0700", Moment(1_443_711_600_000_000, -420, Precision.SECOND)),
        ("2024-11-03T16:30:11.331+07:00", Moment(1_730_626_211_331_000, 420, Precision.MILLISECOND)),
        ("2024-01-20T08:00:00Z", Moment(1_705_737_600_000_000, None, Precision.SECOND)),
        ("2024-01-20T08:00", Moment(1_705_737_600_000_000, None, Precision.MINUTE)),
        ("2024-01", Moment(1_704_067_200_000_000, None, Precision.MONTH)),
        ("2024", Moment(1_704_067_200_000_000, None, Precision.YEAR)),
        (1730626211331, Moment(1_730_626_211_331_000, None, Precision.MILLISECOND)),
        (1609459201, Moment(1_609_459_201_000_000, None, Precision.SECOND)),
        (1740823200.25, Moment(1_740_823_200_250_000, None, Precision.MICROSECOND)),
        ("2024-02-30", None),
        ("hier", None),
        (0, None),
        (True, None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_a_time_is_read_with_its_offset_and_precision(value: Any, expected: Moment | None) -> None:
    assert moment(value) == expected


def test_utc_of_a_service_is_no_offset_of_the_person() -> None:
    assert in_utc("2024-01-20T08:00:00+00:00") == moment("2024-01-20T08:00:00Z")
