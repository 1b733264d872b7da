"""An item from named fields: names that change by year, times that are none, identity, and nothing lost."""

from __future__ import annotations

from typing import Any

import pytest

from importers.formats.json_records import Alike
from importers.formats.named_fields import Shape, american_moment, fact, moment
from importers.records import Item, Kind, Notice, Precision, Record

WATCHED = Shape(
    Kind.WATCH, "watch", time=("Date",), title=("Link", "VideoLink"), key=("Link", "VideoLink"), nothing=frozenset({"n/a"})
)  # fmt: skip


def read(shape: Shape, *records: dict[str, Any]) -> list[Record]:
    alike = Alike()
    return [found for at, one in enumerate(records, 1) for found in fact(shape, one, f"record {at}", alike)]


def test_names_are_compared_without_case_spaces_and_underscores() -> None:
    old, new = (
        read(WATCHED, {"Date": "2024-01-02 03:04:05", "Video_Link": "a"}),
        read(WATCHED, {"date": "2024-01-02 03:04:05 UTC", "link": "a"}),
    )
    assert [item.key for item in (*old, *new) if isinstance(item, Item)] == [("watch", 1_704_164_645_000_000, "a")] * 2


def test_what_has_no_column_stays_under_its_own_name_and_what_a_column_holds_is_not_repeated() -> None:
    (item,) = read(WATCHED, {"Date": "2024-01-02 03:04:05", "Link": "a", "Id": 2**60 + 1, "Empty": "", "No": False})
    assert isinstance(item, Item)
    assert item.details == {"Id": 2**60 + 1, "No": False}


def test_a_time_that_is_none_is_said_and_kept() -> None:
    notice, item = read(WATCHED, {"Date": "hier", "Link": "a"})
    assert notice == Notice("social-no-time", "record 1", "Date")
    assert isinstance(item, Item)
    assert item.details == {"Date": "hier"}


def test_a_field_that_says_nothing_is_no_time() -> None:
    (item,) = read(WATCHED, {"Date": "N/A", "Link": "a"})
    assert isinstance(item, Item)
    assert item.when is None


def test_records_that_are_alike_are_several_facts_unless_they_have_an_identifier() -> None:
    twins = read(WATCHED, *[{"Date": "2024-01-02", "Link": "a"}] * 2)
    assert len({item.key for item in twins if isinstance(item, Item)}) == 2
    own = read(Shape(Kind.POST, "post", own=("id",)), *[{"id": "7"}] * 2)
    assert {item.key for item in own if isinstance(item, Item)} == {("post", "7")}


@pytest.mark.parametrize(
    ("text", "us", "precision"),
    [
        ("Tue Nov 23 09:00:00 UTC 2021", 1_637_658_000_000_000, Precision.SECOND),
        ("2021-11-23T09:00:00.123Z", 1_637_658_000_123_000, Precision.MILLISECOND),
        ("23 Nov 2021", 1_637_625_600_000_000, Precision.DAY),
        ("11/23/21, 9:00 AM", 1_637_658_000_000_000, Precision.MINUTE),
    ],
)
def test_times_keep_their_precision(text: str, us: int, precision: Precision) -> None:
    found = american_moment(text)
    assert found is not None
    assert (found.us, found.precision) == (us, precision)


def test_an_american_date_is_read_only_where_it_is_expected() -> None:
    assert moment("11/23/21, 9:00 AM") is None
