"""Offsets beside a time, in the forms that health services write."""

from __future__ import annotations

import pytest

from importers.formats.zone_marks import local, minutes, utc
from importers.records import Moment, Precision

NOON = 1_709_294_400_000_000


@pytest.mark.parametrize(
    ("mark", "offset"),
    [
        ("UTC+0200", 120),
        ("UTC-04:00", -240),
        ("+0530", 330),
        ("GMT+01:00", 60),
        ("UTC", 0),
        ("UTC+9900", None),
        ("partout", None),
        ("", None),
    ],
)
def test_a_mark_is_minutes_east_of_utc(mark: str, offset: int | None) -> None:
    assert minutes(mark) == offset


def test_a_time_in_utc_keeps_its_instant_and_a_local_one_is_moved() -> None:
    assert utc("2024-03-01 12:00:00", 60) == Moment(NOON, 60, Precision.SECOND)
    assert local("2024-03-01 13:00:00", 60) == Moment(NOON, 60, Precision.SECOND)


def test_a_bare_day_is_moved_by_no_zone() -> None:
    assert local("2024-03-01", 60) == utc("2024-03-01", 60) == Moment(NOON - 43_200_000_000, None, Precision.DAY)


def test_what_is_no_time_is_none() -> None:
    assert local("hier", 60) is None
    assert utc("", None) is None
