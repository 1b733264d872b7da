"""Columns of dates: the layout is told by the whole column, read back exactly, and doubts are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats.dates import DateReader, Layout, understand
from importers.records import Moment, Precision

DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))
STAMPS = st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)).map(lambda stamp: stamp.replace(tzinfo=UTC))


def us(stamp: datetime) -> int:
    return (stamp - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def midnight(day: date) -> int:
    return us(datetime(day.year, day.month, day.day, tzinfo=UTC))


def read(text: str, zone: str = "UTC") -> Moment | None:
    found = understand([text])
    return None if found is None else DateReader(found.layout, ZoneInfo(zone)).moment(text)


def at(text: str) -> int:
    return us(datetime.fromisoformat(text))


@given(DAYS, st.sampled_from("-/. "))
def test_a_day_written_year_first_is_that_day(day: date, mark: str) -> None:
    text = f"{day.year}{mark}{day.month:02}{mark}{day.day:02}"
    assert read(text) == Moment(midnight(day), None, Precision.DAY)


@given(st.lists(DAYS, min_size=1), st.sampled_from("/.-"), st.sampled_from(Layout), st.sampled_from(["%Y", "%y"]))
def test_a_column_is_read_right_or_the_doubt_is_told(days: list[date], mark: str, right: Layout, year: str) -> None:
    right = right if right is Layout.MONTH_FIRST else Layout.DAY_FIRST
    order = ("%d", "%m", year) if right is Layout.DAY_FIRST else ("%m", "%d", year)
    column = [day.strftime(mark.join(order)) for day in days]
    found = understand(column)
    assert found is not None
    assert right in {found.layout, *found.others} or len(days) > 4
    if any(day.day > 12 for day in days):
        assert (found.layout, found.others) == (right, ())
    if right is found.layout or right in found.others:
        reader = DateReader(right)
        assert [reader.moment(text) for text in column] == [Moment(midnight(day), None, Precision.DAY) for day in days]


@given(STAMPS, st.integers(-14 * 4, 14 * 4))
def test_a_time_with_its_offset_is_that_time_whatever_the_zone_of_the_reader(stamp: datetime, quarter: int) -> None:
    placed = stamp.astimezone(timezone(timedelta(minutes=15 * quarter)))
    found = read(placed.isoformat(), "Asia/Tokyo")
    assert found is not None
    assert (found.us, found.offset) == (us(stamp), 15 * quarter)


@given(STAMPS)
def test_numbers_since_1970_are_told_by_their_size(stamp: datetime) -> None:
    exact = us(stamp)
    for unit, layout in ((1, Layout.UNIX_MICROSECONDS), (1000, Layout.UNIX_MILLISECONDS), (10**6, Layout.UNIX_SECONDS)):
        text = str(exact // unit)
        found = understand([text])
        assert found is not None
        assert (found.layout, found.others) == (layout, ())
        moment = DateReader(layout).moment(text)
        assert moment is not None
        assert moment.us == exact // unit * unit


@given(STAMPS)
def test_days_of_a_spreadsheet_come_back_to_the_second(stamp: datetime) -> None:
    stamp = stamp.replace(microsecond=0)
    serial = (stamp - datetime(1899, 12, 30, tzinfo=UTC)) / timedelta(days=1)
    moment = DateReader(Layout.EXCEL_DAYS).moment(f"{serial:.9f}")
    assert moment is not None
    assert moment.us == us(stamp)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none_and_never_an_error(text: str) -> None:
    found = understand([text])
    if found is not None and found.fits:
        assert DateReader(found.layout).moment(text) is not None


@given(
    st.from_regex(r"[0-9]{1,4}[-/. h][0-9]{1,2}[-/. h][0-9]{1,4}([ T][0-9]{1,2}:[0-9]{2}( [AP]M)?)?", fullmatch=True)
)
def test_what_is_understood_can_be_read(text: str) -> None:
    found = understand([text])
    for layout in () if found is None else (found.layout, *found.others):
        assert DateReader(layout).moment(text) is not None


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("12 mars 2024", "2024-03-12T00:00:00Z", Precision.DAY),
        ("1er août 2024", "2024-08-01T00:00:00Z", Precision.DAY),
        ("31 janv. 2024", "2024-01-31T00:00:00Z", Precision.DAY),
        ("mar. 12 mars 2024 à 14h05", "2024-03-12T14:05:00Z", Precision.MINUTE),
        ("mardi 5 décembre 2023 14 h 05", "2023-12-05T14:05:00Z", Precision.MINUTE),
        ("March 12, 2024", "2024-03-12T00:00:00Z", Precision.DAY),
        ("Mar 12, 2024, 2:05:06 PM", "2024-03-12T14:05:06Z", Precision.SECOND),
        ("March 3rd, 2024 at 12:30 a.m.", "2024-03-03T00:30:00Z", Precision.MINUTE),
        ("Tue, 12 Mar 2024 10:00:00 +0100", "2024-03-12T09:00:00Z", Precision.SECOND),
        ("Tue Mar 12 10:00:00 +0000 2024", "2024-03-12T10:00:00Z", Precision.SECOND),
        ("12-Mar-24", "2024-03-12T00:00:00Z", Precision.DAY),
        ("mars 2024", "2024-03-01T00:00:00Z", Precision.MONTH),
        ("2024-03", "2024-03-01T00:00:00Z", Precision.MONTH),
        ("20240312", "2024-03-12T00:00:00Z", Precision.DAY),
        ("20240312T101112Z", "2024-03-12T10:11:12Z", Precision.SECOND),
        ("2024-03-12T10:11:12.123Z", "2024-03-12T10:11:12.123Z", Precision.MILLISECOND),
        ("2024-03-12 10:11:12,123456", "2024-03-12T10:11:12.123456Z", Precision.MICROSECOND),
        ("2024-03-12T10:11+02", "2024-03-12T08:11:00Z", Precision.MINUTE),
        ("2024-03-12 10:11:12 UTC", "2024-03-12T10:11:12Z", Precision.SECOND),
        ("2024-03-12 10:11:12 CEST", "2024-03-12T08:11:12Z", Precision.SECOND),
        ("25/03/2024 12:00 AM", "2024-03-25T00:00:00Z", Precision.MINUTE),
        ("25/03/24 9:05", "2024-03-25T09:05:00Z", Precision.MINUTE),
        ("25.3.1999", "1999-03-25T00:00:00Z", Precision.DAY),
        ("99/12/31", "1999-12-31T00:00:00Z", Precision.DAY),
        ("1718444200.5", "2024-06-15T09:36:40.5Z", Precision.MILLISECOND),
        ("45366", "2024-03-15T00:00:00Z", Precision.DAY),
    ],
)
def test_each_way_of_writing_a_date(text: str, expected: str, precision: Precision) -> None:
    found = read(text)
    assert found is not None
    assert (found.us, found.precision) == (at(expected), precision)


@pytest.mark.parametrize(
    "text", ["", "hello", "10:30", "32/13/2024", "2024-02-30", "0612345678", "1.5", "12", "chapter 3 of 2024", "-5"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read(text) is None


def test_local_times_are_placed_in_the_zone_of_the_reader() -> None:
    winter, summer = read("2024-01-15 12:00", "Europe/Paris"), read("2024-07-15 12:00", "Europe/Paris")
    assert winter == Moment(at("2024-01-15T11:00:00Z"), None, Precision.MINUTE)
    assert summer == Moment(at("2024-07-15T10:00:00Z"), None, Precision.MINUTE)


def test_whole_days_stay_the_day_that_is_written_in_every_zone() -> None:
    assert read("2024-07-15", "Asia/Tokyo") == Moment(at("2024-07-15T00:00:00Z"), None, Precision.DAY)


def test_the_time_of_day_of_another_column_is_joined() -> None:
    reader = DateReader(Layout.DAY_FIRST, ZoneInfo("Europe/Paris"))
    assert reader.moment("25/03/2024", "14:05:06") == Moment(at("2024-03-25T13:05:06Z"), None, Precision.SECOND)
    assert reader.moment("25/03/2024", "") == Moment(at("2024-03-25T00:00:00Z"), None, Precision.DAY)
    assert reader.moment("25/03/2024", "soon") is None


def test_one_number_above_twelve_decides_for_the_whole_column() -> None:
    found = understand(["01/02/2024", "03/04/2024", "25/04/2024"])
    assert found is not None
    assert (found.layout, found.others, found.share) == (Layout.DAY_FIRST, (), 1.0)


def test_a_column_that_fits_both_ways_says_so_and_proposes_the_day_first() -> None:
    found = understand(["01/02/2024", "03/04/2024"])
    assert found is not None
    assert (found.layout, found.others) == (Layout.DAY_FIRST, (Layout.MONTH_FIRST,))


def test_a_column_that_only_one_way_makes_sorted_is_read_that_way() -> None:
    column = ["01/10/2024", "02/09/2024", "03/11/2024", "04/02/2024", "05/01/2024", "06/12/2024"]
    found = understand(column)
    assert found is not None
    assert (found.layout, found.others) == (Layout.MONTH_FIRST, ())


def test_texts_that_are_no_dates_lower_the_share() -> None:
    found = understand(["2024-01-01", "?", "", "2024-01-03"])
    assert found is not None
    assert (found.fits, found.of) == (2, 3)


def test_local_times_are_told_apart_from_those_with_a_zone() -> None:
    local, zoned = understand(["2024-01-01 10:00"]), understand(["2024-01-01 10:00Z"])
    assert local is not None
    assert zoned is not None
    assert (local.local, zoned.local) == (True, False)
